"""Decisions: asked with grounds and options, decided by the leader or by a recorded word, confirmed or disputed, never by time."""

from __future__ import annotations

from typing import Any

import pytest

from command.core import canonical, jobs
from tests.county import DRILL, County
from tests.decisions.asked import QUESTION, WORD, ask, by_word, lapse
from tests.doors import Doors


@pytest.fixture(autouse=True)
def _noise(cast: County) -> None:
    """Another township asks its own leader: nobody else meets it."""
    ask(cast, "noise_duty", question="噪声请示")


def act(client: Doors, who: str, thing: str, verb: str, **body: Any) -> Any:
    return client.post(who, f"/decisions/{thing}/{verb}", body)


def alarms(client: Doors, who: str, cause: str) -> list[dict[str, Any]]:
    items = client.get(who, "/alarms?live=true&limit=200").json["items"]
    return [one for one in items if one["cause"].startswith(cause)]


def test_a_leader_decides_what_the_duty_officer_asks(cast: County, client: Doors) -> None:
    incident = cast.open()["id"]
    asked = client.post("town_duty", "/decisions", {**QUESTION, "incident_id": incident, "within_min": 10})
    assert asked.status_code == 201, asked.text
    one = asked.json
    assert (one["state"], one["centre"], one["options"][1]) == (
        "asked",
        "140429100",
        {"code": "2", "text": "只转移沿河三村"},
    )
    assert one["number"].startswith("QS-140429100-")
    assert act(client, "town_duty", one["id"], "decide", option="1").status_code == 403, (
        "who asks does not decide"
    )
    assert act(client, "county_leader", one["id"], "decide", option="1").status_code == 403, (
        "another house's leader"
    )
    assert act(client, "town_leader", one["id"], "decide", option="3").status_code == 422
    told = act(client, "town_leader", one["id"], "decide", option="2", reason="路已断").json
    assert (told["state"], told["chosen"], told["live"], told["approval"]["spoken"]) == (
        "decided",
        "2",
        False,
        None,
    )
    assert told["approval"]["confirmed"]["by"] == "甲 town_leader"
    again = act(client, "town_leader", one["id"], "decide", option="1")
    assert (again.status_code, "另行请示" in again.json["detail"]) == (409, True)
    text = next(canonical.load(entry.text)["zh"] for entry in cast.entries() if entry.type == "decision.made")
    assert text == "决定：是否全镇转移，只转移沿河三村（路已断）"


def test_a_changed_question_is_not_decided_by_a_tap_on_the_old_one(cast: County, client: Doors) -> None:
    thing = lapse(cast, ask(cast, within_min=5))
    jobs.run_due(cast.node)
    late = client.post("town_leader", f"/decisions/{thing}/decide", {"option": "1"}, version=1)
    assert late.status_code == 409
    assert (
        client.post("town_leader", f"/decisions/{thing}/decide", {"option": "1"}, version=2).status_code
        == 200
    )


def test_a_spoken_word_holds_at_once_and_is_confirmed_later(cast: County, client: Doors) -> None:
    thing = ask(cast)
    assert act(client, "planner", thing, "decide", option="2", spoken=WORD).status_code == 403
    assert act(client, "county_duty", thing, "decide", option="2", spoken=WORD).status_code == 403, (
        "not its office"
    )
    told = act(client, "town_duty", thing, "decide", option="2", spoken=WORD).json
    assert (told["state"], told["live"], told["approval"]["confirmed"]) == ("decided", True, None)
    assert (told["approval"]["by"], told["approval"]["spoken"]["person"]) == ("甲 town_duty", "李某")
    assert act(client, "town_duty", thing, "confirm").status_code == 403
    assert act(client, "county_leader", thing, "confirm").status_code == 403
    done = act(client, "town_leader", thing, "confirm").json
    assert (done["live"], done["approval"]["confirmed"]["by"]) == (False, "甲 town_leader")
    assert act(client, "town_leader", thing, "confirm").status_code == 409


def test_a_word_that_was_not_so_calls_the_duty_office(cast: County, client: Doors) -> None:
    thing = by_word(cast, ask(cast))
    told = act(client, "town_leader", thing, "dispute", text="我说的是全部转移").json
    assert (told["state"], told["approval"]["disputed"]["text"]) == ("decided", "我说的是全部转移")
    [alarm] = alarms(client, "town_duty", "disputed:decision:")
    assert (alarm["rank"], alarm["detail"]["zh"]) == (2, "我说的是全部转移")
    assert alarms(client, "county_duty", "disputed:") == [], "it is that house's own matter"
    assert act(client, "town_leader", thing, "dispute").status_code == 409
    assert act(client, "town_leader", thing, "confirm").status_code == 200
    assert alarms(client, "town_duty", "disputed:") == []


