"""A report's way: called first, drafted from the journal, reviewed, signed, sent by a person, received; nothing of it by the machine."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import canonical, clock
from command.core.errors import Invalid
from command.sitreps import nil
from command.sitreps.models import InfoCaller
from tests.county import COUNTY, NOISE, OTHER, TOWN, County, new_id
from tests.doors import Doors
from tests.sitreps.ground import (
    CITY,
    Move,
    draft,
    incident,
    later,
    minutes,
    owed,
    phone,
    sent,
    settle,
    signed,
    states,
)
from tests.sitreps.papers import ASKS, TO_COUNTY
from tests.sitreps.reading import rows


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Set the clock."""
    return later(monkeypatch)


def words(report: dict[str, Any]) -> dict[str, str]:
    """Section → its text."""
    return {one["code"]: one["text"] for one in report["sections"]}


def test_the_telephone_goes_first_and_who_was_told_what_is_kept(cast: County, client: Doors) -> None:
    made = incident(cast)
    at = minutes(cast, made["received_at"], 0)
    told = phone(cast, made["id"], number="0355-2020202", at=at)
    assert (told["kind"], told["state"], told["signed"]) == ("phone_flash", "submitted", None)
    [one] = told["sent"]
    assert (one["to"], one["person"], one["channel"], one["at"], one["by"]) == (
        "city", "李值班", "phone", at, "甲 county_duty",
    )  # fmt: skip
    assert one["figures"]["dead"] == 2
    assert one["figures"]["missing"] is None
    assert [(late["key"], late["late_s"]) for late in one["clocks"]] == [("first:city:phone", 0)]
    assert states(cast, made["id"]) == {"first:city:phone": "met", "first:city:written": "running"}
    line = client.get("county_duty", f"/incidents/{made['id']}/timeline").json["items"]
    assert [item["text"] for item in line if item["type"] == "incident.told"] == [
        f"电话快报报市级总值班室（电话 {clock.hm(datetime.fromisoformat(at))}）：死亡 2 人"
    ]
    written = draft(cast, made["id"])
    assert (written["kind"], written["base"]["number"]) == ("first", told["number"])


def test_rule_8_and_11_the_draft_is_built_from_the_journal_and_the_missing_are_people(cast: County) -> None:
    """REFERENCE §0 rule 8: append-only timeline, who, when, what; rule 11: the missing stand with the casualties."""
    made = incident(
        cast,
        kind="roof",
        casualties={"dead": 1, "missing": 2},
        place_text="井下二采区",
        description="顶板冒落",
    )
    cast.do(
        "county_duty", "incident.report", {"id": made["id"], "text": "二采区巷道冒顶", "source": "矿调度室"}
    )
    cast.order("county_duty", made["id"], "county_team", order="搜救")
    said = draft(cast, made["id"])
    assert [one["code"] for one in said["sections"]] == [
        "source", "times", "place", "nature", "casualties", "loss", "course", "measures", "trend", "requests", "contact",
    ]  # fmt: skip
    text = words(said)
    assert text["casualties"] == "死亡 1 人、失联 2 人（死亡、失联待核实）。"
    assert "顶板" in text["nature"]
    assert "未定级" in text["nature"]
    assert "井下二采区" in text["place"]
    assert "矿调度室：二采区巷道冒顶" in text["course"]
    assert "县综合救援队" in text["measures"]
    assert said["figures"] == {**dict.fromkeys(said["figures"]), "dead": 1, "missing": 2}
    assert set(said["to"]) == {"city", "mine_safety"}


def test_a_follow_up_has_only_what_changed_since_the_last_report(cast: County, move: Move) -> None:
    made = incident(cast, casualties={"dead": 2, "missing": 3})
    sent(cast, made["id"])
    move(minutes=20)
    wish = {"id": made["id"], "missing": 1, "source": "县医院", "confirmed": True}
    cast.do("county_duty", "incident.casualties", wish)
    settle(cast)
    assert states(cast, made["id"])["followup:city:any:1"] == "running"
    said = draft(cast, made["id"])
    assert (said["kind"], said["ordinal"], said["changes"]) == (
        "followup",
        1,
        {"missing": {"from": 3, "to": 1}},
    )
    assert [one["code"] for one in said["sections"]] == ["changes", "course", "measures", "trend", "requests"]
    assert words(said)["changes"] == "失联：3 人 → 1 人。"
    assert "接报" not in words(said)["course"]


