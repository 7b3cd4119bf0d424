"""Backup and restore: a consistent snapshot of the database first, then the files; keys apart (RULES 36). A restored node is a
new incarnation: its stream goes on under a new name, so that screens and peers see that it went back."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from command.core import clock, journal, verifying, vitals
from command.core.node import Node
from command.core.store.database import side_file

KEPT = ("files", "roads", "archives", "archive-keys")
"""Directories of files named by their content, which never change once they are there."""
SIDE = ("trail.db",)
APART = "secret.key"
LIST = "erased.jsonl"
"""What personal data was erased, by things and times: a restore does it again where the backup is older."""
Restored = Callable[[Node, datetime, Sequence[Path]], str]
_AFTER: list[Restored] = []


def after_restore(clean: Restored) -> Restored:
    """Let a slice put right what an older backup brought back: given when it was made and the lists of erasures that are at hand."""
    _AFTER.append(clean)
    return clean


def backup(node: Node, target: Path) -> str:
    """Write a backup into a new directory, which has its name only when it is complete. Returns what was done, in a sentence."""
    if target.exists() and any(target.iterdir()):
        raise SystemExit(f"{target} is not empty")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        _write(node, part)
        if target.exists():
            target.rmdir()
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    vitals.note_backup(node.data_dir, target)
    return f"backed up to {target}; keep {node.data_dir / APART} apart from it: without it private rows stay sealed"


def _write(node: Node, target: Path) -> None:
    begun = clock.wire(
        clock.real()
    )  # before the snapshot: what is erased meanwhile is erased again when it is restored
    if node.database.sqlite:
        _copy(node.database.engine, target / "fengsui.db")
        for name in SIDE:
            if (node.data_dir / name).exists():
                _copy(side_file(node.data_dir / name), target / name)
    else:
        _dump(node, target)
    for kept in KEPT:
        if (node.data_dir / kept).is_dir():
            shutil.copytree(node.data_dir / kept, target / kept)
    if (node.data_dir / LIST).exists():
        shutil.copyfile(node.data_dir / LIST, target / LIST)
    about = {
        "made_at": begun,
        "node": node.name,
        "kind": "sqlite" if node.database.sqlite else "postgresql",
    }
    (target / "backup.json").write_text(json.dumps(about))


def _copy(engine: sa.Engine, target: Path) -> None:
    """A consistent copy of a SQLite file that may be in use."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(target),))
    finally:
        raw.close()


def _dump(node: Node, target: Path) -> None:
    """All worlds, by the account that owns the tables: row-level security binds it too, so it says that it reads across. What
    belongs to PostGIS itself stays out: only a superuser could put it back."""
    url = node.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run(
        [  # noqa: S607  # from PATH, as installed
            "pg_dump",
            "--format=custom",
            "--enable-row-security",
            "--no-comments",
            "--exclude-table-data=spatial_ref_sys",
            f"--file={target / 'fengsui.dump'}",
            url,
        ],
        env=os.environ | {"PGOPTIONS": "-c app.across=on"},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"pg_dump: {done.stderr.strip()}")


def restore(settings: Any, source: Path, open_node: Callable[..., Node], lists: Sequence[Path] = ()) -> str:
    """Restore into an empty DATA_DIR or database, verify, begin a new incarnation, erase again what was erased since. `lists`: more
    lists of erasures than those that lie in DATA_DIR, in the backup and in the backups beside it."""
    try:
        about = json.loads((source / "backup.json").read_text())
    except FileNotFoundError:
        raise SystemExit(f"{source} is no backup of fengsui: it has no backup.json") from None
    if about["kind"] == "sqlite":
        target = Path(sa.make_url(settings.database_url).database or "")
        if target.exists():
            raise SystemExit(f"{target} exists: restore into an empty DATA_DIR")
        shutil.copyfile(source / "fengsui.db", target)
        for name in SIDE:
            if (source / name).exists():
                shutil.copyfile(source / name, settings.data_dir / name)
    else:
        _load(settings.database_url, source / "fengsui.dump")
    for kept in KEPT:
        if (source / kept).is_dir():
            shutil.copytree(source / kept, settings.data_dir / kept, dirs_exist_ok=True)
    node = open_node(settings)
    flaws = node.database.read(lambda session: [*verifying.verify(session)], world=None)
    if flaws:
        raise SystemExit(f"the backup's journal is broken: {flaws[0].what}")
    for world in node.database.read(journal.worlds_of, world=None):
        node.database.write(
            lambda session: journal.begin_again(session, session.info["world"], secrets.token_hex(4)),
            world=world,
        )
    found = [settings.data_dir / LIST, *sorted(source.resolve().parent.glob(f"*/{LIST}")), *lists]
    more = [clean(node, datetime.fromisoformat(about["made_at"]), found) for clean in _AFTER]
    node.database.close()
    said = f"restored the backup of {about['made_at']}; the journal is whole; a new incarnation begins"
    return "; ".join([said, *more])


def _load(url: str, dump: Path) -> None:
    plain = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run(
        ["pg_restore", "--no-owner", "--single-transaction", f"--dbname={plain}", str(dump)],  # noqa: S607  # from PATH, as installed
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"pg_restore: {done.stderr.strip()}")
