"""Late changes of casualty figures: until when they count, what they ask for, and what becomes of those that come too late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import canonical, clock, due, jobs
from command.core.errors import Invalid
from tests.county import COUNTY, OTHER, TOWN, County

AFTER = ("responding", "controlled", "response_ended")
TO_THE_END = (*AFTER, "review", "archived")
Move = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Let the clock stand so much later than it does."""
    real = clock.real

    def move(by: timedelta) -> None:
        monkeypatch.setattr(clock, "real", lambda: real() + by)

    return move


def ended(cast: County, *states: str, **body: Any) -> str:
    """An incident of the township that went through these states; one is dead by the first report."""
    thing: str = cast.open(casualties={"dead": 1}, source="县医院", **body)["id"]
    for to in states:
        cast.do("town_duty", "incident.transition", {"id": thing, "to": to, "reason": "按程序"})
    return thing


def dead(cast: County, thing: str, value: int, **body: Any) -> dict[str, Any]:
    """The hospital states how many are dead."""
    wish = {"id": thing, "dead": value, "source": "县医院", "confirmed": True, **body}
    return cast.do("town_duty", "incident.casualties", wish)


def line(cast: County, thing: str, kind: str) -> dict[str, str]:
    """The last line of a kind on the incident's timeline, in both languages."""
    row = next(
        row
        for row in reversed(cast.entries())
        if row.type == kind and canonical.load(row.record)["id"] == thing
    )
    said: dict[str, str] = canonical.load(row.text)
    return said


def alarms(cast: County, thing: str) -> list[dict[str, Any]]:
    """The last word of the alarm of a report that is due."""
    told = [canonical.load(row.record) for row in cast.entries() if row.kind == "alarm"]
    return [one for one in told if one["cause"] == f"supplement:{thing}"][-1:]


@pytest.mark.parametrize(
    ("kind_of", "days", "source"),
    [("roof", 30, "国务院令493号第十三条"), ("crash", 7, "国务院令493号第十三条"), ("vehicle_fire", 7, "国务院令493号第十三条"),
     ("mine_fire", 30, "国务院令493号第十三条"), ("forest_fire", 30, "参照国务院令493号第十三条")],
)  # fmt: skip
def test_it_runs_from_the_occurrence_to_the_end_of_its_last_day(
    cast: County, kind_of: str, days: int, source: str
) -> None:
    """23:30 in the county is still that day; the day of the occurrence is not counted."""
    occurred = (
        (clock.real() - timedelta(days=2))
        .astimezone(UTC)
        .replace(hour=15, minute=30, second=0, microsecond=0)
    )
    window = cast.open(kind=kind_of, occurred_at=clock.wire(occurred))["late_window"]
    assert (window["days"], window["source"]["zh"], window["ended"]) == (days, source, False)
    until = datetime.fromisoformat(window["until"])
    assert until == occurred.replace(hour=16, minute=0) + timedelta(days=days)


def test_it_asks_for_a_supplementary_report_when_a_figure_changes_after_the_end(
    cast: County, later: Move
) -> None:
    thing = ended(cast, *TO_THE_END, kind="roof")
    later(timedelta(days=20))
    changed = dead(cast, thing, 3)
    assert (changed["state"], changed["casualties"]["dead"]) == ("archived", 3)
    assert changed["level_suggested"]["confirmed"] == "III"
    assert changed["report_changed"]["due"] == "supplement"
    assert changed["report_changed"]["changes"] == {"dead": {"from": 1, "to": 3}}
    assert line(cast, thing, "incident.casualties")["zh"] == "县医院：死亡 3（须补报）"
    [alarm] = alarms(cast, thing)
    assert (alarm["rank"], alarm["live"], alarm["audience"]) == (2, True, [f"centre:{TOWN}", "county"])
    assert alarm["detail"]["zh"] == "死亡 1 → 3"


def test_it_keeps_counting_from_what_was_reported_last(cast: County, later: Move) -> None:
    thing = ended(cast, *AFTER, kind="roof")
    later(timedelta(days=2))
    dead(cast, thing, 2)
    assert dead(cast, thing, 4)["report_changed"]["changes"] == {"dead": {"from": 1, "to": 4}}
    assert dead(cast, thing, 1)["report_changed"] is None
    assert alarms(cast, thing)[0]["live"] is False