def test_a_clock_of_a_change_stops_when_the_figures_are_again_as_told(cast: County) -> None:
    made = incident(cast)
    sent(cast, made["id"])
    for dead in (3, 2):
        wish = {"id": made["id"], "dead": dead, "source": "县医院"}
        cast.do("county_duty", "incident.casualties", wish)
        settle(cast)
    assert states(cast, made["id"])["followup:city:any:1"] == "dropped"
    assert owed(cast, made["id"])["differs"] == {}


def test_a_figure_that_changed_after_the_draft_is_owed_again(cast: County) -> None:
    """What is told is what the paper says, not what the screen says by then."""
    made = incident(cast)
    paper = signed(cast, made["id"])
    cast.do("county_duty", "incident.casualties", {"id": made["id"], "dead": 3, "source": "县医院"})
    told = cast.do("county_duty", "sitrep.send", {"id": paper["id"], **CITY})
    assert told["sent"][0]["figures"]["dead"] == 2
    assert owed(cast, made["id"])["differs"] == {"city": {"dead": {"from": 2, "to": 3}}}
    settle(cast)
    assert states(cast, made["id"])["followup:city:any:1"] == "running"
    assert (
        next(one for one in rows(cast, "incident") if one["id"] == made["id"])["report_changed"] is not None
    )


def test_two_recipients_that_know_different_figures_stand_out(cast: County, client: Doors) -> None:
    made = incident(cast, "town_duty", kind="roof")
    phone(cast, made["id"], "town_duty")
    cast.do("town_duty", "incident.casualties", {"id": made["id"], "dead": 3, "source": "县医院"})
    settle(cast)
    phone(cast, made["id"])
    seen = client.get("county_duty", f"/incidents/{made['id']}/told").json
    assert [(one["to"], one["figures"]["dead"]) for one in seen["items"]] == [("county", 2), ("city", 3)]
    assert seen["disagree"] == [
        {
            "field": "dead",
            "values": [
                {"to": "county", "centre": TOWN, "value": 2},
                {"to": "city", "centre": COUNTY, "value": 3},
            ],
        }
    ]
    assert [(one["to"], one["changes"]) for one in seen["differs"]] == [
        ("county", {"dead": {"from": 2, "to": 3}})
    ]
    assert [one["to"] for one in client.get("town_duty", f"/incidents/{made['id']}/told").json["items"]] == [
        "county"
    ]


def test_each_step_has_its_role_and_the_signer_is_another_than_the_drafter(cast: County) -> None:
    made = incident(cast)
    paper = draft(cast, made["id"])["id"]
    sign = {"id": paper, "to": "signed", "name": "王建国", "post": "副县长"}
    assert cast.act("county_leader", "sitrep.draft", {"incident_id": made["id"]}).status == 403
    assert cast.act("planner", "sitrep.transition", {"id": paper, "to": "reviewing"}).status == 403
    cast.do("county_duty", "sitrep.transition", {"id": paper, "to": "reviewing"})
    unreviewed = cast.act("county_leader", "sitrep.transition", sign)
    assert (unreviewed.status, canonical.load(unreviewed.body)["detail"]) == (409, "尚未审核，不能签发")
    cast.do("county_duty2", "sitrep.approve", {"id": paper})
    assert cast.act("county_duty", "sitrep.transition", sign).status == 403
    assert cast.act("county_leader", "sitrep.send", {"id": paper, **CITY}).status == 403
    assert cast.act("county_duty", "sitrep.send", {"id": paper, **CITY}).status == 409
    spoken = cast.act(
        "county_duty", "sitrep.transition", {**sign, "name": "甲 county_duty", "oral": {"channel": "phone"}}
    )
    assert spoken.status == 403
    by_word = cast.do("county_duty", "sitrep.transition", {**sign, "oral": {"channel": "phone"}})
    assert (by_word["state"], by_word["signed"]["confirmed_at"]) == ("signed", None)
    cast.do("county_duty", "sitrep.send", {"id": paper, **CITY})
    confirmed = cast.do("county_leader", "sitrep.confirm", {"id": paper})
    assert confirmed["signed"]["confirmed_by"] == "甲 county_leader"
    assert cast.act("county_leader", "sitrep.confirm", {"id": paper}).status == 409


