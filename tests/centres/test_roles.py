"""Roles as rows: who may change what they permit, who may not, and what no role may unite."""

from __future__ import annotations

from typing import Any

import pytest

from command.centres.roles import DEFAULT_ROLES
from command.centres.separation import united
from command.centres.words import GROUPS, ZH, permission_words
from command.core.access import PERMISSIONS, PERMISSIONS_ZH
from command.core.live import topics
from tests.county import COUNTY, FLOOD, PASSWORD, TOWN, VILLAGE, County
from tests.doors import Doors

REPORT = {"kind": FLOOD, "village_code": VILLAGE}


def role(client: Doors, code: str, who: str = "security") -> dict[str, Any]:
    """A role as the keepers' screen reads it."""
    items: list[dict[str, Any]] = client.get(who, "/roles").json["items"]
    return next(one for one in items if one["code"] == code)


def change(client: Doors, code: str, who: str = "security", **body: Any) -> Any:
    """Ask for a change, knowing the role as it is."""
    return client.patch(who, f"/roles/{code}", body, version=role(client, code)["version"])


def test_it_changes_what_a_role_may_for_all_who_have_it_and_for_nobody_else(
    client: Doors, cast: County
) -> None:
    assert cast.act("town_duty", "incident.open", REPORT).status == 201
    changed = change(client, "township_duty", take=["incident.open"], give=["incident.command"])
    assert changed.status_code == 200, changed.text
    assert "incident.open" not in changed.json["permissions"]
    assert cast.act("town_duty", "incident.open", REPORT).status == 403
    assert cast.act("county_duty", "incident.open", REPORT).status == 201
    told = client.get("auditor", "/history?kind=role&id=township_duty").json["items"][0]
    assert (told["type"], told["actor_name"]) == ("role.changed", "甲 security")
    assert "incident.open" in told["text"]["zh"]
    stale = client.patch("security", "/roles/township_duty", {"give": ["incident.open"]}, version=1)
    assert stale.status_code == 409
    assert client.patch("security", "/roles/township_duty", {"give": ["incident.open"]}).status_code == 428


def test_it_makes_a_role_that_acts_as_the_one_it_was_made_from(client: Doors, cast: County) -> None:
    body = {"code": "shift_lead", "zh": "值班长", "en": "shift lead", "like": "county_duty"}
    made = client.post("security", "/roles", body)
    assert made.status_code == 201, made.text
    assert client.post("security", "/roles", body).status_code == 409
    assert change(client, "shift_lead", take=["incident.merge"]).status_code == 200
    user = {
        "username": "lead",
        "name": "值班长",
        "role": "shift_lead",
        "centre": COUNTY,
        "password": PASSWORD,
    }
    cast.users = {**cast.users, "lead": cast.do("admin", "user.create", user)["id"]}
    lead, duty = cast.actor("lead"), cast.actor("county_duty")
    assert (lead.parties, lead.role) == (duty.parties, "county_duty")
    assert duty.permissions - lead.permissions == {"incident.merge"}
    assert role(client, "shift_lead")["accounts"] == 1
    below = {**user, "username": "below", "centre": TOWN}
    assert client.post("admin", "/users", below).status_code == 422, (
        "what is the county's stays at the county"
    )


@pytest.mark.parametrize(
    "who", ["admin", "auditor", "county_duty", "county_leader", "town_duty", "planner", "wall"]
)
def test_only_the_security_officer_decides(client: Doors, cast: County, who: str) -> None:
    before = cast.end()
    body = {"code": "mine", "zh": "甲", "en": "mine", "like": "planner"}
    assert client.post(who, "/roles", body).status_code == 403
    answer = client.patch(who, "/roles/planner", {"give": ["task.order"]}, version=1)
    assert answer.status_code == (403 if who in ("admin", "auditor") else 404)
    assert cast.end() == before


@pytest.mark.parametrize(
    ("code", "body", "status"),
    [
        ("security", {"give": ["incident.open"]}, 403),  # his own
        ("planner", {"give": ["user.admin"]}, 403),  # power that he has not himself
        ("admin", {"take": ["user.admin"]}, 403),
        ("admin", {"give": ["access.read"]}, 409),  # what three administrators have apart
        ("admin", {"give": ["incident.open"]}, 409),
        ("auditor", {"give": ["incident.edit"]}, 409),
        ("county_duty", {"give": ["role.write"]}, 409),
        ("planner", {"give": ["screen.wall.device"]}, 409),  # what a display is
        ("wall_visitors", {"take": ["screen.wall.visitors"]}, 409),
        ("planner", {"give": ["no.such"]}, 422),
        ("planner", {"permissions": ["incident.open"]}, 422),
        ("nobody", {"give": ["incident.open"]}, 404),
    ],
)  # fmt: skip
def test_it_refuses_what_would_unite_powers_or_hand_on_what_one_has_not(
    client: Doors, cast: County, code: str, body: dict[str, Any], status: int
) -> None:
    before = cast.end()
    refused = client.patch("security", f"/roles/{code}", body, version=1)
    assert (refused.status_code, cast.end()) == (status, before), refused.text


def test_a_township_decides_no_role_and_copies_no_power(client: Doors, cast: County) -> None:
    user = {"username": "sec2", "name": "乙", "role": "security", "centre": COUNTY, "password": PASSWORD}
    cast.do("system", "user.create", user)
    for like in ("admin", "wall", "no_such"):
        body = {"code": "mine", "zh": "甲", "en": "mine", "like": like}
        assert client.post("security", "/roles", body).status_code in (403, 409, 422), like
    assert "mine" not in {one["code"] for one in client.get("security", "/roles").json["items"]}


def test_somebody_can_always_keep_accounts(client: Doors, cast: County) -> None:
    admin = cast.users["admin"]
    assert client.post("security", f"/users/{admin}/disable").status_code == 409, "the last one"
    assert client.post("admin", f"/users/{admin}/roles", {"role": "planner"}).status_code == 403, "oneself"
    second = {"username": "admin2", "name": "乙", "role": "admin", "centre": COUNTY, "password": PASSWORD}
    cast.users = {**cast.users, "admin2": cast.do("admin", "user.create", second)["id"]}
    assert client.post("security", f"/users/{admin}/disable").status_code == 200
    refused = cast.act("system", "user.roles", {"id": cast.users["admin2"], "role": "planner"})
    assert refused.status == 409


def test_who_may_no_longer_see_incidents_hears_no_more_of_them(client: Doors, cast: County) -> None:
    def hears(who: str, topic: str) -> bool:
        actor = cast.actor(who)
        return cast.node.database.read(lambda session: topics.allowed(session, actor, topic), world=0)

    assert hears("town_duty", f"centre:{TOWN}")
    assert not hears("keeper", f"centre:{TOWN}"), "a keeper of stores reads no incident, on the line neither"
    assert change(client, "township_duty", take=["incident.read"]).status_code == 200
    assert not hears("town_duty", f"centre:{TOWN}")
    assert hears("county_duty", "county")


def test_no_role_of_the_installation_unites_what_is_apart_and_every_permission_has_its_words() -> None:
    assert {code: united(has) for code, (_, _, has) in DEFAULT_ROLES.items() if united(has)} == {}
    known = [one for one in PERMISSIONS if one.partition(".")[0] in GROUPS]
    assert [one for one in known if one not in ZH and one not in PERMISSIONS_ZH] == []
    assert set(ZH) <= set(PERMISSIONS)
    assert permission_words("incident.open")["zh"] == "立案接报"
