"""Reading response files: which editions there are, what stands before archiving, whether a file is what was signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.archive import verifying
from command.archive.contract import ArchiveFileOut
from command.archive.keys import publics
from command.archive.models import ArchiveFile
from command.core import journal
from command.core.access import Actor, heard_by, permission
from command.core.errors import NotFound
from command.core.gates import gates_of
from command.core.queries import View, Wish, query
from command.core.records import NOBODY, Criterion, RecordType, find, public, record
from command.incidents.queries import INCIDENTS

READ = permission(
    "archive.read",
    "see and download response files (each download is logged)",
    "查看、下载事件档案（每次留痕）",
)
MAKE = permission("archive.make", "have the response file made", "生成事件档案")
FOLDER = "archives"


def _visible(actor: Actor) -> Criterion:
    if actor.system:
        return sa.true()
    if actor.team_id is not None or not actor.may(READ):
        return NOBODY
    return heard_by("incident", ArchiveFile.incident_id, actor.parties)


def _topic(topic: str) -> Criterion | None:
    if topic.startswith("incident:"):
        return sa.and_(ArchiveFile.live, ArchiveFile.incident_id == topic.removeprefix("incident:"))
    return None


def _show(session: Session, rows: Sequence[ArchiveFile]) -> list[ArchiveFileOut]:
    return [public(ArchiveFileOut, row) for row in rows]


ARCHIVE_FILES = record(
    RecordType(
        "archive_file", ArchiveFile, ArchiveFileOut, _show, visible=_visible, in_topic=_topic, path="archive_files",
        needs=READ, order=(ArchiveFile.id,),
        filters={
            "incident_id": lambda v: ArchiveFile.incident_id == v,
            "live": lambda v: ArchiveFile.live == (v in ("true", "1")),
        },
    )
)  # fmt: skip


class OfIncident(Wish):
    """An incident."""

    id: str = Field(max_length=36)


class OfFile(Wish):
    """An edition of a response file."""

    id: str = Field(max_length=36)


@query(
    "archive.before",
    wish=OfIncident,
    needs="incident.read",
    http="GET /incidents/{id}/gates",
    output=dict[str, Any],
)
def before_archiving(view: View, wish: OfIncident) -> dict[str, Any]:
    """What stands between an incident and its archive, open gates too."""
    find(view.session, INCIDENTS, wish.id, view.actor)
    return {"items": gates_of(view, wish.id, "archived")}


def path_of(directory: Path, row: ArchiveFile) -> Path:
    """Where the file of an edition lies."""
    return directory / FOLDER / f"{row.id}.zip"


@query(
    "archive_file.verify",
    wish=OfFile,
    needs=READ,
    http="GET /archive_files/{id}/verify",
    output=dict[str, Any],
    long=True,
)
def verify(view: View, wish: OfFile) -> dict[str, Any]:
    """Whether the file on the server is what was signed, and its entries those of the journal."""
    row = find(view.session, ARCHIVE_FILES, wish.id, view.actor)
    path = path_of(view.directory, row) if view.directory else None
    if path is None or not path.is_file():
        raise NotFound("The file is not there", zh="档案文件不存在")
    checked = verifying.verify(path, publics(path.parent.parent))
    flaws = [*checked.flaws, *_against(view.session, checked.hashes)]
    return {
        "ok": not flaws,
        "flaws": flaws,
        "members": checked.members,
        "entries": len(checked.hashes),
        "key_id": checked.key_id,
    }


def _against(session: Session, hashes: dict[int, str]) -> list[dict[str, str]]:
    """Entries of the file that the journal has otherwise."""
    found: dict[int, str] = {}
    numbers = sorted(hashes)
    for begin in range(0, len(numbers), 400):
        some = numbers[begin : begin + 400]
        rows = session.execute(
            sa.select(journal.Entry.seq, journal.Entry.hash).where(journal.Entry.seq.in_(some))
        )
        found.update({row.seq: row.hash.hex() for row in rows})
    return [
        {"zh": f"第 {seq} 条与日志不符", "en": f"entry {seq} is not the journal's"}
        for seq in numbers
        if found.get(seq) != hashes[seq]
    ]
