"""Evacuations: who decides is asked for, counts of several sources stand side by side, refusals come up again, arrivals are held
against departures, the way back is somebody's decision, and each township sees its own."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import canonical, clock, jobs
from command.evacuation.models import EvacuationKey, EvacuationPerson, Refusal
from command.evacuation.visits import promise
from tests.county import DRILL, NOISE_VILLAGE, OTHER_VILLAGE, TOWN, County, new_id
from tests.doors import Doors
from tests.evacuation.ground import BY_PHONE, HEAD, ZONE, Moving, ago, ahead, decided, opened, parts, zone


@pytest.fixture(autouse=True)
def noise(cast: County) -> str:
    """Another township's evacuation, which must be met by nobody here."""
    other = zone(cast, "noise_duty", name="噪声沟", village_code=NOISE_VILLAGE, people=999)
    found: str = opened(cast, "noise_duty", other)["id"]
    part = parts(cast, found)[0]
    cast.do("noise_duty", "evacuation.count", {"id": part["id"], "people_done": 900, "source": "噪声村"})
    place = {"id": part["destination_id"], "people_arrived": 1, "source": "噪声点"}
    cast.do("noise_duty", "evacuation.arrive", place)
    return found


def test_nobody_leaves_without_somebody_who_decided_it_by_name(cast: County, client: Doors) -> None:
    body = {"reason": "山洪红色预警", "zones": [zone(cast)], **decided()}
    for missing in ("decided_by", "decided_at"):
        told = {name: value for name, value in body.items() if name != missing}
        assert client.post("town_duty", "/evacuations", told).status_code == 422, missing
    nameless = client.post("town_duty", "/evacuations", {**body, "decided_by": {"post": "镇长"}})
    assert nameless.status_code == 422
    later = client.post("town_duty", "/evacuations", {**body, "decided_at": ahead(10)})
    assert (later.status_code, "决定时间" in later.json["detail"]) == (422, True)
    made = client.post("town_duty", "/evacuations", body)
    assert made.status_code == 201, made.text
    first = made.json["decided"][0]
    assert (first["name"], first["post"], first["entered_by"]) == (HEAD["name"], HEAD["post"], "甲 town_duty")
    assert made.json["number"].startswith(f"ZY-{TOWN}-")
    again = client.post("town_duty", "/evacuations", body)
    assert (again.status_code, "已在转移中" in again.json["detail"]) == (409, True)


def test_a_township_sees_and_writes_its_own(cast: County, client: Doors, noise: str) -> None:
    moving = Moving(cast)
    wide = moving.wide
    mine = client.get("town_duty", "/evacuated_zones").json["items"]
    assert [one["name"] for one in mine] == ["南湾"]
    assert len(client.get("county_duty", "/evacuated_zones").json["items"]) == 3
    theirs = next(one for one in parts(cast, wide) if one["name"] == "东沟")
    count = {"people_done": 1, "source": "村"}
    for path in (f"/evacuated_zones/{theirs['id']}", f"/evacuations/{noise}", f"/evacuations/{noise}/table",
                 f"/evacuation_zones/{theirs['zone_id']}", f"/evacuation_destinations/{theirs['destination_id']}",
                 f"/evacuated_zones/{theirs['id']}/people"):  # fmt: skip
        seen, nothing = (
            client.get("town_duty", path),
            client.get("town_duty", path.replace(theirs["id"], new_id())),
        )
        assert (seen.status_code, nothing.status_code) == (404, 404), path
    assert client.post("town_duty", f"/evacuated_zones/{theirs['id']}/counts", count).status_code == 404
    assert client.get("town_team", "/evacuations").status_code == 403
    assert client.post("town_leader", f"/evacuations/{wide}/end", {"reason": "完"}).status_code == 403
    other = zone(cast, "other_duty", village_code=OTHER_VILLAGE, name="西坡")
    wish = {"reason": "山洪", "zones": [other], **decided()}
    assert client.post("town_duty", "/evacuations", wish).status_code == 422, "it does not exist for them"


