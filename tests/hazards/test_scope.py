"""Who sees a hazard: a township its own, the county all, departments and units those that they answer for, a finder its find."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from command.centres.models import Centre, User
from command.core import clock
from command.core.auth import Auth
from command.core.errors import Problem
from command.core.live import topics
from tests.county import COUNTY, DRILL, NODE, OTHER, OTHER_VILLAGE, TOWN, VILLAGE, County
from tests.doors import Doors
from tests.hazards.ground import DUTIES, FIVE, NEARBY, SIGNED, ahead, at, move, photo, picture, report

MINE = "140429100-mine"


def unit_of(cast: County) -> str:
    """An account of a mine, which is a unit of the register."""

    def found(session: Session) -> str:
        now = clock.real()
        head: dict[str, Any] = {
            "home": NODE,
            "term": 0,
            "n": 0,
            "version": 1,
            "created_at": now,
            "updated_at": now,
        }
        session.add(
            Centre(
                id=MINE,
                kind="unit",
                name="示例煤业",
                pinyin="shili",
                parent=TOWN,
                phones=[],
                posts=[],
                synthetic=True,
                **head,
            )
        )
        session.flush()
        user = User(username="mine_duty", name="甲 mine_duty", role="unit", centre=MINE, team_id=None, **head)
        session.add(user)
        session.flush()
        return user.id

    cast.users["mine_duty"] = cast.node.database.write(found, world=0)
    cast.tokens["mine_duty"] = Auth(cast.node).issue_token(cast.users["mine_duty"], "tests")
    return "mine_duty"


def sees(cast: County, who: str, thing: str) -> bool:
    """Whether somebody's list has it."""
    from command.core import listing, records

    kind, actor = records.KINDS["hazard"], cast.actor(who)
    page = cast.node.database.read(
        lambda s: listing.page(s, kind, actor, listing.parse(kind, {"limit": "1000"})), world=0
    )
    return thing in {one["id"] for one in page["items"]}


def test_those_see_it_whose_business_it_is(cast: County) -> None:
    mine = unit_of(cast)
    one = at(cast, until="graded", type="production", item="coal_mine", title="皮带机无护罩")
    everybody = (
        "county_duty",
        "town_duty",
        "town_leader",
        "water_duty",
        mine,
        "other_duty",
        "town_team",
        "village",
    )
    assert {who for who in everybody if sees(cast, who, one)} == {
        "county_duty",
        "town_duty",
        "town_leader",
        "village",
    }
    before = cast.end()
    body = {**DUTIES, "unit": {"centre": MINE, "post": "矿长"}, "lead": "unit", "deadline": ahead(9)}
    move(cast, "town_duty", one, "assigned", **body)
    assert {who for who in everybody if sees(cast, who, one)} == {
        "county_duty", "town_duty", "town_leader", "village", "water_duty", mine,
    }  # fmt: skip
    told = cast.topics(cast.entries(after=before)[-1].seq)
    assert told["hazards:centre:140429-water"] == told[f"hazards:centre:{MINE}"] == 2  # gained
    assert set(told) == {
        "hazards:county", f"hazards:centre:{TOWN}", "hazards:centre:140429-water", f"hazards:centre:{MINE}", f"hazard:{one}",
    }  # fmt: skip


def test_a_unit_rectifies_its_own_and_accepts_nothing(cast: County) -> None:
    mine = unit_of(cast)
    one = at(cast, until="graded", type="production", item="coal_mine")
    body = {**DUTIES, "unit": {"centre": MINE, "post": "矿长"}, "lead": "unit", "deadline": ahead(9)}
    move(cast, "town_duty", one, "assigned", **body)
    move(cast, mine, one, "rectifying")
    move(cast, mine, one, "acceptance", picture=picture("green"))
    assert cast.act(mine, "hazard.transition", {"id": one, "to": "closed"}).status == 403
    assert cast.act(mine, "hazard.edit", {"id": one, "title": "x"}, version=1).status == 403
    other = at(cast, until="assigned", who="town_duty")
    assert cast.act(mine, "hazard.transition", {"id": other, "to": "rectifying"}).status == 404
    closed = move(cast, "water_duty", one, "closed", picture=picture("blue"), location=NEARBY)
    assert closed["closed_how"] == "accepted"


def test_a_finder_sees_its_find_and_decides_nothing(cast: County) -> None:
    one = report(cast, "town_team", village_code=OTHER_VILLAGE)
    assert one["centre"] == OTHER
    assert one["audience"] == [
        f"team:{cast.teams['town_team']}"
    ]  # of who else is told, a team is told nothing
    assert sees(cast, "town_team", one["id"])
    assert sees(cast, "other_duty", one["id"])
    assert not sees(cast, "town_team2", one["id"])
    photo(cast, "town_team", one["id"], "before")
    for to, body in (("registered", {}), ("graded", {"level": "general"})):
        assert cast.act("town_team", "hazard.transition", {"id": one["id"], "to": to, **body}).status == 403
        move(cast, "other_duty", one["id"], to, **body)


