"""The handover: its list fills itself from every slice, each item is accepted or deferred, nothing is held up by it."""

from __future__ import annotations

from typing import Any

import pytest

from command.core.errors import Invalid
from tests.county import DRILL, TOWN, County
from tests.doors import Doors
from tests.duty.ground import at, hour, plan, turn, two_shifts
from tests.duty.test_rota import alarms


def waiting(client: Doors, who: str = "town_duty") -> dict[str, Any]:
    """The one handover that somebody sees waiting."""
    (found,) = client.get(who, "/duty_handovers?state=open").json["items"]
    value: dict[str, Any] = found
    return value


def item(cast: County, held: dict[str, Any], key: str, to: str = "accepted", **more: Any) -> dict[str, Any]:
    """Look at one item."""
    return cast.do("town_duty", "handover.item", {"id": held["id"], "key": key, "to": to, **more})


def night(cast: County) -> tuple[dict[str, Any], str]:
    """An evening's open things: an incident whose order nobody answered, and a promise made in a call."""
    incident = cast.open("town_duty", casualties={"missing": 1})
    task = cast.order("town_duty", incident["id"], "town_team")[0]["id"]
    cast.do("system", "task.overdue", {"id": task})
    body = {
        "sort": "call_in",
        "who": "县水利局",
        "text": "问水位",
        "promise": "七点前回水位",
        "promise_due_at": hour(3),
    }
    cast.do("town_duty", "duty_note.write", body)
    cast.do("noise_duty", "duty_note.write", {**body, "promise": "噪声承诺"})
    cast.do("town_duty", "duty_note.write", {**body, "promise": None, "promise_due_at": None})
    return incident, task


def test_it_lists_what_is_open_of_its_own_centre_and_nothing_else(cast: County, client: Doors) -> None:
    incident, task = night(cast)
    two_shifts(cast)
    items = waiting(client)["items"]
    sorts = {one["sort"] for one in items}
    assert sorts == {"incident", "order", "promise", "alarm"}
    assert {one["about"]["id"] for one in items if one["sort"] in ("incident", "order")} == {
        incident["id"],
        task,
    }
    assert [(one["zh"], one["due_at"]) for one in items if one["sort"] == "promise"] == [
        ("县水利局：七点前回水位", hour(3))
    ]
    assert "噪声" not in str(items)
    assert {one["state"] for one in items} == {"open"}
    county = plan(cast, -6, 1 / 6, "county_duty")
    assert county["state"] == "on"
    with at(-0.1):
        plan(cast, 1 / 6, 9, "county_duty")
    of_county = next(
        one
        for one in client.get("county_duty", "/duty_handovers?state=open").json["items"]
        if one["centre"] == "140429"
    )
    told = {one["about"]["id"] for one in of_county["items"] if one["sort"] == "incident"}
    assert told == {incident["id"], cast.noise["incident"]}, "the county's desk hands over all of the county"


def test_each_item_is_accepted_or_deferred_with_a_reason_before_it_is_signed(
    cast: County, client: Doors
) -> None:
    night(cast)
    old, new = two_shifts(cast)
    held = waiting(client)
    keys = [one["key"] for one in held["items"]]
    refused = client.post("town_duty", f"/duty_handovers/{held['id']}/accept", {"name": "李接班"})
    assert refused.status_code == 409
    assert f"{len(keys)} 项未确认" in refused.json["detail"]
    with pytest.raises(Invalid):
        item(cast, held, keys[0], "deferred")
    item(cast, held, keys[0], "deferred", reason="等现场回电")
    for key in keys[1:]:
        item(cast, held, key)
    assert client.get("town_leader", f"/duty_handovers/{held['id']}").status_code == 200
    assert client.get("other_duty", f"/duty_handovers/{held['id']}").status_code == 404
    assert cast.act("other_duty", "handover.accept", {"id": held["id"], "name": "李"}).status == 404
    cast.do(
        "town_duty",
        "handover.hand",
        {"id": held["id"], "name": "赵值班", "weather": "雨停", "equipment": "卫星电话充电中"},
    )
    done = cast.do("town_duty", "handover.accept", {"id": held["id"], "name": "李接班"})
    assert (done["state"], done["accepted_by"], done["handed_by"], done["live"]) == (
        "accepted",
        "李接班",
        "赵值班",
        True,
    )
    assert done["remarks"] == {"weather": "雨停", "equipment": "卫星电话充电中"}
    states = {
        one["id"]: one["state"] for one in client.get("town_duty", f"/duty?centre={TOWN}").json["items"]
    }
    assert states == {old: "ended", new: "on"}
    assert cast.act("town_duty", "handover.accept", {"id": held["id"], "name": "李接班"}).status == 409
    assert (
        cast.act("town_duty", "handover.item", {"id": held["id"], "key": keys[1], "to": "accepted"}).status
        == 409
    )
    assert item(cast, held, keys[0])["live"] is False, "the deferred one was taken later"
    signed = f"/duty_handovers?centre={TOWN}&state=accepted&since="
    found = [
        [one["id"] for one in client.get("town_duty", signed + hour(n).replace("+", "%2B")).json["items"]]
        for n in (-1, 2)
    ]
    assert found == [[held["id"]], []], "what was signed is read again though it left the lists"


