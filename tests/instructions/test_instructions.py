"""Instructions (指令事项): who may tell whom, who answers, what is shown as proof, what time does, who sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from command.core import canonical, clock, jobs
from tests.county import COUNTY, DRILL, NOISE, OTHER, TOWN, VILLAGE, County, new_id
from tests.doors import Doors
from tests.hazards.ground import picture
from tests.instructions.orders import BY_PHONE, ORDER, ahead, at, issue, lapse, move

WATER = "140429-water"


@pytest.fixture(autouse=True)
def noise(cast: County) -> str:
    """Another township's instruction, which nobody here may meet."""
    return issue(cast, to=NOISE, text="噪声指令", incident_id=cast.noise["incident"])


def alarms(client: Doors, who: str) -> dict[str, dict[str, Any]]:
    """The alarms of instructions that somebody sees, by cause without the id."""
    items = client.get(who, "/alarms?live=true").json["items"]
    kinds = ("instruction", "unaccepted", "instruction_late", "supervised")
    mine = [(one["cause"].split(":")[0], one) for one in items if "噪声" not in one["detail"].get("zh", "")]
    return {cause: one for cause, one in mine if cause in kinds}


def test_it_goes_out_is_accepted_fed_back_with_proof_done_and_verified(cast: County, client: Doors) -> None:
    answer = client.post("county_duty", "/instructions", ORDER)
    assert answer.status_code == 201, answer.text
    told = answer.json
    day = clock.real().astimezone(clock.LOCAL).strftime("%Y%m%d")
    assert told["number"].startswith(f"ZL-{COUNTY}-{day}-")
    assert (told["state"], told["to_name"], told["audience"]) == (
        "issued",
        "丰州镇",
        [f"centre:{TOWN}", "county"],
    )
    assert "instruction" in alarms(client, "town_duty")
    path = f"/instructions/{told['id']}/transition"
    assert client.post("town_duty", path, {"to": "accepted"}).json["state"] == "accepted"
    assert alarms(client, "town_duty") == {}
    assert client.post("town_duty", path, {"to": "in_progress"}).status_code == 200
    assert client.post("town_duty", path, {"to": "feedback"}).status_code == 422, "it says what was done"
    assert client.post("town_duty", path, {"to": "feedback", "text": "已转移 46 人"}).status_code == 200
    refused = client.post("town_duty", path, {"to": "done"})
    assert (refused.status_code, "照片" in refused.json["detail"]) == (422, True)
    more = client.post("town_duty", f"/instructions/{told['id']}/feedback", {"picture": picture()})
    photo = more.json["feedback"][-1]["photo"]
    assert client.get("county_duty", f"/files/{photo}").status_code == 200
    assert client.get("other_duty", f"/files/{photo}").status_code == 404
    refused = client.post("town_duty", path, {"to": "done"})
    assert (refused.status_code, "清单" in refused.json["detail"]) == (422, True)
    client.post("town_duty", f"/instructions/{told['id']}/feedback", {"checked": [0, 1]})
    assert client.post("town_duty", path, {"to": "done"}).status_code == 200
    assert client.post("town_duty", path, {"to": "verified"}).status_code == 403, (
        "nobody verifies his own work"
    )
    last = client.post("county_duty", path, {"to": "verified"}).json
    assert (last["state"], last["live"], last["late"]["done"]) == ("verified", False, None)
    unlisted = client.post("county_duty", path, {"to": "accepted", "by_proxy": BY_PHONE})
    assert (unlisted.status_code, unlisted.json["allowed"]) == (409, [])


def test_who_may_tell_whom(client: Doors) -> None:
    def tell(who: str, to: str) -> int:
        return client.post(who, "/instructions", {"to": to, "text": "巡查"}).status_code  # type: ignore[no-any-return]

    assert [tell("county_duty", to) for to in (TOWN, WATER, COUNTY, VILLAGE)] == [201] * 4
    assert [tell("town_duty", to) for to in (TOWN, VILLAGE)] == [201, 201]
    assert [tell("town_duty", to) for to in (OTHER, COUNTY, WATER, f"{OTHER}200")] == [403] * 4
    assert tell("water_duty", TOWN) == 403
    assert tell("county_duty", "140429199") == 422


