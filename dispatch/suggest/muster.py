"""The teams of each world as columns, kept in memory and brought up to date from the journal whenever they are asked for.

They only choose whom to look at: what is said of a team is read from its row in the same transaction.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, journal
from dispatch.suggest.columns import Columns, Row, columns_of
from dispatch.teams.models import Team, TeamState

MOST_MISSED = 2000
"""Entries to follow; when more were missed, all teams are read afresh."""
MOST_WORLDS = 16
ENTRY = cast(sa.Table, journal.Entry.__table__)


class _Kept(NamedTuple):
    incarnation: str
    seq: int
    register: tuple[Any, ...]
    columns: Columns


_kept: OrderedDict[tuple[sa.URL, int], _Kept] = OrderedDict()


def muster(session: Session) -> Columns:
    """The teams of the session's world as they are now. Safe in several threads: what is kept is replaced, never changed."""
    world = session.info["world"]
    incarnation, seq = journal.end_of(session, world)
    register = _register(session) if world else ()
    key = (session.get_bind().engine.url, world)
    kept = _kept.get(key)
    if kept is None or (kept.incarnation, kept.register) != (incarnation, register):
        kept = None
    elif seq > kept.seq:
        rows = _changed(session, world, kept.seq, seq) if seq - kept.seq <= MOST_MISSED else None
        kept = None if rows is None else kept._replace(seq=seq, columns=kept.columns.with_rows(rows))
    if kept is None:
        kept = _Kept(incarnation, seq, register, columns_of(_all(session)))
    _kept[key] = kept
    while len(_kept) > MOST_WORLDS:
        _kept.popitem(last=False)
    return kept.columns


def _register(session: Session) -> tuple[Any, ...]:
    """Whether the master data are still the same, asked in a drill, which does not hear the entries of life."""
    query = sa.select(sa.func.count(), sa.func.sum(Team.version), sa.func.max(Team.id))
    return tuple(session.execute(query).one())


def _changed(session: Session, world: int, after: int, upto: int) -> list[Row]:
    """The teams that entries speak of, each as its last one left it."""
    of_teams = sa.and_(
        ENTRY.c.world == world, ENTRY.c.seq > after, ENTRY.c.seq <= upto, ENTRY.c.kind == "team"
    )
    query = sa.select(ENTRY.c.record).where(of_teams).order_by(ENTRY.c.seq)
    return [_row(canonical.load(record)) for record in session.execute(query).scalars()]


def _row(record: dict[str, Any]) -> Row:
    lon, lat = record["base"]["coordinates"] if record["base"] else (None, None)
    own = {name: record[name] for name in ("id", "centre", "skills", "mode", "readiness", "on_duty")}
    return Row(**own, lon=lon, lat=lat)


def _all(session: Session) -> list[Row]:
    on_duty = {
        team_id for team_id, on in session.execute(sa.select(TeamState.team_id, TeamState.on_duty)) if on
    }
    place = sa.func.ST_X(Team.base, type_=sa.Float), sa.func.ST_Y(Team.base, type_=sa.Float)
    query = sa.select(Team.id, Team.centre, Team.skills, Team.mode, Team.readiness, *place)
    return [
        Row(team_id, centre, skills, mode, readiness, team_id in on_duty, lon, lat)
        for team_id, centre, skills, mode, readiness, lon, lat in session.execute(query)
    ]
