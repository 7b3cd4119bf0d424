"""Reading incidents: their public form, who may see them, their timeline, and those that may be the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import AwareDatetime, Field
from sqlalchemy.orm import Session

from command.core import canonical, clock, spatial
from command.core.access import COUNTY, Actor, Audience, audience_of, heard_by
from command.core.errors import NotFound
from command.core.journal import Entry, EntryTopic
from command.core.queries import View, Wish, query
from command.core.records import Criterion, RecordType, find, record
from command.core.snapshots import use_timeline
from command.core.topics import may_hear
from command.incidents.contract import FigureOut, IncidentOut, ReportOut
from command.incidents.kinds import KINDS
from command.incidents.models import Figure, Incident, RawReport
from command.places import register

SIMILAR_WINDOW = timedelta(hours=6)
SIMILAR_METRES = 5000.0
PLAIN = ("id", "version", "term", "n", "home", "created_at", "updated_at")
INCIDENT_FIELDS = tuple(
    name for name in IncidentOut.model_fields if name not in ("location", "location_basis", "schematic_anchor", "audience")
)


def audiences(session: Session, kind: str, things: Sequence[str]) -> dict[str, list[str]]:
    """The parties of many things at once."""
    found: dict[str, list[str]] = {thing: [] for thing in things}
    query_ = sa.select(Audience.id, Audience.party).where(Audience.kind == kind, Audience.id.in_(things))
    for thing, party in session.execute(query_.order_by(Audience.party)):
        found[thing].append(party)
    return found


def show_incidents(session: Session, rows: Sequence[Incident]) -> list[IncidentOut]:
    """Incidents as the public sees them (docs/architecture.md)."""
    heard = audiences(session, "incident", [row.id for row in rows])
    return [_show_incident(row, heard[row.id]) for row in rows]


def _show_incident(row: Incident, heard: list[str]) -> IncidentOut:
    values = {name: getattr(row, name) for name in INCIDENT_FIELDS}
    location = spatial.shown(row.location)
    basis = "point" if location else ("village" if row.village_code else "none")
    anchor = None if location else schematic_anchor(row.village_code or row.centre)
    return IncidentOut(**values, location=location, location_basis=basis, schematic_anchor=anchor, audience=heard)


def schematic_anchor(code: str) -> dict[str, Any] | None:
    """The anchor of a township's schematic cell: a place to draw at, never a fact."""
    township = register.township_of(code)
    cell = register.cell(township.code) if township else None
    return {"type": "Point", "coordinates": list(cell.anchor)} if cell else None


def _township_code(code: str | None) -> str | None:
    township = register.township_of(code) if code else None
    return township.code if township else None


def show_figures(session: Session, rows: Sequence[Figure]) -> list[FigureOut]:
    """Statements of figures as the public sees them."""
    return [FigureOut(**{name: getattr(row, name) for name in FigureOut.model_fields if name != "live"}) for row in rows]


def show_reports(session: Session, rows: Sequence[RawReport]) -> list[ReportOut]:
    """Raw reports as the public sees them."""
    return [ReportOut(**{name: getattr(row, name) for name in ReportOut.model_fields if name != "live"}) for row in rows]


def incident_visible(actor: Actor) -> Criterion:
    """SQL: the actor is in the incident's audience."""
    return sa.true() if actor.system else heard_by("incident", Incident.id, actor.parties)


def hangs_visible(model: Any) -> Any:
    """SQL for what hangs on an incident: seen with it, but not by a team that only works on it."""

    def visible(actor: Actor) -> Criterion:
        if actor.system:
            return sa.true()
        return heard_by("incident", model.incident_id, {party for party in actor.parties if not party.startswith("team:")})

    return visible


def is_party(topic: str) -> bool:
    """Whether a topic is a party's (rather than one incident's or a world's)."""
    return topic == COUNTY or topic.startswith(("centre:", "team:"))


def _incident_topic(topic: str) -> Criterion | None:
    if topic.startswith("incident:"):
        return Incident.id == topic.removeprefix("incident:")
    return sa.and_(Incident.live, heard_by("incident", Incident.id, [topic])) if is_party(topic) else None


