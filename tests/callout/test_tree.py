"""From a warning or by hand to a tree of people: who is on whose list, who sees it, what is not twice, how it ends."""

from __future__ import annotations

import pytest

from command.callout.models import Callout, CalloutList
from command.core.errors import Invalid
from tests.callout import ground
from tests.callout.ground import items
from tests.county import COUNTY, DRILL, OTHER, OTHER_VILLAGE, TOWN, VILLAGE, County
from tests.doors import Doors
from tests.warnings import ground as warned


def test_a_warning_becomes_a_tree_of_those_who_are_struck(cast: County) -> None:
    ground.name_people(cast)
    made = ground.called(cast, warning_id=ground.red(cast)["id"])
    assert (made["level"], made["areas"]) == ("red", [VILLAGE, OTHER_VILLAGE])
    assert made["audience"] == sorted([f"centre:{OTHER}", f"centre:{TOWN}", "county"])
    lists = {one.centre: one for one in ground.rows(cast, CalloutList)}
    assert {code: one.counts["total"] for code, one in lists.items()} == {COUNTY: 3, TOWN: 3, OTHER: 3}
    assert all(not one.todo and not one.unnamed for one in lists.values())
    town = ground.people(cast)
    assert {post: one.level for post, one in town.items()} == {
        ground.HEAD: "village", ground.KEEPER: "keeper", ground.KEEPER2: "keeper"
    }  # fmt: skip
    above = {post: ((one.superior or {})["code"], (one.superior or {})["post"]) for post, one in town.items()}
    assert above == {
        ground.HEAD: (TOWN, "带班领导"), ground.KEEPER: (VILLAGE, ground.HEAD), ground.KEEPER2: (VILLAGE, ground.HEAD)
    }  # fmt: skip
    county = ground.people(cast, COUNTY)
    assert list(county) == ["带班领导"], "who is on duty calls, and is not called"


def test_where_nobody_is_named_the_list_says_so(cast: County) -> None:
    ground.called(cast, areas=[TOWN], reason="山洪")
    held = ground.rows(cast, CalloutList, centre=TOWN)[0]
    assert VILLAGE in held.unnamed
    assert len(held.unnamed) > 10
    assert held.counts["total"] == 0


def test_it_needs_a_warning_in_force_or_areas_and_a_reason(cast: County) -> None:
    received = warned.enter(cast)
    for body in (
        {"warning_id": received["id"]},
        {"areas": [TOWN]},
        {"reason": "山洪"},
        {"areas": ["110000"], "reason": "x"},
    ):
        with pytest.raises(Invalid):
            cast.act("county_duty", "callout.open", body)


def test_nobody_is_called_twice_for_one_warning_and_more_areas_are_added(cast: County) -> None:
    ground.name_people(cast)
    rain = ground.red(cast, area={"codes": [VILLAGE]})
    made = ground.called(cast, warning_id=rain["id"])
    assert cast.act("county_duty", "callout.open", {"warning_id": rain["id"]}).status == 409
    wider = {"id": made["id"], "areas": [VILLAGE, OTHER_VILLAGE]}
    after = cast.do("county_duty", "callout.widen", wider, version=made["version"])
    ground.settle(cast)
    assert after["areas"] == [VILLAGE, OTHER_VILLAGE]
    assert f"centre:{OTHER}" in after["audience"]
    assert [len(ground.people(cast, code)) for code in (TOWN, OTHER)] == [3, 3]
    assert cast.act("town_duty", "callout.widen", wider, version=after["version"]).status == 403


def test_a_township_calls_its_own_people_and_sees_no_others(cast: County, client: Doors) -> None:
    ground.name_people(cast)
    assert cast.act("town_duty", "callout.open", {"areas": [OTHER], "reason": "山洪"}).status == 403
    own = ground.called(cast, "town_duty", areas=[VILLAGE], reason="巡查发现险情")
    noise = ground.called(cast, "other_duty", areas=[OTHER_VILLAGE], reason="噪声")
    other = next(iter(ground.people(cast, OTHER).values())).id
    held = ground.rows(cast, CalloutList, centre=OTHER)[-1].id
    for path in (f"/callouts/{noise['id']}", f"/callout_lists/{held}", f"/callout_people/{other}",
                 f"/callout_people/{other}/numbers", f"/callouts/{noise['id']}/measures", f"/callouts/{noise['id']}/export"):  # fmt: skip
        assert client.get("town_duty", path).status_code == 404, path
        assert client.get("county_duty", path).status_code == 200, path
    assert {one["centre"] for one in items(client, "town_duty", "/callout_people")} == {TOWN}
    assert [one["id"] for one in items(client, "town_duty", "/callouts")] == [own["id"]]
    assert len(items(client, "county_duty", "/callouts")) == 2
    for who in ("town_team", "keeper"):
        assert client.get(who, f"/callouts/{own['id']}").status_code in (403, 404)
    assert cast.act("town_duty", "callout.attempt", {"id": other, "outcome": "answered"}).status == 404


def test_it_is_ended_by_name_with_a_reason_and_nothing_climbs_any_more(cast: County) -> None:
    ground.name_people(cast)
    made = ground.called(cast)
    end = {"id": made["id"], "to": "closed"}
    assert cast.act("other_duty", "callout.transition", {**end, "reason": "x"}).status == 403
    with pytest.raises(Invalid, match="reason"):
        cast.act("county_duty", "callout.transition", end)
    assert cast.act("county_duty", "callout.transition", {**end, "to": "acted"}).status == 409
    done = cast.do("county_duty", "callout.transition", {**end, "reason": "预警已解除"})
    assert (done["state"], done["ended_by"], done["live"]) == ("closed", "甲 county_duty", False)
    ground.pass_minutes(cast, 30)
    assert {one.state for one in ground.people(cast).values()} == {"pending"}
    assert cast.act("county_duty", "callout.transition", {**end, "reason": "再次"}).status == 409


def test_a_drill_calls_in_its_own_world(cast: County) -> None:
    ground.name_people(cast)
    body = {"areas": [VILLAGE], "reason": "演练"}
    made = cast.do("county_duty", "callout.open", body, world=DRILL)
    assert ground.rows(cast, Callout) == []
    assert (
        cast.act(
            "county_duty", "callout.transition", {"id": made["id"], "to": "closed", "reason": "x"}
        ).status
        == 404
    )
