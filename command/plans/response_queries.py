"""Reading responses: who may see them, which are in force, what plans suggest for an incident or a warning, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core.access import Actor, audiences, heard_by
from command.core.queries import Nothing, View, query
from command.core.records import Criterion, RecordType, find, public, record
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, is_party
from command.plans.models import Plan, Response
from command.plans.queries import READ, plans_in_force
from command.plans.response_contract import ResponseOut, Suggested
from command.plans.words import COLOURS, GRAVEST_FIRST, IN_FORCE, INCIDENT_LEVELS


def show_responses(session: Session, rows: Sequence[Response]) -> list[ResponseOut]:
    """Responses as the public sees them."""
    heard = audiences(session, "response", [row.id for row in rows])
    return [public(ResponseOut, row, audience=heard[row.id]) for row in rows]


def response_visible(actor: Actor) -> Criterion:
    """SQL: the actor is in the response's audience."""
    return sa.true() if actor.system else heard_by("response", Response.id, actor.parties)


def _topic(topic: str) -> Criterion | None:
    if topic.startswith("incident:"):
        return sa.and_(Response.live, Response.incident_id == topic.removeprefix("incident:"))
    if not is_party(topic) or topic.startswith("team:"):
        return None
    return sa.and_(Response.live, heard_by("response", Response.id, [topic]))


RESPONSES = record(
    RecordType(
        "response",
        Response,
        ResponseOut,
        show_responses,
        visible=response_visible,
        in_topic=_topic,
        path="responses",
        needs=READ,
        order=(Response.id,),
        filters={
            "state": lambda v: Response.state.in_(v.split(",")),
            "incident_id": lambda v: Response.incident_id == v,
            "warning_id": lambda v: Response.warning_id == v,
            "centre": lambda v: Response.centre == v,
            "level": lambda v: Response.level == v,
            "live": lambda v: Response.live == (v in ("true", "1")),
        },
    )
)


@query("responses.in_force", wish=Nothing, needs=READ)
def in_force(view: View, wish: Nothing) -> list[ResponseOut]:
    """The responses in force that the asker may see. For other slices: brief, handover, wall."""
    chosen = sa.select(Response).where(response_visible(view.actor), Response.state.in_(IN_FORCE))
    return show_responses(view.session, list(view.session.execute(chosen.order_by(Response.id)).scalars()))


@query(
    "responses.suggested", wish=Suggested, needs=READ, http="GET /responses/suggested", output=dict[str, Any]
)
def suggested(view: View, wish: Suggested) -> dict[str, Any]:
    """The plans in force that cover an incident or a warning, with the level whose conditions hold and why; nothing is begun."""
    incident = find(view.session, INCIDENTS, wish.incident_id, view.actor) if wish.incident_id else None
    kind = incident.kind if incident else wish.kind or ""
    areas = [incident.centre] if incident else [one for one in (wish.areas or "").split(",") if one]
    items = []
    for plan in plans_in_force(view.session):
        matched = covers(plan, kind, areas)
        if matched is None or not _concerns(view.actor, plan):
            continue
        level, why = level_of(plan, incident, wish.colour)
        items.append(_item(plan, level, [matched, *why]))
    items.sort(key=lambda one: (one["level"] is None, one["level"] or "", one["title"]))
    return {"items": items}


def _item(plan: Plan, level: str | None, reasons: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "plan_id": plan.id,
        "title": plan.title,
        "edition": plan.edition,
        "synthetic": plan.synthetic,
        "level": level,
        "reasons": reasons,
        "levels": plan.levels,
    }


def _concerns(actor: Actor, plan: Plan) -> bool:
    """A county's plan is the county's to begin, a township's its own; each sees which would apply."""
    return actor.county or plan.centre in (actor.centre[:6], actor.centre[:9])


def covers(plan: Plan, kind: str, areas: list[str]) -> dict[str, str] | None:
    """Why a plan covers a kind of incident in these areas, or None where it does not."""
    found = KINDS.get(kind)
    ours = {kind, found.parent, found.klass} if found else {kind}
    if not ours & set(plan.kinds):
        return None
    known = plan.areas or [plan.centre]
    if areas and not any(one.startswith(home) for one in areas for home in known):
        return None
    name = (found.zh, found.en) if found else (kind, kind)
    return {"zh": f"预案适用于{name[0]}", "en": f"the plan covers: {name[1]}"}


def level_of(
    plan: Plan, incident: Incident | None, colour: str | None
) -> tuple[str | None, list[dict[str, str]]]:
    """The gravest level of which a condition holds, with what holds; None: a person judges by the words of its trigger.

    Levels of incident, warning and response are three scales (突发事件应对法 art. 3, 63, 71): one only suggests another."""
    for level in sorted(plan.levels, key=lambda one: GRAVEST_FIRST.index(one["level"])):
        why = [
            one
            for one in (_by_incident(level, incident), _by_people(level, incident), _by_colour(level, colour))
            if one
        ]
        if why:
            return str(level["level"]), why
    return None, [
        {
            "zh": "尚未达到可自动判断的启动条件，由人研判",
            "en": "no condition holds by itself: a person judges",
        }
    ]


def _by_incident(level: dict[str, Any], incident: Incident | None) -> dict[str, str] | None:
    if incident is None or not level["incident_levels"]:
        return None
    graded = incident.level
    supposed = (incident.level_suggested or {}).get("confirmed")
    if graded is not None and graded in level["incident_levels"]:
        return {"zh": f"事件定级：{INCIDENT_LEVELS[graded]}", "en": f"the incident is graded {graded}"}
    if graded is None and supposed is not None and supposed in level["incident_levels"]:
        return {
            "zh": f"按已核实数字建议定级：{INCIDENT_LEVELS[supposed]}",
            "en": f"by confirmed figures grade {supposed} is suggested",
        }
    return None


def _by_people(level: dict[str, Any], incident: Incident | None) -> dict[str, str] | None:
    if incident is None or not level["people"] or incident.life_risk != "people":
        return None
    return {"zh": "有人员失联、被困或生命危险", "en": "people are missing, trapped or in danger of life"}


def _by_colour(level: dict[str, Any], colour: str | None) -> dict[str, str] | None:
    if colour is None or colour not in level["warnings"]:
        return None
    return {"zh": f"{COLOURS[colour].zh}预警", "en": f"{COLOURS[colour].en} warning"}
