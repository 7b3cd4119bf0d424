"""Reading entries into danger areas: the team's own, and those of the centres that they concern."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import COUNTY, Actor
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.dangers.queries import READ
from dispatch.dangers.contract import DangerAdmissionOut, DangerEntryOut
from dispatch.dangers.models import DangerAdmission, DangerEntry


def _show(session: Session, rows: Sequence[DangerEntry]) -> list[DangerEntryOut]:
    return [public(DangerEntryOut, row) for row in rows]


def _show_admissions(session: Session, rows: Sequence[DangerAdmission]) -> list[DangerAdmissionOut]:
    return [public(DangerAdmissionOut, row) for row in rows]


Table = type[DangerEntry] | type[DangerAdmission]


def _of(table: Table, party: str) -> Criterion | None:
    kind, _, name = party.partition(":")
    if party == COUNTY:
        return sa.true()
    if kind == "centre":
        return sa.or_(table.centre == name, table.area_centre == name)
    return table.team_id == name if kind == "team" else None


def _visible(table: Table, actor: Actor) -> Criterion:
    if actor.system:
        return sa.true()
    mine = [one for party in sorted(actor.parties) if (one := _of(table, party)) is not None]
    return sa.or_(*mine) if mine and actor.may(READ) else NOBODY


def _in_topic(table: Table, topic: str) -> Criterion | None:
    here = _of(table, topic)
    return None if here is None else sa.and_(table.live, here)


ENTRIES = record(
    RecordType(
        "danger_entry",
        DangerEntry,
        DangerEntryOut,
        _show,
        visible=partial(_visible, DangerEntry),
        in_topic=partial(_in_topic, DangerEntry),
        path="danger_entries",
        needs=READ,
        order=(DangerEntry.id,),
        filters={
            "team_id": lambda v: DangerEntry.team_id == v,
            "area_id": lambda v: DangerEntry.area_id == v,
            "live": lambda v: DangerEntry.live == (v in ("true", "1")),
        },
    )
)


ADMISSIONS = record(
    RecordType(
        "danger_admission",
        DangerAdmission,
        DangerAdmissionOut,
        _show_admissions,
        visible=partial(_visible, DangerAdmission),
        in_topic=partial(_in_topic, DangerAdmission),
        path="danger_admissions",
        needs=READ,
        order=(DangerAdmission.id,),
        filters={
            "team_id": lambda v: DangerAdmission.team_id == v,
            "area_id": lambda v: DangerAdmission.area_id == v,
            "live": lambda v: DangerAdmission.live == (v in ("true", "1")),
        },
    )
)


def admission_of(session: Session, area_id: str, team_id: str) -> DangerAdmission | None:
    """The admission under which a team may be in an area now."""
    wanted = sa.select(DangerAdmission).where(
        DangerAdmission.area_id == area_id, DangerAdmission.team_id == team_id, DangerAdmission.live
    )
    return session.execute(wanted.order_by(DangerAdmission.id).limit(1)).scalar_one_or_none()


def open_entries(session: Session) -> list[DangerEntry]:
    """Who is in a danger area now, in the session's world."""
    return list(session.execute(sa.select(DangerEntry).where(DangerEntry.live.is_(True))).scalars())
