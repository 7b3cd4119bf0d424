"""What time and counts demand of a force: a reminder when nobody has given it work, an alarm of life when people of it are missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy.orm import Session

from command.core import due
from command.core.access import COUNTY, audience_of, centre_party
from command.core.actions import Tx, action
from command.core.settings import setting
from command.needs.contract import ForceOut
from command.needs.events import ForceWaiting
from command.needs.models import Force
from command.needs.queries import FORCES

LOOK = "force.look"
# Causes of its alarms: nobody gave it work, people of it did not come out.
WAITING, MISSING = "force_waiting:", "force_missing:"
Minutes = Annotated[int, Field(ge=1, le=1440)]
UNASSIGNED_MIN = setting(
    "force.unassigned_min", Minutes, 20,
    zh="社会力量报到后未编组提醒", en="Social force checked in and not assigned: remind after", unit="min",
)  # fmt: skip


def falls_due(session: Session, row: Force) -> datetime:
    """When somebody is reminded of it."""
    return row.arrived_at + timedelta(minutes=UNASSIGNED_MIN(session, row.centre))


def promise(session: Session, row: Force) -> None:
    """It is looked at once while it waits for work."""
    key = f"{LOOK}:{row.id}"
    if row.state == "checked_in" and row.reminded_at is None:
        due.promise(session, row.world, falls_due(session, row), LOOK, {"id": row.id}, key)
    else:
        due.call_off(session, row.world, key)


@action(LOOK, target="force", inner=True, output=ForceOut)
def look(tx: Tx, row: Force, wish: object) -> ForceOut:
    """Remind once of a force that checked in and waits for work."""
    if row.state == "checked_in" and row.reminded_at is None and falls_due(tx.session, row) <= tx.now:
        row.reminded_at = tx.now
        tx.touch(row)
        tx.say(ForceWaiting(record=tx.show(FORCES, row)))
        _raise(
            tx, row, WAITING, 3,
            {"zh": f"社会力量待编组・{row.organisation} {row.headcount} 人",
             "en": f"Social force waits for work: {row.organisation} ({row.headcount})"},
            {COUNTY if len(row.centre) == 6 else centre_party(row.centre)},
        )  # fmt: skip
    promise(tx.session, row)
    return tx.show(FORCES, row)


def missing(tx: Tx, row: Force) -> None:
    """People of a force are not accounted for: everybody who sees the force hears it."""
    title = {
        "zh": f"{row.missing} 人下落不明・{row.organisation}",
        "en": f"{row.missing} unaccounted for: {row.organisation}",
    }
    _raise(tx, row, MISSING, 1, title, set(audience_of(tx.session, "force", row.id)), life_risk=True)


def _raise(
    tx: Tx,
    row: Force,
    cause: str,
    rank: int,
    title: dict[str, str],
    heard: set[str],
    *,
    life_risk: bool = False,
) -> None:
    where = row.assigned["task_area"] if row.assigned else row.arrived_where
    tx.act(
        "alarm.raise",
        {
            "cause": cause + row.id, "rank": rank, "life_risk": life_risk, "title": title, "detail": {"zh": where, "en": where},
            "incident_id": row.incident_id if life_risk else None, "centre": row.centre, "parties": sorted(heard),
        },
        as_system=True,
    )  # fmt: skip


def clear(tx: Tx, row: Force, cause: str) -> None:
    """What the alarm was about has ended."""
    tx.act("alarm.clear", {"cause": cause + row.id}, as_system=True)


def settle(tx: Tx, row: Force) -> None:
    """After a step it waits no more."""
    if row.reminded_at is not None:
        clear(tx, row, WAITING)
    promise(tx.session, row)
