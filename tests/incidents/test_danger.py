"""Who is missing or trapped is in danger: an incident is shown among the gravest as soon as somebody says so, and the timeline says why."""

from __future__ import annotations

from typing import Any

from command.core import canonical
from tests.county import County


def stands(cast: County, incident: str) -> str:
    """Its danger to life as the last entry about it told."""
    told = [canonical.load(one.record) for one in cast.entries() if one.kind == "incident"]
    return str(next(one["life_risk"] for one in reversed(told) if one["id"] == incident))


def say(cast: County, incident: str, who: str = "town_duty", **body: Any) -> str:
    """Figures; the danger to life after them."""
    cast.do(who, "incident.casualties", {"id": incident, **body})
    return stands(cast, incident)


def test_a_call_that_names_missing_or_trapped_people_opens_with_their_lives_at_risk(cast: County) -> None:
    assert cast.open(casualties={"missing": 2})["life_risk"] == "people"
    assert cast.open(casualties={"trapped": 1, "dead": 1})["life_risk"] == "people"
    assert cast.open(casualties={"dead": 1, "missing": 0})["life_risk"] == "none"
    assert cast.open()["life_risk"] == "none"
    assert cast.open(casualties={"missing": 1}, life_risk="possible")["life_risk"] == "possible", (
        "a person's word"
    )


def test_a_figure_raises_it_and_never_lowers_it(cast: County) -> None:
    incident = str(cast.open()["id"])
    assert say(cast, incident, serious=3) == "none"
    assert say(cast, incident, missing=1) == "people"
    entry = next(one for one in reversed(cast.entries()) if one.type == "incident.casualties")
    assert "列为有人员失联、被困或生命危险" in entry.text.decode()
    assert say(cast, incident, missing=0) == "people"
    version = cast.do("town_duty", "incident.casualties", {"id": incident, "light": 1})["version"]
    cast.do("town_duty", "incident.edit", {"id": incident, "life_risk": "none"}, version=version)
    assert say(cast, incident, light=2) == "none", "a person took it back, and nobody is missing anew"
    assert say(cast, incident, trapped=1) == "people"


def test_a_figure_that_only_stands_beside_makes_it_possible(cast: County) -> None:
    incident = str(cast.open()["id"])
    assert say(cast, incident, missing=0, source="县消防") == "none"
    assert say(cast, incident, missing=2, source="村民") == "possible"
    assert say(cast, incident, missing=0, source="县消防") == "possible"


def test_a_figure_that_is_chosen_or_corrected_raises_it_too(cast: County) -> None:
    incident = str(cast.open()["id"])
    say(cast, incident, missing=0, source="县消防")
    assert say(cast, incident, missing=2, source="村民") == "possible"
    told = [canonical.load(one.record) for one in cast.entries() if one.type == "figure.stated"]
    cast.do("town_duty", "incident.choose_figure", {"id": incident, "figure_id": told[-1]["id"]})
    assert stands(cast, incident) == "people"
    other = cast.open()
    body = {"id": other["id"], "casualties": {"trapped": 1}}
    assert cast.do("town_duty", "incident.edit", body, version=other["version"])["life_risk"] == "people"
    third = cast.open()
    body = {"id": third["id"], "casualties": {"trapped": 1}, "life_risk": "possible"}
    assert cast.do("town_duty", "incident.edit", body, version=third["version"])["life_risk"] == "possible"


def test_a_report_from_the_field_raises_it_too(cast: County) -> None:
    incident = str(cast.open()["id"])
    cast.do(
        "town_duty", "incident.report", {"id": incident, "text": "一人被困屋顶", "casualties": {"trapped": 1}}
    )
    assert stands(cast, incident) == "people"
