"""The access log as its readers see it: who read which personal data, when; and the export, which is a reading itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import AwareDatetime, Field

from command.centres.models import User
from command.core import accesslog, clock
from command.core.access import permission
from command.core.accesslog import AccessEntry
from command.core.errors import Forbidden
from command.core.queries import Download, View, Wish, query
from command.core.sheets import sheet

READ = permission("access.read", "read and export the access log")
MOST, MOST_EXPORTED = 200, 50_000
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
HEAD = ("seq", "at", "actor", "username", "name", "what", "thing")


class Readings(Wish):
    """Which readings, newest first: by reader (user name or id), by what was read, by time; `before` is a number."""

    who: str | None = Field(None, max_length=64)
    what: str | None = Field(None, max_length=64)
    since: AwareDatetime | None = Field(None, ge=EARLIEST, le=LATEST)
    until: AwareDatetime | None = Field(None, ge=EARLIEST, le=LATEST)
    before: int | None = Field(None, ge=1, le=2**53)
    limit: int = Field(50, ge=1)


@query("access.entries", wish=Readings, needs=READ, http="GET /access-log", output=dict[str, Any])
def entries(view: View, wish: Readings) -> dict[str, Any]:
    """Readings, newest first, and whether the chain of their hashes is whole."""
    _only_the_county(view)
    limit = min(wish.limit, MOST)
    rows = view.session.execute(_chosen(wish).limit(limit + 1)).all()
    kinds = view.session.execute(sa.select(AccessEntry.what).distinct().order_by(AccessEntry.what)).scalars()
    return {
        "items": [dict(zip(HEAD, _cells(row, name, said), strict=True)) for row, name, said in rows[:limit]],
        "next": rows[limit - 1][0].seq if len(rows) > limit else None,
        "kinds": list(kinds),
        "flaws": [*accesslog.verify(view.session)][:5],
    }


@query("access.export", wish=Readings, needs=READ, http="GET /access-log-export", output=str, long=True)
def export(view: View, wish: Readings) -> Download:
    """The chosen readings as CSV; the export is written to the access log too."""
    _only_the_county(view)
    rows = view.session.execute(_chosen(wish).limit(MOST_EXPORTED)).all()
    view.log_read("export", "access-log")
    return sheet(f"access-log-{view.now:%Y%m%d-%H%M}.csv", HEAD, (_cells(*row) for row in rows))


def _only_the_county(view: View) -> None:
    if len(view.actor.centre) > 6 and not view.actor.system:
        raise Forbidden("The access log is the county's", zh="访问日志由县级查看")


def _chosen(wish: Readings) -> sa.Select[AccessEntry, str, str]:
    query_ = (
        sa.select(AccessEntry, User.username, User.name)
        .join(User, User.id == AccessEntry.actor, isouter=True)
        .order_by(AccessEntry.seq.desc())
    )
    if wish.who:
        query_ = query_.where(sa.or_(User.username == wish.who, AccessEntry.actor == wish.who))
    if wish.what:
        query_ = query_.where(AccessEntry.what == wish.what)
    if wish.since:
        query_ = query_.where(AccessEntry.at >= wish.since)
    if wish.until:
        query_ = query_.where(AccessEntry.at <= wish.until)
    return query_.where(AccessEntry.seq < wish.before) if wish.before else query_


def _cells(row: AccessEntry, username: str | None, name: str | None) -> tuple[Any, ...]:
    at: datetime = row.at
    return row.seq, clock.wire(at), row.actor, username, name, row.what, row.thing
