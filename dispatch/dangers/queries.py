"""Reading entries into danger areas: the team's own, and those of the centres that they concern."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import COUNTY, Actor
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.dangers.queries import READ
from dispatch.dangers.contract import DangerEntryOut
from dispatch.dangers.models import DangerEntry


def _show(session: Session, rows: Sequence[DangerEntry]) -> list[DangerEntryOut]:
    return [public(DangerEntryOut, row) for row in rows]


def _of(party: str) -> Criterion | None:
    kind, _, name = party.partition(":")
    if party == COUNTY:
        return sa.true()
    if kind == "centre":
        return sa.or_(DangerEntry.centre == name, DangerEntry.area_centre == name)
    return DangerEntry.team_id == name if kind == "team" else None


def _visible(actor: Actor) -> Criterion:
    if actor.system:
        return sa.true()
    mine = [one for party in sorted(actor.parties) if (one := _of(party)) is not None]
    return sa.or_(*mine) if mine and actor.may(READ) else NOBODY


def _in_topic(topic: str) -> Criterion | None:
    here = _of(topic)
    return None if here is None else sa.and_(DangerEntry.live, here)


ENTRIES = record(
    RecordType(
        "danger_entry",
        DangerEntry,
        DangerEntryOut,
        _show,
        visible=_visible,
        in_topic=_in_topic,
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


def open_entries(session: Session) -> list[DangerEntry]:
    """Who is in a danger area now, in the session's world."""
    return list(session.execute(sa.select(DangerEntry).where(DangerEntry.live.is_(True))).scalars())