def test_what_was_deferred_comes_again_with_its_reason_while_it_is_open(cast: County, client: Doors) -> None:
    incident = cast.open("town_duty")
    gone = cast.open("town_duty", title="误报的一起")
    two_shifts(cast)
    held = waiting(client)
    for one in held["items"]:
        item(cast, held, one["key"], "deferred", reason="等核实")
    cast.do("town_duty", "handover.accept", {"id": held["id"], "name": "李接班"})
    for to in ("verifying", "dismissed"):
        cast.do("town_duty", "incident.transition", {"id": gone["id"], "to": to, "reason": "误报"})
    plan(cast, 40, 50)
    with at(39.8):
        turn(cast)
        again = waiting(client)
    carried = {one["about"]["id"]: one["carried"] for one in again["items"] if one["sort"] == "incident"}
    assert carried == {incident["id"]: "等核实"}
    assert client.get("town_duty", f"/duty_handovers/{held['id']}").json["live"] is False


def test_the_list_follows_what_happens_until_it_is_signed(cast: County, client: Doors) -> None:
    first = cast.open("town_duty")["id"]
    kept = cast.open("town_duty", title="已看过")["id"]
    two_shifts(cast)
    held = waiting(client)
    item(cast, held, f"incident:incident:{kept}")
    later = cast.open("town_duty", title="后来的")["id"]
    for to in ("verifying", "dismissed"):
        cast.do("town_duty", "incident.transition", {"id": first, "to": to, "reason": "误报"})
    fresh = cast.do("town_duty", "handover.refresh", {"id": held["id"]})
    assert {one["about"]["id"]: one["state"] for one in fresh["items"]} == {
        first: "settled",
        kept: "accepted",
        later: "open",
    }
    end = cast.end()
    assert cast.do("town_duty", "handover.refresh", {"id": held["id"]})["version"] == fresh["version"]
    assert cast.end() == end, "nothing new, nothing said"


def test_one_that_was_forgotten_is_said_once_and_calmly(cast: County, client: Doors) -> None:
    two_shifts(cast)
    with at(0.5):
        turn(cast)
        assert alarms(client) == {}
    with at(1):
        turn(cast)
        turn(cast)
    (raised,) = [
        one
        for one in client.get("town_duty", "/alarms?live=true").json["items"]
        if one["cause"] == f"handover:{TOWN}"
    ]
    assert (raised["rank"], raised["count"]) == (3, 1)
    assert "上一班仍在负责" in raised["detail"]["zh"]
    assert alarms(client, "noise_duty") == {}
    held = waiting(client)
    assert held["items"] == []
    cast.do("town_duty", "handover.accept", {"id": held["id"], "name": "李接班"})
    assert alarms(client) == {}


def test_a_drill_hands_over_its_own_things_only(cast: County, client: Doors) -> None:
    cast.open("town_duty")
    with at(-1):
        for begins, ends in ((-2, 0.1), (0.1, 9)):
            wish = {
                "begins_at": hour(begins),
                "ends_at": hour(ends),
                "people": [{"role": "officer", "name": "甲"}],
            }
            cast.do("town_duty", "duty.plan", wish, world=DRILL)
    cast.act("system", "duty.turn", {"centre": TOWN}, world=DRILL)
    said = [entry.type for entry in cast.entries(world=DRILL) if entry.type.startswith("handover")]
    assert said == ["handover.opened"]
    assert client.get("town_duty", "/duty_handovers").json["items"] == []
