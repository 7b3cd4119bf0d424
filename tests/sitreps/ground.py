"""What tests of reports begin with: an incident whose clocks run, a clock that can be set, a report on its way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from command.core import clock, jobs
from tests.county import COUNTY, County
from tests.sitreps.reading import rows

Move = Callable[..., None]
CITY = {"to": "city", "person": "市值班员李", "channel": "network"}


def later(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Let the clock stand so much later than it does."""
    real = clock.real

    def move(**by: float) -> None:
        monkeypatch.setattr(clock, "real", lambda: real() + timedelta(**by))

    return move


def settle(cast: County) -> None:
    """Do what time has promised, until nothing is left that is due now."""
    while jobs.run_due(cast.node):
        pass


def incident(cast: County, who: str = "county_duty", **body: Any) -> dict[str, Any]:
    """An incident of the township with two dead, and its clocks."""
    made = cast.open(who, **{"casualties": {"dead": 2}, "source": "县医院", **body})
    settle(cast)
    return made


def owed(cast: County, thing: str, centre: str = COUNTY) -> dict[str, Any]:
    """What a centre owes of an incident: the record as the county reads it."""
    [found] = [
        one for one in rows(cast, "reporting") if (one["incident_id"], one["centre"]) == (thing, centre)
    ]
    return found


def states(cast: County, thing: str, centre: str = COUNTY) -> dict[str, str]:
    """The clocks of a centre: key → state."""
    return {one["key"]: one["state"] for one in owed(cast, thing, centre)["clocks"]}


def one_clock(cast: County, thing: str, key: str, centre: str = COUNTY) -> dict[str, Any]:
    """One clock of a centre."""
    [found] = [one for one in owed(cast, thing, centre)["clocks"] if one["key"] == key]
    return found


def phone(cast: County, thing: str, who: str = "county_duty", **body: Any) -> dict[str, Any]:
    """A report by telephone."""
    to = "county" if who.startswith("town") else "city"
    return cast.do(who, "sitrep.phone", {"id": thing, "to": to, "person": "李值班", **body})


def draft(cast: County, thing: str, who: str = "county_duty", **body: Any) -> dict[str, Any]:
    """A draft of a report."""
    return cast.do(who, "sitrep.draft", {"incident_id": thing, **body})


def signed(
    cast: County, thing: str, who: str = "county_duty", leader: str = "county_leader", **body: Any
) -> dict[str, Any]:
    """A report that was reviewed and signed."""
    made = draft(cast, thing, who, **body)
    cast.do(who, "sitrep.transition", {"id": made["id"], "to": "reviewing"})
    cast.do(leader, "sitrep.approve", {"id": made["id"]})
    wish = {"id": made["id"], "to": "signed", "name": "王建国", "post": "副县长"}
    return cast.do(leader, "sitrep.transition", wish)


def sent(cast: County, thing: str, **body: Any) -> dict[str, Any]:
    """A written report that the city has."""
    made = signed(cast, thing, **body)
    return cast.do("county_duty", "sitrep.send", {"id": made["id"], **CITY})


def minutes(cast: County, at: str, by: float) -> str:
    """So many minutes after a time, on the wire."""
    return clock.wire(datetime.fromisoformat(at) + timedelta(minutes=by))