def of_live_incidents(model: Any, topic: str) -> Criterion | None:
    """SQL for a topic: what hangs on the one incident, or on the live incidents of a party that is not a team."""
    if topic.startswith("incident:"):
        return sa.and_(model.incident_id == topic.removeprefix("incident:"))
    if not is_party(topic) or topic.startswith("team:"):
        return None
    live = sa.select(Incident.id).where(Incident.live, heard_by("incident", Incident.id, [topic]))
    return sa.and_(model.incident_id.in_(live))


def _report_topic(topic: str) -> Criterion | None:
    return of_live_incidents(RawReport, topic) if topic.startswith("incident:") else None


INCIDENTS = record(
    RecordType(
        "incident", Incident, IncidentOut, show_incidents, visible=incident_visible, in_topic=_incident_topic,
        path="incidents", needs="incident.read", order=(Incident.id,), place=Incident.location,
        filters={
            "state": lambda v: Incident.state.in_(v.split(",")),
            "kind": lambda v: Incident.kind == v,
            "level": lambda v: Incident.level == v,
            "centre": lambda v: Incident.centre == v,
            "life_risk": lambda v: Incident.life_risk == v,
            "village_code": lambda v: Incident.village_code == v,
            "live": lambda v: Incident.live == (v in ("true", "1")),
        },
    )
)  # fmt: skip

FIGURES = record(
    RecordType(
        "figure", Figure, FigureOut, show_figures, visible=hangs_visible(Figure),
        in_topic=lambda topic: of_live_incidents(Figure, topic), path="figures", needs="incident.read", order=(Figure.id,),
        filters={"incident_id": lambda v: Figure.incident_id == v, "field": lambda v: Figure.field == v},
        children_of="incident",
    )
)  # fmt: skip

REPORTS = record(
    RecordType(
        "report", RawReport, ReportOut, show_reports, visible=hangs_visible(RawReport), in_topic=_report_topic,
        path="reports", needs="incident.read", order=(RawReport.id,),
        filters={"incident_id": lambda v: RawReport.incident_id == v}, children_of="incident",
    )
)  # fmt: skip


class Page(Wish):
    """Which part of a long list."""

    id: str = Field(max_length=36)
    limit: int = Field(200, ge=1)
    after: int = Field(0, ge=0)


@query("incident.timeline", wish=Page, needs="incident.read", http="GET /incidents/{id}/timeline", output=dict[str, Any])
def timeline(view: View, wish: Page) -> dict[str, Any]:
    """What happened on an incident: one item each for report, order, task step, state change, in journal order."""
    find(view.session, "incident", wish.id, view.actor)
    topics = [f"incident:{wish.id}"]
    items = timeline_items(view.session, topics[0], view.actor, after=wish.after, limit=min(wish.limit, 1000) + 1)
    full = len(items) > min(wish.limit, 1000)
    items = items[: min(wish.limit, 1000)]
    return {"items": items, "next": str(items[-1]["seq"]) if full else None}


def timeline_items(
    session: Session, topic: str, actor: Actor | None, *, after: int = 0, limit: int = 500, newest: bool = False
) -> list[dict[str, Any]]:
    """Timeline items of a topic in order. A team's account is told only what it was told when it happened."""
    heard = sa.select(EntryTopic.seq).where(EntryTopic.topic == topic)
    statement = sa.select(Entry).where(Entry.seq.in_(heard), Entry.seq > after, Entry.text != b"{}")
    if actor is not None and actor.team_id is not None:
        own = sa.select(EntryTopic.seq).where(EntryTopic.topic.in_(actor.parties))
        statement = statement.where(Entry.seq.in_(own))
    lang = actor.lang if actor else "zh"
    order = Entry.seq.desc() if newest else Entry.seq
    found = [_item(entry, lang) for entry in session.execute(statement.order_by(order).limit(limit)).scalars()]
    return found[::-1] if newest else found


