"""The named places of the register kept as an index in memory, and brought up to date from the journal whenever they are asked for."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, journal
from command.places.models import NamedPlace
from command.places.names import Found, Named, Names

MOST_MISSED = 5000
"""Entries to follow; when more were missed, all places are read afresh."""
LEAST_LOOSE = 200
"""Changed places kept beside the index before it is made again; more where there are many."""
MOST_KEPT = 8
ENTRY = cast(sa.Table, journal.Entry.__table__)
PLACE = cast(sa.Table, NamedPlace.__table__)


class _Kept(NamedTuple):
    incarnation: str
    seq: int
    base: Names
    loose: dict[str, Named | None]
    over: Names


_kept: OrderedDict[sa.URL, _Kept] = OrderedDict()


def find(session: Session, text: str, limit: int, prefer: str | None) -> list[Found]:
    """Named places for what was typed, as the register is now. Safe in several threads: what is kept is replaced, not changed."""
    kept = _current(session)
    found = kept.base.search(text, limit, prefer, frozenset(kept.loose))
    if kept.loose:
        found += kept.over.search(text, limit, prefer)
    return sorted(found, key=lambda one: -round(one.score, 2))[:limit]


def _current(session: Session) -> _Kept:
    incarnation, seq = journal.end_of(session, 0)
    key = session.get_bind().engine.url
    kept = _kept.get(key)
    if (
        kept is not None
        and kept.incarnation == incarnation
        and kept.seq <= seq
        and seq - kept.seq <= MOST_MISSED
    ):
        if seq > kept.seq:
            kept = _followed(session, kept, seq)
    else:
        kept = None
    if kept is None or len(kept.loose) > max(LEAST_LOOSE, len(kept.base.places) // 10):
        kept = _Kept(incarnation, seq, Names(_all(session)), {}, Names(()))
    _kept[key] = kept
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return kept


def _followed(session: Session, kept: _Kept, seq: int) -> _Kept:
    of_places = sa.and_(
        ENTRY.c.world == 0, ENTRY.c.seq > kept.seq, ENTRY.c.seq <= seq, ENTRY.c.kind == "place"
    )
    query = sa.select(ENTRY.c.record).where(of_places).order_by(ENTRY.c.seq)
    told = [canonical.load(record) for record in session.execute(query).scalars()]
    if not told:
        return kept._replace(seq=seq)
    loose = kept.loose | {one["id"]: _told(one) if one["live"] else None for one in told}
    return kept._replace(seq=seq, loose=loose, over=Names(one for one in loose.values() if one is not None))


def _told(record: dict[str, Any]) -> Named:
    lon, lat = record["location"]["coordinates"][:2] if record["location"] else (None, None)
    own = {name: record[name] for name in ("id", "name", "kind", "centre", "village_code", "pinyin")}
    return Named(**own, aliases=tuple(record["aliases"]), lon=lon, lat=lat)


def _all(session: Session) -> list[Named]:
    lon, lat = (part(PLACE.c.location, type_=sa.Float) for part in (sa.func.ST_X, sa.func.ST_Y))
    columns = (
        PLACE.c.id,
        PLACE.c.name,
        PLACE.c.kind,
        PLACE.c.centre,
        PLACE.c.village_code,
        PLACE.c.pinyin,
        PLACE.c.aliases,
    )
    query = sa.select(*columns, lon, lat).where(PLACE.c.live)
    return [Named(*row[:6], tuple(row[6]), row[7], row[8]) for row in session.execute(query)]
