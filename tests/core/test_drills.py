"""A drill's world is opened and ended through the public door: those who take part act in it, for others it is 403, once it has
ended it refuses all."""

from __future__ import annotations

from typing import Any

import pytest

from command.core.errors import NotEnrolled
from tests.county import FLOOD, VILLAGE, County
from tests.doors import Doors

BODY = {"kind": FLOOD, "village_code": VILLAGE, "title": "演练漫堤"}


def open_world(client: Doors, cast: County, *members: str) -> int:
    """A drill with these members, opened by the planner; its number."""
    body = {"name": "防汛演练", "members": [cast.users[one] for one in members]}
    answer = client.post("planner", "/worlds", body)
    assert answer.status_code == 201, answer.text
    number: int = answer.json["number"]
    return number


def test_its_members_act_in_it_at_once_and_life_sees_nothing(client: Doors, cast: County) -> None:
    assert client.get("town_duty", "/incidents").status_code == 200
    world = open_world(client, cast, "town_duty", "county_duty")
    made = client.post("town_duty", "/incidents", BODY, world=world)
    assert made.status_code == 201, made.text
    path = f"/incidents/{made.json['id']}"
    assert client.get("county_duty", path, world=world).status_code == 200
    for who in ("county_duty", "town_duty"):
        assert client.get(who, path).status_code == 404, "a target of another world"
    assert cast.entries(world=world)[0].type == "incident.opened"
    assert cast.flaws() == []


def test_it_is_closed_to_those_who_do_not_take_part(client: Doors, cast: County) -> None:
    world = open_world(client, cast, "town_duty")
    for who in ("county_duty", "other_duty", "admin"):
        assert client.get(who, "/incidents", world=world).status_code == 403, who
        assert client.post(who, "/incidents", BODY, world=world).status_code == 403, who
    assert client.get("planner", "/incidents", world=world).status_code == 200, "who opened it takes part"
    assert client.get("town_duty", "/incidents", world=world + 1).status_code == 403


def test_it_refuses_all_once_it_has_ended(client: Doors, cast: County) -> None:
    world = open_world(client, cast, "town_duty")
    assert client.post("town_duty", "/incidents", BODY, world=world).status_code == 201
    assert client.post("planner", f"/worlds/{world}/end").status_code == 200
    end = cast.end(world)
    for who in ("town_duty", "planner"):
        assert client.post(who, "/incidents", BODY, world=world).status_code == 403, who
    with pytest.raises(NotEnrolled):
        cast.act("system", "incident.open", BODY, world=world)
    assert cast.end(world) == end
    assert client.post("planner", f"/worlds/{world}/end").status_code == 409


def test_it_gives_each_drill_a_world_of_its_own(client: Doors, cast: County) -> None:
    first, second = (open_world(client, cast, "town_duty") for _ in range(2))
    assert first != second
    made: Any = client.post("town_duty", "/incidents", BODY, world=first).json
    assert client.get("town_duty", f"/incidents/{made['id']}", world=second).status_code == 404


def test_it_is_seen_by_the_county_and_by_those_who_take_part(client: Doors, cast: County) -> None:
    world = open_world(client, cast, "town_duty")
    for who in ("town_duty", "county_duty", "planner"):
        assert client.get(who, f"/worlds/{world}").json["name"] == "防汛演练"
    assert client.get("other_duty", f"/worlds/{world}").status_code == 404


def test_it_opens_none_for_strangers_or_from_a_drill(client: Doors, cast: County) -> None:
    for who in ("county_duty", "admin", "town_duty", "wall"):
        assert client.post(who, "/worlds", {"name": "甲"}).status_code == 403, who
    assert client.post("planner", "/worlds", {"name": "甲", "members": ["nobody"]}).status_code == 422
    world = open_world(client, cast)
    assert client.post("planner", "/worlds", {"name": "乙"}, world=world).status_code == 409
