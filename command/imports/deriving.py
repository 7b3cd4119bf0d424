"""Which thing a row of a source is, derived again from the parts after a rebuild."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.rebuild import derived
from command.imports.models import ImportLink, ImportPart, ImportRun


@derived
def links(session: Session) -> None:
    """Walk the parts in the order in which they were done; a part that was taken back leaves what stood before it."""
    if session.info["world"]:
        return
    session.execute(sa.delete(ImportLink))
    session.expire_all()
    order = (
        sa.select(ImportPart, ImportRun)
        .join(ImportRun, ImportRun.id == ImportPart.run)
        .order_by(ImportPart.created_at, ImportPart.id)
    )
    found: dict[tuple[str, str, str], ImportLink] = {}
    for part, run in session.execute(order):
        for row in part.rows:
            if row["did"] not in ("made", "changed"):
                continue
            key = (run.layer, run.source, row["source_id"])
            if not part.undone:
                found[key] = ImportLink(
                    layer=key[0], source=key[1], source_id=key[2], thing=row["thing"], run=run.id,
                    digest=row["digest"], thing_version=row["version"],
                )  # fmt: skip
            elif "after" in row and key in found:
                found[key].thing_version = max(found[key].thing_version, row["after"])
    session.add_all(found.values())
    session.flush()
