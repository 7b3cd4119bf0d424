"""Kinds of records: how a row becomes its public form, who may see it, which topics hold it. One registration serves
lists, reads, targets of actions, snapshots and the rebuild from the journal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, overload

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, PlainSerializer
from sqlalchemy.orm import Session

from command.core import clock
from command.core.access import Actor
from command.core.errors import NotFound

Criterion = sa.ColumnElement[bool]
Time = Annotated[datetime, PlainSerializer(clock.wire, return_type=str)]
NOBODY: Criterion = sa.false()


class Record(BaseModel):
    """The public form of a row; every one carries its epoch and version (RULES 11, 21)."""

    model_config = ConfigDict(extra="forbid")

    id: str
    version: int
    term: int = 0
    n: int = 0
    home: str
    created_at: Time
    updated_at: Time
    live: bool = True


M_ = TypeVar("M_")
O_ = TypeVar("O_", bound=Record)


def _nowhere(topic: str) -> Criterion | None:
    return None


@dataclass(frozen=True)
class RecordType(Generic[M_, O_]):
    """One kind of record. `visible(actor)` and `in_topic(topic)` are SQL criteria on the model; None = not in that topic.
    `beside` brings back from a record what stands in other tables; such a record tells its row's version as `own_version`.
    `stamp`: SQL of the version that the record tells, where that counts more than the row's own.
    `passing`: how the rooms begin that tell of it by entries and hold none, because there may be very many (read a page at a time).
    `to_team(record, parties)`: what a team's account is told otherwise; `hushed`: events whose sentence it is not told (sight.py)."""

    kind: str
    model: type[M_]
    out: type[O_]
    show: Callable[[Session, Sequence[M_]], list[O_]]
    visible: Callable[[Actor], Criterion]
    in_topic: Callable[[str], Criterion | None] = _nowhere
    path: str | None = None
    needs: str | None = None
    filters: dict[str, Callable[[str], Criterion]] = field(default_factory=dict)
    order: tuple[Any, ...] = ()
    place: Any = None
    worldly: bool = True
    children_of: str | None = None
    beside: Callable[[Session, dict[str, Any]], bool] | None = None
    to_team: Callable[[Mapping[str, Any], Collection[str]], dict[str, Any]] | None = None
    hushed: frozenset[str] = frozenset()
    passing: str | None = None
    stamp: Any = None


AnyRecord = RecordType[Any, Any]
"""A kind of record of which only the registry is known."""
KINDS: dict[str, AnyRecord] = {}


def record(kind: RecordType[M_, O_]) -> RecordType[M_, O_]:
    """Register a kind of record."""
    if kind.kind in KINDS:
        raise TypeError(f"two kinds of record are called {kind.kind}")
    KINDS[kind.kind] = kind
    return kind


Filler = Callable[[Session, list[Any]], None]
_FILLERS: dict[str, list[Filler]] = {}


def fleeting(kind: str) -> Callable[[Filler], Filler]:
    """Let a slice fill in what a record says only when it is read over HTTP: values that live in memory and reach screens
    as signals. They are null in the journal and in snapshots, so that a snapshot with its entries is the next snapshot."""

    def bind(filler: Filler) -> Filler:
        _FILLERS.setdefault(kind, []).append(filler)
        return filler

    return bind


def fill(session: Session, kind: str, shown: list[Any]) -> list[Any]:
    """Records with their fleeting values of now."""
    for filler in _FILLERS.get(kind, ()):
        filler(session, shown)
    return shown


@overload
def find(
    session: Session, kind: RecordType[M_, O_], thing: str, actor: Actor, *, lock: bool = False
) -> M_: ...
@overload
def find(session: Session, kind: str, thing: str, actor: Actor, *, lock: bool = False) -> Any: ...
def find(
    session: Session, kind: str | RecordType[Any, Any], thing: str, actor: Actor, *, lock: bool = False
) -> Any:
    """The row of a thing that the actor may see, else NotFound: the same for what does not exist (RULES 13)."""
    if "\x00" in thing:  # no name of ours, and PostgreSQL cannot even compare it
        raise NotFound()
    spec = of_kind(kind)
    query = sa.select(spec.model).where(spec.model.id == thing, spec.visible(actor))
    if lock and session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    row = session.execute(query).scalar_one_or_none()
    if row is None:
        raise NotFound()
    return row


@overload
def show(session: Session, kind: RecordType[M_, O_], row: M_) -> O_: ...
@overload
def show(session: Session, kind: str, row: Any) -> Any: ...
def show(session: Session, kind: str | RecordType[Any, Any], row: Any) -> Any:
    """The public form of one row."""
    return of_kind(kind).show(session, [row])[0]


@cache
def _shared(out: type[Record], model: type[Any]) -> tuple[str, ...]:
    own = sa.inspect(model).attrs
    return tuple(name for name in out.model_fields if name in own)


def public(out: type[O_], row: Any, **more: Any) -> O_:
    """The public form of a row: what both call by one name, and what the row itself does not say so."""
    model: Any = type(row)
    values = {name: getattr(row, name) for name in _shared(out, model)}
    return out(**{**values, **more})


def of_kind(kind: str | RecordType[Any, Any]) -> AnyRecord:
    """A kind of record by its name: where only the registry is known, its rows and forms have no type."""
    return KINDS[kind] if isinstance(kind, str) else kind


def passing(topic: str) -> list[str]:
    """The kinds that a topic tells of and does not hold: a screen keeps none of them for its sake."""
    return [one.kind for one in KINDS.values() if one.passing is not None and topic.startswith(one.passing)]


def snapshot(session: Session, topic: str) -> list[dict[str, Any]]:
    """All records that a topic holds now, in the order of registration."""
    items: list[dict[str, Any]] = []
    for spec in KINDS.values():
        criterion = spec.in_topic(topic)
        if criterion is None:
            continue
        rows = session.execute(sa.select(spec.model).where(criterion).order_by(*spec.order)).scalars().all()
        items += [{"type": spec.kind, "record": one.model_dump()} for one in spec.show(session, rows)]
    return items
