"""Hazards and incidents: each may raise the other; the link is told on both sides, to those who see each."""

from __future__ import annotations

from pydantic import Field

from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, NotFound
from command.core.queries import Wish
from command.core.store.spatial import shown
from command.hazards.actions import REPORT, handles
from command.hazards.contract import HazardOut
from command.hazards.events import HazardLinked
from command.hazards.kinds import TYPES
from command.hazards.models import Hazard
from command.hazards.queries import HAZARDS, index, parties
from command.incidents.contract import IncidentOut, LifeRisk
from command.incidents.queries import INCIDENTS

LONGEST_TITLE = 200


class LinkIncident(Wish):
    """The incident that it belongs to."""

    incident_id: str = Field(max_length=36)


class RaiseIncident(Wish):
    """What the hazard has become."""

    kind: str = Field(max_length=32)
    title: str | None = Field(None, min_length=1, max_length=LONGEST_TITLE)
    description: str | None = Field(None, max_length=4000)
    life_risk: LifeRisk | None = None


def _may_link(tx: Tx, row: Hazard) -> None:
    if not (handles(tx, row) or row.steps[0]["by_id"] == tx.actor.id):
        raise Forbidden("It is another's business", zh="不归你办理")


@action(
    "hazard.link",
    wish=LinkIncident,
    needs=REPORT,
    target="hazard",
    http="POST /hazards/{id}/incidents",
    output=HazardOut,
)
def link(tx: Tx, row: Hazard, wish: LinkIncident) -> HazardOut:
    """Link a hazard with an incident that the actor sees; the incident's timeline names it by number and kind only."""
    _may_link(tx, row)
    incident = tx.find(INCIDENTS, wish.incident_id)
    if incident.id in row.incidents:
        raise Conflict("They are linked already", zh="已经关联")
    row.incidents = [*row.incidents, incident.id]
    said = {"zh": f"关联事件 {incident.number}", "en": f"Linked with incident {incident.number}"}
    shown_ = _linked(tx, row, said)
    words = {
        "id": incident.id,
        "text": f"关联隐患 {row.number}（{TYPES[row.type].zh}）",
        "source": tx.actor.name,
    }
    tx.act("incident.report", words, as_system=not tx.actor.may("incident.report"))
    return shown_


@action(
    "hazard.unlink",
    wish=LinkIncident,
    needs=REPORT,
    target="hazard",
    http="POST /hazards/{id}/incidents/unlink",
    output=HazardOut,
)
def unlink(tx: Tx, row: Hazard, wish: LinkIncident) -> HazardOut:
    """Take a link back that was made by mistake."""
    _may_link(tx, row)
    if wish.incident_id not in row.incidents:
        raise NotFound("They are not linked", zh="没有关联")
    row.incidents = [one for one in row.incidents if one != wish.incident_id]
    return _linked(tx, row, {"zh": "取消关联事件", "en": "No longer linked with an incident"})


def _linked(tx: Tx, row: Hazard, said: dict[str, str]) -> HazardOut:
    index(tx.session, row.id, [one["photo"] for one in row.photos], row.incidents)
    tx.touch(row)
    told = tx.show(HAZARDS, row)
    tx.say(HazardLinked(record=told, parties=parties(tx.session, row.id), said=said))
    return told


@action(
    "hazard.raise_incident",
    wish=RaiseIncident,
    needs="incident.open",
    target="hazard",
    http="POST /hazards/{id}/raise",
    status=201,
    output=IncidentOut,
)
def raise_incident(tx: Tx, row: Hazard, wish: RaiseIncident) -> IncidentOut:
    """A hazard has become an incident: it is opened where the hazard lies, and linked."""
    _may_link(tx, row)
    body = {
        **wish.model_dump(exclude_none=True),
        "title": wish.title or row.title,
        "location": shown(row.location),
        "village_code": row.village_code,
        "centre": row.centre,
        "place_text": row.place_text,
        "source": f"隐患 {row.number}",
    }
    if body["location"] is None and body["village_code"] is None:
        raise Conflict("Set its position or village first", zh="请先补充隐患的位置或村")
    opened: IncidentOut = tx.act("incident.open", body)
    tx.act("hazard.link", {"id": row.id, "incident_id": opened.id})
    return opened