def test_a_county_may_let_the_drafter_sign_and_ask_another_to_review(cast: County) -> None:
    for name, value in (("sitrep.signer_other", False), ("sitrep.reviewer_other", True)):
        cast.do("admin", "setting.set", {"name": name, "centre": COUNTY, "value": value})
    made = incident(cast)
    paper = draft(cast, made["id"])["id"]
    cast.do("county_duty", "sitrep.transition", {"id": paper, "to": "reviewing"})
    assert cast.act("county_duty", "sitrep.approve", {"id": paper}).status == 403
    cast.do("county_duty2", "sitrep.approve", {"id": paper})
    wish = {
        "id": paper,
        "to": "signed",
        "name": "甲 county_duty",
        "post": "值班员",
        "oral": {"channel": "in_person"},
    }
    assert cast.do("county_duty", "sitrep.transition", wish)["state"] == "signed"


def test_no_time_and_no_job_sends_a_report(cast: County, move: Move) -> None:
    made = incident(cast)
    paper = signed(cast, made["id"])
    move(days=2)
    settle(cast)
    nil.draft_due(cast.node)
    assert next(one for one in rows(cast, "sitrep") if one["id"] == paper["id"])["state"] == "signed"
    assert [one for one in rows(cast, "sitrep") if one["sent"]] == []


def test_a_step_that_is_not_listed_names_those_that_are(cast: County, client: Doors) -> None:
    made = incident(cast)
    paper = draft(cast, made["id"])["id"]
    refused = client.post("county_duty", f"/sitreps/{paper}/transition", {"to": "submitted", "telling": CITY})
    assert (refused.status_code, refused.json["onward"]) == (409, ["reviewing"])
    assert client.post("county_duty", f"/sitreps/{paper}/transition", {"to": "gone"}).status_code == 422
    cast.do("county_duty", "sitrep.transition", {"id": paper, "to": "reviewing"})
    back = client.post("county_leader", f"/sitreps/{paper}/transition", {"to": "rejected"})
    assert (back.status_code, back.json["detail"]) == (422, "退回须说明理由")


def test_there_is_one_draft_at_a_time_and_its_figures_cannot_be_typed(cast: County, client: Doors) -> None:
    made = incident(cast)
    paper = draft(cast, made["id"])
    again = client.post("county_duty2", "/sitreps", {"incident_id": made["id"]})
    assert (again.status_code, again.json["sitrep_id"]) == (409, paper["id"])
    typed = client.patch("county_duty", f"/sitreps/{paper['id']}", {"figures": {"dead": 0}}, version=1)
    assert typed.status_code == 422
    edited = client.patch(
        "county_duty", f"/sitreps/{paper['id']}", {"sections": {"trend": "雨势减弱"}}, version=1
    ).json
    assert words(edited)["trend"] == "雨势减弱"
    cast.do("county_duty", "incident.casualties", {"id": made["id"], "dead": 5, "source": "县医院"})
    renewed = cast.do("county_duty", "sitrep.renew", {"id": paper["id"]})
    assert (renewed["figures"]["dead"], words(renewed)["trend"]) == (5, "雨势减弱")
    unseen = client.post("other_duty", "/sitreps", {"incident_id": cast.noise["incident"]})
    nothing = client.post("other_duty", "/sitreps", {"incident_id": new_id()})
    assert (unseen.status_code, nothing.status_code) == (404, 404)


