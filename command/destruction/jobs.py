"""What time asks for: the list of what is due, reminders, and, once a person has confirmed, the last traces on disk. Nothing is erased
here that nobody confirmed."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import backups, clock, jobs, personal
from command.core.access import system_actor
from command.core.actions import Command
from command.core.node import Node
from command.core.queries import Nothing, View, query
from command.core.store import scrub
from command.destruction import tombs
from command.destruction.actions import REMIND
from command.destruction.models import Destruction
from command.destruction.queries import AFTER_DAYS, READ

log = logging.getLogger(__name__)
LIFE = 0


def _act(node: Node, name: str, payload: dict[str, str], once: str, world: int = LIFE) -> None:
    """Once for each occasion, whoever runs it how often."""
    command_id = str(uuid.uuid5(jobs.SPACE, f"{name}:{world}:{once}"))
    answer = node.act(Command(name, payload, system_actor(node.name), command_id, world))
    if not answer.ok:
        log.info("%s %s: %s", name, once, answer.body.decode())


@jobs.every("destruction.look", seconds=600)
def look(node: Node) -> None:
    """Draft what has become due, remind of what was not decided, end holds whose time is over."""
    now = clock.now(LIFE)
    for kind, thing, occasion in node.database.read_long(lambda session: _ripe(session, now), world=LIFE):
        _act(node, "destruction.draft", {"kind": kind, "id": thing}, f"{kind}:{thing}:{occasion}")


def _ripe(session: Session, now: datetime) -> list[tuple[str, str, str]]:
    """(kind, id, occasion) of what has to be drafted or reminded of."""
    standing = {
        (row.subject_kind, row.subject_id): row
        for row in session.execute(sa.select(Destruction).where(Destruction.live)).scalars()
    }
    found = [
        (*thing, f"{row.state}:{row.reminded}:{row.version}")
        for thing, row in standing.items()
        if (row.state == "due" and now >= row.reminded_at + REMIND)
        or (row.state == "held" and row.hold_until is not None and now >= row.hold_until)
    ]
    by_kind: dict[str, list[str]] = {}
    for kind, thing in personal.census(session):
        if (kind, thing) not in standing:
            by_kind.setdefault(kind, []).append(thing)
    for kind, things in by_kind.items():
        for thing, over in personal.SUBJECTS[kind].ended(session, things).items():
            if now >= over.at + timedelta(days=AFTER_DAYS(session, over.centre[:9])):
                found.append((kind, thing, f"new:{clock.wire(over.at)}:{now:%Y-%m-%dT%H}"))
    return sorted(found)


@query("destruction.ripe", needs=READ)
def ripe(view: View, wish: Nothing) -> list[dict[str, str]]:
    """What the next look would put on the list, or remind of."""
    return [{"kind": kind, "id": thing} for kind, thing, _ in _ripe(view.session, view.now)]


@jobs.every("destruction.finish", seconds=15)
def finish(node: Node) -> None:
    """Write what was erased on the list beside the database, overwrite what was left of it, and say so."""
    rows = node.database.read(_erasing, world=None)
    if not rows:
        return
    tombs.bury(node.data_dir, [tombs.tomb_of(row) for row in rows])
    try:
        node.beside(
            scrub.scrub, node.database, [sort.model.__tablename__ for sort in personal.SORTS.values()]
        )
    except scrub.InUse as busy:
        log.info("what was erased is overwritten later: %s", busy)
        return
    for row in rows:
        _act(node, "destruction.gone", {"id": row.id}, f"{row.id}:{row.version}", row.world)


def _erasing(session: Session) -> Sequence[Destruction]:
    rows = session.execute(sa.select(Destruction).where(Destruction.state == "erasing")).scalars().all()
    for row in rows:
        session.expunge(row)
    return rows


@backups.after_restore
def replay(node: Node, made_at: datetime, lists: Sequence[Path]) -> str:
    """Erase again what a backup that is older than its erasure brought back."""
    known = tombs.read(lists)
    todo = tombs.since(known, made_at)
    tombs.bury(node.data_dir, known)
    for one in todo:
        payload = {name: value for name, value in one.items() if name != "world"}
        _act(
            node,
            "destruction.replay",
            payload,
            f"{one['id']}:{one['at']}:{clock.wire(made_at)}",
            one["world"],
        )
    if todo:
        finish(node)
    if not known:
        return "no list of erasures was found: if personal data was erased since, restore with --erased FILE (docs/deploy.md)"
    return f"{len(todo)} erasures that are newer than the backup were done again"
