"""Reading requisitions: with their incident; whose a thing is through a door of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core import canonical, personal, seal
from command.core.access import permission
from command.core.errors import Gone, NotFound
from command.core.queries import View, Wish, query
from command.core.records import Criterion, RecordType, find, public, record
from command.incidents.queries import hangs_visible
from command.requisitions.contract import RequisitionOut
from command.requisitions.models import Requisition, RequisitionOwner

READ = permission("requisition.read", "see what was requisitioned for incidents", "查看征用台账")
PERSONAL = "personal.read"
personal.personal(
    "requisition.owner", RequisitionOwner, of="requisition", by=RequisitionOwner.requisition_id,
    zh="征用物权利人姓名、电话", en="owners of what was requisitioned",
)  # fmt: skip


def _topic(topic: str) -> Criterion | None:
    if topic.startswith("incident:"):
        return Requisition.incident_id == topic.removeprefix("incident:")
    return None


def _show(session: Session, rows: Sequence[Requisition]) -> list[RequisitionOut]:
    return [public(RequisitionOut, row) for row in rows]


REQUISITIONS: RecordType[Requisition, RequisitionOut] = record(
    RecordType(
        "requisition", Requisition, RequisitionOut, _show, visible=hangs_visible(Requisition), in_topic=_topic,
        path="requisitions", needs=READ, order=(Requisition.id,),
        filters={
            "incident_id": lambda v: Requisition.incident_id == v,
            "state": lambda v: Requisition.state.in_(v.split(",")),
            "centre": lambda v: Requisition.centre == v,
        },
    )
)  # fmt: skip


def of_incident(session: Session, incident_id: str) -> list[Requisition]:
    """What was requisitioned for an incident, in order."""
    chosen = sa.select(Requisition).where(Requisition.incident_id == incident_id).order_by(Requisition.id)
    return list(session.execute(chosen).scalars())


class OfRequisition(Wish):
    """A requisitioned thing."""

    id: str = Field(max_length=36)


@query(
    "requisition.owner", wish=OfRequisition, needs=PERSONAL, http="GET /requisitions/{id}/owner", output=dict[str, Any]
)  # fmt: skip
def owner(view: View, wish: OfRequisition) -> dict[str, Any]:
    """Whose a thing is, by name and number, for the house that took it and the county; the reading is written to the access log."""
    row = find(view.session, REQUISITIONS, wish.id, view.actor)
    if not view.actor.covers(row.centre):
        raise NotFound()
    kept = view.session.get(RequisitionOwner, (view.world, row.owner["id"]))
    if kept is None:
        raise Gone("It was erased", zh="已依法清除")
    view.log_read("owner of a requisitioned thing", row.id)
    found: dict[str, Any] = canonical.load(seal.open_(view.secret, kept.sealed))
    return found
