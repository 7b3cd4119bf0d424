"""The list of what was erased: `DATA_DIR/erased.jsonl`, one line each with the thing and the time, no data. It lies beside the database
and in each backup, so that a backup that is older than an erasure is cleaned when it is restored."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from command.core import clock
from command.core.backups import LIST
from command.destruction.models import Destruction

Tomb = dict[str, Any]


def tomb_of(row: Destruction) -> Tomb:
    """The line of an erasure."""
    assert row.confirmed_at is not None
    return {
        "world": row.world,
        "id": row.id,
        "number": row.number,
        "kind": row.subject_kind,
        "thing": row.subject_id,
        "subject_number": row.subject_number,
        "centre": row.centre,
        "at": clock.wire(row.confirmed_at),
        "by": row.confirmed_by or "",
    }


def bury(directory: Path, tombs: Iterable[Tomb]) -> None:
    """Add to the list what it has not yet, and have it on disk before anything says so."""
    path = directory / LIST
    known = {(one["id"], one["at"]) for one in read([path])}
    fresh = [one for one in tombs if (one["id"], one["at"]) not in known]
    if not fresh:
        return
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
        for one in fresh:
            out.write(json.dumps(one, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())


def read(paths: Sequence[Path]) -> list[Tomb]:
    """All lines of some lists, each erasure once, the oldest first. A last line that a power cut left half written is not one."""
    found: dict[tuple[str, str], Tomb] = {}
    for path in paths:
        lines = path.read_bytes().split(b"\n") if path.is_file() else []
        for line in lines[:-1]:
            one = json.loads(line)
            found[one["id"], one["at"]] = one
    return sorted(found.values(), key=lambda one: (one["at"], one["id"]))


def since(tombs: Iterable[Tomb], made_at: datetime) -> list[Tomb]:
    """Those that a backup made at a time may not know yet."""
    return [one for one in tombs if datetime.fromisoformat(one["at"]) >= made_at]