def test_a_township_sees_its_own_and_those_of_incidents_it_takes_part_in(cast: County, client: Doors) -> None:
    incident = cast.open()["id"]
    own, on_own = issue(cast), issue(cast, to=WATER, incident_id=incident)
    others = issue(cast, to=OTHER)

    def seen(who: str) -> set[str]:
        return {one["id"] for one in client.get(who, "/instructions?limit=1000").json["items"]}

    assert seen("town_duty") == {own, on_own}
    assert seen("water_duty") == {on_own}
    assert seen("other_duty") == {others}
    assert seen("county_duty") >= {own, on_own, others}
    assert client.get("other_duty", f"/instructions/{own}").status_code == 404
    assert client.get("town_team", "/instructions").status_code == 403
    cast.do("town_duty", "incident.share", {"id": incident, "centre": OTHER})
    assert seen("other_duty") == {others, on_own}
    cast.do("town_duty", "incident.unshare", {"id": incident, "centre": OTHER})
    assert seen("other_duty") == {others}
    draft = issue(cast, to=OTHER, draft=True, incident_id=incident)
    assert draft in seen("county_duty")
    assert draft not in seen("other_duty") | seen("town_duty")


def test_it_stands_on_the_timeline_of_its_incident(cast: County, client: Doors) -> None:
    incident = cast.open()["id"]
    thing = at(cast, "accepted", incident_id=incident)
    items = client.get("town_duty", f"/incidents/{incident}/timeline").json["items"]
    told = [one for one in items if one["type"].startswith("instruction.")]
    assert [one["record"]["id"] for one in told] == [thing, thing]
    assert told[0]["text"] == "下达指令（特急）丰州镇 乡镇长：转移河道两侧群众至镇中心小学"


def test_those_of_a_merged_incident_are_read_where_it_went_and_none_is_lost_when_it_is_taken_out(
    cast: County, client: Doors
) -> None:
    noise = at(cast, "accepted", incident_id=cast.open(title="噪声")["id"])
    gone, into = cast.open(title="同一起")["id"], cast.open(title="先报的")["id"]
    own, moved = at(cast, "accepted", incident_id=into), at(cast, "accepted", incident_id=gone)

    def of(incident: str) -> set[str]:
        read = client.get("town_duty", f"/instructions?incident_id={incident}").json["items"]
        asked = cast.node.ask("instructions.of", {"incident_id": incident}, cast.actor("town_duty"))
        assert {one.id for one in asked} == {one["id"] for one in read}
        return {one["id"] for one in read}

    assert (of(into), of(gone)) == ({own}, {moved})
    cast.do("town_duty", "incident.merge", {"id": gone, "into": into})
    assert of(into) == {own, moved}
    assert noise not in of(into)
    told = client.get("town_duty", f"/instructions/{moved}").json
    assert told["incident_id"] == gone, "nothing moved"
    cast.do("town_duty", "incident.unmerge", {"id": gone})
    assert (of(into), of(gone)) == ({own}, {moved})


def test_the_sender_enters_what_was_said_by_telephone_and_names_who_said_it(
    cast: County, client: Doors
) -> None:
    thing = issue(cast)
    path = f"/instructions/{thing}/transition"
    bare = client.post("county_duty", path, {"to": "accepted"})
    assert (bare.status_code, "代报" in bare.json["detail"]) == (422, True)
    told = client.post("county_duty", path, {"to": "accepted", "by_proxy": BY_PHONE}).json
    assert told["steps"][-1]["by_proxy"] == BY_PHONE
    text = canonical.load(cast.entries()[-1].text)["zh"]
    assert text == "代报 王镇长 电话：丰州镇 指令已签收"


def test_nobody_accepts_and_the_alarm_has_the_rank_of_its_urgency(cast: County, client: Doors) -> None:
    ranks = {}
    for urgency in ("flash", "urgent", "routine"):
        thing = issue(cast, urgency=urgency, to=WATER)
        lapse(cast, thing, 61)
        jobs.run_due(cast.node)
        found = alarms(client, "water_duty")["unaccepted"]
        ranks[urgency] = found["rank"]
        assert alarms(client, "county_duty")["unaccepted"]["id"] == found["id"], "both sides hear it"
        assert "unaccepted" not in alarms(client, "other_duty")
        told = client.get("county_duty", f"/instructions/{thing}").json
        assert (told["state"], told["late"]["accept"]) == ("issued", told["accept_due_at"]), (
            "a mark, no state"
        )
        move(cast, "water_duty", thing, "accepted")
        assert "unaccepted" not in alarms(client, "county_duty")
    assert ranks == {"flash": 1, "urgent": 2, "routine": 3}


