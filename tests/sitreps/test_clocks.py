"""Clocks of reports: which an incident sets going, what stops them, how late a report was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command.core import clock
from command.core.errors import Invalid
from command.sitreps import clocks, rules
from tests.county import COUNTY, OTHER, TOWN, County
from tests.doors import Doors
from tests.sitreps.ground import Move, incident, later, one_clock, owed, phone, sent, settle, states
from tests.sitreps.reading import rows

T = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Set the clock."""
    return later(monkeypatch)


def facts(**more: Any) -> clocks.Facts:
    """A roof fall that the county took."""
    given_ = {
        "reporter": "county", "klass": "accident", "kinds": frozenset({"roof", "coal_mine"}), "level": None,
        "possible": frozenset(), "learned": T, "occurred": T - timedelta(minutes=20), "changed": T, "gone": False, "over": False,
    }  # fmt: skip
    return clocks.Facts(**{**given_, **more})


def test_rule_9_deadlines_are_a_table_each_row_with_its_source(cast: County, client: Doors) -> None:
    """Design rule 9: a table (class × level × from → to × channel × minutes), no constants; another county has other rows."""
    table = client.get("county_duty", "/sitreps/rules").json["items"]
    assert all(one["source"] and one["mark"] in "VEGP" for one in table)
    law = next(one for one in table if one["code"] == "accident_county")
    assert (law["klass"], law["frm"], law["to"], law["minutes"], law["mark"]) == (
        "accident",
        "county",
        "city",
        120,
        "V",
    )
    assert law["source"] == "国务院令493号第十一条"
    row = {**next(one for one in table if one["code"] == "county_phone"), "minutes": 10}
    cast.do("admin", "setting.set", {"name": "sitrep.rules", "centre": COUNTY, "value": [row]})
    made = incident(cast)
    assert [(one["key"], one["rules"][0]["minutes"]) for one in owed(cast, made["id"])["clocks"]] == [
        ("first:city:phone", 10)
    ]
    [told] = [one for one in cast.entries() if one.type == "setting.changed"]
    assert told.actor_name == "甲 admin"
    assert (
        cast.act("county_duty", "setting.set", {"name": "sitrep.rules", "centre": COUNTY, "value": []}).status
        == 403
    )
    wrong = {**row, "code": "other", "report": "first", "clock": "changed"}
    with pytest.raises(Invalid):
        cast.act("admin", "setting.set", {"name": "sitrep.rules", "centre": COUNTY, "value": [wrong]})


def test_an_incident_has_its_clocks_from_when_it_was_learned(cast: County) -> None:
    made = incident(cast, "town_duty", occurred_at=clock.wire(clock.real() - timedelta(hours=3)))
    town = one_clock(cast, made["id"], "first:county:phone", TOWN)
    assert (town["starts_at"], town["state"], town["basis"]) == (made["received_at"], "running", "learned")
    assert [(one["code"], one["minutes"]) for one in town["rules"]] == [
        ("township_phone", 15),
        ("each_level", 120),
    ]
    assert states(cast, made["id"]) == {"first:city:phone": "running", "first:city:written": "overdue"}
    written = one_clock(cast, made["id"], "first:city:written")
    assert (written["basis"], written["starts_at"]) == ("occurred", made["occurred_at"])
    assert [one["code"] for one in written["rules"]] == ["natural_city", "county_written"]


def test_the_countys_own_call_is_owed_by_no_township(cast: County) -> None:
    made = incident(cast, "county_duty", village_code="140429101200")
    assert [one["centre"] for one in rows(cast, "reporting") if one["incident_id"] == made["id"]] == [COUNTY]


def test_another_townships_reports_are_invisible(cast: County, client: Doors) -> None:
    made = incident(cast, "town_duty")
    cast.do("town_duty", "incident.share", {"id": made["id"], "centre": OTHER})
    settle(cast)
    told = phone(cast, made["id"], "town_duty")
    mine = owed(cast, made["id"], TOWN)
    for who, sees in (
        ("town_duty", True),
        ("town_leader", True),
        ("county_duty", True),
        ("other_duty", False),
        ("water_duty", False),
    ):
        for path in (f"/reportings/{mine['id']}", f"/sitreps/{told['id']}"):
            assert (client.get(who, path).status_code == 200) is sees, (who, path)
        listed = [one["id"] for one in client.get(who, f"/sitreps?incident_id={made['id']}").json["items"]]
        assert listed == ([told["id"]] if sees else []), who
    assert client.get("other_duty", f"/incidents/{made['id']}/told").json["items"] == []
    line = client.get("other_duty", f"/incidents/{made['id']}/timeline").json["items"]
    assert not [one for one in line if one["type"].startswith(("sitrep", "reporting", "incident.told"))]
    assert client.get("town_team", "/sitreps").status_code == 403


