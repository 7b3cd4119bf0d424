"""Bringing a file in, part after part, and taking an import back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid, Problem
from command.core.faults import Wrong
from command.core.importers import IMPORTERS, Importer
from command.core.queries import parse
from command.imports import undoing, uploads
from command.imports.contract import (
    ImportBegun,
    ImportMoved,
    ImportPartTold,
    ImportRunOut,
    ImportUndone,
    OpenImport,
    Part,
    RowOutcome,
    TakePart,
    Tried,
    TryPart,
)
from command.imports.models import ImportPart, ImportRun
from command.imports.queries import PARTS, RUNS, keeps
from command.imports.rows import Ready, Turned, checked_columns, ready
from command.imports.taking import take_row
from geo.crs import Crs

WRITE = permission("import.write", "bring files in, and take an import back")
UNDO_AT_ONCE = 200


def _may(tx: Tx, layer: str) -> Importer:
    importer = IMPORTERS.get(layer)
    if importer is None:
        raise Conflict("Nothing of that name is imported here any more", zh="本系统已没有这类导入")
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if not keeps(tx.actor):
        raise Forbidden("Registers are brought in by the county's keepers", zh="登记资料由县级管理人员导入")
    tx.actor.need(importer.needs)
    return importer


@action("import.open", wish=OpenImport, needs=WRITE, http="POST /imports", status=201, output=ImportRunOut)
def open_import(tx: Tx, wish: OpenImport) -> ImportRunOut:
    """Begin to bring a file in."""
    _checked(_may(tx, wish.layer), wish.columns)
    row = ImportRun(
        layer=wish.layer, source=wish.source, crs=wish.crs.value, file=wish.file, digest=wish.digest,
        columns=wish.columns, by=tx.actor.id, by_name=tx.actor.name, state="open", total=wish.total,
        made=0, changed=0, same=0, refused=0, flagged=0, taken=0, left=0, ended_at=None, live=True,
    )  # fmt: skip
    tx.add(row)
    return _said(tx, row, ImportBegun)


def _checked(importer: Importer, columns: dict[str, str]) -> None:
    try:
        checked_columns(importer, columns)
    except Wrong as wrong:
        raise Invalid(f"columns: {wrong}", zh=f"列对应：{wrong.zh}") from wrong


def _said(tx: Tx, row: ImportRun, event: Any) -> ImportRunOut:
    shown = tx.show(RUNS, row)
    tx.say(event(record=shown))
    return shown


def _given(payload: dict[str, Any], directory: Path) -> Any:
    """`prepare`: the rows of a part, read and checked by form beside the hub; or why they cannot be, said in the action's turn."""
    try:
        wish = parse(Part, {name: payload[name] for name in ("rows", "upload", "part") if name in payload})
        return uploads.rows_of(directory, wish)
    except Problem as refused:
        return refused


def _rows(
    tx: Tx, importer: Importer, wish: Part, source: str, crs: str, columns: dict[str, str]
) -> list[Any]:
    if isinstance(tx.prepared, Problem):
        raise tx.prepared
    given = tx.prepared if tx.prepared is not None else uploads.rows_of(tx.directory or Path(), wish)
    return [ready(importer, one, source, Crs(crs), columns) for one in given]


@action("import.take", wish=TakePart, needs=WRITE, target="import_run", http="POST /imports/{id}/parts",
        output=ImportRunOut, prepare=_given)  # fmt: skip
def take_part(tx: Tx, row: ImportRun, wish: TakePart) -> ImportRunOut:
    """Take the next part of a file: rows that cannot be taken are listed with their reasons, the others are done together."""
    importer = _may(tx, row.layer)
    if row.state != "open":
        raise Conflict("It is no longer open", zh="这次导入已结束")
    if wish.part != row.taken:
        raise Conflict(f"Part {row.taken} is the next one", zh=f"下一批应为第 {row.taken} 批", next=row.taken)
    rows = _rows(tx, importer, wish, row.source, row.crs, row.columns)
    count = row.made + row.changed + row.same + row.refused
    if not rows or count + len(rows) > row.total:
        raise Invalid("rows: more or fewer than the file has", zh="行数与文件不符")
    done = [take_row(tx, importer, row.source, row.id, one) for one in rows]
    _settle(tx, importer)
    part = tx.add(
        ImportPart(id=f"{row.id}:{wish.part}", run=row.id, number=wish.part, rows=done, undone=False)
    )
    tx.say(ImportPartTold(record=tx.show(PARTS, part)))
    for did in ("made", "changed", "same", "refused"):
        setattr(row, did, getattr(row, did) + sum(one["did"] == did for one in done))
    row.flagged += sum(one["did"] != "refused" and "said" in one for one in done)
    row.taken = row.left = wish.part + 1
    if count + len(rows) == row.total:
        row.state, row.ended_at = "done", tx.at
    tx.touch(row)
    return _said(tx, row, ImportMoved)


def _settle(tx: Tx, importer: Importer) -> None:
    if importer.settled is not None:
        tx.session.flush()
        importer.settled(tx)


@action("import.try", wish=TryPart, needs=WRITE, http="POST /imports/try", output=Tried, prepare=_given)
def try_part(tx: Tx, wish: TryPart) -> Tried:
    """Look what would become of rows: they are taken as in an import, and all is put back before it ends."""
    importer = _may(tx, wish.layer)
    _checked(importer, wish.columns)
    rows = _rows(tx, importer, wish, wish.source, wish.crs.value, wish.columns)
    nested = tx.session.begin_nested()
    done = [take_row(tx, importer, wish.source, tx.command, one) for one in rows]
    _settle(tx, importer)
    nested.rollback()
    tx.said.clear()
    return Tried(items=_outcomes(done, rows))


def _outcomes(done: Sequence[dict[str, Any]], rows: Sequence[Ready | Turned]) -> list[RowOutcome]:
    return [
        RowOutcome(number=one["number"], source_id=row.source_id, did=one["did"], said=one.get("said"))
        for one, row in zip(done, rows, strict=True)
    ]


@action("import.undo", needs=WRITE, target="import_run", http="POST /imports/{id}/undo", output=ImportRunOut)
def undo(tx: Tx, row: ImportRun, wish: object) -> ImportRunOut:
    """Take an import back: what it made is taken off, what it changed is put back as it stood. Refused when somebody changed any
    of it since. Of a large one a part is taken back at a time: it says so, and is asked again until all is."""
    importer = _may(tx, row.layer)
    if row.state == "undone":
        raise Conflict("It is taken back already", zh="这次导入已撤销")
    if row.state != "undoing":
        undoing.refuse_if_changed(tx, importer, row)
        row.state = "undoing"
    budget = UNDO_AT_ONCE
    while row.left and budget > 0:
        part = tx.session.get(ImportPart, f"{row.id}:{row.left - 1}")
        assert part is not None
        budget -= undoing.take_back(tx, importer, row, part)
        tx.say(ImportPartTold(record=tx.show(PARTS, part)))
        row.left -= 1
    if not row.left:
        row.state, row.ended_at = "undone", tx.at
    tx.touch(row)
    return _said(tx, row, ImportUndone)
