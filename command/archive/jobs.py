"""Making response files, one at a time: rows and entries are read beside the hub, reports set as papers one by one, the ZIP packed in
a process of its own at the lowest priority, and looked at once before anybody is told that it is there."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from command.archive import gathering, keys, verifying
from command.archive.models import ArchiveFile
from command.archive.queries import path_of
from command.core import jobs
from command.core.access import system_actor
from command.core.actions import Command
from command.core.errors import Conflict
from command.core.node import Node
from command.core.queries import Download

log = logging.getLogger(__name__)
HOME = str(Path(__file__).resolve().parents[2])
PATIENCE_S = 900
ALONE = [sys.executable, "-m", "command.archive"]
BROKE = {
    "zh": "打包出错，请重试；仍不行请联系管理员",
    "en": "packing failed: try again, then tell the administrator",
}
UNTRUE = {
    "zh": "生成后校验不符，请运行 fengsui verify",
    "en": "it did not verify after it was made: run `fengsui verify`",
}


@jobs.every("archive.make", seconds=5)
def make(node: Node) -> None:
    """Make what was asked for, the oldest first."""
    wanted = sa.select(ArchiveFile).where(ArchiveFile.state == "making").order_by(ArchiveFile.asked_at)
    rows = node.database.read(
        lambda session: [_apart(session, row) for row in session.execute(wanted).scalars().all()], world=None
    )
    for row in rows:
        _make(node, row)


def _apart(session: Any, row: ArchiveFile) -> ArchiveFile:
    session.expunge(row)
    return row


def _make(node: Node, row: ArchiveFile) -> None:
    target = path_of(node.data_dir, row)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(prefix=f".{row.id}.", dir=target.parent))
    try:
        told = node.look(
            lambda view: gathering.gather(view, row, folder), system_actor(node.name), row.world, long=True
        )
        _papers(node, row, folder, told["papers"])
        made = _packed(folder, told["about"], node.data_dir, target)  # waits in its greenlet
        checked = node.beside(verifying.verify, target, keys.publics(node.data_dir))
        if checked.flaws:
            log.error("response file %s: %s", row.id, checked.flaws)
            _say(node, row, "archive.failed", UNTRUE)
        else:
            upto = told["about"]["journal"]["end"]["seq"]
            _say(node, row, "archive.made", {**made, "upto": upto})
    except (subprocess.SubprocessError, OSError) as error:
        log.error("response file %s: %s", row.id, error)
        _say(node, row, "archive.failed", BROKE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _papers(node: Node, row: ArchiveFile, folder: Path, reports: list[tuple[str, str]]) -> None:
    """Each report that was sent, as it is printed; without a Chinese font on this machine, as DOCX."""
    for done, (thing, number) in enumerate(reports):
        _say(node, row, "archive.step", {"done": done, "total": len(reports)})
        raw, suffix = _paper(node, row.world, thing)
        (folder / "papers").mkdir(exist_ok=True)
        (folder / "papers" / f"{number}{suffix}").write_bytes(raw)


def _paper(node: Node, world: int, thing: str) -> tuple[bytes, str]:
    """(bytes, how its name ends)."""
    actor = system_actor(node.name)
    for form in ("pdf", "docx"):
        found: Download = node.ask("sitreps.paper", {"id": thing, "form": form}, actor, world)
        try:
            return found.whole(), Path(found.name).suffix
        except Conflict as no_font:
            log.warning("report %s in the response file: %s", thing, no_font)
    raise OSError("a report could not be set in either form")


def _packed(folder: Path, about: dict[str, Any], directory: Path, out: Path) -> dict[str, Any]:
    asked = {"folder": str(folder), "about": about, "directory": str(directory), "out": str(out)}
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (HOME, os.environ.get("PYTHONPATH"))))}
    done = subprocess.run(
        ["nice", "-n", "19", *ALONE],  # noqa: S607  # from PATH, as installed
        input=json.dumps(asked).encode(), env=env, timeout=PATIENCE_S, capture_output=True, check=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _say(node: Node, row: ArchiveFile, name: str, payload: dict[str, Any]) -> None:
    once = str(uuid.uuid5(jobs.SPACE, f"{name}:{row.id}:{payload.get('done', '')}"))
    node.act(Command(name, {"id": row.id, **payload}, system_actor(node.name), once, row.world))