def test_past_its_time_somebody_is_asked_and_time_decides_nothing(cast: County, client: Doors) -> None:
    thing = lapse(cast, ask(cast, within_min=5))
    jobs.run_due(cast.node)
    one = client.get("town_duty", f"/decisions/{thing}").json
    assert (one["state"], one["late"]) == ("asked", one["due_at"])
    assert [alarm["rank"] for alarm in alarms(client, "town_leader", "decision_late:")] == [2]
    before = cast.end()
    cast.do("system", "decision.look", {"id": thing})
    assert cast.end() == before
    act(client, "town_leader", thing, "decide", option="1")
    assert alarms(client, "town_leader", "decision_late:") == []


def test_who_asked_takes_it_back(cast: County, client: Doors) -> None:
    thing = ask(cast, of="county")
    assert act(client, "town_duty", thing, "withdraw").status_code == 422
    assert act(client, "county_duty", thing, "withdraw", reason="不需要").status_code == 403
    told = act(client, "town_duty", thing, "withdraw", reason="雨停").json
    assert (told["state"], told["live"], told["withdrawn"]["reason"]) == ("withdrawn", False, "雨停")
    assert act(client, "county_leader", thing, "decide", option="1").status_code == 409


def test_it_is_seen_by_who_asks_who_decides_and_the_county(cast: County, client: Doors) -> None:
    up, own = ask(cast, of="county"), ask(cast, "county_duty")
    for who in ("town_duty", "town_leader", "county_leader", "county_duty", "wall"):
        assert client.get(who, f"/decisions/{up}").status_code == 200, who
    for who in ("other_duty", "noise_duty", "water_duty"):
        assert client.get(who, f"/decisions/{up}").status_code == 404, who
    assert client.get("town_leader", f"/decisions/{own}").status_code == 404
    for who in ("town_team", "auditor"):
        assert client.get(who, "/decisions").status_code == 403, who
    assert act(client, "county_leader", up, "decide", option="1").json["state"] == "decided"
    foreign = client.post("town_duty", "/decisions", {**QUESTION, "incident_id": cast.noise["incident"]})
    assert foreign.status_code == 422


def test_a_bad_question_is_refused_in_words(cast: County, client: Doors) -> None:
    for body in (
        {"options": ["同意"]},
        {"options": ["同意", "同意"]},
        {"question": ""},
        {"within_min": 0},
        {"of": "city"},
    ):
        assert client.post("town_duty", "/decisions", {**QUESTION, **body}).status_code == 422, body
    assert client.post("town_leader", "/decisions", QUESTION).status_code == 403
    plain = client.post("town_duty", "/decisions", {"question": "是否停课"}).json
    assert [one["text"] for one in plain["options"]] == ["同意", "不同意"]


def test_a_drill_has_its_own_questions(cast: County, client: Doors) -> None:
    thing = ask(cast, "county_duty", world=DRILL)
    assert cast.act("county_leader", "decision.decide", {"id": thing, "option": "1"}).status == 404
    assert cast.act("county_leader", "decision.decide", {"id": thing, "option": "1"}, world=DRILL).ok


def test_who_decided_takes_it_back_soon_with_a_reason_and_it_waits_again(cast: County, client: Doors) -> None:
    thing = ask(cast, within_min=60)
    early = client.post("town_leader", f"/decisions/{thing}/retract", {"reason": "按错"})
    assert early.status_code == 409, "nothing was decided"
    decided = act(client, "town_leader", thing, "decide", option="2").json
    assert client.post("town_leader", f"/decisions/{thing}/retract", {}).status_code == 422, "a reason"
    for who, status in (("town_duty", 403), ("county_leader", 403), ("other_duty", 404)):
        answer = client.post(who, f"/decisions/{thing}/retract", {"reason": "按错"})
        assert answer.status_code == status, who
    back = client.post("town_leader", f"/decisions/{thing}/retract", {"reason": "按错"})
    assert back.status_code == 200, back.text
    told = back.json
    assert (told["state"], told["chosen"], told["approval"], told["live"]) == ("asked", None, None, True)
    assert told["options"] == decided["options"]
    assert act(client, "town_leader", thing, "decide", option="1").json["chosen"] == "1"
    by_mouth = by_word(cast, ask(cast))
    spoken = client.post("town_leader", f"/decisions/{by_mouth}/retract", {"reason": "按错"})
    assert spoken.status_code == 409, "a recorded word is disputed, not taken back"


def test_what_was_decided_of_an_incident_stands_on_its_timeline_without_its_grounds(
    cast: County, client: Doors
) -> None:
    cast.open(title="噪声")
    incident = cast.open()["id"]
    thing = ask(cast, incident_id=incident, grounds="标记内情")

    def told(who: str = "town_duty") -> list[str]:
        items = client.get(who, f"/incidents/{incident}/timeline").json["items"]
        return [one["text"] for one in items if one["type"] == "incident.leader_decided"]

    assert told() == [], "a leader is asked openly: only what was decided is told"
    act(client, "town_leader", thing, "decide", option="2")
    client.post("town_leader", f"/decisions/{thing}/retract", {"reason": "按错"})
    assert told() == [
        "决定：是否全镇转移，只转移沿河三村",
        "撤回决定：是否全镇转移，原定只转移沿河三村（按错）",
    ]
    assert told("county_duty") == told()
    assert "标记内情" not in client.get("county_duty", f"/incidents/{incident}/timeline").text
