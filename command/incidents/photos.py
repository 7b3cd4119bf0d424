"""Photos of an incident: each hangs on it as a raw report, and is shown only to those who may see that report."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import files, records
from command.core.access import Actor
from command.core.actions import Tx, action
from command.core.errors import Invalid
from command.incidents.actions import itself
from command.incidents.contract import AddPhoto, ReportOut
from command.incidents.events import ReportAdded
from command.incidents.models import Incident, RawReport
from command.incidents.queries import REPORTS, followers
from command.incidents.reporting import REPORT

WORDLESS = "现场照片"


@action(
    "incident.photo",
    wish=AddPhoto,
    needs=REPORT,
    target="incident",
    http="POST /incidents/{id}/photos",
    status=201,
    output=ReportOut,
    prepare=files.kept_of,
)
def add_photo(tx: Tx, row: Incident, wish: AddPhoto) -> ReportOut:
    """Hang a photo on an incident, with the words that go with it."""
    itself(row)
    if not isinstance(tx.prepared, files.Picture):
        raise tx.prepared or Invalid("picture: this node keeps no files", zh="此节点不存文件")
    report = tx.add(
        RawReport(
            incident_id=row.id,
            came_from=None,
            text=wish.text or WORDLESS,
            source=wish.source,
            at=tx.at,
            received_at=tx.received_at,
            by=tx.actor.name,
            casualties=None,
            location=wish.location.model_dump() if wish.location else None,
            ahead=tx.ahead,
            photo=tx.prepared.id,
        )
    )
    shown = tx.show(REPORTS, report)
    tx.say(ReportAdded(record=shown, parties=followers(tx.session, row.id)))
    return shown


def may_see(session: Session, actor: Actor, name: str) -> bool:
    """Whether a report that the actor may see carries this photo."""
    visible = records.KINDS["report"].visible(actor)
    query = sa.select(RawReport.id).where(RawReport.photo == name, visible).limit(1)
    return session.execute(query).first() is not None


def carried(session: Session, names: Collection[str]) -> set[str]:
    """Those of some photos that hang on a report."""
    return {
        name
        for name in session.execute(sa.select(RawReport.photo).where(RawReport.photo.in_(names))).scalars()
        if name
    }


files.guard(may_see)
files.carries(carried)
