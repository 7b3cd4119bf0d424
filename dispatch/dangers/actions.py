"""A team enters a danger area, says that it knows, and is out again. One entry is told once, whoever saw it first."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import COUNTY, centre_party, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden
from command.core.events import on
from command.dangers.contract import DangerAreaLifted
from command.dangers.models import DangerArea
from command.dangers.queries import AREAS
from command.dangers.words import SORTS
from command.incidents.queries import parties
from dispatch.dangers.contract import (
    DangerEntered,
    DangerEntryOut,
    DangerLeft,
    DangerReceipted,
    Enter,
    Leave,
    Receipt,
)
from dispatch.dangers.models import DangerEntry
from dispatch.dangers.queries import ENTRIES, admission_of
from dispatch.tasks.queries import open_tasks
from dispatch.teams.models import Team

RECEIPT = permission(
    "danger.receipt", "receipt the warning of a danger area for one's own team", "回执本队危险区警告"
)


def cause_of(entry_id: str) -> str:
    """The name of an entry's alarm."""
    return f"danger:{entry_id}"


@action("danger_area.enter", wish=Enter, target="danger_area", inner=True, output=DangerEntryOut)
def enter(tx: Tx, area: DangerArea, wish: Enter) -> DangerEntryOut | None:
    """A team is inside: it is warned, and whoever commands it hears an alarm of life, once for each entry."""
    before = sa.select(DangerEntry).where(DangerEntry.area_id == area.id, DangerEntry.team_id == wish.team_id)
    last = tx.session.execute(before.order_by(DangerEntry.entered_at.desc()).limit(1)).scalar_one_or_none()
    if last is not None and (last.live or (last.left_at is not None and last.left_at >= wish.since)):
        return tx.show(ENTRIES, last)  # another process saw the same entry first
    team = tx.session.get(Team, wish.team_id)
    if not area.live or area.state != "in_force" or team is None:
        return None
    shown = tx.show(AREAS, area)
    admission = admission_of(tx.session, area.id, team.id)
    zh, en = shown.do()
    row = tx.add(
        DangerEntry(
            area_id=area.id, team_id=team.id, team_name=team.name, centre=team.centre, area_centre=area.centre,
            sort=area.sort, reason=area.reason, advice={"zh": zh, "en": en}, entered_at=wish.since,
            depth_m=wish.depth_m, receipt_at=None, receipt_by=None, left_at=None, why=None, live=True,
            admitted_by=admission.admitted_by if admission else None,
        )
    )  # fmt: skip
    told = tx.show(ENTRIES, row)
    tx.say(DangerEntered(record=told))
    if admission is None:
        raise_alarm(tx, told)
    return told


def raise_alarm(tx: Tx, entry: DangerEntryOut) -> None:
    """For all who command the team: the county, its centre, the area's centre, and those of the incidents it is out for."""
    tasks = open_tasks(tx.session, [entry.team_id])
    heard = {COUNTY, centre_party(entry.centre), centre_party(entry.area_centre)}
    for task in tasks:
        heard |= {party for party in parties(tx.session, task.incident_id) if not party.startswith("team:")}
    newest = tasks[-1] if tasks else None
    word = SORTS[entry.sort]
    more = (f"・{newest.incident_title}", f" · {newest.incident_title}") if newest else ("", "")
    tx.act(
        "alarm.raise",
        {
            "cause": cause_of(entry.id),
            "rank": 1,
            "life_risk": True,
            "title": {
                "zh": f"{entry.team_name} 进入{word.zh}",
                "en": f"{entry.team_name} is inside: {word.en.lower()}",
            },
            "detail": {"zh": f"{entry.reason}{more[0]}", "en": f"{entry.reason}{more[1]}"},
            "incident_id": newest.incident_id if newest else None,
            "task_id": newest.id if newest else None,
            "team_id": entry.team_id,
            "centre": entry.centre,
            "parties": sorted(heard),
        },
        as_system=True,
    )


@action("danger_entry.leave", wish=Leave, target="danger_entry", inner=True, output=DangerEntryOut)
def leave(tx: Tx, row: DangerEntry, wish: Leave) -> DangerEntryOut:
    """The team is out: its alarm is over."""
    if row.live:
        row.live, row.left_at, row.why = False, max(wish.at, row.entered_at), wish.why
        tx.touch(row)
        tx.say(DangerLeft(record=tx.show(ENTRIES, row)))
        tx.act("alarm.clear", {"cause": cause_of(row.id)}, as_system=True)
    return tx.show(ENTRIES, row)


def _urgent(payload: dict[str, Any]) -> bool:
    return True  # from the field, and of life: always taken


@action(
    "danger_entry.receipt",
    wish=Receipt,
    needs=RECEIPT,
    target="danger_entry",
    http="POST /danger_entries/{id}/receipt",
    output=DangerEntryOut,
    urgent=_urgent,
)
def receipt(tx: Tx, row: DangerEntry, wish: Receipt) -> DangerEntryOut:
    """The team itself says that it has read the warning; it may be read after it left, when its phone had no line."""
    if tx.actor.team_id != row.team_id:
        raise Forbidden("Only the team itself may do this", zh="只有本队可以这样做")
    if row.receipt_at is not None:
        raise Conflict(f"{row.receipt_by} receipted it", zh=f"{row.receipt_by} 已回执")
    row.receipt_at, row.receipt_by = min(wish.at or tx.at, tx.received_at), tx.actor.name
    tx.touch(row)
    shown = tx.show(ENTRIES, row)
    tx.say(DangerReceipted(record=shown))
    return shown


@on(DangerAreaLifted)
def area_lifted(tx: Tx, event: DangerAreaLifted) -> None:
    """Who stands in an area that is lifted is in danger no more."""
    inside = sa.select(DangerEntry.id).where(DangerEntry.area_id == event.record.id, DangerEntry.live)
    for entry in tx.session.execute(inside.order_by(DangerEntry.id)).scalars().all():
        tx.act("danger_entry.leave", {"id": entry, "at": tx.at, "why": "lifted"}, as_system=True)