def test_rule_1_a_level_that_is_only_suggested_starts_no_clock_it_waits(cast: County) -> None:
    """REFERENCE §0 rule 1: never derived, only suggested; a person grades, and the province's clock runs from the learning."""
    made = incident(cast, kind="roof", casualties={"dead": 11})
    assert made["level"] is None
    waiting = one_clock(cast, made["id"], "first:province:any")
    assert (waiting["state"], waiting["levels"]) == ("pending", ["I", "II"])
    cast.do("county_duty", "incident.grade", {"id": made["id"], "level": "II"})
    settle(cast)
    running = one_clock(cast, made["id"], "first:province:any")
    due = clock.wire(datetime.fromisoformat(made["received_at"]) + timedelta(hours=1))
    assert (running["state"], running["due_at"]) == ("running", due)
    cast.do("county_duty", "incident.grade", {"id": made["id"], "level": "III", "reason": "核实"})
    settle(cast)
    assert states(cast, made["id"])["first:province:any"] == "dropped"


def test_rule_2_an_ungraded_class_has_its_clocks_without_a_level(cast: County) -> None:
    """REFERENCE §0 rule 2: social-security events have no level; they are reported all the same."""
    made = incident(cast, kind="group_petition", casualties=None)
    assert states(cast, made["id"]) == {"first:city:phone": "running", "first:city:written": "running"}
    assert set(owed(cast, made["id"])["also"]) == set()


def test_recipients_without_a_limit_are_named_and_have_no_clock(cast: County) -> None:
    made = incident(cast, kind="roof")
    assert owed(cast, made["id"])["also"] == ["mine_safety"]


def test_it_runs_out_calmly_and_once(cast: County, move: Move) -> None:
    made = incident(cast)
    move(minutes=31)
    settle(cast)
    assert states(cast, made["id"]) == {"first:city:phone": "overdue", "first:city:written": "running"}
    move(minutes=61)
    settle(cast)
    assert states(cast, made["id"])["first:city:written"] == "overdue"
    said = [one for one in cast.entries() if one.type == "reporting.overdue"]
    assert len(said) == 2
    settle(cast)
    assert len([one for one in cast.entries() if one.type == "reporting.overdue"]) == 2


@pytest.mark.parametrize(
    ("after_ms", "late_s"), [(-1, 0), (0, 0), (1, 1), (999, 1), (60_000, 60), (61_500, 61)]
)
def test_a_limit_includes_its_last_moment_and_nothing_after(after_ms: int, late_s: int) -> None:
    """REFERENCE §0 rule 10 for time: 以内 includes the number itself; one millisecond after, it is late."""
    [one] = [
        one for key, one in clocks.wanted(rules.DEFAULT, facts(), "first").items() if key == ("city", "phone")
    ]
    at = datetime.fromisoformat(one["due_at"]) + timedelta(milliseconds=after_ms)
    assert clocks.lateness(one, at, proxy=False)["late_s"] == late_s


def test_lateness_by_our_rule_and_by_law_are_told_apart() -> None:
    one = clocks.wanted(rules.DEFAULT, facts(), "first")["city", "phone"]
    late = clocks.lateness(one, T + timedelta(minutes=45), proxy=False)
    assert {each["code"]: each["late_s"] for each in late["each"]} == {
        "county_phone": 900, "accident_county": 0, "each_level": 0,
    }  # fmt: skip


@given(
    st.sampled_from([None, "I", "II", "III", "IV"]), st.sampled_from(["township", "county"]), st.booleans(), st.booleans(),
    st.dictionaries(st.sampled_from(["dead", "missing"]), st.integers(0, 40)),
    st.dictionaries(st.sampled_from(["dead", "missing"]), st.integers(0, 40)),
)  # fmt: skip
def test_following_twice_is_following_once_and_what_is_met_stays(
    level: str | None, reporter: str, gone: bool, over: bool, told: dict[str, int], now: dict[str, int]
) -> None:
    before = clocks.follow([], rules.DEFAULT, facts(reporter=reporter), {}, told)
    before[0]["state"] = "met"
    last = {before[0]["to"]: {"figures": told}}
    here = facts(level=level, reporter=reporter, gone=gone, over=over)
    once = clocks.follow(before, rules.DEFAULT, here, last, now)
    assert clocks.follow(once, rules.DEFAULT, here, last, now) == once
    assert once[0] == before[0]
    assert len({one["key"] for one in once}) == len(once)
    open_ = [(one["report"], one["to"], one["channel"]) for one in once if one["state"] in clocks.OPEN]
    assert len(set(open_)) == len(open_)
    if gone:
        assert open_ == []
    differs = bool(clocks.differing(told, now))
    assert differs or not [one for one in once if one["report"] != "first" and one["state"] in clocks.OPEN]


