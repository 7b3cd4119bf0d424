"""The rota: who may keep and see it, who is on now, when a shift begins, and a gap that is said in time."""

from __future__ import annotations

from typing import Any

import pytest

from command.core.errors import Invalid
from tests.county import DRILL, NOISE, OTHER, TOWN, County, new_id
from tests.doors import Doors
from tests.duty.ground import LEADER, OFFICER, at, hour, plan, turn, two_shifts, weeks

WATER = "140429-water"


def seen(client: Doors, who: str, **asked: str) -> set[str]:
    """The shifts that somebody sees."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return {one["id"] for one in client.get(who, f"/duty?limit=1000&{query}").json["items"]}


def alarms(client: Doors, who: str = "county_duty") -> dict[str, str]:
    """cause → detail of the live alarms of duty."""
    found = client.get(who, "/alarms?live=true&limit=1000").json["items"]
    return {
        one["cause"]: one["detail"]["zh"] for one in found if one["cause"].startswith(("duty", "handover"))
    }


def now_at(client: Doors, who: str, centre: str) -> dict[str, Any]:
    """A centre as the list of who is on has it."""
    found: dict[str, Any] = next(
        one for one in client.get(who, "/duty/now").json["items"] if one["centre"] == centre
    )
    return found


def test_each_sees_its_own_rota_and_the_countys_and_the_county_sees_all(cast: County, client: Doors) -> None:
    mine, other, noise = (plan(cast, 10, 20, who)["id"] for who in ("town_duty", "other_duty", "noise_duty"))
    county, water = (plan(cast, 10, 20, who)["id"] for who in ("county_duty", "water_duty"))
    assert seen(client, "town_duty") == seen(client, "town_leader") == {mine, county}
    assert seen(client, "water_duty") == {water, county}
    assert seen(client, "county_duty") == seen(client, "county_leader") == {mine, other, noise, county, water}
    assert seen(client, "county_duty", centre=NOISE) == {noise}
    assert client.get("town_duty", f"/duty/{noise}").status_code == 404
    assert client.get("town_team", "/duty").status_code == 403
    assert (
        cast.act(
            "town_duty", "duty.plan", {"centre": OTHER, "begins_at": hour(30), "ends_at": hour(40)}
        ).status
        == 403
    )
    assert plan(cast, 20, 30, "county_duty", centre=OTHER)["centre"] == OTHER


def test_a_shift_begins_by_the_clock_where_nobody_answers_and_says_whom_to_ring(
    cast: County, client: Doors
) -> None:
    plan(cast, -1, 9, "noise_duty")
    made = plan(cast, -1, 11)
    assert (made["state"], made["people"][0]["name"]) == ("on", "钱带班")
    found = now_at(client, "town_duty", TOWN)
    assert (found["on"]["id"], found["covered_until"], found["on"]["people"][1]["number"]) == (
        made["id"],
        hour(11),
        "6101",
    )
    assert {one["centre"] for one in client.get("town_duty", "/duty/now").json["items"]} == {"140429", TOWN}
    assert len(client.get("county_duty", "/duty/now").json["items"]) == 1 + 12
    assert now_at(client, "county_duty", OTHER)["kept"] is False


def test_two_shifts_of_a_centre_never_overlap(cast: County) -> None:
    first = plan(cast, 10, 20)
    plan(cast, 5, 25, "other_duty")
    clash = cast.act("town_duty", "duty.plan", {"begins_at": hour(19), "ends_at": hour(30)})
    assert clash.status == 409
    assert "已有排班".encode() in clash.body
    after = plan(cast, 20, 30)
    moved = {"id": after["id"], "begins_at": hour(15)}
    assert cast.act("town_duty", "duty.edit", moved, version=after["version"]).status == 409
    assert cast.do("town_duty", "duty.edit", {"id": first["id"], "ends_at": hour(19)}, version=1)[
        "ends_at"
    ] == hour(19)


@pytest.mark.parametrize(
    "body",
    [
        {"begins_at": hour(10), "ends_at": hour(10)},
        {"begins_at": hour(10), "ends_at": hour(10 + 24 * 8)},
        {"begins_at": hour(-90), "ends_at": hour(-80)},
        {"begins_at": hour(10), "ends_at": hour(20), "people": [{"role": "cook", "name": "甲"}]},
        {"begins_at": hour(10), "ends_at": hour(20), "people": [{**OFFICER, "number": "139 0000 1111"}]},
        {"begins_at": hour(10), "ends_at": hour(20), "centre": "140429199"},
    ],
)
def test_it_refuses_what_is_no_shift_and_a_persons_own_number(cast: County, body: dict[str, Any]) -> None:
    before = cast.end()
    with pytest.raises(Invalid):
        cast.act("county_duty", "duty.plan", body)
    assert cast.end() == before


def test_a_week_is_copied_once_and_never_over_what_is_there(cast: County, client: Doors) -> None:
    plan(cast, 10, 20, "other_duty")
    old = plan(cast, 10, 20)
    made = cast.do("town_duty", "duty.copy_week", weeks())
    assert [(one["begins_at"], one["people"]) for one in made["items"]] == [(hour(10 + 168), old["people"])]
    again = cast.do("town_duty", "duty.copy_week", weeks())
    assert (again["items"], again["left"]) == ([], 1)
    assert len(seen(client, "county_duty", centre=TOWN)) == 2


def test_a_gap_is_said_in_time_to_its_centre_and_the_county_and_ends_when_it_is_filled(
    cast: County, client: Doors
) -> None:
    with at(-4):
        plan(cast, -4, 11)
        plan(cast, -4, 30, "noise_duty")
        assert alarms(client) == {}
    cast.act("system", "duty.gap", {"centre": TOWN})
    said = alarms(client)
    assert set(said) == set(alarms(client, "town_duty")) == {f"duty.gap:{TOWN}"}
    assert "未排人" in said[f"duty.gap:{TOWN}"]
    assert alarms(client, "other_duty") == {}
    unmanned = plan(cast, 11, 40, people=[{"role": "driver", "name": "司机"}])
    assert set(alarms(client)) == {f"duty.gap:{TOWN}"}, "a driver alone answers no telephone"
    cast.do("town_duty", "duty.edit", {"id": unmanned["id"], "people": [LEADER]}, version=unmanned["version"])
    assert alarms(client) == {}


def test_the_old_shift_answers_until_the_new_one_has_signed(cast: County, client: Doors) -> None:
    old, new = two_shifts(cast)
    with at(1):
        turn(cast)
        assert (
            now_at(client, "county_duty", TOWN)["on"]["id"],
            now_at(client, "county_duty", TOWN)["next"]["id"],
        ) == (old, new)
        opened = cast.open("town_duty")
        assert opened["state"] == "received", "nothing waits for a signature"


def test_a_shift_that_nobody_took_over_lapses_when_the_next_one_comes(cast: County, client: Doors) -> None:
    old, new = two_shifts(cast)
    third = plan(cast, 40, 50)["id"]
    with at(41):
        turn(cast)
    states = {
        one["id"]: one["state"] for one in client.get("town_duty", f"/duty?centre={TOWN}").json["items"]
    }
    assert states == {old: "on", new: "lapsed", third: "near"}
    open_ = client.get("town_duty", "/duty_handovers?state=open").json["items"]
    assert [(one["from_id"], one["to_id"]) for one in open_] == [(old, third)]


def test_a_drill_has_a_rota_of_its_own(cast: County, client: Doors) -> None:
    wish = {"begins_at": hour(-1), "ends_at": hour(9), "people": [LEADER]}
    made = cast.do("town_duty", "duty.plan", wish, world=DRILL)
    assert made["state"] == "on"
    assert seen(client, "county_duty") == set()
    assert client.get("county_duty", f"/duty/{made['id']}").status_code == 404
    assert cast.act("town_duty", "duty.plan", wish, world=0, command_id=new_id()).ok
