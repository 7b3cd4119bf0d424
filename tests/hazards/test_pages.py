"""The long lists of hazards, a page at a time: in which order, how many, how they are sought, whose; their rooms hold none of them."""

from __future__ import annotations

from typing import Any

import orjson

from command.core.live.snapshots import Snapshots
from command.places import register
from tests.county import OTHER_VILLAGE, TOWN, VILLAGE, County
from tests.doors import Doors
from tests.hazards.ground import FAR, PLAN, RISK, at, jump, picture, report, watched


def ids(answer: Any) -> list[str]:
    return [one["id"] for one in answer["items"]]


def test_what_is_late_comes_first_and_what_has_no_date_last_the_newest_find_first(
    cast: County, client: Doors
) -> None:
    old, soon, later, late = (
        report(cast)["id"], at(cast, until="assigned", days=3), at(cast, until="assigned", days=30),
        at(cast, until="rectifying", days=9),
    )  # fmt: skip
    new, done, under_watch = (
        report(cast)["id"],
        report(cast, picture=picture(), after=picture("green"))["id"],
        watched(cast),
    )
    jump(cast, late, 12)
    path = "/hazards/page?"
    whole = client.get("town_duty", path).json
    assert ids(whole) == [late, soon, later, new, old]
    assert (whole["next"], whole["count"]) == (None, 5)
    assert whole["counts"] == {"all": 5, "late": 1, "week": 1, "major": 0}
    pages, after = [], ""
    while after is not None:
        page = client.get("town_duty", f"{path}limit=2{'&after=' + after if after else ''}").json
        assert page["count"] == 5
        pages, after = [*pages, *ids(page)], page["next"]
    assert pages == ids(whole)
    for stage, found in (("late", [late]), ("week", [soon]), ("assigned", [soon, later]), ("major", [])):
        answer = client.get("town_duty", f"{path}stage={stage}").json
        assert (ids(answer), answer["count"], answer["counts"]["all"]) == (found, len(found), 5), stage
    assert client.get("town_duty", f"{path}stage=never").status_code == 422
    assert ids(client.get("town_duty", f"{path}of=shut").json) == [done]
    assert ids(client.get("town_duty", f"{path}of=watched").json) == [under_watch]
    noise = cast.noise["hazard"]
    assert noise in ids(client.get("county_duty", path).json)
    for who in ("other_duty", "town_team", "water_duty"):
        assert not {old, new, late} & set(ids(client.get(who, path).json)) - {late}, who
    assert client.get("town_duty", "/hazards/waiting").json == {"open": 5, "late": 1, "missing": 0}


def test_they_are_sought_by_words_number_village_and_initials(cast: County, client: Doors) -> None:
    one = at(cast, until="assigned", title="桥头护栏缺失")
    number = client.get("town_duty", f"/hazards/{one}").json["number"]
    report(cast, title="沟口堆渣", village_code=None, location=FAR)
    place = register.village(VILLAGE)
    assert place is not None
    for said in (
        "护栏 桥头",
        number[-12:].lower(),
        place.name,
        place.initials,
        place.pinyin.replace(" ", ""),
        "水利",
    ):
        assert ids(client.get("town_duty", f"/hazards/page?q={said}").json) == [one], said
    for said in ("护栏 交通局", "%", "_", "zzzz"):
        assert ids(client.get("town_duty", f"/hazards/page?q={said}").json) == [], said
    assert ids(client.get("town_duty", "/hazards/page?type=fire").json) == []
    assert ids(client.get("county_duty", f"/hazards/page?q=护栏&centre={TOWN}").json) == [one]


def test_rounds_that_are_missing_come_first(cast: County, client: Doors) -> None:
    first, second = (
        cast.do("town_duty", "inspection.plan", {**PLAN, "title": title, "every_days": days})["id"]
        for title, days in (("周巡", 7), ("月巡", 30))
    )
    gone = cast.do(
        "town_duty", "inspection.plan", {**PLAN, "next_due": "2020-01-01T00:00:00Z", "title": "旧巡"}
    )
    answer = client.get("town_duty", "/inspections/page").json
    assert ids(answer) == [gone["id"], first, second]
    assert (answer["count"], answer["counts"]) == (3, {"missing": 1})
    assert ids(client.get("town_duty", "/inspections/page?only=due").json) == [gone["id"]]
    assert ids(client.get("town_duty", f"/inspections/page?limit=1&after={gone['id']}").json) == [first]
    assert ids(client.get("town_duty", "/inspections/page?q=月巡").json) == [second]
    assert client.get("town_duty", "/hazards/waiting").json["missing"] == 1
    assert ids(client.get("other_duty", "/inspections/page").json) == []
    cast.do("town_duty", "inspection.end", {"id": gone["id"]})
    assert ids(client.get("town_duty", "/inspections/page").json) == [first, second]


def test_the_register_of_risk_points_comes_by_colour(cast: County, client: Doors) -> None:
    made = [
        client.post("town_duty", "/risk_points", {**RISK, "name": f"加油站{colour}", "colour": colour}).json[
            "id"
        ]
        for colour in ("blue", "red", "yellow", "red")
    ]
    blue, red, yellow, other = made
    whole = client.get("town_duty", "/risk_points/page").json
    assert ids(whole) == [*sorted([red, other]), yellow, blue]
    assert whole["counts"] == {"red": 2, "orange": 0, "yellow": 1, "blue": 1}
    page = client.get("town_duty", f"/risk_points/page?limit=2&after={sorted([red, other])[0]}").json
    assert ids(page) == [sorted([red, other])[1], yellow]
    assert page["next"] == yellow
    assert ids(client.get("town_duty", "/risk_points/page?colour=yellow&q=加油站").json) == [yellow]
    assert client.get("county_duty", "/risk_points/page").json["count"] == 5  # and the noise's
    assert client.get("town_team", "/risk_points/page").json["items"] == []


def test_rooms_hold_none_of_what_may_be_many(cast: County) -> None:
    at(cast, until="assigned")
    report(cast, "other_duty", village_code=OTHER_VILLAGE)
    cast.do("town_duty", "inspection.plan", PLAN)
    snapshots = Snapshots(cast.node)
    for who, room, kinds in (
        ("county_duty", "hazards:county", {"hazard", "hazard_notice", "inspection"}),
        ("county_duty", "risks:county", {"risk_point"}),
    ):
        held = snapshots.catch_up(0, {room: None}, cast.actor(who))[room].snapshot
        told = orjson.loads(orjson.dumps(held))
        assert (told["items"], set(told["passing"])) == ([], kinds), room
