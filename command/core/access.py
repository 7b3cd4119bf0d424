"""Who acts, what a role permits, and which parties an actor speaks for. Roles are rows; permissions are declared by slices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core.errors import Forbidden
from command.core.store.db import Base, Worldly, bulk_insert

COUNTY = "county"
TOWNSHIP_DIGITS = 9
PERMISSIONS: dict[str, str] = {}
PERMISSIONS_ZH: dict[str, str] = {}


def permission(code: str, says: str, zh: str = "") -> str:
    """Declare a permission that a slice's actions and screens need, with what it lets one do in English and Chinese."""
    PERMISSIONS[code] = says
    if zh:
        PERMISSIONS_ZH[code] = zh
    return code


def centre_party(code: str) -> str:
    """The party of a centre: a township, a village, a department, a unit."""
    return f"centre:{code}"


def team_party(team_id: str) -> str:
    """The party of one team."""
    return f"team:{team_id}"


@dataclass(frozen=True)
class Actor:
    """The one who acts. `centre` is a division code; `parties` decide what is visible (docs/architecture.md)."""

    id: str
    name: str
    role: str
    centre: str
    parties: frozenset[str]
    permissions: frozenset[str]
    team_id: str | None = None
    device: bool = False
    system: bool = False
    lang: str = "zh"
    worlds: frozenset[int] = field(default_factory=lambda: frozenset({0}))
    read_only: bool = False

    def may(self, code: str) -> bool:
        """Whether the role permits it."""
        return self.system or code in self.permissions

    def need(self, code: str | None) -> None:
        """Refuse (403) unless the role permits it."""
        if code and not self.may(code):
            raise Forbidden()

    def need_hand(self) -> None:
        """Refuse (403) a display: it shows, nobody acts there, whatever its role may do."""
        if self.read_only:
            raise Forbidden(
                "This display only shows: sign in elsewhere to act", zh="大屏设备只读，请在其他终端登录后操作"
            )

    @property
    def county(self) -> bool:
        """Whether the actor speaks for the whole county."""
        return self.system or COUNTY in self.parties

    def covers(self, centre: str) -> bool:
        """Whether a centre's own business is the actor's: the county's all, a township's its own and its villages'."""
        if self.county or centre_party(centre) in self.parties:
            return True
        return self.team_id is None and len(self.centre) >= TOWNSHIP_DIGITS and centre.startswith(self.centre)

    def manages(self, centre: str) -> bool:
        """Whether a centre's registers (accounts, posts, settings) are this one's to keep: the county's keeper all of the
        county's, a township's its own and its villages', a department's its own."""
        own = self.centre
        if self.system or own == centre:
            return True
        if len(own) < TOWNSHIP_DIGITS:
            return centre.startswith(own)
        return "-" not in own and centre.startswith(own)


def system_actor(node: str) -> Actor:
    """The node itself: jobs, escalations. Its commands come through no door."""
    return Actor("system", "系统", "system", node, frozenset({COUNTY}), frozenset(), system=True)


class Audience(Worldly, Base):
    """Which parties may see a thing; kept beside the thing in the same transaction, rebuilt from its record."""

    __tablename__ = "audience"
    kind: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    party: Mapped[str] = mapped_column(sa.String(96), primary_key=True)
    __table_args__ = (sa.Index("ix_audience_heard", "world", "party", "kind", "id"),)


def audience_of(session: Session, kind: str, thing: str) -> frozenset[str]:
    """The parties that may see a thing now."""
    query = sa.select(Audience.party).where(Audience.kind == kind, Audience.id == thing)
    return frozenset(session.execute(query).scalars())


def audiences(session: Session, kind: str, things: Iterable[str]) -> dict[str, list[str]]:
    """The parties that may see each of many things now, in order."""
    found: dict[str, list[str]] = {thing: [] for thing in things}
    query = sa.select(Audience.id, Audience.party).where(Audience.kind == kind, Audience.id.in_(found))
    for thing, party in session.execute(query.order_by(Audience.party)):
        found[thing].append(party)
    return found


def set_audience(
    session: Session, kind: str, thing: str, parties: Iterable[str], *, fresh: bool = False
) -> tuple[frozenset[str], frozenset[str]]:
    """Make these the parties of a thing (`fresh`: it had none). Returns (gained, lost)."""
    before, after = frozenset() if fresh else audience_of(session, kind, thing), frozenset(parties)
    world = session.info["world"]
    if gained := sorted(after - before):
        rows = [{"world": world, "kind": kind, "id": thing, "party": party} for party in gained]
        bulk_insert(session, cast(sa.Table, Audience.__table__), rows)
    if before - after:
        session.execute(
            sa.delete(Audience).where(
                Audience.kind == kind, Audience.id == thing, Audience.party.in_(before - after)
            )
        )
    return after - before, before - after


def heard_by(kind: str, column: Any, parties: Iterable[str]) -> sa.ColumnElement[bool]:
    """SQL: the thing named by `column` has one of these parties in its audience (the session adds the world). The county hears
    nearly all: each thing is asked for its audience; of others all that they hear is gathered first (SQLite does as it is told)."""
    named = sorted(parties)
    if COUNTY in named:
        own = Audience.kind == kind, Audience.id == column, Audience.party.in_(named)
        return sa.exists().where(*own)
    inner = sa.select(Audience.id).where(Audience.kind == kind, Audience.party.in_(named))
    few = _among.get()
    if few is not None and column is few[0]:
        inner = inner.where(Audience.id.in_(few[1]))
    return sa.and_(column.in_(inner))


_among: ContextVar[tuple[Any, Sequence[str]] | None] = ContextVar("among", default=None)


@contextmanager
def among(column: Any, some: Iterable[str] | None) -> Iterator[None]:
    """What is asked inside is asked of these few ids of a column anyway (None: of all): SQLite then looks only for them in the
    audiences, not for all that the actor may see. It never shows more."""
    before = _among.set(None if some is None else (column, sorted(some)))
    try:
        yield
    finally:
        _among.reset(before)


Loader = Callable[[Session, str], "Actor | None"]
_loader: Loader | None = None


def use_loader(loader: Loader) -> Loader:
    """Let `centres` say how an account becomes an Actor; core knows no user table."""
    global _loader
    _loader = loader
    return loader


def load_actor(session: Session, user_id: str) -> Actor | None:
    """The actor of an account now, or None when it is disabled or gone."""
    if _loader is None:
        raise RuntimeError("no slice has registered how to load an actor")
    return _loader(session, user_id)
