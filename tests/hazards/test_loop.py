"""The closed loop of a hazard: each step with what it asks for, by whom it may be taken, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from command.core import clock
from command.core.errors import Invalid, Problem
from command.hazards.words import HAZARD_FLOW
from tests.county import OTHER, TOWN, VILLAGE, County
from tests.doors import Doors
from tests.hazards.ground import (
    DUTIES,
    FAR,
    FIVE,
    HERE,
    MAJOR,
    NEARBY,
    SIGNED,
    WATCH,
    WATER,
    ahead,
    at,
    move,
    photo,
    picture,
    report,
    watched,
)  # fmt: skip

# taxonomy: status_flows.hazard
TRANSITIONS = {
    "reported": ["registered"], "registered": ["graded", "closed"], "graded": ["assigned", "listed", "monitored"],
    "listed": ["rectifying"], "assigned": ["rectifying", "listed"], "rectifying": ["extension", "acceptance", "listed"],
    "extension": ["rectifying"], "acceptance": ["rejected", "closed"], "rejected": ["rectifying"], "closed": ["lookback"],
    "lookback": ["rectifying", "closed"], "monitored": ["closed", "assigned"],
}  # fmt: skip


def refused(cast: County, who: str, hazard: str, to: str, **body: Any) -> tuple[int, dict[str, Any]]:
    """What a step is answered that must not be taken; nothing is written."""
    before = cast.end()
    try:
        answer = cast.act(who, "hazard.transition", {"id": hazard, "to": to, **body})
    except Problem as problem:  # what a better input may cure is not kept
        return problem.status, problem.body()
    finally:
        assert cast.end() == before
    assert not answer.ok
    said: dict[str, Any] = json.loads(answer.body)
    return answer.status, said


def test_it_has_the_states_and_steps_of_the_taxonomy_and_no_others() -> None:
    assert {state: sorted(HAZARD_FLOW.onward(state)) for state in HAZARD_FLOW.states} == {
        state: sorted(onward) for state, onward in TRANSITIONS.items()
    }


def test_it_goes_from_the_find_to_the_look_back(cast: County) -> None:
    one = at(cast, until="lookback")
    done = move(cast, "town_duty", one, "closed", picture=picture("white"), location=HERE, note="完好")
    assert (done["state"], done["closed_how"], done["live"]) == ("closed", "looked_back", False)
    assert [step["state"] for step in done["steps"]] == [
        "reported", "registered", "graded", "assigned", "rectifying", "acceptance", "closed", "lookback", "closed",
    ]  # fmt: skip
    assert [one["stage"] for one in done["photos"]] == ["after", "acceptance", "lookback"]
    assert done["acceptance"]["result"] == "accepted"
    assert 80 < done["acceptance"]["distance_m"] < 130
    assert done["lookback"]["distance_m"] == 0
    assert done["duties"]["territory"]["centre"] == TOWN
    assert done["duties"]["department"]["centre"] == WATER
    assert all(step["received_at"] and step["at"] and step["by"] for step in done["steps"])


def test_it_names_the_steps_that_are_listed(cast: County) -> None:
    one = report(cast)["id"]
    status, said = refused(cast, "town_duty", one, "graded", level="general")
    assert (status, said["allowed"]) == (409, ["registered"])
    assert "登记" in said["detail"]
    assert refused(cast, "town_duty", one, "gone")[0] == 422


def test_it_stands_by_the_clock_of_who_acted_and_by_when_it_was_received(cast: County) -> None:
    earlier = ahead(-0.1)
    told = report(cast, "town_team", found_at=earlier)
    assert told["found_at"] == earlier
    assert told["received_at"] > earlier
    moved = cast.do("town_duty", "hazard.transition", {"id": told["id"], "to": "registered", "at": earlier})
    assert moved["times"]["registered"] == earlier
    assert moved["steps"][-1]["received_at"] > earlier


def test_a_step_says_what_it_lacks_and_refuses_what_it_has_no_use_for(cast: County) -> None:
    one = at(cast, until="registered")
    assert refused(cast, "town_duty", one, "graded")[0] == 422
    assert (
        refused(
            cast, "town_duty", one, "graded", level="general", deadline="2026-01-01T00:00:00Z", watch=WATCH
        )[0]
        == 422
    )
    move(cast, "town_duty", one, "graded", level="general")
    for body in (
        {"deadline": ahead(3)},  # no department
        {**DUTIES}, {**DUTIES, "deadline": ahead(-1)}, {**DUTIES, "deadline": ahead(3), "lead": "unit"},
        {"deadline": ahead(3), "department": {"centre": TOWN}}, {"deadline": ahead(3), "department": {"name": "水利局"}},
        {**DUTIES, "deadline": ahead(3), "territory": {"centre": "140429199"}},
    ):  # fmt: skip
        assert refused(cast, "town_duty", one, "assigned", **body)[0] == 422, body


def test_of_work_safety_the_unit_answers(cast: County) -> None:
    one = at(cast, until="graded", type="production", item="coal_mine", title="皮带机无护罩")
    status, said = refused(cast, "town_duty", one, "assigned", **DUTIES, deadline=ahead(5))
    assert (status, "企业" in said["detail"]) == (422, True)
    unit = {"name": "示例煤业", "post": "矿长"}
    told = move(
        cast, "town_duty", one, "assigned", deadline=ahead(5), department=DUTIES["department"], unit=unit
    )
    assert (told["lead"], told["duty"]) == ("unit", "示例煤业 矿长")


def test_a_major_one_rests_on_a_case_and_on_what_is_done_at_once(cast: County) -> None:
    one = at(cast, until="registered")
    assert refused(cast, "town_duty", one, "graded", level="major", interim=MAJOR["interim"])[0] == 422
    assert refused(cast, "town_duty", one, "graded", level="major", criteria=MAJOR["criteria"])[0] == 422
    assert refused(cast, "town_duty", one, "graded", level="general", criteria=["stop_and_time"])[0] == 422
    # a coal mine's case is none of a road's
    assert refused(cast, "town_duty", one, "graded", **{**MAJOR, "criteria": ["coal_gas"]})[0] == 422
    told = move(cast, "town_duty", one, "graded", **MAJOR)
    assert [(each["code"], each["by"]) for each in told["interim"]] == [("evacuate", "甲 town_duty")]
    status, said = refused(cast, "town_duty", one, "assigned", **DUTIES, deadline=ahead(5))
    assert (status, said["allowed"]) == (409, ["listed"])


def test_a_listing_asks_for_the_five_and_says_which_are_missing(cast: County) -> None:
    one = at(cast, until="registered")
    move(cast, "town_duty", one, "graded", **MAJOR)
    status, said = refused(cast, "county_duty", one, "listed", **DUTIES, signed_by=SIGNED)
    assert (status, said["missing"]) == (422, ["measure", "fund", "deadline", "plan"])
    assert all(word in said["detail"] for word in ("措施", "资金", "时限", "预案"))
    assert [each["field"] for each in said["errors"]] == said["missing"]
    five = {**FIVE, "deadline": ahead(30), "duty": "水利局 局长"}
    for name in ("measure", "fund", "plan", "deadline"):
        less = {key: value for key, value in five.items() if key != name}
        assert refused(cast, "county_duty", one, "listed", **DUTIES, **less, signed_by=SIGNED)[1][
            "missing"
        ] == [name]
    assert refused(cast, "county_duty", one, "listed", **DUTIES, **five)[0] == 422  # nobody signs
    assert refused(cast, "town_duty", one, "listed", **DUTIES, **five, signed_by=SIGNED)[0] == 403
    told = move(cast, "county_duty", one, "listed", **DUTIES, **five, signed_by=SIGNED)
    assert (told["state"], told["signed"][0]["name"]) == ("listed", "李某")


def test_a_major_one_is_listed_at_grading_by_one_act(cast: County) -> None:
    one = at(cast, until="registered")
    whole = {**MAJOR, **DUTIES, **FIVE, "deadline": ahead(30), "signed_by": SIGNED}
    assert refused(cast, "town_duty", one, "graded", **whole)[0] == 403  # to list is the county's
    assert refused(cast, "county_duty", one, "graded", **{**whole, "fund": None})[0] == 422
    told = move(cast, "county_duty", one, "graded", **whole)
    assert (told["state"], told["level"]) == ("listed", "major")
    assert [step["state"] for step in told["steps"][-2:]] == ["graded", "listed"]


def test_a_general_one_that_turns_out_major_is_listed_on_the_way(cast: County) -> None:
    one = at(cast, until="rectifying")
    body = {**FIVE, "signed_by": SIGNED, "level": "major"}
    assert refused(cast, "county_duty", one, "listed", **body)[0] == 422
    told = move(
        cast, "county_duty", one, "listed", **body, criteria=MAJOR["criteria"], interim=MAJOR["interim"]
    )
    assert (told["level"], told["duty"]) == ("major", "武乡水利局 分管副局长")


def test_an_extension_has_a_reason_and_another_grants_it(cast: County) -> None:
    one = at(cast, until="rectifying", days=5)
    first = cast.do("town_duty", "hazard.edit", {"id": one}, version=_version(cast, one))["deadline"]
    assert refused(cast, "water_duty", one, "extension", deadline=ahead(9))[0] == 422
    assert refused(cast, "water_duty", one, "extension", deadline=ahead(4), reason="雨")[0] == 422
    asked = move(cast, "water_duty", one, "extension", deadline=ahead(9), reason="连日降雨")
    assert asked["deadline"] == first
    assert refused(cast, "water_duty", one, "rectifying", granted=True)[0] == 403
    assert refused(cast, "town_duty", one, "rectifying")[0] == 422
    assert refused(cast, "town_duty", one, "rectifying", granted=False)[0] == 422
    given = move(cast, "town_duty", one, "rectifying", granted=True)
    assert given["deadline"] == asked["extensions"][0]["to"]
    assert (given["extensions"][0]["granted"], given["extensions"][0]["answered_by"]) == (
        True,
        "甲 town_duty",
    )
    move(cast, "water_duty", one, "extension", deadline=ahead(20), reason="再延")
    kept = move(cast, "town_duty", one, "rectifying", granted=False, reason="雨已停")
    assert kept["deadline"] == given["deadline"]


def test_it_is_accepted_on_site_by_somebody_else(cast: County) -> None:
    one = at(cast, until="rectifying")
    assert refused(cast, "water_duty", one, "acceptance")[0] == 422  # no evidence
    photo(cast, "water_duty", one, "after")
    move(cast, "water_duty", one, "acceptance", note="护栏已装")
    assert refused(cast, "water_duty", one, "closed", picture=picture(), location=NEARBY)[0] == 403
    assert refused(cast, "town_duty", one, "closed")[0] == 422  # nobody was there
    assert refused(cast, "town_duty", one, "closed", picture=picture())[0] == 422  # nor says where
    status, said = refused(cast, "town_duty", one, "closed", picture=picture(), location=FAR)
    assert (status, "米" in said["detail"]) == (422, True)
    told = move(cast, "town_duty", one, "closed", picture=picture(), location=FAR, reason="隐患点坐标有误")
    assert (told["closed_how"], told["live"]) == ("accepted", True)
    assert told["acceptance"]["reason"] == "隐患点坐标有误"


def test_what_is_not_right_goes_back_and_is_shown_anew(cast: County) -> None:
    one = at(cast, until="acceptance")
    assert refused(cast, "town_duty", one, "rejected")[0] == 422
    move(cast, "town_duty", one, "rejected", reason="少装两根")
    move(cast, "water_duty", one, "rectifying")
    assert (
        refused(cast, "water_duty", one, "acceptance")[0] == 422
    )  # the old photo is no proof of the new work
    told = move(cast, "water_duty", one, "acceptance", picture=picture("black"))
    assert told["acceptance"]["result"] is None


def test_a_look_back_finds_what_came_back(cast: County) -> None:
    one = at(cast, until="lookback")
    assert refused(cast, "town_duty", one, "rectifying", reason="又被撞坏")[0] == 422
    told = move(cast, "town_duty", one, "rectifying", reason="又被撞坏", deadline=ahead(7))
    assert (told["recurred"], told["live"], told["closed_how"]) == (1, True, None)
    assert told["lookback"]["result"] == "recurred"


def test_what_is_no_hazard_is_closed_with_a_reason(cast: County) -> None:
    one = at(cast, until="registered")
    assert refused(cast, "town_duty", one, "closed")[0] == 422
    told = move(cast, "town_duty", one, "closed", reason="已列入道路工程")
    assert (told["closed_how"], told["live"]) == ("dismissed", False)
    assert refused(cast, "town_duty", one, "lookback")[0] == 409


def test_put_right_on_the_spot_it_is_closed_in_one_visit(cast: County) -> None:
    told = report(cast, "town_team", picture=picture("red"), after=picture("green"), location=HERE)
    assert (told["state"], told["closed_how"], told["live"]) == ("closed", "at_once", False)
    assert [step["state"] for step in told["steps"]] == ["reported", "registered", "closed"]
    assert {step["by"] for step in told["steps"]} == {"甲 town_team"}
    assert [one["stage"] for one in told["photos"]] == ["before", "after"]


def test_put_right_on_the_spot_needs_both_photos_of_one_visit(cast: County) -> None:
    with pytest.raises(Invalid):
        cast.act("town_team", "hazard.report", {"type": "fire", "village_code": VILLAGE, "after": picture()})
    one = report(cast, "town_team", picture=picture())["id"]
    move(cast, "town_duty", one, "registered")
    assert refused(cast, "town_duty", one, "closed", at_once=True)[0] == 422
    photo(cast, "town_duty", one, "after")  # another person's
    assert refused(cast, "town_duty", one, "closed", at_once=True)[0] == 422
    other = at(cast, until="registered")
    photo(cast, "town_duty", other, "before", location=FAR)
    photo(cast, "town_duty", other, "after", location=HERE)
    assert refused(cast, "town_duty", other, "closed", at_once=True)[0] == 422  # kilometres apart
    long_ago = clock.real().replace(year=clock.real().year - 1)
    third = at(cast, until="registered")
    cast.do("town_duty", "hazard.photo", {"id": third, "stage": "before", "picture": picture()}, at=long_ago)
    photo(cast, "town_duty", third, "after")
    assert refused(cast, "town_duty", third, "closed", at_once=True)[0] == 422


def test_a_natural_danger_point_is_watched_and_has_no_deadline(cast: County) -> None:
    one = at(cast, until="graded", type="geological", item="landslide", title="村东滑坡")
    assert refused(cast, "town_duty", one, "monitored")[0] == 422
    for name in ("watcher", "trigger", "route", "people"):
        less = {key: value for key, value in WATCH.items() if key != name}
        assert refused(cast, "town_duty", one, "monitored", watch=less)[0] == 422
    assert refused(cast, "town_duty", one, "monitored", watch=WATCH, deadline=ahead(3))[0] == 422
    told = move(
        cast,
        "town_duty",
        one,
        "monitored",
        watch={**WATCH, "contact": {"name": "赵某某", "phone": "13700000001"}},
    )
    assert (told["deadline"], told["live"], told["watch"]["people"]) == (None, False, 23)
    assert "赵某某" not in json.dumps(told, ensure_ascii=False)
    road = at(cast, until="graded")
    assert refused(cast, "town_duty", road, "monitored", watch=WATCH)[0] == 409


def test_a_watched_point_is_struck_off_or_taken_in_hand(cast: County) -> None:
    one = watched(cast)
    assert refused(cast, "town_duty", one, "closed")[0] == 422
    told = move(cast, "town_duty", one, "assigned", **DUTIES, deadline=ahead(60))
    assert told["live"]
    other = watched(cast)
    gone = move(cast, "town_duty", other, "closed", reason="削坡治理完成")
    assert (gone["closed_how"], gone["live"]) == ("removed", False)


def test_a_deadline_that_runs_is_not_edited(cast: County, client: Doors) -> None:
    one = at(cast, until="graded")
    body = {"deadline": ahead(8), "measure": "装护栏"}
    assert client.patch("town_duty", f"/hazards/{one}", body).status_code == 428
    told = client.patch("town_duty", f"/hazards/{one}", body, version=_version(cast, one))
    assert (told.status_code, told.json["measure"]) == (200, "装护栏")
    lost = client.patch("town_duty", f"/hazards/{one}", {"title": "x"}, version=1)
    assert (lost.status_code, lost.json["current"]["measure"]) == (409, "装护栏")
    move(cast, "town_duty", one, "assigned", **DUTIES, deadline=ahead(8))
    late = client.patch("town_duty", f"/hazards/{one}", {"deadline": ahead(30)}, version=_version(cast, one))
    assert late.status_code == 409


def _version(cast: County, thing: str) -> int:
    from command.core import canonical

    told = (canonical.load(one.record) for one in reversed(cast.entries()))
    return next(int(one["version"]) for one in told if one["id"] == thing)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_takes_the_routes_of_the_interface(client: Doors, cast: County) -> None:
    body = {"type": "flood", "item": "silt_dam", "village_code": VILLAGE, "description": "溢洪道堵塞"}
    made = client.post("town_duty", "/hazards", body)
    assert (made.status_code, made.json["centre"], made.json["state"]) == (201, TOWN, "reported")
    assert made.json["number"].startswith(f"YH-{TOWN}-")
    assert made.json["title"].startswith("淤地坝・")
    path = f"/hazards/{made.json['id']}"
    moved = client.post("town_duty", f"{path}/transition", {"to": "registered"}, version=1)
    assert (moved.status_code, moved.json["state"]) == (200, "registered")
    added = client.post("town_duty", f"{path}/photos", {"picture": picture(), "stage": "before"})
    assert added.status_code == 201
    assert client.get("county_duty", f"/files/{added.json['photos'][0]['photo']}").status_code == 200
    assert client.get("other_duty", f"/files/{added.json['photos'][0]['photo']}").status_code == 404
    listed = client.get("county_duty", f"/hazards?state=registered&type=flood&centre={TOWN}").json["items"]
    assert [one["id"] for one in listed] == [made.json["id"]]
    told = client.get("town_duty", f"{path}/timeline").json["items"]
    assert [one["type"] for one in told] == ["hazard.reported", "hazard.moved", "hazard.photo"]
    assert OTHER not in json.dumps(told)