def test_a_cut_line_and_a_proxy_entry_are_not_counted_and_say_why(cast: County, move: Move) -> None:
    made = incident(cast, "town_duty")
    other = incident(cast, "town_duty", title="另一起")
    quiet = incident(cast, "other_duty", title="邻乡", village_code="140429101200")
    mine = owed(cast, made["id"], TOWN)
    cast.do("system", "reporting.line", {"id": mine["id"], "cut": True, "at": made["received_at"]})
    cast.do("system", "reporting.line", {"id": mine["id"], "cut": False, "at": clock.wire(clock.real())})
    move(minutes=40)
    told = phone(cast, made["id"], "town_duty")["sent"][0]["clocks"]
    assert [(one["key"], one["late_s"] > 0, one["excluded"]) for one in told] == [
        ("first:county:phone", True, "cut")
    ]
    proxy = phone(cast, other["id"], "town_duty", by_proxy={"person": "乡镇长", "channel": "phone"})["sent"][
        0
    ]
    assert (proxy["clocks"][0]["excluded"], proxy["by_proxy"]["person"]) == ("proxy", "乡镇长")
    late = cast.do("other_duty", "sitrep.phone", {"id": quiet["id"], "to": "county", "person": "县值班"})[
        "sent"
    ][0]["clocks"]
    assert (late[0]["late_s"] > 0, late[0]["excluded"]) == (True, None)


def test_lateness_never_changes_after_it_was_sent(cast: County, move: Move) -> None:
    made = incident(cast)
    move(minutes=50)
    told = phone(cast, made["id"])
    [late] = told["sent"][0]["clocks"]
    assert 1150 < late["late_s"] < 1300
    row = next(one for one in rules.DEFAULT if one["code"] == "county_phone")
    cast.do(
        "admin", "setting.set", {"name": "sitrep.rules", "centre": COUNTY, "value": [{**row, "minutes": 600}]}
    )
    move(hours=3)
    cast.do("county_duty", "incident.edit", {"id": made["id"], "title": "改名"}, version=made["version"])
    settle(cast)
    met = one_clock(cast, made["id"], "first:city:phone")["met"]
    assert (met["late_s"], met["sitrep_id"]) == (late["late_s"], told["id"])
    assert rows(cast, "sitrep")[0]["sent"][0]["clocks"] == [late]


def test_rule_12_a_casualty_change_on_day_9_starts_the_supplement(cast: County, move: Move) -> None:
    """Design rule 12: a closed incident is not locked; what changes within 30 days is reported (国务院令493号 art. 13)."""
    made = incident(cast, kind="roof")
    sent(cast, made["id"])
    for to in ("responding", "controlled", "response_ended"):
        cast.do("county_duty", "incident.transition", {"id": made["id"], "to": to, "reason": "按程序"})
    settle(cast)
    assert set(states(cast, made["id"]).values()) == {"met"}
    move(days=9)
    wish = {"id": made["id"], "dead": 3, "source": "县医院", "confirmed": True}
    cast.do("county_duty", "incident.casualties", wish)
    settle(cast)
    late = one_clock(cast, made["id"], "supplement:city:written:1")
    assert (late["state"], late["basis"]) == ("running", "changed")
    assert owed(cast, made["id"])["differs"] == {"city": {"dead": {"from": 2, "to": 3}}}
    told = sent(cast, made["id"])
    assert (told["kind"], told["changes"]) == ("supplement", {"dead": {"from": 2, "to": 3}})
    assert states(cast, made["id"])["supplement:city:written:1"] == "met"
    assert owed(cast, made["id"])["differs"] == {}
    settle(cast)
    assert next(one for one in rows(cast, "incident") if one["id"] == made["id"])["report_changed"] is None


def test_rule_12_a_road_death_past_seven_days_starts_nothing(cast: County, move: Move) -> None:
    """REFERENCE §0 rule 12: 7 days for road traffic; what lies beyond is kept and moves no clock."""
    made = incident(cast, kind="crash")
    phone(cast, made["id"])
    move(days=9)
    cast.do(
        "county_duty",
        "incident.casualties",
        {"id": made["id"], "dead": 3, "source": "县医院", "confirmed": True},
    )
    settle(cast)
    assert not [one for one in states(cast, made["id"]) if one.startswith(("followup", "supplement"))]


def test_a_dismissed_call_is_owed_to_nobody(cast: County) -> None:
    made = incident(cast)
    for to in ("verifying", "dismissed"):
        cast.do("county_duty", "incident.transition", {"id": made["id"], "to": to, "reason": "误报"})
    settle(cast)
    assert set(states(cast, made["id"]).values()) == {"dropped"}
    assert owed(cast, made["id"])["live"] is False


def test_what_need_not_be_reported_is_said_by_name_and_never_of_the_dead(cast: County) -> None:
    small = incident(cast, casualties=None)
    mine = owed(cast, small["id"])["id"]
    wish = {"id": mine, "key": "first:city:written", "reason": "小险情，已处置"}
    cast.do("county_duty", "reporting.waive", wish)
    assert states(cast, small["id"])["first:city:written"] == "waived"
    settle(cast)
    assert states(cast, small["id"])["first:city:written"] == "waived"
    grave = incident(cast)
    refused = cast.act("county_duty", "reporting.waive", {**wish, "id": owed(cast, grave["id"])["id"]})
    assert refused.status == 409
