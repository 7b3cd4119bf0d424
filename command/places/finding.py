"""The named places of the register kept as an index in memory, and brought up to date from the journal whenever they are asked for.
It is made beside the hub when the server starts. While it grows nobody waits for it: what is asked then is looked for in the
register itself, by the letters that were typed, and the answer says that more may be found soon."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, journal
from command.core.access import Actor
from command.core.node import Node
from command.places.models import NamedPlace
from command.places.names import Found, Named, Names, folded, towns_before

MOST_MISSED = 5000
"""Entries to follow; when more were missed, all places are read afresh."""
LEAST_LOOSE, PART_LOOSE = 200, 10
"""Changed places kept beside the index before it is made again: so many, or this part of all."""
MOST_KEPT = 8
MOST_READ = 500
"""Rows looked at while there is no index."""
ENTRY = cast(sa.Table, journal.Entry.__table__)
PLACE = cast(sa.Table, NamedPlace.__table__)


class _Kept(NamedTuple):
    incarnation: str
    seq: int
    base: Names
    loose: dict[str, Named | None]
    over: Names

    @property
    def heavy(self) -> bool:
        """Whether so much has changed that the index should be made again."""
        return len(self.loose) > max(LEAST_LOOSE, len(self.base.places) // PART_LOOSE)


_kept: OrderedDict[sa.URL, _Kept] = OrderedDict()
_awaited: set[sa.URL] = set()


def bind(running: Any) -> None:
    """Begin with the server."""
    running.hub.on_start.append(partial(begin, running.node))


def begin(node: Node, actor: Actor | None = None, world: int = 0) -> bool:
    """Have the index made, or made again, where that is due; nobody waits for it. Returns True: it need not be waited for."""
    url = node.database.url
    kept = _kept.get(url)
    if (kept is None or kept.heavy) and url not in _awaited:
        _awaited.add(url)
        node.later(_make, node)
    return True


def _make(node: Node) -> None:
    try:
        node.database.read_long(_made, world=None)
    finally:
        _awaited.discard(node.database.url)


def find(
    session: Session, text: str, limit: int, prefer: str | None, *, wait: bool = True
) -> tuple[list[Found], bool]:
    """Named places for what was typed, as the register is now; and whether all were looked through, which may fail only who does
    not `wait`. Safe in several threads: what is kept is replaced, not changed."""
    kept = _current(session)
    if kept is None and wait:
        kept = _made(session)
    if kept is None:
        return Names(_alike(session, text)).search(text, limit, prefer), False
    found = kept.base.search(text, limit, prefer, frozenset(kept.loose))
    if kept.loose:
        found += kept.over.search(text, limit, prefer)
    return sorted(found, key=lambda one: -round(one.score, 2))[:limit], True


def _current(session: Session) -> _Kept | None:
    """The index as it is now; None where none can be brought up to date."""
    key = session.get_bind().engine.url
    kept = _kept.get(key)
    if kept is None:
        return None
    incarnation, seq = journal.end_of(session, 0)
    if kept.incarnation != incarnation or not 0 <= seq - kept.seq <= MOST_MISSED:
        _kept.pop(key, None)
        return None
    if seq > kept.seq:
        kept = _followed(session, kept, seq)
        _keep(key, kept)
    return kept


def _made(session: Session) -> _Kept:
    incarnation, seq = journal.end_of(session, 0)
    kept = _Kept(incarnation, seq, Names(_all(session)), {}, Names(()))
    _keep(session.get_bind().engine.url, kept)
    return kept


def _keep(key: sa.URL, kept: _Kept) -> None:
    _kept[key] = kept
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)


def _alike(session: Session, text: str) -> list[Named]:
    """Places whose name or alias has in it what was typed, or whose pinyin begins with it; the shortest names first."""
    typed = folded(text)
    if not typed:
        return []
    said: list[sa.ColumnElement[bool]] = []
    for words in (typed, *(rest for _, rest in towns_before(typed))):
        heard = sa.func.replace(PLACE.c.pinyin, " ", "").startswith(words, autoescape=True)
        ways = (PLACE.c.name.icontains, sa.cast(PLACE.c.aliases, sa.Text).icontains)
        said += [heard, *(way(words, autoescape=True) for way in ways)]
    query = _query().where(sa.or_(*said)).order_by(sa.func.length(PLACE.c.name), PLACE.c.id)
    return _named(session, query.limit(MOST_READ))


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
    return _named(session, _query())


def _query() -> sa.Select[tuple[Any, ...]]:
    lon, lat = (part(PLACE.c.location, type_=sa.Float) for part in (sa.func.ST_X, sa.func.ST_Y))
    names = ("id", "name", "kind", "centre", "village_code", "pinyin", "aliases")
    return sa.select(*(PLACE.c[name] for name in names), lon, lat).where(PLACE.c.live)


def _named(session: Session, query: sa.Select[tuple[Any, ...]]) -> list[Named]:
    rows = session.execute(query).all()
    return [Named._make((*plain, tuple(aliases), lon, lat)) for *plain, aliases, lon, lat in rows]
