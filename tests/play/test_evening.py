"""The rainy evening as a table: whole, in order, and made of nothing that the county does not know."""

from __future__ import annotations

from collections import Counter

import pytest

import wsgi  # noqa: F401  # puts the slices together
from command.core.actions import ACTIONS
from command.founding import demo as people
from command.incidents.kinds import KINDS
from command.places import register
from dispatch import demo as teams
from dispatch.play.evening import EVENING, LENGTH_MIN
from dispatch.play.roads import Drive
from dispatch.play.script import CAST, SOURCE

OPENED = [beat for beat in EVENING if beat.action == "incident.open"]


def test_it_lasts_25_minutes_at_the_usual_speed_and_begins_at_once() -> None:
    assert [beat.minute for beat in EVENING] == sorted(beat.minute for beat in EVENING)
    assert EVENING[-1].minute <= LENGTH_MIN
    assert len([beat for beat in OPENED if beat.minute <= 12]) >= 4, "the first minute shows a county at work"


def test_it_names_only_accounts_teams_villages_and_kinds_that_are_there() -> None:
    accounts = {row["username"] for row in people.accounts("140429")}
    accounts |= {f"{place.joined}_team1" for place in register.townships()}
    assert {beat.who for beat in EVENING} - accounts == set()
    names = {row["name"] for row in [*teams._county_rows("140429"), *teams._township_rows()]}
    assert {part.name for part in CAST.values()} - names == set()
    assert {beat.action for beat in EVENING} - ACTIONS.keys() == set()
    assert [beat.payload["kind"] for beat in OPENED if beat.payload["kind"] not in KINDS] == []
    assert [
        beat.payload["village_code"] for beat in OPENED if not register.village(beat.payload["village_code"])
    ] == []


def test_it_says_of_every_incident_that_it_is_a_demo() -> None:
    assert [beat.payload["title"] for beat in OPENED if not beat.payload["source"].startswith(SOURCE)] == []


def test_it_ends_every_incident_that_it_opens_and_brings_every_team_home() -> None:
    ended = {
        beat.payload["id"] for beat in EVENING if beat.payload.get("to") in ("response_ended", "dismissed")
    }
    merged = {beat.payload["id"] for beat in EVENING if beat.action == "incident.merge"}
    assert {f"@{beat.makes}" for beat in OPENED} - ended - merged == set()
    last: dict[str, str] = {}
    for beat in EVENING:
        if beat.action == "task.transition":
            last[str(beat.payload["id"])] = str(beat.payload["to"])
    assert {task for task, state in last.items() if state not in ("returned", "cancelled")} == set()


@pytest.mark.parametrize("what", ["refused", "recalled", "evacuated", "cancelled"])
def test_it_shows_what_goes_wrong_too(what: str) -> None:
    assert Counter(beat.payload.get("to") for beat in EVENING)[what] >= 1


def test_it_returns_to_work_after_an_evacuation_only_with_somebody_named() -> None:
    out: set[str] = set()
    for beat in EVENING:
        task, to = str(beat.payload.get("id")), beat.payload.get("to")
        if to == "evacuated":
            out.add(task)
        elif task in out and to == "working":
            assert beat.payload["released_by"]
            out.discard(task)
    assert out == set()


def test_it_drives_along_the_line_and_stays_at_the_goal() -> None:
    drive = Drive((112.0, 36.0), (112.2, 36.4), begun=100, until=300)
    assert drive.at(50) == (112.0, 36.0)
    assert drive.at(200) == pytest.approx((112.1, 36.2))
    assert drive.at(900) == pytest.approx((112.2, 36.4))
    assert drive.over(300)
    assert not drive.over(299)