def _item(entry: Entry, lang: str) -> dict[str, Any]:
    text = canonical.load(entry.text)
    return {
        "seq": entry.seq,
        "cursor": f"{entry.incarnation}.{entry.seq}",
        "at": clock.wire(entry.at),
        "received_at": clock.wire(entry.received_at),
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "type": entry.type,
        "kind": entry.kind,
        "text": text.get(lang, text.get("zh")),
        "texts": text,
        "record": canonical.load(entry.record),
    }


class Likeness(Wish):
    """A call being taken: what is known so far."""

    kind: str | None = Field(None, max_length=32)
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    at: AwareDatetime | None = None


@query("incidents.similar", wish=Likeness, needs="incident.open", http="GET /incidents/similar", output=dict[str, Any])
def similar(view: View, wish: Likeness) -> dict[str, Any]:
    """Open incidents near in space, time and kind, the likest first, each with why."""
    at = wish.at or view.now
    statement = sa.select(Incident).where(
        Incident.live, incident_visible(view.actor),
        Incident.occurred_at.between(at - SIMILAR_WINDOW, at + SIMILAR_WINDOW),
    )  # fmt: skip
    near: set[str] = set()
    if wish.lon is not None and wish.lat is not None:
        close = spatial.within_metres(view.session, Incident.location, wish.lon, wish.lat, SIMILAR_METRES)
        near = set(view.session.execute(sa.select(Incident.id).where(Incident.live, close)).scalars())
    scored = [(_likeness(row, wish, row.id in near, at), row) for row in view.session.execute(statement).scalars()]
    best = sorted((pair for pair in scored if pair[0][0] > 0), key=lambda pair: (-pair[0][0], pair[1].id))[:5]
    shown = show_incidents(view.session, [row for _, row in best])
    return {"items": [{"incident": one, "score": score, "why": why} for ((score, why), _), one in zip(best, shown, strict=True)]}


def _likeness(row: Incident, wish: Likeness, near: bool, at: Any) -> tuple[int, list[dict[str, str]]]:
    """Points for place, kind and time; nothing without a place in common."""
    score, why = 0, []
    township = _township_code(wish.village_code)
    if near:
        score, why = score + 4, [*why, {"zh": "5 公里内", "en": "within 5 km"}]
    elif wish.village_code and row.village_code == wish.village_code:
        score, why = score + 4, [*why, {"zh": "同村", "en": "same village"}]
    elif township and township in (row.centre, _township_code(row.village_code)):
        score, why = score + 2, [*why, {"zh": "同乡镇", "en": "same township"}]
    if not score:
        return 0, []
    if wish.kind == row.kind:
        score, why = score + 3, [*why, {"zh": "同类", "en": "same kind"}]
    elif wish.kind in KINDS and row.kind in KINDS and _family(wish.kind) == _family(row.kind):
        score, why = score + 1, [*why, {"zh": "近类", "en": "related kind"}]
    minutes = abs((row.occurred_at - at).total_seconds()) / 60
    return score + (1 if minutes <= 60 else 0), [*why, {"zh": f"相差 {minutes:.0f} 分", "en": f"{minutes:.0f} min apart"}]


def _family(code: str | None) -> str | None:
    found = KINDS.get(code or "")
    return (found.parent or found.code) if found else None


def parties(session: Session, incident_id: str) -> frozenset[str]:
    """Who may see an incident now."""
    return audience_of(session, "incident", incident_id)


def incident_row(session: Session, incident_id: str) -> Incident:
    """An incident of this world whoever asks: for other slices' actions, which check sight themselves."""
    row = session.execute(sa.select(Incident).where(Incident.id == incident_id)).scalar_one_or_none()
    if row is None:
        raise NotFound()
    return row


@may_hear
def _one_incident(session: Session, actor: Actor, topic: str) -> bool:
    """Those hear one incident who may see it as a whole: not a team that only works on it."""
    if not topic.startswith("incident:"):
        return False
    whole = {party for party in actor.parties if not party.startswith("team:")}
    return bool(audience_of(session, "incident", topic.removeprefix("incident:")) & whole)


use_timeline(lambda session, topic: timeline_items(session, topic, None, newest=True))
