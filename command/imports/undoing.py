"""Taking an import back: what it made is taken off its register, what it changed is put back as it stood."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core import records
from command.core.actions import Tx
from command.core.errors import Conflict
from command.core.importers import Importer
from command.imports.models import ImportLink, ImportPart, ImportRun
from command.imports.queries import parts_of
from command.imports.taking import row_of, version_of

MOST_NAMED = 20
SINCE = ("somebody changed it since", "之后有人改过")
LATER = ("a later import changed it: take that one back first", "之后的导入改过：请先撤销那一次")


def refuse_if_changed(tx: Tx, importer: Importer, run: ImportRun) -> None:
    """Conflict, with the rows that are in the way, when anything of the import is no longer as it left it."""
    model: Any = records.of_kind(importer.record).model
    touched = sa.select(ImportLink).where(ImportLink.run == run.id)
    mine = tx.session.execute(sa.select(sa.func.count()).select_from(touched.subquery())).scalar_one()
    as_left = touched.join(model, model.id == ImportLink.thing).where(
        model.version == ImportLink.thing_version
    )
    untouched = tx.session.execute(sa.select(sa.func.count()).select_from(as_left.subquery())).scalar_one()
    if untouched == mine == run.made + run.changed:
        return
    faults = _in_the_way(tx, importer, run)
    if not faults:
        return
    raise Conflict(
        f"It cannot be taken back: {faults[0]['said']['en']} (row {faults[0]['number']})",
        zh=f"不能撤销：第 {faults[0]['number']} 行{faults[0]['said']['zh']}",
        errors=faults,
    )


def _in_the_way(tx: Tx, importer: Importer, run: ImportRun) -> list[dict[str, Any]]:
    faults: list[dict[str, Any]] = []
    for part in parts_of(tx.session, run.id):
        for row in part.rows:
            if row["did"] not in ("made", "changed"):
                continue
            said = _why_not(tx, importer, run, row)
            if said is not None:
                faults.append(
                    {"number": row["number"], "source_id": row["source_id"], "thing": row["thing"],
                     "said": {"en": said[0], "zh": said[1]}}
                )  # fmt: skip
            if len(faults) == MOST_NAMED:
                return faults
    return faults


def _why_not(tx: Tx, importer: Importer, run: ImportRun, row: dict[str, Any]) -> tuple[str, str] | None:
    link = tx.session.get(ImportLink, (run.layer, run.source, row["source_id"]))
    if link is None or link.run != run.id:
        return LATER
    thing = row_of(tx, importer, link.thing)
    return None if thing is not None and thing.version == link.thing_version else SINCE


def take_back(tx: Tx, importer: Importer, run: ImportRun, part: ImportPart) -> int:
    """Take one part back, the last row first. Returns how many things were touched."""
    rows = [dict(row) for row in part.rows]
    touched = 0
    for row in reversed(rows):
        if row["did"] in ("made", "changed"):
            _put_back(tx, importer, run, row)
            touched += 1
    part.rows, part.undone = rows, True
    tx.touch(part)
    return max(1, touched)


def _put_back(tx: Tx, importer: Importer, run: ImportRun, row: dict[str, Any]) -> None:
    said = _why_not(tx, importer, run, row)
    if said is not None:
        raise Conflict(
            f"It cannot be taken back further: row {row['number']}: {said[0]}",
            zh=f"不能继续撤销：第 {row['number']} 行{said[1]}",
        )
    link = tx.session.get(ImportLink, (run.layer, run.source, row["source_id"]))
    assert link is not None
    if row["did"] == "made":
        assert importer.drop is not None
        tx.act(importer.drop, {"id": row["thing"]}, as_system=True)
        tx.session.delete(link)
        return
    tx.act(importer.change, {"id": row["thing"], **row["before"]}, as_system=True)
    row["after"] = version_of(tx, importer, row["thing"])
    if "was" not in row:
        tx.session.delete(link)
    else:
        link.run, link.digest, link.thing_version = row["was"]["run"], row["was"]["digest"], row["after"]
    tx.session.flush()
