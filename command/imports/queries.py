"""Reading imports: the runs, the reports of their rows, what may be imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import records
from command.core.access import Actor, permission
from command.core.importers import IMPORTERS
from command.core.live.topics import may_hear
from command.core.queries import Nothing, View, Wish, query
from command.core.records import NOBODY, Criterion, RecordType, public, record
from command.imports.contract import TOPIC, ImportPartOut, ImportRunOut
from command.imports.models import ImportPart, ImportRun
from geo.crs import Crs

READ = permission("import.read", "see what was imported, and the reports of refused rows")


def keeps(actor: Actor) -> bool:
    """Registers of the whole county are brought in by its own keepers, not by a township's or a department's."""
    return actor.system or (len(actor.centre) == 6 and actor.may(READ))


def _visible(actor: Actor) -> Criterion:
    return sa.true() if keeps(actor) else NOBODY


def _show_runs(session: Session, rows: Sequence[ImportRun]) -> list[ImportRunOut]:
    return [public(ImportRunOut, row) for row in rows]


def _show_parts(session: Session, rows: Sequence[ImportPart]) -> list[ImportPartOut]:
    return [public(ImportPartOut, row) for row in rows]


RUNS = record(
    RecordType(
        "import_run", ImportRun, ImportRunOut, _show_runs,
        visible=_visible, in_topic=lambda topic: sa.true() if topic == TOPIC else None,
        path="imports", needs=READ, order=(ImportRun.id,), worldly=False,
        filters={"layer": lambda v: ImportRun.layer == v, "state": lambda v: ImportRun.state == v},
    )
)  # fmt: skip
PARTS = record(
    RecordType(
        "import_part", ImportPart, ImportPartOut, _show_parts,
        visible=lambda actor: NOBODY, order=(ImportPart.run, ImportPart.number), worldly=False,
    )
)  # fmt: skip


@may_hear
def _imports(session: Session, actor: Actor, topic: str) -> bool:
    """Those who keep the registers hear how an import goes on."""
    return topic == TOPIC and keeps(actor)


def parts_of(session: Session, run: str) -> Iterator[ImportPart]:
    """The parts of a run in order, one after another."""
    numbers = session.execute(
        sa.select(ImportPart.id).where(ImportPart.run == run).order_by(ImportPart.number)
    )
    for name in numbers.scalars().all():
        found = session.get(ImportPart, name)
        if found is not None:
            yield found
            session.expunge(found)


class OneRun(Wish):
    """A run, and which of its rows: refused or flagged ones (`faults`), or all."""

    id: str = Field(max_length=64)
    only: str = Field("faults", pattern="^(faults|all)$")
    after: int = Field(0, ge=0)
    limit: int = Field(1000, ge=1, le=20_000)


@query(
    "imports.report",
    wish=OneRun,
    needs=READ,
    http="GET /imports/{id}/report",
    output=dict[str, Any],
    long=True,
)
def report(view: View, wish: OneRun) -> dict[str, Any]:
    """What became of the rows of an import: by default those that were refused or are to be looked at, with reasons."""
    run = records.find(view.session, RUNS, wish.id, view.actor)
    items: list[dict[str, Any]] = []
    for part in parts_of(view.session, run.id):
        for row in part.rows:
            if row["number"] <= wish.after or (wish.only == "faults" and not row.get("said")):
                continue
            if len(items) == wish.limit:
                return {"run": run.id, "items": items, "more": True}
            items.append({name: row.get(name) for name in ("number", "source_id", "did", "thing", "said")})
    return {"run": run.id, "items": items, "more": False}


@query("imports.offered", wish=Nothing, needs=READ, http="GET /importers", output=dict[str, Any])
def offered(view: View, wish: Nothing) -> dict[str, Any]:
    """What may be brought in by the one who asks, with the columns of each, and the coordinate systems that a file may have."""
    items = [one.told() for one in IMPORTERS.values() if keeps(view.actor) and view.actor.may(one.needs)]
    return {"items": items, "crs": [one.value for one in Crs]}