def test_counts_of_several_sources_stand_side_by_side_until_a_person_chooses(
    cast: County, client: Doors
) -> None:
    moving = Moving(cast)
    path = f"/evacuated_zones/{moving.part}/counts"
    first = client.post(
        "town_duty", path, {"people_done": 30, "people_unreached": 4, "source": "村委会", "as_of": ago(20)}
    )
    assert first.status_code == 200, first.text
    told = client.post("town_duty", path, {"people_done": 36, "source": "村委会", "as_of": ago(10)}).json[
        "figures"
    ]
    assert (told["people_done"]["value"], told["people_done"]["others"]) == (36, [])
    assert told["people_unreached"]["value"] == 4, "what is not named stays as it was said"
    assert "people_refused" not in told, "not reported is not 0"
    beside = client.post(
        "town_duty", path, {"people_done": 33, "source": "民兵清点", "by_proxy": BY_PHONE}
    ).json["figures"]
    other = beside["people_done"]["others"]
    assert [(one["value"], one["source"], one["by_proxy"]["channel"]) for one in other] == [
        (33, "民兵清点", "电话")
    ]
    assert beside["people_done"]["value"] == 36, "a person chooses"
    chosen = client.post(
        "town_duty", f"/evacuation_counts/{other[0]['count_id']}/choose", {"field": "people_done"}
    )
    assert chosen.status_code == 200, chosen.text
    now = parts(cast, moving.evacuation)[0]["figures"]["people_done"]
    assert (now["value"], [one["value"] for one in now["others"]]) == (33, [36])
    late = client.post("town_duty", path, {"people_done": 20, "source": "民兵清点", "as_of": ago(60)}).json[
        "figures"
    ]
    assert late["people_done"]["value"] == 33, "an older word of the same source changes nothing"
    assert (
        client.post("town_duty", path, {"people_done": 1, "source": "村", "as_of": ahead(9)}).status_code
        == 422
    )
    assert client.post("town_duty", path, {"source": "村"}).status_code == 422
    assert client.post("town_duty", path, {"people_done": -1, "source": "村"}).status_code == 422
    totals = cast.node.ask("evacuations.totals", {}, cast.actor("town_duty"))
    assert [(one["due"], one["people_done"], one["left"], one["silent"]) for one in totals] == [
        (42, 33, 9, 0)
    ]


def test_who_refuses_is_visited_again_and_the_desk_is_reminded(cast: County, client: Doors) -> None:
    moving = Moving(cast)
    path = f"/evacuated_zones/{moving.part}/refusals"
    wish = {"people": 2, "reason": "livestock", "visitor": "包户干部", "next_visit_at": ago(1)}
    assert client.post("town_duty", path, wish).status_code == 422, "the next visit lies ahead"
    made = client.post("town_duty", path, {**wish, "next_visit_at": ahead(30)})
    assert made.status_code == 201, made.text
    assert _due(client) == []
    _let_come(cast, made.json["id"])
    jobs.run_due(cast.node)
    asked = _due(client)
    assert [(one["centre"], one["rank"]) for one in asked] == [(TOWN, 2)]
    visit = f"/evacuation_refusals/{made.json['id']}/visit"
    assert client.post("town_duty", visit, {"outcome": "refused"}).status_code == 422, "when again?"
    still = client.post("town_duty", visit, {"outcome": "refused", "next_visit_at": ahead(60)})
    assert (still.json["state"], len(still.json["visits"])) == ("open", 1)
    assert _due(client) == []
    gone = client.post("town_duty", visit, {"outcome": "moved"}).json
    assert (gone["state"], gone["live"], gone["next_visit_at"]) == ("moved", False, None)
    assert client.post("town_duty", visit, {"outcome": "moved"}).status_code == 409


def test_departures_and_arrivals_that_differ_are_handed_over(cast: County, client: Doors) -> None:
    moving = Moving(cast)
    moving.counted(people_done=42)
    arrived = {"people_arrived": 38, "source": "安置点"}
    assert (
        client.post("town_duty", f"/evacuation_destinations/{moving.destination}/counts", arrived).status_code
        == 200
    )
    said = [one["zh"] for one in _matters(cast)]
    assert said == ["山洪红色预警：应转 42 已转 42 未转 0", "镇中心小学：出发 42 到达 38 差 4"]
    client.post(
        "town_duty",
        f"/evacuation_destinations/{moving.destination}/counts",
        {**arrived, "people_arrived": 42},
    )
    assert [one["zh"] for one in _matters(cast)] == ["山洪红色预警：应转 42 已转 42 未转 0"]