def test_what_was_sent_is_never_changed_a_new_wording_is_another_revision(cast: County) -> None:
    made = incident(cast)
    told = sent(cast, made["id"])
    for wish in ({"sections": {"trend": "x"}}, {"to": ["province"]}):
        assert (
            cast.act("county_duty", "sitrep.edit", {"id": told["id"], **wish}, version=told["version"]).status
            == 409
        )
    assert cast.act("county_duty", "sitrep.renew", {"id": told["id"]}).status == 409
    step = {"id": told["id"], "to": "supplement_required", "reason": "补充矿井概况"}
    cast.do("county_duty", "sitrep.transition", step)
    open_ = cast.do("county_duty", "sitrep.transition", {"id": told["id"], "to": "draft"})
    assert (open_["revision"], open_["signed"], open_["sent"]) == (2, None, told["sent"])
    [past] = open_["past"]
    assert (past["revision"], past["sections"], past["figures"]) == (1, told["sections"], told["figures"])


def test_it_is_received_when_each_recipient_has_said_so(cast: County) -> None:
    made = incident(cast, kind="roof")
    told = sent(cast, made["id"])
    cast.do("county_duty", "sitrep.send", {"id": told["id"], **CITY, "to": "mine_safety", "person": "监察员"})
    got = {"id": told["id"], "to": "received_by_superior", "person": "市值班员李"}
    half = cast.do("county_duty", "sitrep.transition", {**got, "recipient": "city"})
    assert (half["state"], half["sent"][0]["received"]["person"]) == ("submitted", "市值班员李")
    whole = cast.do("county_duty", "sitrep.transition", {**got, "person": "监察员"})
    assert (whole["state"], [one["received"]["person"] for one in whole["sent"]]) == (
        "received_by_superior", ["市值班员李", "监察员"],
    )  # fmt: skip


def test_a_township_reports_to_its_county_and_no_further(cast: County) -> None:
    made = incident(cast, "town_duty")
    assert (
        cast.act("town_duty", "sitrep.phone", {"id": made["id"], "to": "city", "person": "李"}).status == 403
    )
    assert (
        cast.act("county_duty", "sitrep.phone", {"id": made["id"], "to": "county", "person": "李"}).status
        == 403
    )
    cast.do("town_duty", "incident.share", {"id": made["id"], "centre": OTHER})
    assert (
        cast.act("other_duty", "sitrep.phone", {"id": made["id"], "to": "county", "person": "李"}).status
        == 403
    )
    assert (
        cast.act("noise_duty", "sitrep.phone", {"id": made["id"], "to": "county", "person": "李"}).status
        == 404
    )


def test_no_time_ahead_or_before_the_call_is_taken(cast: County) -> None:
    made = incident(cast)
    for at in (clock.real() + timedelta(minutes=5), clock.real() - timedelta(days=1)):
        with pytest.raises(Invalid):
            phone(cast, made["id"], at=clock.wire(at))


def test_classified_text_is_refused(cast: County, client: Doors) -> None:
    made = incident(cast)
    refused = client.post(
        "county_duty", "/sitreps", {"incident_id": made["id"], "sections": {"trend": "机密★1年 部署"}}
    )
    assert (refused.status_code, "涉密" in refused.json["detail"]) == (422, True)


def test_who_asks_in_the_name_of_an_office_is_called_back_before_he_is_told(
    cast: County, client: Doors
) -> None:
    office = {"code": "city", "zh": "市应急局", "en": "City", "numbers": ["0355 2020202"]}
    cast.do("admin", "setting.set", {"name": "sitrep.offices", "centre": COUNTY, "value": [office]})
    made = incident(cast)
    wish = {"incident_id": made["id"], **ASKS}
    strange = cast.do("county_duty", "info_request.take", wish)
    known = cast.do("county_duty", "info_request.take", {**wish, "number": "03552020202"})
    assert (strange["known"], known["known"]) == (False, True)
    body = {"to": "city", "person": "自称王某", "request_id": strange["id"]}
    refused = client.post("county_duty", f"/incidents/{made['id']}/phone-report", body)
    assert (refused.status_code, refused.json["detail"]) == (409, "先回拨核对：来电人尚未核实")
    cast.do("county_duty", "info_request.check", {"id": strange["id"], "asked": False, "note": "该局无此人"})
    assert client.post("county_duty", f"/incidents/{made['id']}/phone-report", body).status_code == 409
    cast.do("county_duty", "info_request.check", {"id": known["id"], "asked": True, "reached": "市值班员李"})
    told = client.post(
        "county_duty", f"/incidents/{made['id']}/phone-report", {**body, "request_id": known["id"]}
    )
    assert told.status_code == 201
    assert "自称王某" not in "".join(
        row.record.decode() for row in cast.entries() if row.kind == "info_request"
    )
    who = client.get("county_duty", f"/info_requests/{strange['id']}/caller").json
    assert who == {"person": "自称王某", "number": "0355-1234567"}
    assert client.get("county_leader", f"/info_requests/{strange['id']}/caller").status_code == 403
    for path in (f"/info_requests/{strange['id']}", f"/info_requests/{strange['id']}/caller"):
        assert client.get("other_duty", path).status_code == 404, path


