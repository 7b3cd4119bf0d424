"""What keepers see of logins, displays, the access log, history and the installation; and who does not."""

from __future__ import annotations

from typing import Any

import pytest

from command.core.credentials import hashed
from command.core.sheets import escaped
from tests.centres.test_posts import keeper, open_post
from tests.county import COUNTY, TOWN, County, new_id
from tests.doors import Doors

READERS = {
    "/roles": ("admin", "security", "auditor"),
    "/devices-in-use": ("admin", "security", "auditor"),
    "/access-log": ("security", "auditor"),
    "/access-log-export": ("security", "auditor"),
    "/system": ("admin", "security", "auditor"),
}


@pytest.mark.parametrize("path", READERS)
def test_it_answers_those_who_keep_and_nobody_else(client: Doors, path: str) -> None:
    everybody = (
        "admin",
        "security",
        "auditor",
        "county_duty",
        "county_leader",
        "town_duty",
        "wall",
        "town_team",
        "planner",
    )
    allowed = {who for who in everybody if client.get(who, path).status_code == 200}
    assert allowed == set(READERS[path])
    assert client.get(None, path).status_code == 401


def test_it_shows_how_an_account_gets_in_without_any_secret(client: Doors, cast: County) -> None:
    told = client.get("admin", f"/users/{cast.users['town_duty']}/access")
    (token,) = told.json["passes"]
    assert (token["kind"], token["handle"]) == ("token", hashed(cast.tokens["town_duty"])[:12])
    assert (told.json["otp"], told.json["recovery_left"]) == (False, 0)
    assert hashed(cast.tokens["town_duty"]) not in told.text
    who = keeper(client, cast)
    unseen = [client.get(who, f"/users/{one}/access") for one in (cast.users["other_duty"], new_id())]
    assert [one.status_code for one in unseen] == [404, 404]
    assert unseen[0].json == unseen[1].json


def test_it_lists_the_trackers_of_teams(client: Doors, cast: County) -> None:
    client.post("admin", f"/users/{cast.users['town_team']}/tokens", {"label": "车载定位"})
    rows = client.get("admin", "/devices-in-use").json["trackers"]
    assert "车载定位" in [one["label"] for one in rows if one["username"] == "town_team"]
    assert all(one["kind"] == "token" for one in rows)
    who = keeper(client, cast)
    assert {one["centre"] for one in client.get(who, "/devices-in-use").json["trackers"]} == {TOWN}


def read_lines(client: Doors, cast: County, *people: str) -> str:
    """Some people read a post's private line; the post."""
    post: str = open_post(client)["posts"][-1]["id"]
    for who in people:
        assert client.get(who, f"/centres/{TOWN}/posts/{post}/private").status_code == 200
    return post


def test_it_filters_the_access_log_and_pages_through_it(client: Doors, cast: County) -> None:
    read_lines(client, cast, "town_duty", "county_duty", "town_duty")
    whole = client.get("auditor", "/access-log").json
    assert [one["username"] for one in whole["items"]] == ["town_duty", "county_duty", "town_duty"]
    assert (whole["kinds"], whole["flaws"], whole["next"]) == (["line"], [], None)
    mine = client.get("auditor", "/access-log?who=county_duty").json["items"]
    assert [one["name"] for one in mine] == ["甲 county_duty"]
    first = client.get("auditor", "/access-log?limit=2").json
    rest = client.get("auditor", f"/access-log?limit=2&before={first['next']}").json
    assert [len(first["items"]), len(rest["items"])] == [2, 1]
    assert client.get("auditor", "/access-log?since=2099-01-01T00:00:00Z").json["items"] == []
    for wrong in ("yesterday", "0001-01-01T00:00:00%2B14:00", "2026-01-01T00:00:00"):
        assert client.get("auditor", f"/access-log?since={wrong}").status_code == 422, wrong


def test_it_exports_the_access_log_as_a_table_and_notes_that(client: Doors, cast: County) -> None:
    read_lines(client, cast, "town_duty")
    sheet = client.get("security", "/access-log-export")
    assert sheet.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in sheet.headers["Content-Disposition"]
    head, row = sheet.text.lstrip("\ufeff").splitlines()
    assert head.startswith("seq,at,actor")
    assert "town_duty" in row
    newest = client.get("auditor", "/access-log").json["items"][0]
    assert (newest["username"], newest["what"]) == ("security", "export")


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5", "@cmd", "\tx", "\rx"])
def test_it_lets_no_cell_become_a_formula(cell: str) -> None:
    assert escaped(cell) == f"'{cell}"
    assert escaped("甲=乙") == "甲=乙"


def test_it_tells_what_became_of_a_thing_of_the_registers(client: Doors, cast: County) -> None:
    made = open_post(client)
    client.post("admin", f"/centres/{TOWN}/posts/{made['posts'][-1]['id']}/close", version=made["version"])
    items: list[dict[str, Any]] = client.get("town_duty", f"/history?kind=centre&id={TOWN}").json["items"]
    assert [one["type"] for one in items] == ["post.closed", "post.opened"]
    assert items[0]["text"]["zh"].endswith("撤销岗位“防汛专干”")
    for name in (90, 120):
        client.post("admin", "/settings", {"name": "task.accept_s.direct", "centre": COUNTY, "value": name})
    values = client.get("admin", f"/history?kind=setting&id={COUNTY}:task.accept_s.direct").json["items"]
    assert [one["record"]["value"] for one in values] == [120, 90]
    assert client.get("county_duty", f"/history?kind=user&id={cast.users['planner']}").status_code == 404
    assert client.get("admin", "/history?kind=incident&id=x").status_code == 404


def test_it_takes_a_centres_own_value_away_again(client: Doors, cast: County) -> None:
    name = "task.accept_s.direct"

    def shown(centre: str) -> dict[str, Any]:
        items = client.get("admin", f"/settings/in-force?centre={centre}").json["items"]
        found: dict[str, Any] = next(one for one in items if one["name"] == name)
        return found

    default = shown(COUNTY)["default"]
    for centre, value in ((COUNTY, 90), (TOWN, 45)):
        assert (
            client.post("admin", "/settings", {"name": name, "centre": centre, "value": value}).status_code
            == 200
        )
    assert [shown(TOWN)[one] for one in ("value", "own", "above")] == [45, 45, 90]
    client.post("admin", "/settings", {"name": name, "centre": TOWN, "value": None})
    assert [shown(TOWN)[one] for one in ("value", "own", "above")] == [90, None, 90]
    client.post("admin", "/settings", {"name": name, "centre": COUNTY, "value": None})
    assert shown(COUNTY)["value"] == default
    assert shown(COUNTY)["schema"]["type"] == "integer"


def test_it_lets_a_townships_keeper_set_its_own_values_only(client: Doors, cast: County) -> None:
    who = keeper(client, cast)
    body = {"name": "task.accept_s.direct", "value": 90}
    assert client.post(who, "/settings", {**body, "centre": TOWN}).status_code == 200
    assert client.post(who, "/settings", {**body, "centre": COUNTY}).status_code == 403


def test_it_says_how_the_installation_is(client: Doors, cast: County) -> None:
    told = client.get("auditor", "/system").json
    assert told["ready"] == {"ok": False, "why": "starting"}, "this one is not served"
    assert told["disk"]["total"] > told["disk"]["free"] > 0
    assert told["database"]["bytes"] > 0
    assert told["backup"] is None
    assert all(one["seconds"] > 0 for one in told["jobs"])
    assert told["demo"] is False
