"""Reading incidents: their public form, who may see them, their timeline, and those that may be the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical
from command.core.access import COUNTY, Actor, audience_of, audiences, heard_by
from command.core.errors import NotFound
from command.core.live.topics import TOLD, may_hear
from command.core.records import Criterion, RecordType, public, record
from command.core.sight import own_party
from command.core.store import spatial
from command.incidents.contract import FigureOut, IncidentOut, ReportOut
from command.incidents.models import Figure, Incident, RawReport
from command.places import register


def show_incidents(session: Session, rows: Sequence[Incident]) -> list[IncidentOut]:
    """Incidents as the public sees them (docs/architecture.md)."""
    heard = audiences(session, "incident", [row.id for row in rows])
    return [show_incident(row, heard[row.id]) for row in rows]


def show_incident(row: Incident, heard: list[str]) -> IncidentOut:
    """An incident whose audience is known."""
    location = spatial.shown(row.location)
    basis = ("road" if (row.road or {}).get("placed") else "point") if location else _basis_in_words(row)
    anchor = None if location else schematic_anchor(row.village_code or row.centre)
    return public(
        IncidentOut, row, location=location, location_basis=basis, schematic_anchor=anchor, audience=heard
    )


def _basis_in_words(row: Incident) -> str:
    return "village" if row.village_code else "road" if row.road else "none"


def schematic_anchor(code: str) -> dict[str, Any] | None:
    """The anchor of a township's schematic cell: a place to draw at, never a fact."""
    township = register.township_of(code)
    cell = register.cell(township.code) if township else None
    return {"type": "Point", "coordinates": list(cell.anchor)} if cell else None


def show_figures(session: Session, rows: Sequence[Figure]) -> list[FigureOut]:
    """Statements of figures as the public sees them."""
    return [public(FigureOut, row) for row in rows]


def show_reports(session: Session, rows: Sequence[RawReport]) -> list[ReportOut]:
    """Raw reports as the public sees them."""
    return [public(ReportOut, row) for row in rows]


def incident_visible(actor: Actor) -> Criterion:
    """SQL: the actor is in the incident's audience."""
    return sa.true() if actor.system else heard_by("incident", Incident.id, actor.parties)


def hangs_visible(model: Any) -> Any:
    """SQL for what hangs on an incident: seen with it, but not by a team that only works on it."""

    def visible(actor: Actor) -> Criterion:
        if actor.system:
            return sa.true()
        return heard_by(
            "incident", model.incident_id, {party for party in actor.parties if not party.startswith("team:")}
        )

    return visible


def of_incident(column: Any, incident_id: str) -> Criterion:
    """SQL for what is read of an incident where nothing moves when it is merged: its own, and of those that were merged into it. Taken
    out again, they have theirs."""
    merged = sa.select(Incident.id).where(Incident.merged_into == incident_id)
    return sa.or_(column == incident_id, column.in_(merged))


def is_party(topic: str) -> bool:
    """Whether a topic is a party's (rather than one incident's or a world's)."""
    return topic == COUNTY or topic.startswith(("centre:", "team:"))


def _incident_topic(topic: str) -> Criterion | None:
    if topic.startswith("incident:"):
        return Incident.id == topic.removeprefix("incident:")
    return sa.and_(Incident.live, heard_by("incident", Incident.id, [topic])) if is_party(topic) else None


def of_live_incidents(model: Any, topic: str) -> Criterion | None:
    """SQL for a topic: what hangs on the one incident or came from it, or hangs on the live ones of a party but a team."""
    if topic.startswith("incident:"):
        here = topic.removeprefix("incident:")
        return sa.or_(model.incident_id == here, model.came_from == here)
    if not is_party(topic) or topic.startswith("team:"):
        return None
    live = sa.select(Incident.id).where(Incident.live, heard_by("incident", Incident.id, [topic]))
    return sa.and_(model.incident_id.in_(live))


