"""Risk points, rounds with proof of place, figures that rank nobody, the two layers, and hazards from a file."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from command.core import clock, jobs
from command.core.due import Due
from command.core.errors import Problem
from tests.county import OTHER, OTHER_VILLAGE, TOWN, County
from tests.doors import Doors
from tests.hazards.ground import FAR, GOOD, HERE, NEARBY, PLAN, RISK, at, jump, move, picture, report, watched


def round_of(cast: County, plan: str, **body: Any) -> dict[str, Any]:
    """A round, by default in order and on the place."""
    told = {"id": plan, "answers": GOOD, "picture": picture(), "location": NEARBY, **body}
    return cast.do("town_duty", "inspection.record", told)


def test_a_risk_point_has_a_colour_and_no_deadline(cast: County, client: Doors) -> None:
    made = client.post("town_duty", "/risk_points", RISK).json
    assert (made["colour"], made["centre"], "deadline" in made) == ("orange", TOWN, False)
    weighed = client.post(
        "town_duty", "/risk_points", {**RISK, "colour": None, "lec": {"l": 10, "e": 10, "c": 7}}
    )
    assert (weighed.status_code, weighed.json["colour"]) == (201, "red")
    path = f"/risk_points/{made['id']}"
    assert client.patch("town_duty", path, {"colour": "yellow"}).status_code == 428
    assert client.patch("town_duty", path, {"colour": "yellow"}, version=1).json["colour"] == "yellow"
    assert client.patch("town_duty", path, {"colour": None}, version=2).status_code == 422
    for who, status in (("county_duty", 200), ("other_duty", 404), ("town_team", 404), ("water_duty", 404)):
        assert client.get(who, path).status_code == status, who
    for bad in (
        {**RISK, "colour": None},
        {**RISK, "colour": "green"},
        {**RISK, "item": "landslide"},
        {"name": "x", "type": "fire", "colour": "red"},
    ):
        assert client.post("town_duty", "/risk_points", bad).status_code == 422, bad
    assert client.get("county_duty", f"/hazards/{made['id']}").status_code == 404  # a register of its own
    assert client.post("town_duty", "/risk_points", RISK, world=7).status_code in (403, 409)


def test_a_round_proves_that_somebody_was_there(cast: County, client: Doors) -> None:
    plan = cast.do("town_duty", "inspection.plan", PLAN)
    path = f"/inspections/{plan['id']}/rounds"
    body = {"answers": GOOD, "picture": picture(), "location": NEARBY}
    for name in ("answers", "picture", "location"):
        less = {key: value for key, value in body.items() if key != name}
        assert client.post("town_duty", path, less).status_code == 422, name
    assert client.post("town_duty", path, {**body, "answers": GOOD[:1]}).status_code == 422
    far = client.post("town_duty", path, {**body, "location": FAR})
    assert (far.status_code, "米" in far.json["detail"]) == (422, True)
    assert client.post("town_duty", path, {**body, "location": FAR, "reason": "道路中断"}).status_code == 201
    made = client.post("town_duty", path, body).json
    assert 80 < made["distance_m"] < 130
    assert client.get("county_duty", f"/files/{made['photo']}").status_code == 200
    assert client.get("other_duty", f"/files/{made['photo']}").status_code == 404
    now = client.get("town_duty", f"/inspections/{plan['id']}").json
    assert now["next_due"] > plan["next_due"]
    assert len(client.get("town_duty", f"/inspection_rounds?inspection_id={plan['id']}").json["items"]) == 2


def test_a_round_that_finds_something_raises_a_hazard(cast: County) -> None:
    plan = cast.do("town_duty", "inspection.plan", PLAN)["id"]
    bad = [{"ok": True}, {"ok": False, "note": "标志褪色"}]
    made = round_of(
        cast, plan, answers=bad, found={"type": "traffic", "item": "cliff_water", "title": "标志褪色"}
    )
    found = cast.do("town_duty", "hazard.transition", {"id": made["hazard_id"], "to": "registered"})
    assert (found["source"], found["photos"][0]["stage"], made["failed"]) == ("grid", "before", 1)
    with pytest.raises(Problem):
        round_of(cast, plan, found={"type": "traffic"})  # everything is in order


def test_a_round_that_does_not_come_is_counted_and_told(cast: County) -> None:
    due = clock.wire(clock.real() - timedelta(days=9))
    plan = cast.do("town_duty", "inspection.plan", {**PLAN, "next_due": due})["id"]
    before = cast.end()
    jobs.run_due(cast.node)
    said = [
        json.loads(bytes(one.record)) for one in cast.entries(after=before) if one.type == "inspection.lapsed"
    ]
    assert [(one["id"], one["lapsed"]) for one in said] == [(plan, 1)]
    assert clock.real() - timedelta(days=1) < _time(said[0]["next_due"])
    cast.do("town_duty", "inspection.end", {"id": plan})
    assert cast.node.database.read(lambda s: s.get(Due, (0, f"inspection.lapse:{plan}")), world=None) is None


def _time(text: str) -> Any:
    from datetime import datetime

    return datetime.fromisoformat(text)


def figures(client: Doors, who: str = "county_duty") -> dict[str, dict[str, Any]]:
    return {one["centre"]: one for one in client.get(who, "/hazards/statistics").json["items"]}


def test_figures_rank_nobody_and_a_find_of_ones_own_counts_against_nobody(
    cast: County, client: Doors
) -> None:
    passed = at(cast, until="lookback")
    move(cast, "town_duty", passed, "closed", picture=picture("white"), location=HERE)
    again = at(cast, until="lookback")
    move(
        cast,
        "town_duty",
        again,
        "rectifying",
        reason="反弹",
        deadline=clock.wire(clock.real() + timedelta(days=3)),
    )
    late = at(cast, until="rectifying")
    jump(cast, late, 20)
    report(cast, "town_team", picture=picture("red"), after=picture("green"))
    watched(cast)
    for found_by in ("town_duty", "county_duty"):
        one = report(cast, found_by, village_code=OTHER_VILLAGE, location=None)["id"]
        move(cast, "other_duty", one, "registered")
    told = figures(client)
    assert {name: told[TOWN][name] for name in ("closed", "verified", "in_time", "recurring", "overdue", "watched")} == {
        "closed": 2, "verified": 1, "in_time": 1, "recurring": 1, "overdue": 1, "watched": 1,
    }  # fmt: skip
    assert (told[OTHER]["closed"], told[OTHER]["own_finds"], told[OTHER]["others_finds"]) == (0, 0, 2)
    body = client.get("county_duty", "/hazards/statistics").json
    assert [one["centre"] for one in body["items"]] == sorted(told)
    assert not {"rank", "score", "rate", "total", "found"} & {name for one in body["items"] for name in one}
    against = ("recurring", "overdue", "closed", "verified", "in_time")
    before = {name: told[TOWN][name] for name in against}
    for _ in range(3):
        at(cast, until="registered", source="self")
    after = figures(client)[TOWN]
    assert {name: after[name] for name in against} == before
    assert after["own_finds"] == told[TOWN]["own_finds"] + 3
    assert set(figures(client, "town_duty")) == {TOWN, OTHER}  # what it found over there, it may know of
    assert figures(client, "town_duty")[OTHER]["others_finds"] == 1


def test_both_registers_are_layers_of_the_map(cast: County, client: Doors) -> None:
    mine, slope = report(cast)["id"], watched(cast)
    report(cast, location=None, title="只知村")
    cast.do("town_duty", "risk_point.register", RISK)

    def shown(who: str, layer: str) -> dict[str, Any]:
        answer = client.get(who, f"/layers/{layer}")
        assert answer.status_code == 200, answer.text
        return {one["id"]: one["properties"] for one in answer.json["features"]}

    told = shown("town_duty", "hazards")
    assert set(told) == {mine, slope}
    assert (told[slope]["state"], told[mine]["grade"]) == ("monitored", None)
    assert cast.noise["hazard"] in shown("county_duty", "hazards")
    assert shown("other_duty", "hazards") == {}
    assert [one["colour"] for one in shown("town_duty", "risk_points").values()] == ["orange"]


def test_what_was_entered_by_mistake_is_taken_back_until_it_is_graded(cast: County) -> None:
    one = report(cast)["id"]
    gone = cast.do("town_duty", "hazard.withdraw", {"id": one})
    assert (gone["closed_how"], gone["live"]) == ("dismissed", False)
    other = at(cast, until="graded")
    assert cast.act("town_duty", "hazard.withdraw", {"id": other}).status == 409


ROWS: list[dict[str, Any]] = [
    {"number": 1, "fields": {"gid": "g1", "title": "东沟滑坡", "type": "地质灾害隐患点", "item": "滑坡", "threatened": 23},
     "geometry": HERE},
    {"number": 2, "fields": {"gid": "g2", "title": "北沟淤地坝", "type": "防汛隐患", "item": "淤地坝"}, "geometry": FAR},
    {"number": 3, "fields": {"gid": "g3", "title": "错类", "type": "防汛隐患", "item": "滑坡"}, "geometry": FAR},
    {"number": 4, "fields": {"gid": "g4", "title": "无处", "type": "防汛隐患"}, "geometry": None},
]  # fmt: skip


def bring(cast: County) -> dict[str, Any]:
    """The file's rows as one import."""
    body = {"layer": "hazards", "source": "测试", "crs": "wgs84", "columns": {"id": "gid"}}
    run = cast.do(
        "county_duty", "import.open", {**body, "file": "a.geojson", "digest": "0" * 64, "total": len(ROWS)}
    )
    return cast.do("county_duty", "import.take", {"id": run["id"], "part": 0, "rows": ROWS})


def test_hazards_come_in_from_a_file_once_and_are_taken_back(cast: County, client: Doors) -> None:
    def named() -> set[str]:
        return {
            one["title"] for one in client.get("county_duty", "/hazards?live=true&limit=1000").json["items"]
        }

    before = named()
    first = bring(cast)
    assert [first[name] for name in ("made", "changed", "same", "refused")] == [2, 0, 0, 2]
    again = bring(cast)
    assert [again[name] for name in ("made", "changed", "same", "refused")] == [0, 0, 2, 2]
    assert named() - before == {"东沟滑坡", "北沟淤地坝"}
    told = next(
        one
        for one in client.get("county_duty", "/hazards?type=geological&limit=1000").json["items"]
        if one["threatened"]
    )
    assert (told["item"], told["threatened"], told["source"], told["state"]) == (
        "landslide",
        23,
        "inspection",
        "reported",
    )
    cast.do("county_duty", "import.undo", {"id": again["id"]})
    cast.do("county_duty", "import.undo", {"id": first["id"]})
    assert named() == before
