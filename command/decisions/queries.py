"""Reading decisions: by who asked, by who decides, and by the county."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import COUNTY, Actor, audiences, centre_party, heard_by, permission
from command.core.records import Criterion, RecordType, public, record
from command.decisions.contract import DecisionOut
from command.decisions.models import Decision
from command.incidents.queries import is_party

READ = permission("decision.read", "see what is asked of leaders and what they decided", "查看请示和领导决定")


def heard(row: Decision, node: str) -> frozenset[str]:
    """Who knows of it: the county, who asked, who decides."""
    asked = {centre_party(row.centre), centre_party(row.from_centre)}
    return frozenset({COUNTY} | (asked - {centre_party(node[:6])}))


def _visible(actor: Actor) -> Criterion:
    return sa.true() if actor.system else heard_by("decision", Decision.id, actor.parties)


def _in_topic(topic: str) -> Criterion | None:
    if not is_party(topic) or topic.startswith("team:"):
        return None
    return sa.and_(Decision.live, heard_by("decision", Decision.id, [topic]))


def _show(session: Session, rows: Sequence[Decision]) -> list[DecisionOut]:
    known = audiences(session, "decision", [row.id for row in rows])
    return [public(DecisionOut, row, audience=known[row.id]) for row in rows]


DECISIONS = record(
    RecordType(
        "decision",
        Decision,
        DecisionOut,
        _show,
        visible=_visible,
        in_topic=_in_topic,
        path="decisions",
        needs=READ,
        order=(Decision.id,),
        filters={
            "state": lambda v: Decision.state.in_(v.split(",")),
            "incident_id": lambda v: Decision.incident_id == v,
            "centre": lambda v: Decision.centre == v,
            "live": lambda v: Decision.live == (v in ("true", "1")),
        },
    )
)