def on_road(road: str) -> Criterion:
    """SQL: the incident's place is on the road of this number or name."""
    told = sa.cast(Incident.road, sa.Text)
    number, name = canonical.dump(road.strip().upper()).decode(), canonical.dump(road.strip()).decode()
    return sa.or_(
        told.contains(f'"ref":{number}', autoescape=True), told.contains(f'"name":{name}', autoescape=True)
    )


def _to_team(record: Mapping[str, Any], parties: Collection[str]) -> dict[str, Any]:
    """What a team need not know of the incident it works on: who else takes part, who called, what was weighed and owed."""
    return {
        "audience": own_party(record, parties),
        "shares": [],
        "caller": None,
        "merged_from": [],
        "proposed_centre": None,
        "level_suggested": {"confirmed": None, "possible": None, "because": []},
        "loss_wan": None,
        "late_window": None,
        "report_changed": None,
    }


INCIDENTS = record(
    RecordType(
        "incident",
        Incident,
        IncidentOut,
        show_incidents,
        visible=incident_visible,
        in_topic=_incident_topic,
        path="incidents",
        needs="incident.read",
        order=(Incident.id,),
        place=Incident.location,
        to_team=_to_team,
        hushed=frozenset({"incident.audience", "incident.reported", "incident.late_window"}),
        filters={
            "state": lambda v: Incident.state.in_(v.split(",")),
            "kind": lambda v: Incident.kind == v,
            "level": lambda v: Incident.level == v,
            "centre": lambda v: Incident.centre == v,
            "life_risk": lambda v: Incident.life_risk == v,
            "village_code": lambda v: Incident.village_code == v,
            "road": lambda v: on_road(v),
            "live": lambda v: Incident.live == (v in ("true", "1")),
        },
    )
)

FIGURES = record(
    RecordType(
        "figure",
        Figure,
        FigureOut,
        show_figures,
        visible=hangs_visible(Figure),
        in_topic=lambda topic: of_live_incidents(Figure, topic),
        path="figures",
        needs="incident.read",
        order=(Figure.id,),
        filters={"incident_id": lambda v: Figure.incident_id == v, "field": lambda v: Figure.field == v},
        children_of="incident",
    )
)

REPORTS = record(
    RecordType(
        "report",
        RawReport,
        ReportOut,
        show_reports,
        visible=hangs_visible(RawReport),
        in_topic=lambda topic: of_live_incidents(RawReport, topic),
        path="reports",
        needs="incident.read",
        order=(RawReport.id,),
        filters={"incident_id": lambda v: RawReport.incident_id == v},
        children_of="incident",
        to_team=lambda record, parties: {"caller": None},
    )
)


def parties(session: Session, incident_id: str) -> frozenset[str]:
    """Who may see an incident now."""
    return audience_of(session, "incident", incident_id)


def followers(session: Session, incident_id: str) -> frozenset[str]:
    """Who hears what hangs on an incident: those who see it, but nobody by party once it has left the lists, where nothing
    hangs on it any more; who looks at it alone hears it always."""
    live = session.execute(sa.select(Incident.live).where(Incident.id == incident_id)).scalar_one_or_none()
    return parties(session, incident_id) if live else frozenset()


def incident_row(session: Session, incident_id: str) -> Incident:
    """An incident of this world whoever asks: for other slices' actions, which check sight themselves."""
    row = session.execute(sa.select(Incident).where(Incident.id == incident_id)).scalar_one_or_none()
    if row is None:
        raise NotFound()
    return row


@may_hear
def _one_incident(session: Session, actor: Actor, topic: str) -> bool:
    """Those hear one incident who may see it as a whole: not a team that only works on it."""
    if not topic.startswith("incident:") or not actor.may(TOLD):
        return False
    whole = {party for party in actor.parties if not party.startswith("team:")}
    return bool(audience_of(session, "incident", topic.removeprefix("incident:")) & whole)
