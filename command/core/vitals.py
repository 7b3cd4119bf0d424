"""How this installation is: ready or not and why, streams, disk, database, backups, jobs and who leads. For its keepers' screen;
what a machine asks is /readyz and /metrics."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock, due, installation
from command.core.access import permission
from command.core.enrolled import DrillWorld
from command.core.jobs import JOBS, LEADER_LOCK
from command.core.journal import Head
from command.core.node import DISK_FLOOR, DISK_LOW
from command.core.queries import View, Wish, query

READ = permission("system.read", "see how the installation is: streams, disk, backups, jobs")
BACKUP = "last-backup.json"
STARTED = clock.real()


@query("system.state", needs=READ, http="GET /system", output=dict[str, Any])
def state(view: View, wish: Wish) -> dict[str, Any]:
    """Ready or why not, streams with their ends, disk, database, the last backup, jobs, and who leads."""
    vitals = view.context.vitals
    why = vitals.why_not()
    directory: Path = vitals.node.data_dir
    usage = shutil.disk_usage(directory)
    return {
        "now": clock.wire(clock.real()),
        "ready": {"ok": why is None, "why": why},
        "process": {"pid": os.getpid(), "started_at": clock.wire(STARTED), "sockets": len(vitals.hub.subscriptions.listeners)},
        "streams": _streams(view.session, vitals.hub.tail),
        "disk": {"free": usage.free, "total": usage.total, "low": usage.free < min(usage.total * DISK_LOW, DISK_FLOOR)},
        "database": _database(view.session, vitals.node.database),
        "backup": last_backup(directory),
        "jobs": [{"name": job.name, "seconds": job.seconds} for job in JOBS.values()],
        "due": _due(view.session),
        "leader": _leader(view.session),
        "demo": bool(installation.fact(view.session, "demo")),
    }  # fmt: skip


def last_backup(directory: Path) -> dict[str, Any] | None:
    """When and where to the last backup went, or None."""
    noted = directory / BACKUP
    told: dict[str, Any] | None = json.loads(noted.read_text()) if noted.exists() else None
    return told


def note_backup(directory: Path, target: Path) -> None:
    """Remember that a backup was made."""
    told = {"at": clock.wire(clock.real()), "target": str(target)}
    fresh = (directory / BACKUP).with_suffix(".new")
    fresh.write_text(json.dumps(told))
    fresh.replace(directory / BACKUP)


def _streams(session: Session, tail: Any) -> list[dict[str, Any]]:
    """Life's stream with its end and its hash, and how far each stream was told to the screens of this process."""
    head = session.execute(sa.select(Head)).scalars().first()
    names = {row.number: row.name for row in session.execute(sa.select(DrillWorld)).scalars()}
    return [
        {"world": world, "name": names.get(world), "incarnation": tail.incarnation.get(world), "told": seq,
         "seq": head.seq if head is not None and head.world == world else None,
         "hash": head.hash.hex()[:16] if head is not None and head.world == world else None}
        for world, seq in sorted(tail.at.items())
    ]  # fmt: skip


def _database(session: Session, database: Any) -> dict[str, Any]:
    if database.sqlite:
        file = Path(database.url.database or "")
        return {"kind": "SQLite", "bytes": file.stat().st_size if file.exists() else None}
    size = session.execute(sa.select(sa.func.pg_database_size(sa.func.current_database()))).scalar_one()
    return {"kind": "PostgreSQL", "bytes": size}


def _due(session: Session) -> dict[str, Any]:
    at = due.next_at(session)
    late = session.execute(
        sa.select(sa.func.count()).select_from(due.Due).where(due.Due.at < clock.real())
    ).scalar_one()
    return {"next_at": clock.wire(at) if at else None, "late": late}


def _leader(session: Session) -> dict[str, Any]:
    """On SQLite the one process; on PostgreSQL whoever holds the advisory lock."""
    if session.get_bind().dialect.name == "sqlite":
        return {"here": True, "pid": os.getpid()}
    held = sa.text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :lock AND granted")
    pid = session.execute(held, {"lock": LEADER_LOCK}).scalar()
    return {"here": None, "pid": pid}
