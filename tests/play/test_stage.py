"""The evening on a real server: played, watched, played again; its door is shut to everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from dispatch.play import crowd
from dispatch.play.hands import Inside
from tests.county import County
from tests.doors import Doors
from tests.serving import COMMAND_S, PATIENCE_S, Live, Served

FAST = 2000


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo server of this module's own: the play is allowed to change everything in it."""
    shared = Served(tmp_path_factory.mktemp("theatre")).start()
    yield shared
    shared.stop()


def door(served: Served, method: str = "POST", **headers: str) -> requests.Response:
    return requests.request(
        method, f"{served.url}/api/v1/demo/play", json={"speed": FAST} if method == "POST" else None,
        headers=headers, timeout=COMMAND_S,
    )  # fmt: skip


def left_open(served: Served) -> list[str]:
    tasks = served.get("county_duty", "/tasks?open=true&limit=1000")["items"]
    incidents = served.get("county_duty", "/incidents?live=true&limit=1000")["items"]
    running = [one["title"] for one in incidents if one["state"] != "response_ended"]
    return running + [f"{one['team_name']} {one['state']}" for one in tasks]


def test_it_plays_from_the_terminal_to_a_good_end_and_once_more(
    theatre: Served, live: Callable[[Served, str], Live]
) -> None:
    wall = live(theatre, "wall")
    wall.watch("county")
    told = theatre.fengsui("demo", "play", "--speed", str(FAST))
    assert told.returncode == 0, told.stderr
    assert "0 not taken" in told.stdout, told.stderr
    assert left_open(theatre) == []
    types = {item["type"] for item in wall.items}
    assert {"incident.opened", "incident.merged", "task.ordered", "task.stepped", "alarm.raised"} <= types
    ended = theatre.get("county_duty", "/incidents?live=true&limit=1000")["items"]
    again = theatre.fengsui("demo", "play", "--speed", str(FAST))
    assert "0 not taken" in again.stdout, again.stderr
    fresh = theatre.get("county_duty", "/incidents?live=true&limit=1000")["items"]
    assert {one["id"] for one in ended} & {one["id"] for one in fresh} == set()
    assert theatre.fengsui("verify").returncode == 0


def test_it_plays_one_evening_at_a_time_at_the_press_of_the_button(
    theatre: Served, live: Callable[[Served, str], Live]
) -> None:
    wall = live(theatre, "wall")
    wall.watch("county")
    assert door(theatre).status_code == 201
    assert requests.get(f"{theatre.url}/api/v1/doors", timeout=PATIENCE_S).json()["playing"] is True
    assert door(theatre).status_code == 409
    wall.item("task.ordered", seconds=COMMAND_S)
    assert door(theatre, "DELETE").json() == {"playing": False}
    assert left_open(theatre) == []


@pytest.mark.parametrize(
    "headers",
    [{"Host": "county.example"}, {"Origin": "http://evil.example"}, {"X-Forwarded-For": "10.1.2.3"}],
)
def test_it_has_no_door_for_anybody_but_this_machine(theatre: Served, headers: dict[str, str]) -> None:
    assert door(theatre, **headers).status_code == 404
    assert door(theatre, "DELETE", **headers).status_code == 404


def test_it_has_no_door_where_the_data_is_not_the_demos(client: Doors) -> None:
    assert client.post(None, "/demo/play", {}).status_code == 404
    told = client.get(None, "/doors").json
    assert told is not None
    assert (told["play"], told["playing"]) == (False, False)


def test_it_makes_links_that_open_a_door_once(theatre: Served) -> None:
    told = theatre.fengsui("demo", "links")
    assert told.returncode == 0, told.stderr
    urls = [line.split()[-1] for line in told.stdout.splitlines() if "/enter?link=" in line]
    opened = [requests.get(url, allow_redirects=False, timeout=PATIENCE_S) for url in urls]
    pages = ["/wall", "/desk", "/desk", "/brief", "/field", "/planner"]
    assert [one.headers["Location"] for one in opened] == pages, (
        "wall, county, township, leader, phone, planner"
    )
    who = [
        requests.get(f"{theatre.url}/api/v1/session", cookies=one.cookies, timeout=PATIENCE_S)
        for one in opened
    ]
    roles = ["wall", "county_duty", "township_duty", "county_leader", "team", "planner"]
    assert [one.json()["actor"]["role"] for one in who] == roles
    again = [requests.get(url, allow_redirects=False, timeout=PATIENCE_S).status_code for url in urls]
    assert again == [404] * 6


def test_it_keeps_accounts_from_the_terminal(theatre: Served) -> None:
    made = theatre.fengsui("user", "create", "night_duty", "--role", "county_duty")
    assert made.returncode == 0, made.stderr
    password = made.stdout.rsplit(" ", 1)[1].strip()
    sign_in = {"username": "night_duty", "password": password}
    assert requests.post(f"{theatre.url}/api/v1/session", json=sign_in, timeout=PATIENCE_S).ok
    assert "night_duty" in theatre.fengsui("user", "list").stdout
    assert theatre.fengsui("user", "create", "night_duty", "--role", "county_duty").returncode == 1
    changed = theatre.fengsui("user", "password", "night_duty").stdout.rsplit(" ", 1)[1].strip()
    assert changed != password
    assert theatre.fengsui("user", "disable", "night_duty").returncode == 0
    refused = requests.post(
        f"{theatre.url}/api/v1/session", json=sign_in | {"password": changed}, timeout=PATIENCE_S
    )
    assert refused.status_code == 401


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_makes_a_county_large_and_marks_what_it_invents(cast: County) -> None:
    before = Inside(cast.node).look("county_duty", "team")
    assert crowd.load(cast.node, 3) == (2 * len(before), 40)
    after = Inside(cast.node).look("county_duty", "team")
    assert len(after) == 3 * len(before)
    assert all(one["synthetic"] for one in after if "・" in one["name"])
    assert crowd.load(cast.node, 1) == (0, 0)


def test_it_loads_no_demo_over_other_data(tmp_path: Path) -> None:
    other = Served(tmp_path, demo=False)
    assert other.fengsui("init").returncode == 0
    for command in ("load", "links", "play"):
        told = other.fengsui("demo", command)
        assert told.returncode == 1, command
        assert "not the demo's" in told.stderr, command