def test_rule_6_who_asked_is_destroyed_with_the_incidents_personal_data(cast: County) -> None:
    """REFERENCE §0 rules 6 and 7: personal data goes, the report stays."""
    made = incident(cast, caller={"name": "张三"})
    cast.do("county_duty", "info_request.take", {"incident_id": made["id"], **ASKS})
    noise = cast.do("noise_duty", "info_request.take", {"incident_id": cast.noise["incident"], **ASKS})
    told = sent(cast, made["id"])
    for to in ("responding", "controlled", "response_ended"):
        cast.do("county_duty", "incident.transition", {"id": made["id"], "to": to, "reason": "按程序"})
    cast.do("system", "incident.erase_private", {"id": made["id"]})
    left = cast.node.database.read(
        lambda s: list(s.execute(sa.select(InfoCaller.request_id)).scalars()), world=0
    )
    assert left == [noise["id"]]
    assert next(one for one in rows(cast, "sitrep") if one["id"] == told["id"])["sent"] == told["sent"]


def test_rule_16_a_drills_reports_are_no_reports_in_life(cast: County) -> None:
    """REFERENCE §0 rule 16: drill data never mixes with live data."""
    made = cast.open("county_duty", world=7)
    settle(cast)
    assert [one["incident_id"] for one in rows(cast, "reporting", world=7)] == [made["id"]]
    assert [one for one in rows(cast, "reporting") if one["incident_id"] == made["id"]] == []


def test_a_nil_report_is_drafted_for_who_was_silent_and_sent_by_one_act(cast: County, move: Move) -> None:
    move(days=3)
    now = clock.real().astimezone(clock.LOCAL)
    hour = (now - timedelta(minutes=30)).strftime("%H:%M")
    cast.do("admin", "setting.set", {"name": "sitrep.nil_at", "centre": COUNTY, "value": [hour]})
    spoke = cast.do(
        "other_duty",
        "incident.open",
        {"kind": "flash_flood", "title": "漫堤", "village_code": "140429101200"},
    )
    move(days=4, minutes=10)
    nil.draft_due(cast.node)
    nil.draft_due(cast.node)
    drafted = {one["centre"]: one for one in rows(cast, "sitrep") if one["kind"] == "nil"}
    assert spoke["centre"] == OTHER
    assert OTHER not in drafted
    assert COUNTY not in drafted
    assert {TOWN, NOISE} <= set(drafted)
    assert len([one for one in cast.entries() if one.type == "sitrep.drafted"]) == len(drafted)
    mine = drafted[TOWN]
    assert (mine["state"], mine["drafted_by"], mine["to"]) == ("draft", "系统", ["county"])
    assert cast.act("other_duty", "sitrep.nil_send", {"id": mine["id"], **TO_COUNTY}).status == 404
    told = cast.do("town_duty", "sitrep.nil_send", {"id": mine["id"], **TO_COUNTY})
    assert (told["state"], told["sent"][0]["by"], told["sent"][0]["clocks"][0]["late_s"], told["live"]) == (
        "submitted", "甲 town_duty", 0, False,
    )  # fmt: skip