def test_nobody_goes_back_without_a_named_decision(cast: County, client: Doors) -> None:
    moving = Moving(cast)
    moving.counted(people_done=42)
    path = f"/evacuated_zones/{moving.part}/counts"
    early = client.post("town_duty", path, {"people_returned": 5, "source": "村委会"})
    assert (early.status_code, "返回决定" in early.json["detail"]) == (409, True)
    end = client.post("town_duty", f"/evacuations/{moving.evacuation}/end", {"reason": "雨停"})
    assert (end.status_code, "允许返回" in end.json["detail"]) == (409, True)
    allow = f"/evacuations/{moving.evacuation}/allow-return"
    assert client.post("town_duty", allow, {"reason": "雨停水退"}).status_code == 422
    safe = client.post("town_duty", allow, {"reason": "雨停水退", **decided()})
    assert (safe.status_code, safe.json["state"]) == (200, "returning"), safe.text
    assert safe.json["safe"][0]["name"] == HEAD["name"]
    assert client.post("town_duty", path, {"people_returned": 40, "source": "村委会"}).status_code == 200
    assert client.post("town_duty", allow, {"reason": "再次", **decided()}).status_code == 409
    over = client.post("town_duty", f"/evacuations/{moving.evacuation}/end", {"reason": "预警解除"})
    assert (over.json["state"], over.json["live"]) == ("ended", False)
    assert client.post("town_duty", path, {"people_returned": 42, "source": "村委会"}).status_code == 409
    assert _matters(cast) == []


def test_those_who_stay_away_for_good_are_said_to_and_its_visits_end(cast: County, client: Doors) -> None:
    moving = Moving(cast)
    moving.counted(people_done=42)
    refusal = moving.refusal
    body = {"reason": "整村搬迁安置", "kept_away": True}
    over = client.post("town_duty", f"/evacuations/{moving.evacuation}/end", body)
    assert (over.status_code, over.json["kept_away"]) == (200, True)
    seen = client.get("town_duty", f"/evacuation_refusals/{refusal}").json
    assert (seen["state"], seen["live"]) == ("ended", False)
    assert "evacuation_refusal.closed" in [one.type for one in cast.entries()]


def test_names_stay_in_the_private_store_and_are_destroyed(cast: County, client: Doors) -> None:
    """RULES 8: markers are looked for in the journal, in every read, in the table; who reads them is noted."""
    moving = Moving(cast)
    names = {"people": [{"name": "标记姓名甲", "number": "13712345678", "help": "标记残疾乙"}]}
    assert client.post("town_duty", f"/evacuated_zones/{moving.part}/people", names).status_code == 200
    wish = {
        "people": 1,
        "reason": "other",
        "words": "标记原话丙",
        "visitor": "包户干部",
        "next_visit_at": ahead(30),
    }
    client.post("town_duty", f"/evacuated_zones/{moving.part}/refusals", wish)
    journal = b"".join(bytes(one.record) + bytes(one.text) for one in cast.entries())
    reads = [client.get("county_duty", path).text for path in ("/evacuations", "/evacuated_zones", "/evacuation_refusals",
             f"/evacuations/{moving.evacuation}/table", "/layers/evacuation_zones")]  # fmt: skip
    for marker in ("标记姓名甲", "13712345678", "标记残疾乙", "标记原话丙"):
        assert marker.encode() not in journal, marker
        assert not any(marker in text for text in reads), marker
    path = f"/evacuated_zones/{moving.part}/people"
    read = client.get("town_duty", path)
    assert read.status_code == 200, read.text
    assert (read.json["people"][0]["name"], read.json["refusals"][0]["words"]) == ("标记姓名甲", "标记原话丙")
    assert client.get("town_leader", path).status_code == 403
    erase = {"id": moving.evacuation}
    assert cast.act("system", "evacuation.erase_people", erase).status == 409, "while it runs they are needed"
    cast.do("town_duty", "evacuation.end", {"id": moving.evacuation, "reason": "预警解除"})
    door = client.post("county_duty", f"/evacuations/{moving.evacuation}/erase-people", {})
    assert door.status_code == 404, "a confirmed list is the only door"
    cast.do("system", "evacuation.erase_people", erase)
    assert client.get("town_duty", path).status_code == 404
    for model in (EvacuationKey, EvacuationPerson):
        left = cast.node.database.read(lambda s, m=model: s.execute(sa.select(m)).scalars().all(), world=0)
        assert left == []


