"""The response file is asked for when an incident is archived, or by hand; a job makes it and says what came of it."""

from __future__ import annotations

import sqlalchemy as sa

from command.archive import contract
from command.archive.contract import ArchiveEvent, ArchiveFileOut, Failed, Made, Step
from command.archive.models import ArchiveFile
from command.archive.queries import ARCHIVE_FILES, MAKE
from command.core.access import audience_of
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden
from command.core.events import on
from command.incidents.events import IncidentMoved
from command.incidents.models import Incident

OVER = frozenset({"archived", "dismissed"})


def said(tx: Tx, row: ArchiveFile, event: type[ArchiveEvent]) -> ArchiveFileOut:
    """Tell what became of it to those who see the incident."""
    shown = tx.show(ARCHIVE_FILES, row)
    tx.say(event(record=shown, parties=audience_of(tx.session, "incident", row.incident_id)))
    return shown


def ask(tx: Tx, incident_id: str, number: str, centre: str) -> ArchiveFileOut:
    """A new edition, of all that the journal has up to the entry that asks for it."""
    mine = sa.select(ArchiveFile).where(ArchiveFile.incident_id == incident_id).order_by(ArchiveFile.edition)
    before = tx.session.execute(mine.with_for_update()).scalars().all()
    if before and before[-1].state == "making":
        raise Conflict("It is being made", zh="正在生成，请稍候")
    for one in before:
        if one.live:
            one.live = False
            tx.touch(one)
            said(tx, one, contract.ArchiveReplaced)
    row = tx.add(
        ArchiveFile(
            incident_id=incident_id, incident_number=number, centre=centre, edition=len(before) + 1, state="making",
            asked_by=tx.actor.name, asked_at=tx.received_at, upto=None, done=0, total=None,
            made_at=None, sha256=None, size=None, members=None, key_id=None, failed=None, live=True,
        )
    )  # fmt: skip
    return said(tx, row, contract.ArchiveAsked)


@action(
    "archive.make",
    needs=MAKE,
    target="incident",
    http="POST /incidents/{id}/archive-file",
    status=201,
    output=ArchiveFileOut,
)
def make(tx: Tx, row: Incident, wish: object) -> ArchiveFileOut:
    """Have the response file of an archived incident made again, as a new edition."""
    if not (tx.actor.covers(row.centre) or tx.actor.centre[:9] == row.centre):
        raise Forbidden(
            "Only its home centre and the county may have it made", zh="只有属地单位和县里可以生成"
        )
    if row.state not in OVER:
        raise Conflict("It is not archived yet", zh="归档后才能生成档案")
    return ask(tx, row.id, row.number, row.centre)


@on(IncidentMoved)
def archived(tx: Tx, event: IncidentMoved) -> None:
    """An incident that is archived gets its file."""
    one = event.record
    if one.state == "archived":
        ask(tx, one.id, one.number, one.centre)


@action("archive.step", wish=Step, target="archive_file", inner=True, output=ArchiveFileOut)
def step(tx: Tx, row: ArchiveFile, wish: Step) -> ArchiveFileOut:
    """How far the work is."""
    _making(row)
    row.done, row.total = wish.done, wish.total
    tx.touch(row)
    return said(tx, row, contract.ArchiveStepped)


@action("archive.made", wish=Made, target="archive_file", inner=True, output=ArchiveFileOut)
def made(tx: Tx, row: ArchiveFile, wish: Made) -> ArchiveFileOut:
    """The file is there, signed and verified once."""
    _making(row)
    row.state, row.made_at = "ready", tx.received_at
    row.sha256, row.size, row.members, row.key_id = wish.sha256, wish.size, wish.members, wish.key_id
    row.upto = wish.upto
    tx.touch(row)
    return said(tx, row, contract.ArchiveMade)


@action("archive.failed", wish=Failed, target="archive_file", inner=True, output=ArchiveFileOut)
def failed(tx: Tx, row: ArchiveFile, wish: Failed) -> ArchiveFileOut:
    """The file could not be made: why, and it may be asked for again."""
    _making(row)
    row.state, row.failed = "failed", wish.model_dump()
    tx.touch(row)
    return said(tx, row, contract.ArchiveFailed)


def _making(row: ArchiveFile) -> None:
    if row.state != "making":
        raise Conflict("It is not being made", zh="没有在生成")