def test_the_county_lists_and_a_township_does_not(cast: County) -> None:
    one = at(cast, until="assigned")
    body = {"id": one, "to": "listed", **FIVE, "signed_by": SIGNED}
    for who in ("town_duty", "water_duty", "town_leader", "planner"):
        assert cast.act(who, "hazard.transition", body).status == 403, who
    assert cast.do("county_leader", "hazard.transition", body)["state"] == "listed"


def test_rooms_are_heard_by_those_who_speak_for_them(cast: County) -> None:
    def hears(who: str, topic: str) -> bool:
        actor = cast.actor(who)
        return cast.node.database.read(lambda s: topics.allowed(s, actor, topic), world=0)

    assert hears("county_duty", "hazards:county")
    assert hears("town_duty", f"hazards:centre:{TOWN}")
    for who, topic in (
        ("town_duty", "hazards:county"), ("town_duty", f"hazards:centre:{OTHER}"), ("keeper", f"hazards:centre:{TOWN}"),
        ("town_duty", "hazards:"), ("town_duty", "hazards:team:x"), ("town_duty", f"hazard:{cast.noise['hazard']}"),
    ):  # fmt: skip
        assert not hears(who, topic), (who, topic)


def test_the_register_of_risk_points_is_heard_by_whose_it_is(cast: County) -> None:
    def hears(who: str, topic: str) -> bool:
        actor = cast.actor(who)
        return cast.node.database.read(lambda s: topics.allowed(s, actor, topic), world=0)

    for who, topic in (
        ("county_duty", "risks:county"), ("town_duty", f"risks:centre:{TOWN}"), ("village", f"risks:centre:{TOWN}"),
        ("water_duty", "risks:centre:140429-water"),
    ):  # fmt: skip
        assert hears(who, topic), (who, topic)
    for who, topic in (
        ("town_duty", "risks:county"), ("town_duty", f"risks:centre:{OTHER}"),
        ("town_team", f"risks:centre:{TOWN}"), ("town_team", "risks:county"),
        ("keeper", f"risks:centre:{TOWN}"), ("town_duty", "risks:"), ("water_duty", f"risks:centre:{TOWN}"),
    ):  # fmt: skip
        assert not hears(who, topic), (who, topic)


def test_its_people_are_sealed_and_their_reading_is_logged(cast: County, client: Doors) -> None:
    one = report(cast, source="report", reporter={"name": "孙某某", "phone": "13700000009"})
    assert one["reporter"].keys() == {"id", "commitment"}
    told = client.get("county_duty", f"/hazards/{one['id']}/people")
    assert told.json == {"reporter": {"name": "孙某某", "phone": "13700000009", "note": None}}
    assert client.get("town_leader", f"/hazards/{one['id']}/people").status_code == 403
    assert client.get("other_duty", f"/hazards/{one['id']}/people").status_code == 404
    assert "hazard people" in client.get("auditor", "/access-log").text
    marks = "".join(bytes(row.record).decode() for row in cast.entries())
    assert "孙某某" not in marks
    for to, body in (("registered", {}), ("closed", {"reason": "不属实"})):
        move(cast, "town_duty", one["id"], to, **body)
    cast.do("system", "hazard.erase_people", {"id": one["id"]})
    assert client.get("county_duty", f"/hazards/{one['id']}/people").status_code == 404


def test_it_stays_in_its_world(cast: County) -> None:
    drill = report(cast, world=DRILL)
    assert not sees(cast, "town_duty", drill["id"])
    assert cast.act("town_duty", "hazard.transition", {"id": drill["id"], "to": "registered"}).status == 404
    incident = cast.open()["id"]
    answer = cast.act("town_duty", "hazard.link", {"id": drill["id"], "incident_id": incident}, world=DRILL)
    assert answer.status == 404
    assert COUNTY in NODE


def test_a_hazard_and_an_incident_raise_each_other(cast: County, client: Doors) -> None:
    incident = cast.open("town_duty")
    laid = report(cast, source="incident", incident_id=incident["id"])
    assert laid["incidents"] == [incident["id"]]
    told = client.get("town_duty", f"/incidents/{incident['id']}/timeline").text
    assert laid["number"] in told
    assert laid["title"] not in told
    made = client.post(
        "town_duty", f"/hazards/{laid['id']}/raise", {"kind": "road_traffic", "life_risk": "possible"}
    )
    assert made.status_code == 201, made.text
    assert (made.json["centre"], made.json["source"]) == (TOWN, f"隐患 {laid['number']}")
    near = client.get("town_duty", f"/hazards/near?incident_id={made.json['id']}").json["items"]
    assert [(one["hazard"]["id"], one["linked"]) for one in near] == [(laid["id"], True)]
    assert client.get("other_duty", f"/hazards/near?incident_id={made.json['id']}").status_code == 404
    for body, who, status in (
        ({"incident_id": cast.noise["incident"]}, "town_duty", 404), ({"incident_id": incident["id"]}, "town_duty", 409),
        ({"incident_id": incident["id"]}, "county_duty", 409),
    ):  # fmt: skip
        assert client.post(who, f"/hazards/{laid['id']}/incidents", body).status_code == status


