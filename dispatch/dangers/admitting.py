"""Teams that are sent into a danger area by name: their being there is recorded, and is no alarm until the admission ends."""

from __future__ import annotations

import sqlalchemy as sa

from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, NotFound
from command.core.events import on
from command.dangers.contract import DangerAreaLifted
from command.dangers.models import DangerArea
from dispatch.dangers.actions import cause_of, raise_alarm
from dispatch.dangers.contract import (
    Admit,
    DangerAdmissionEnded,
    DangerAdmissionEvent,
    DangerAdmissionGiven,
    DangerAdmissionOut,
    DangerEntryAdmitted,
)
from dispatch.dangers.models import DangerAdmission, DangerEntry
from dispatch.dangers.queries import ADMISSIONS, ENTRIES, admission_of
from dispatch.teams.queries import TEAMS

WRITE = "danger.write"


@action(
    "danger_area.admit",
    wish=Admit,
    needs=WRITE,
    target="danger_area",
    http="POST /danger_areas/{id}/admissions",
    status=201,
    output=DangerAdmissionOut,
)
def admit(tx: Tx, area: DangerArea, wish: Admit) -> DangerAdmissionOut:
    """Send a team into a danger area by name: its entering is recorded and raises no alarm, and one that it raised ends."""
    _may(tx, area.centre)
    if not area.live:
        raise Conflict(f"{area.lifted_by} lifted it already", zh=f"{area.lifted_by} 已解除")
    try:
        team = tx.find(TEAMS, wish.team_id)
    except NotFound:
        raise Invalid("team_id: there is no such team", zh="没有这支队伍") from None
    before = admission_of(tx.session, area.id, team.id)
    if before is not None:
        raise Conflict(f"{before.admitted_by} admitted it already", zh=f"{before.admitted_by} 已准入")
    row = tx.add(
        DangerAdmission(
            area_id=area.id, team_id=team.id, team_name=team.name, centre=team.centre, area_centre=area.centre, sort=area.sort,
            reason=wish.reason, admitted_by=tx.actor.name, admitted_at=tx.at, ended_by=None, ended_at=None, live=True,
        )
    )  # fmt: skip
    shown = _say(tx, row, DangerAdmissionGiven)
    _settle(tx, row, row.admitted_by)
    return shown


@action(
    "danger_admission.end",
    needs=WRITE,
    target="danger_admission",
    http="POST /danger_admissions/{id}/end",
    output=DangerAdmissionOut,
)
def end(tx: Tx, row: DangerAdmission, wish: object) -> DangerAdmissionOut:
    """A team is to be there no more: if it is still inside, its commanders hear the alarm, and it is warned."""
    _may(tx, row.area_centre)
    if not row.live:
        raise Conflict(f"{row.ended_by} ended it already", zh=f"{row.ended_by} 已取消")
    shown = _over(tx, row)
    _settle(tx, row, None)
    return shown


def _may(tx: Tx, area_centre: str) -> None:
    if not (tx.actor.covers(area_centre) or tx.actor.centre == area_centre):
        raise Forbidden(
            "Another centre declared it: ask it, or the county", zh="由其他单位划定：请其处理或报县里"
        )


def _over(tx: Tx, row: DangerAdmission) -> DangerAdmissionOut:
    row.live, row.ended_by, row.ended_at = False, tx.actor.name, tx.at
    tx.touch(row)
    return _say(tx, row, DangerAdmissionEnded)


def _settle(tx: Tx, row: DangerAdmission, admitted_by: str | None) -> None:
    """What its being inside now means: with an admission no alarm, without one an alarm, and it has to say again that it knows."""
    inside = sa.select(DangerEntry).where(
        DangerEntry.area_id == row.area_id, DangerEntry.team_id == row.team_id, DangerEntry.live
    )
    entry = tx.session.execute(inside.order_by(DangerEntry.id).limit(1)).scalar_one_or_none()
    if entry is None:
        return
    entry.admitted_by = admitted_by
    if admitted_by is None:
        entry.receipt_at = entry.receipt_by = None
    tx.touch(entry)
    told = tx.show(ENTRIES, entry)
    tx.say(DangerEntryAdmitted(record=told))
    if admitted_by is None:
        raise_alarm(tx, told)
    else:
        tx.act("alarm.clear", {"cause": cause_of(entry.id)}, as_system=True)


@on(DangerAreaLifted)
def area_lifted(tx: Tx, event: DangerAreaLifted) -> None:
    """Where nothing is dangerous any more nobody is admitted."""
    left = sa.select(DangerAdmission).where(DangerAdmission.area_id == event.record.id, DangerAdmission.live)
    for row in tx.session.execute(left.order_by(DangerAdmission.id)).scalars().all():
        _over(tx, row)


def _say(tx: Tx, row: DangerAdmission, event: type[DangerAdmissionEvent]) -> DangerAdmissionOut:
    shown = tx.show(ADMISSIONS, row)
    tx.say(event(record=shown))
    return shown
