"""The reports that the play owes: a draft that stood half done is brought out; what stays in somebody's hands is said in the log."""

from __future__ import annotations

import pytest

from dispatch.play import reports
from dispatch.play.hands import Inside
from tests.county import County
from tests.sitreps.reading import rows
from tests.tracks import ground


def half_done(cast: County) -> tuple[str, str]:
    """An incident whose written report to the city was begun, and left."""
    incident = ground.roof_fall(cast)
    cast.do("county_duty", "incident.grade", {"id": incident, "level": "III"})
    body = {"incident_id": incident, "sections": {"place": f"{ground.VICTIM}家附近"}}
    return incident, str(cast.do("county_duty", "sitrep.draft", body)["id"])


def state(cast: County, paper: str) -> str:
    """How a report stands."""
    return str(next(one["state"] for one in rows(cast, "sitrep") if one["id"] == paper))


def test_a_draft_that_somebody_left_is_brought_out(cast: County) -> None:
    incident, paper = half_done(cast)
    reports.give(Inside(cast.node), incident)
    assert state(cast, paper) == "submitted"


def test_what_cannot_be_brought_out_is_said_with_its_reason(
    cast: County, caplog: pytest.LogCaptureFixture
) -> None:
    incident, paper = half_done(cast)
    ground.family(cast, incident)
    reports.give(Inside(cast.node), incident)
    assert state(cast, paper) == "draft"
    said = [one.getMessage() for one in caplog.records if one.name == "dispatch.play.reports"]
    assert any(incident in one and "stays in hand" in one and "姓名" in one for one in said)
