"""A gap on the rota is said in time: so long before the last manned shift ends, its centre and the county hear of it, calmly."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock
from command.core.actions import Tx, action
from command.core.settings import setting
from command.duty.contract import OfCentre, parties_of
from command.duty.queries import covered_until, shifts_of
from command.duty.shifts import name_of

GAP = "duty.gap:"
LEAD = setting(
    "duty.gap_lead_h", Annotated[int, Field(ge=1, le=168)], 12,
    zh="值班表空档提前多久提醒", en="A gap on the rota is said before it by", unit="h",
)  # fmt: skip  # product proposal: whoever is asked at breakfast can still find somebody for the night


def gap_of(session: Session, centre: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """(the gap that must be said now, the time to look again); neither where no rota is kept: then it is not in use."""
    shifts = shifts_of(session, centre)
    lead = timedelta(hours=LEAD(session, centre))
    end = covered_until(shifts, now)
    if end is None and any(one.state == "on" for one in shifts):  # it answers on, and nobody is on the rota
        return now, None
    if end is None:  # the first shift begins by itself, and is looked at then
        return None, min((one.begins_at for one in shifts if one.begins_at > now), default=None)
    return (end, None) if end - now <= lead else (None, end - lead)


def promise_gap(tx: Tx, centre: str) -> None:
    """Say a gap that is near, or promise to look again before the one that is farther off."""
    since, at = gap_of(tx.session, centre, tx.now)
    tx.call_off(GAP + centre)
    if since is not None:
        _say(tx, centre, since)
        return
    tx.act("alarm.clear", {"cause": GAP + centre}, as_system=True)
    if at is not None:
        tx.due(at, "duty.gap", {"centre": centre}, key=GAP + centre)


@action("duty.gap", wish=OfCentre, inner=True, output=None)
def look(tx: Tx, wish: OfCentre) -> None:
    """Its time has come: is there a gap?"""
    promise_gap(tx, wish.centre)


def _say(tx: Tx, centre: str, since: datetime) -> None:
    zh, en = name_of(tx, centre)
    at = clock.stamp(since)[5:16]
    tx.act(
        "alarm.raise",
        {
            "cause": GAP + centre,
            "rank": 3,
            "title": {"zh": f"{zh}值班有空档", "en": f"{en}: a gap on the rota"},
            "detail": {"zh": f"{at} 起未排人，请补排", "en": f"nobody from {at}: put somebody on the rota"},
            "centre": centre,
            "parties": sorted(parties_of(centre)),
        },
        as_system=True,
    )