def test_a_drill_moves_nobody_in_life(cast: County, client: Doors) -> None:
    entered = zone(cast)
    drill = opened(cast, "county_duty", entered, world=DRILL)
    assert [one["name"] for one in parts(cast, drill["id"], world=DRILL)] == ["西沟口"]
    assert client.get("county_duty", f"/evacuations/{drill['id']}").status_code == 404
    assert opened(cast, "county_duty", entered)["state"] == "open", "in life it is not being evacuated"
    register = cast.act("county_duty", "evacuation_zone.withdraw", {"id": entered}, world=DRILL)
    assert register.status == 409


def test_the_county_opens_it_from_a_warning_and_the_township_hears_it(cast: County, client: Doors) -> None:
    wish = {"reason": "山洪", "zones": [zone(cast)], "warning_id": new_id(), **decided()}
    assert client.post("county_duty", "/evacuations", wish).status_code == 422
    wish = {**wish, "warning_id": None, "incident_id": cast.open()["id"]}
    made = client.post("county_duty", "/evacuations", wish).json
    heard = [
        one
        for one in client.get("town_duty", "/alarms?live=true").json["items"]
        if "evacuation_new" in one["cause"]
    ]
    assert [(one["rank"], "42 人" in one["title"]["zh"]) for one in heard] == [(1, True)]
    part = parts(cast, made["id"])[0]["id"]
    client.post("town_duty", f"/evacuated_zones/{part}/counts", {"people_done": 3, "source": "村"})
    assert not [
        one
        for one in client.get("town_duty", "/alarms?live=true").json["items"]
        if "evacuation_new" in one["cause"]
    ]
    told = [
        one["text"]
        for one in client.get("town_duty", f"/incidents/{wish['incident_id']}/timeline").json["items"]
    ]
    assert any("赵镇长" in one and "决定转移" in one for one in told)


def test_its_table_opens_as_a_sheet_and_holds_no_formula(cast: County, client: Doors) -> None:
    entered = zone(cast, name="=1+1")
    one = opened(cast, "town_duty", entered)
    part = parts(cast, one["id"])[0]["id"]
    client.post(
        "town_duty",
        f"/evacuated_zones/{part}/counts",
        {"people_done": 40, "households_refused": 1, "source": "村委会"},
    )
    answer = client.get("town_duty", f"/evacuations/{one['id']}/table?lang=zh")
    assert answer.status_code == 200
    lines = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [
        (line["转移单元"], line["已转人"], line["拒绝户"], line["拒绝人"], line["未转人"]) for line in lines
    ] == [("'=1+1", "40", "1", "", "2")]


def test_the_register_is_corrected_and_a_running_evacuation_keeps_what_it_began_with(
    cast: County, client: Doors
) -> None:
    moving = Moving(cast)
    part = moving.part
    row = client.get("town_duty", f"/evacuation_zones/{moving.zone}").json
    assert (row["village"], row["centre"]) == ("东坪社区", TOWN)
    path = f"/evacuation_zones/{moving.zone}"
    assert client.patch("town_duty", path, {"people": 50}, version=row["version"]).json["people"] == 50
    assert client.patch("town_duty", path, {"people": None}, version=row["version"] + 1).status_code == 422
    assert client.get("town_duty", f"/evacuated_zones/{part}").json["people"] == 42
    nowhere = {**ZONE, "shape": None, "village_code": None}
    assert client.post("town_duty", "/evacuation_zones", nowhere).status_code == 422
    layer = client.get("town_duty", "/layers/evacuation_zones").json["features"]
    assert [(one["properties"]["name"], one["properties"]["left"]) for one in layer] == [("西沟口", 42)]


def _due(client: Doors) -> list[dict[str, Any]]:
    items = client.get("town_duty", "/alarms?live=true").json["items"]
    return [one for one in items if one["cause"].startswith("evacuation_visit")]


def _matters(cast: County) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cast.node.ask(
        "evacuation.matters", {"party": f"centre:{TOWN}", "centre": TOWN}, cast.actor("town_duty")
    )
    return canonical.load(canonical.dump(found))  # type: ignore[no-any-return]


def _let_come(cast: County, refusal: str) -> None:
    """Its next visit is due now."""

    def turn(session: Any) -> None:
        row = session.execute(sa.select(Refusal).where(Refusal.id == refusal)).scalar_one()
        row.next_visit_at = clock.real() - timedelta(seconds=1)
        session.flush()
        promise(session, row)

    cast.node.database.write(turn, world=0)