def test_it_is_over_when_the_report_was_given(cast: County, later: Move) -> None:
    thing = ended(cast, *AFTER, kind="roof")
    later(timedelta(days=2))
    dead(cast, thing, 2)
    told = cast.do("town_duty", "incident.report_change", {"id": thing, "to": "市应急局", "channel": "电话"})
    assert told["report_changed"] is None
    assert line(cast, thing, "incident.reported")["zh"] == "已补报：市应急局，电话"
    assert alarms(cast, thing)[0]["live"] is False
    again = cast.act("town_duty", "incident.report_change", {"id": thing, "to": "市应急局"})
    assert again.status == 409


def test_it_asks_for_a_follow_up_without_an_alarm_while_it_goes_on(cast: County) -> None:
    thing = ended(cast, "responding", kind="roof")
    changed = dead(cast, thing, 2)
    assert changed["report_changed"]["due"] == "followup"
    assert alarms(cast, thing) == []
    for to in ("controlled", "response_ended"):
        moved = cast.do("town_duty", "incident.transition", {"id": thing, "to": to, "reason": "按程序"})
    assert moved["report_changed"]["due"] == "supplement"


def test_it_has_nothing_to_report_of_what_the_first_report_said(cast: County) -> None:
    assert cast.open(casualties={"missing": 2})["report_changed"] is None


def test_it_keeps_a_figure_from_beyond_the_window_and_counts_it_nowhere(cast: County, later: Move) -> None:
    thing = ended(cast, *TO_THE_END, kind="crash")
    later(timedelta(days=9))
    after = dead(cast, thing, 30)
    assert (after["casualties"]["dead"], after["report_changed"]) == (1, None)
    assert after["level_suggested"]["possible"] == "IV"
    assert line(cast, thing, "incident.casualties") == {
        "zh": "县医院：死亡 30（超出统计时限）",
        "en": "县医院: Dead 30 (beyond the time for counting)",
    }
    assert alarms(cast, thing) == []
    figure = next(canonical.load(row.record) for row in reversed(cast.entries()) if row.kind == "figure")
    assert (figure["value"], figure["beyond"], figure["chosen"]) == (30, True, False)
    refused = cast.act("town_duty", "incident.choose_figure", {"id": thing, "figure_id": figure["id"]})
    assert refused.status == 409


def test_it_counts_what_was_so_within_the_window_though_it_is_told_after_it(
    cast: County, later: Move
) -> None:
    thing = ended(cast, *AFTER, kind="crash")
    as_of = clock.wire(clock.real() + timedelta(days=3))
    later(timedelta(days=9))
    told = dead(cast, thing, 3, as_of=as_of)
    assert (told["casualties"]["dead"], told["report_changed"]["due"]) == (3, "supplement")


def test_it_says_once_when_the_window_ends(cast: County, later: Move) -> None:
    thing = ended(cast, *AFTER, kind="crash")
    jobs.run_due(cast.node)
    later(timedelta(days=9))
    assert jobs.run_due(cast.node) >= 1
    assert (
        line(cast, thing, "incident.late_window")["zh"] == "伤亡变化补报期届满（7 日，国务院令493号第十三条）"
    )
    jobs.run_due(cast.node)  # what follows from it, and nothing again
    said = [row for row in cast.entries() if row.type == "incident.late_window"]
    assert [canonical.load(row.record)["late_window"]["ended"] for row in said] == [True]


def test_it_moves_the_window_and_the_figures_with_a_corrected_occurrence(cast: County, later: Move) -> None:
    thing = ended(cast, kind="crash")
    dead(cast, thing, 3)
    long_ago = clock.wire(clock.real() - timedelta(days=20))
    cast.do("town_duty", "incident.edit", {"id": thing, "occurred_at": long_ago}, version=2)
    edited = canonical.load(next(row for row in reversed(cast.entries()) if row.kind == "incident").record)
    assert (edited["late_window"]["ended"], edited["casualties"]["dead"]) == (True, None)
    back = cast.do("town_duty", "incident.edit", {"id": thing, "kind": "roof"}, version=3)
    assert (back["late_window"]["ended"], back["late_window"]["days"], back["casualties"]["dead"]) == (
        False,
        30,
        3,
    )
    assert promised(cast, thing) == datetime.fromisoformat(back["late_window"]["until"])


