"""Personal data is found by the response in which it was gathered, wherever a slice keeps it, and goes with it alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

from command.core import personal
from tests.county import DRILL, County

CALLER = {"name": "欧阳甲", "phone": "13987650001"}
OTHER = {"name": "司马乙", "phone": "13987650002"}
NOTE = {
    "sort": "call_in",
    "who": "村民来电",
    "text": "问路",
    "person": {"name": "诸葛丙", "phone": "13987650003"},
}


def census(cast: County, world: int = 0) -> dict[Any, Counter[str]]:
    return dict(cast.node.database.read(personal.census, world=world))


def test_it_counts_what_each_slice_keeps_by_the_incident_and_not_another_worlds(cast: County) -> None:
    thing = cast.open(caller=CALLER)["id"]
    cast.do("town_duty", "incident.report", {"id": thing, "text": "水到房檐", "caller": OTHER})
    cast.do("town_duty", "duty_note.write", {**NOTE, "incident_id": thing})
    other = cast.open(caller=CALLER)["id"]
    drilled = cast.open(caller=CALLER, world=DRILL)["id"]
    found = census(cast)
    assert found["incident", thing] == {"incident.caller": 2, "incident.key": 1, "duty_note.person": 1}
    assert found["incident", other] == {"incident.caller": 1, "incident.key": 1}
    assert ("incident", drilled) not in found
    assert census(cast, DRILL)["incident", drilled] == {"incident.caller": 1, "incident.key": 1}


def test_what_hangs_on_a_merged_incident_goes_with_the_one_in_which_it_goes_on(cast: County) -> None:
    into, merged = cast.open()["id"], cast.open(caller=CALLER)["id"]
    cast.do("county_duty", "incident.merge", {"id": merged, "into": into})
    assert census(cast)["incident", into]["incident.caller"] == 1
    assert ("incident", merged) not in census(cast)


def test_it_erases_one_things_rows_and_no_others(cast: County) -> None:
    thing, other = cast.open(caller=CALLER)["id"], cast.open(caller=OTHER)["id"]
    cast.do("town_duty", "duty_note.write", {**NOTE, "incident_id": thing})
    cast.do("town_duty", "duty_note.write", {**NOTE, "incident_id": other})
    before = census(cast)["incident", other]
    gone = cast.node.database.write(lambda session: personal.erase(session, ("incident", thing)), world=0)
    assert gone == {"incident.caller": 1, "incident.key": 1, "duty_note.person": 1}
    found = census(cast)
    assert ("incident", thing) not in found
    assert found["incident", other] == before


def test_a_line_of_the_log_without_an_incident_is_a_thing_of_its_own(cast: County) -> None:
    note = cast.do("town_duty", "duty_note.write", NOTE)["id"]
    assert census(cast)["duty_note", note] == {"duty_note.person": 1}
    ended = cast.node.database.read(
        lambda session: personal.SUBJECTS["duty_note"].ended(session, [note]), world=0
    )
    assert list(ended) == [note]
