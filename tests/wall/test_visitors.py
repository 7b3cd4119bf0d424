"""A wall display that visitors see: on the server its account hears no topic and reads nothing but counts and confirmed totals."""

from __future__ import annotations

import re
from typing import Any

import pytest

from command.core.due import Due
from tests.county import POINT, TOWN, County
from tests.doors import Doors

MARK = "标记"
"""In every word that a person writes here, every name and every number: it must not reach a visitors' display."""


def switch(client: Doors, cast: County, on: bool = True, who: str = "county_duty", **body: Any) -> Any:
    return client.post(who, "/wall/visitors", {"id": cast.users["wall"], "on": on, **body})


def displays(client: Doors, who: str) -> list[dict[str, Any]]:
    found: dict[str, Any] = client.get(who, "/wall/displays").json or {}
    items: list[dict[str, Any]] = found["items"]
    return items


def public(client: Doors, who: str = "wall") -> dict[str, Any]:
    answer = client.get(who, "/wall/public")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json or {}
    return found


@pytest.fixture
def night(cast: County) -> dict[str, Any]:
    """An incident full of marks, with a confirmed figure, an unconfirmed one, an order and a report; a quarrel beside it."""
    incident = cast.open(
        title=f"{MARK}题", place_text=f"{MARK}村", description=f"{MARK}述", location=POINT, life_risk="people", level="III",
        caller={"name": f"{MARK}人", "phone": "13812345678"}, on_scene={"name": f"{MARK}长", "phone": "13987654321"},
        dangers=[{"code": "water", "text": f"{MARK}水"}], casualties={"missing": 77},
    )  # fmt: skip
    body = {"id": incident["id"], "evacuated": 46, "source": f"{MARK}源", "confirmed": True}
    cast.do("town_duty", "incident.casualties", body)
    cast.do("town_duty", "incident.report", {"id": incident["id"], "text": f"{MARK}报"})
    task = cast.order("town_duty", incident["id"], "town_team", order=f"{MARK}令")[0]
    cast.step("town_duty", task["id"], "on_scene", by_proxy={"person": f"{MARK}甲", "channel": "电台"})
    quarrel = cast.open(kind="mass_incident", title=f"{MARK}争")
    return {"incident": incident, "task": task, "quarrel": quarrel}


def test_visitors_are_told_counts_and_confirmed_totals(
    client: Doors, cast: County, night: dict[str, Any]
) -> None:
    told = public(client)
    assert told["visitors"] is False, "anybody with a wall may see what visitors would"
    assert (told["evacuated"]["value"], told["rescued"]["value"]) == (46, None)
    assert told["levels"] == {"III": 1, "none": 1}, (
        "the township's and the noise's; the quarrel is no matter for visitors"
    )
    assert (told["open"], told["teams_out"], told["states"]) == (2, 2, {"on_scene": 1, "ordered": 1})
    here = next(one for one in told["places"] if one["centre"] == TOWN)
    assert (here["incidents"], here["teams"]) == (1, 1)
    steps = [(one["what"], one["kind"]) for one in told["steps"] if one["centre"] == TOWN]
    assert {("opened", "flash_flood"), ("ordered", "flash_flood"), ("arrived", "flash_flood")} <= set(steps)
    assert not [one for one in told["steps"] if one["kind"] == "mass_incident"]


def test_an_unconfirmed_figure_is_no_figure_for_visitors(client: Doors, cast: County) -> None:
    incident = cast.open()
    said = {"id": incident["id"], "evacuated": 31, "source": "镇里"}
    cast.do("town_duty", "incident.casualties", said)
    assert public(client)["evacuated"] == {"value": None, "as_of": None}
    cast.do("town_duty", "incident.casualties", {**said, "confirmed": True})
    assert public(client)["evacuated"]["value"] == 31


def test_a_township_shows_visitors_its_own_incidents_only(client: Doors, cast: County) -> None:
    cast.open()
    assert [one["centre"] for one in public(client, "town_duty")["places"]] == [TOWN]
    assert public(client, "other_duty")["open"] == 0


def test_a_display_for_visitors_speaks_for_nobody_and_may_read_nothing_else(
    client: Doors, cast: County, night: dict[str, Any]
) -> None:
    assert switch(client, cast).status_code == 200
    actor = cast.actor("wall")
    assert actor.parties == frozenset()
    assert actor.permissions == {"screen.wall", "screen.wall.device", "screen.wall.visitors"}
    assert public(client)["visitors"] is True
    for path in (
        "/incidents",
        "/tasks",
        "/teams",
        "/reports",
        "/figures",
        "/alarms",
        "/centres",
        "/links",
        "/journal",
        "/users",
    ):
        assert client.get("wall", path).status_code == 403, path


def test_no_word_name_or_number_leaves_by_any_route_that_is_read(
    client: Doors, cast: County, night: dict[str, Any]
) -> None:
    switch(client, cast)
    team = cast.teams["town_team"]
    things = [night["incident"]["id"], night["task"]["id"], team, TOWN, cast.users["county_duty"]]
    heard: list[str] = []
    for rule in client.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not rule.rule.startswith("/api/v1"):
            continue
        path = rule.rule.removeprefix("/api/v1")
        asked = [re.sub(r"<[^>]+>", thing, path) for thing in (things if rule.arguments else [""])]
        heard += [client.get("wall", one).text for one in asked]
    assert len(heard) > 40, "every route that reads was asked"
    seen = "\n".join(heard)
    assert '"visitors":true' in seen, "the one thing that it may read is among them"
    for secret in (MARK, "13812345678", "13987654321", "丰州综合队", "77"):
        assert secret not in told_of_incidents(seen, secret), secret


def told_of_incidents(seen: str, secret: str) -> str:
    """All that was read; a bare number is looked for only where it would stand as a value."""
    if not secret.isdigit() or len(secret) > 3:
        return seen
    return "\n".join(part for part in seen.split(",") if f":{secret}" in part)


def test_it_ends_by_itself_and_a_later_end_takes_the_place_of_the_earlier(
    client: Doors, cast: County
) -> None:
    first = switch(client, cast, hours=1).json
    second = switch(client, cast, hours=3).json
    assert first["until"] < second["until"]
    dues = cast.node.database.read(
        lambda s: [row for row in s.query(Due) if row.action == "wall.visitors"], world=0
    )
    assert [row.payload for row in dues] == [{"id": cast.users["wall"], "on": False}]
    cast.do("system", "wall.visitors", dues[0].payload)
    assert cast.actor("wall").role == "wall"
    assert "county" in cast.actor("wall").parties
    assert public(client)["until"] is None


def test_only_a_desk_may_switch_and_only_a_display_of_its_own(client: Doors, cast: County) -> None:
    for who, status in (("wall", 403), ("county_leader", 403), ("town_team", 403), ("town_duty", 404)):
        assert switch(client, cast, who=who).status_code == status, who
    other = {"id": cast.users["county_leader"], "on": True}
    assert client.post("county_duty", "/wall/visitors", other).status_code == 404, "no display"
    assert switch(client, cast, hours=100).status_code == 422
    shown = displays(client, "county_duty")
    assert [(one["id"], one["visitors"], one["until"]) for one in shown] == [
        (cast.users["wall"], False, None)
    ]
    assert displays(client, "town_duty") == []
    assert switch(client, cast).status_code == 200
    assert displays(client, "county_duty")[0]["visitors"] is True
    assert switch(client, cast, on=False).json["visitors"] is False