def promised(cast: County, thing: str) -> datetime | None:
    """When the end of an incident's window will be said."""
    query = sa.select(due.Due.at).where(due.Due.key == f"incident.late:{thing}")
    found: datetime | None = cast.node.database.read(
        lambda s: s.execute(query).scalar_one_or_none(), world=None
    )
    return found


def test_it_follows_the_countys_own_rule(cast: County) -> None:
    cast.do("admin", "setting.set", {"name": "incident.late_days.default", "centre": COUNTY, "value": 10})
    window = cast.open(kind="roof")["late_window"]
    assert (window["days"], window["source"]["zh"]) == (10, "本县规定")


def test_it_takes_no_later_word_on_an_incident_that_goes_on_as_another(cast: County) -> None:
    into, gone = cast.open()["id"], cast.open()["id"]
    cast.do("town_duty", "incident.merge", {"id": gone, "into": into})
    for name, body in (("casualties", {"dead": 1}), ("report", {"text": "水"})):
        refused = cast.act("town_duty", f"incident.{name}", {"id": gone, **body})
        assert refused.status == 409
        assert canonical.load(refused.body)["into"] == into
    assert promised(cast, gone) is None
    cast.do("town_duty", "incident.unmerge", {"id": gone})
    assert promised(cast, gone) is not None


def test_an_older_word_does_not_take_the_place_of_a_newer_one_of_the_same_source(cast: County) -> None:
    thing = cast.open(kind="roof")["id"]
    dead(cast, thing, 3)
    before = dead(cast, thing, 1, as_of=clock.wire(clock.real() - timedelta(hours=2)))
    assert (before["casualties"]["dead"], before["figures"]["dead"]["others"]) == (3, [])


def test_two_who_name_no_source_stand_beside_each_other(cast: County) -> None:
    thing = cast.open()["id"]
    cast.do("town_duty", "incident.casualties", {"id": thing, "missing": 2})
    both = cast.do("county_duty", "incident.casualties", {"id": thing, "missing": 5})
    assert (both["casualties"]["missing"], both["figures"]["missing"]["others"]) == (2, [5])


def test_the_size_is_set_by_its_own_centre_alone(cast: County) -> None:
    thing = cast.open(kind="roof")["id"]
    cast.do("town_duty", "incident.share", {"id": thing, "centre": OTHER})
    assert cast.act("other_duty", "incident.casualties", {"id": thing, "loss_wan": 900}).status == 403
    told = cast.do("town_duty", "incident.casualties", {"id": thing, "loss_wan": 1000})
    assert (told["loss_wan"], told["level_suggested"]["confirmed"]) == (1000, "III")
    assert line(cast, thing, "incident.casualties")["zh"] == "直接经济损失（万元） 1000"


def test_a_correction_lowers_a_level_only_with_a_reason_and_a_kind_without_levels_has_none(
    cast: County,
) -> None:
    thing = cast.open(kind="roof", level="II", extra={"underground": 20})["id"]
    with pytest.raises(Invalid):
        cast.do("town_duty", "incident.edit", {"id": thing, "level": "III"}, version=1)
    lower = {"id": thing, "level": "III", "reason": "核减"}
    assert cast.do("town_duty", "incident.edit", lower, version=1)["level"] == "III"
    assert line(cast, thing, "incident.edited") == {
        "zh": "更正：级别（核减）",
        "en": "Corrected: level (核减)",
    }
    social = cast.do("town_duty", "incident.edit", {"id": thing, "kind": "group_petition"}, version=2)
    assert (social["level"], social["extra"]) == (None, {})


def test_nothing_is_written_for_a_correction_that_corrects_nothing(cast: County) -> None:
    thing = cast.open()["id"]
    before = cast.end()
    assert cast.do("town_duty", "incident.edit", {"id": thing}, version=1)["version"] == 1
    assert cast.end() == before