def test_it_is_told_to_whoever_takes_a_call_within_500_metres(cast: County, client: Doors) -> None:
    near, village_only = report(cast)["id"], report(cast, location=None, title="只知村")["id"]
    report(cast, location={"type": "Point", "coordinates": [112.8712, 36.8334]}, title="一公里外")
    other = report(cast, "other_duty", village_code=OTHER_VILLAGE, title="别的乡镇")["id"]
    asked = "/hazards/near?lon=112.8612&lat=36.8300"
    assert [
        (one["hazard"]["id"], 370 < one["distance_m"] < 385)
        for one in client.get("town_duty", asked).json["items"]
    ] == [(near, True)]
    both = client.get("town_duty", f"{asked}&village_code={VILLAGE}").json["items"]
    assert [one["hazard"]["id"] for one in both] == [near, village_only]
    village = client.get("town_duty", f"/hazards/near?village_code={VILLAGE}").json["items"]
    assert {near, village_only} <= {one["hazard"]["id"] for one in village}
    assert {one["hazard"]["id"] for one in client.get("county_duty", asked).json["items"]} == {
        near,
        other,
        cast.noise["hazard"],
    }
    for to, body in (("registered", {}), ("closed", {"reason": "已消除"})):
        move(cast, "town_duty", near, to, **body)
    assert client.get("town_duty", asked).json["items"] == []
    for bad in ("", "?lon=112", "?lon=200&lat=36", "?village_code=1", "?lon=112&lat=36&metres=0"):
        assert client.get("town_duty", f"/hazards/near{bad}").status_code == 422, bad


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_refuses_bad_input_and_stores_nothing(client: Doors, cast: County) -> None:
    good = {"type": "flood", "village_code": VILLAGE}
    before, wrong = cast.end(), []
    for name, body in {
        "no type": {"village_code": VILLAGE}, "an unknown type": {**good, "type": "dragon"}, "nowhere": {"type": "flood"},
        "another type's form": {**good, "item": "coal_mine"}, "an unknown village": {**good, "village_code": "140429999999"},
        "an unknown township": {"type": "flood", "centre": "140429999"}, "half a person": {**good, "threatened": 1.5},
        "negative people": {**good, "threatened": -1}, "an unknown source": {**good, "source": "rumour"},
        "a reporter who is nobody": {**good, "reporter": {}}, "the future": {**good, "found_at": ahead(1)},
        "no zone": {**good, "found_at": "2026-01-01T00:00:00"}, "no picture": {**good, "picture": "QUJD"},
        "outside the world": {"type": "flood", "location": {"type": "Point", "coordinates": [181, 36]}},
        "a strange member": {**good, "level": "major"}, "an incident without its source": {**good, "incident_id": "x"},
        "a null byte": {**good, "title": "a\x00b"}, "too long": {**good, "title": "长" * 201},
        "an interim that is none": {**good, "interim": [{"code": "pray"}]},
    }.items():  # fmt: skip
        answer = client.post("town_duty", "/hazards", body)
        if answer.status_code != 422 or not answer.json["said"]["zh"] or cast.end() != before:
            wrong.append((name, answer.status_code, answer.text[:200]))
    assert wrong == []
    one = report(cast)["id"]
    before = cast.end()
    for body in (
        {}, {"to": 3}, {"to": "registered", "at": ahead(1)}, {"to": "registered", "level": "general"}, {"to": "registered", "x": 1},
        {"to": "registered", "reason": "长" * 501},
    ):  # fmt: skip
        assert client.post("town_duty", f"/hazards/{one}/transition", body).status_code == 422, body
    lec = {"to": "graded", "level": "general", "lec": {"l": 4, "e": 6, "c": 15}}
    move(cast, "town_duty", one, "registered")
    assert client.post("town_duty", f"/hazards/{one}/transition", lec).status_code == 422
    for path in ("/hazards?due_before=x", "/hazards?colour=red", "/hazards/weigh?l=99"):
        assert client.get("town_duty", path).status_code == 422, path
    with pytest.raises(Problem):
        cast.act("town_duty", "hazard.transition", {"id": one, "to": "graded"})
    assert json.loads(client.get("town_duty", f"/hazards/{one}").text)["state"] == "registered"
