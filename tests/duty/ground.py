"""Shifts on a clock that tests move: everything is counted from the same hour."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from command.core import clock
from tests.county import TOWN, County

START = clock.real()
OFFICER = {"role": "officer", "name": "赵值班", "number": "6101"}
LEADER = {"role": "leader", "name": "钱带班", "deputy": "孙副"}


def hour(n: float) -> str:
    """So many hours from the start, as the wire has it."""
    return clock.wire(START + timedelta(hours=n))


def now() -> float:
    """The hours since the start: these tests may come late in a long run."""
    return (clock.real() - START) / timedelta(hours=1)


@contextmanager
def at(n: float) -> Iterator[None]:
    """So many hours from the start."""
    with patch.object(clock, "real", return_value=START + timedelta(hours=n)):
        yield


def plan(cast: County, begins: float, ends: float, who: str = "town_duty", **body: Any) -> dict[str, Any]:
    """A shift on somebody's own rota."""
    wish = {"begins_at": hour(begins), "ends_at": hour(ends), "people": [LEADER, OFFICER], **body}
    return cast.do(who, "duty.plan", wish)


def turn(cast: County, centre: str = TOWN) -> None:
    """What the clock does with a centre's rota now."""
    cast.act("system", "duty.turn", {"centre": centre})


def two_shifts(cast: County, who: str = "town_duty", centre: str = TOWN) -> tuple[str, str]:
    """One that answers, and one that takes over in ten minutes of the real clock, with the handover between them."""
    with at(-5):
        old = plan(cast, -6, 1 / 6, who)["id"]
        new = plan(cast, 1 / 6, 40, who, people=[{"role": "officer", "name": "李接班"}])["id"]
    turn(cast, centre)
    return old, new


def no_night(cast: County) -> None:
    """Roll-calls at any hour, whatever the hour is at which tests run."""
    for name in ("duty.night_from", "duty.night_to"):
        cast.do("system", "setting.set", {"name": name, "centre": "140429", "value": 0})


def weeks() -> dict[str, str]:
    """The week in which a shift of ten hours from the start begins, and the next."""
    day = (START + timedelta(hours=10)).astimezone(clock.LOCAL).date()
    monday = day - timedelta(days=day.weekday())
    return {"week": monday.isoformat(), "to": (monday + timedelta(days=7)).isoformat()}