def test_a_deadline_that_passed_is_marked_once_and_for_good(cast: County, client: Doors) -> None:
    thing = at(cast, "in_progress")
    lapse(cast, thing, 61)
    jobs.run_due(cast.node)
    late = client.get("town_duty", f"/instructions/{thing}").json
    assert (late["state"], late["late"]["done"]) == ("in_progress", late["due_at"])
    before = cast.end()
    jobs.run_due(cast.node)
    cast.do("system", "instruction.look", {"id": thing})
    assert cast.end() == before
    assert "instruction_late" in alarms(client, "county_duty")
    told = client.post(
        "county_duty", f"/instructions/{thing}/extend", {"due_at": ahead(30), "reason": "路断"}
    ).json
    assert told["late"]["done"] == late["due_at"], "more time afterwards is no time kept"
    assert "instruction_late" not in alarms(client, "county_duty")
    cast.do("town_duty", "instruction.feedback", {"id": thing, "checked": [0, 1], "picture": picture()})
    move(cast, "town_duty", thing, "feedback", text="完成")
    assert move(cast, "town_duty", thing, "done")["late"]["done"] == late["due_at"]


def test_what_was_said_in_time_and_entered_later_was_not_late(cast: County, client: Doors) -> None:
    thing = issue(cast)
    lapse(cast, thing, 10)
    jobs.run_due(cast.node)
    assert client.get("county_duty", f"/instructions/{thing}").json["late"]["accept"]
    said_at = clock.wire(clock.real() - timedelta(minutes=8))
    told = move(cast, "county_duty", thing, "accepted", by_proxy=BY_PHONE, at=said_at)
    assert (told["late"]["accept"], told["times"]["accepted"]) == (None, said_at)


def test_only_a_leader_presses_and_an_answer_ends_it(cast: County, client: Doors) -> None:
    thing = at(cast, "in_progress")
    path = f"/instructions/{thing}/supervise"
    for who in ("county_duty", "town_duty", "water_duty"):
        assert client.post(who, path, {"text": "速报"}).status_code in (403, 404), who
    assert client.post("town_leader", path, {"text": "速报"}).status_code == 403, (
        "not the county's instruction"
    )
    told = client.post("county_leader", path, {"text": "十分钟内报结果"}).json
    assert told["supervised"][0]["by"] == "甲 county_leader"
    assert alarms(client, "town_duty")["supervised"]["title"]["zh"] == "领导督办・甲 county_leader"
    told = cast.do("town_duty", "instruction.feedback", {"id": thing, "text": "还剩 3 户"})
    assert told["supervised"][0]["answered_at"]
    assert alarms(client, "town_duty") == {}


def test_it_is_returned_issued_again_and_taken_back_with_reasons(cast: County, client: Doors) -> None:
    thing = issue(cast)
    path = f"/instructions/{thing}/transition"
    assert client.post("town_duty", path, {"to": "returned"}).status_code == 422
    assert (
        client.post("town_duty", path, {"to": "returned", "reason": "不属本镇"}).json["state"] == "returned"
    )
    assert client.post("county_duty", path, {"to": "issued"}).json["state"] == "issued"
    assert "instruction" in alarms(client, "town_duty")
    assert client.post("town_duty", path, {"to": "cancelled", "reason": "x"}).status_code == 403
    told = client.post("county_duty", path, {"to": "cancelled", "reason": "险情解除"}).json
    assert (told["state"], told["live"]) == ("cancelled", False)
    assert alarms(client, "town_duty") == {}
    assert client.get("town_duty", f"/instructions/{thing}").json["steps"][-1]["reason"] == "险情解除"


def test_work_that_is_not_enough_is_sent_back(cast: County) -> None:
    thing = at(cast, "done")
    told = move(cast, "county_duty", thing, "in_progress", reason="仍有 2 户未转移")
    assert (told["state"], told["steps"][-1]["reason"]) == ("in_progress", "仍有 2 户未转移")


def test_a_drill_has_its_own(cast: County) -> None:
    thing = issue(cast, world=DRILL)
    assert cast.act("town_duty", "instruction.transition", {"id": thing, "to": "accepted"}).status == 404
    answer = cast.act("town_duty", "instruction.transition", {"id": thing, "to": "accepted"}, world=DRILL)
    assert answer.ok
    assert cast.act("county_duty", "instruction.issue", ORDER, command_id=new_id()).ok
