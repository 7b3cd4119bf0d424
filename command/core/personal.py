"""Personal data: which tables keep it, to what it belongs, and how it is counted and erased (突发事件应对法 art.85).

A slice that keeps personal data in a table says so once, beside its model's other registrations:

    personal("duty_note.person", NotePerson, of="duty_note", by=NotePerson.note_id, zh="…", en="…")

From that everything follows: the row is found by the response in which it was gathered (the note names its incident), counted for
those who decide, erased with the rest, and erased again when an older backup is restored. What is no response's (a post's own
number, a camera's address) is declared as `standing` with the reason. A table with a sealed column that is declared as neither
fails the suite (tests/destruction/test_registry.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.records import KINDS

Ref = tuple[str, str]
"""A thing: its kind and its id."""
Lead = Callable[[Session, Collection[str]], dict[str, Ref]]
_SOME = 400
"""Ids in one statement: SQLite and PostgreSQL both take them."""


@dataclass(frozen=True)
class Sort:
    """One sort of personal data: the table that keeps it, and the column that names the thing to which a row belongs."""

    code: str
    model: Any
    of: str
    by: Any
    zh: str
    en: str


@dataclass(frozen=True)
class Ended:
    """Something in which personal data was gathered and that is over: since when, its number, whose it was."""

    number: str
    centre: str
    at: datetime


Ending = Callable[[Session, Collection[str]], dict[str, Ended]]


@dataclass(frozen=True)
class Subject:
    """A kind of thing whose end begins the time after which its personal data goes. `erase`: the slice's own action that says so
    in the thing's timeline, where it has one."""

    kind: str
    zh: str
    en: str
    ended: Ending
    erase: str | None


SORTS: dict[str, Sort] = {}
STANDING: dict[str, tuple[str, str]] = {}
SUBJECTS: dict[str, Subject] = {}
_LEADS: dict[str, Lead] = {}


def personal(code: str, model: Any, *, of: str, by: Any, zh: str, en: str) -> None:
    """Declare a table of personal data that was gathered for a thing of the kind `of`, which `by` names."""
    if code in SORTS:
        raise TypeError(f"two sorts of personal data are called {code}")
    SORTS[code] = Sort(code, model, of, by, zh, en)


def standing(model: Any, zh: str, en: str) -> None:
    """Declare a sealed table that belongs to no response: what it is, and what ends it."""
    STANDING[model.__tablename__] = (zh, en)


def subject(kind: str, zh: str, en: str, *, erase: str | None = None) -> Callable[[Ending], Ending]:
    """Let a slice say which of its things are over, and since when; `erase`: its action that tells of the erasure."""

    def bind(ended: Ending) -> Ending:
        SUBJECTS[kind] = Subject(kind, zh, en, ended, erase)
        return ended

    return bind


def leads(kind: str) -> Callable[[Lead], Lead]:
    """Let a slice say to which thing each of its things of a kind belongs, where no `incident_id` on the row does."""

    def bind(lead: Lead) -> Lead:
        _LEADS[kind] = lead
        return lead

    return bind


def census(session: Session, only: Ref | None = None) -> dict[Ref, Counter[str]]:
    """How many rows of each sort are kept, by the thing whose end lets them go; of one thing only where it is named."""
    found: dict[Ref, Counter[str]] = defaultdict(Counter)
    for sort, ref, _ in _rows(session):
        if only is None or ref == only:
            found[ref][sort.code] += 1
    return found


def erase(session: Session, thing: Ref) -> Counter[str]:
    """Delete every row of personal data that belongs to a thing. Returns how many of each sort went."""
    gone: dict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for sort, ref, key in _rows(session):
        if ref == thing:
            counts[sort.code] += 1
            gone[sort.code].append(key)
    for code, keys in gone.items():
        sort = SORTS[code]
        for some in _parts(sorted(set(keys))):
            session.execute(sa.delete(sort.model).where(sort.by.in_(some)))
    return counts


def sorts_of(counts: Iterable[str]) -> list[Sort]:
    """The sorts of a count, in the order in which they were declared."""
    named = set(counts)
    return [one for one in SORTS.values() if one.code in named]


def _rows(session: Session) -> Iterator[tuple[Sort, Ref, str]]:
    """Every row of personal data: its sort, the thing whose end lets it go, and the key by which its sort finds it."""
    kept = {sort: session.execute(sa.select(sort.by)).scalars().all() for sort in SORTS.values()}
    known = _ends(session, {(sort.of, key) for sort, keys in kept.items() for key in keys})
    for sort, keys in kept.items():
        for key in keys:
            if (ref := known.get((sort.of, key))) is not None:
                yield sort, ref, key


def _ends(session: Session, things: set[Ref]) -> dict[Ref, Ref]:
    """The thing to which each leads in the end: a reply to its delivery, that to a task, the task to its incident."""
    end = {thing: thing for thing in things}
    open_, seen = set(things), set(things)
    while open_:
        by_kind: dict[str, set[str]] = defaultdict(set)
        for kind, key in open_:
            by_kind[kind].add(key)
        step = {
            (kind, key): to
            for kind, keys in by_kind.items()
            for key, to in _lead(session, kind, keys).items()
        }
        end = {thing: step.get(at, at) for thing, at in end.items()}
        open_ = set(step.values()) - seen
        seen |= open_
    return {thing: at for thing, at in end.items() if at[0] in SUBJECTS}


def _lead(session: Session, kind: str, keys: Collection[str]) -> dict[str, Ref]:
    """Where things of one kind belong, one step on."""
    if (own := _LEADS.get(kind)) is not None:
        return own(session, keys)
    model = KINDS[kind].model if kind in KINDS else None
    column = getattr(model, "incident_id", None)
    if model is None or column is None:
        return {}
    found: dict[str, Ref] = {}
    for some in _parts(sorted(keys)):
        for key, incident in session.execute(sa.select(model.id, column).where(model.id.in_(some))):
            if incident is not None:
                found[key] = ("incident", incident)
    return found


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(keys), _SOME):
        yield keys[begin : begin + _SOME]


def erase_world(session: Session) -> None:
    """Delete every row of personal data of the session's world: a drill's, when it ends."""
    if not session.info["world"]:
        raise ValueError("of life, personal data goes thing by thing")
    for sort in SORTS.values():
        session.execute(sa.delete(sort.model))


def among(model: Any, session: Session, keys: Collection[str]) -> list[Any]:
    """The rows of a model with these ids, in as many statements as it takes: for those who write a `leads` or a `subject`."""
    return [
        row
        for some in _parts(sorted(keys))
        for row in session.execute(sa.select(model).where(model.id.in_(some))).scalars()
    ]


def led() -> frozenset[str]:
    """The kinds of things that say themselves to what they belong."""
    return frozenset(_LEADS)
