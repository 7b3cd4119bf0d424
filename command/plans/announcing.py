"""A plan that an incident or a warning calls for is announced when its condition comes to hold: an alarm of the lowest rank, with the
level and why, to the house whose plan it is. Nothing begins by it. It ends when somebody has proposed that level or decided
against it, when the condition no longer holds, and with its cause."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.core.access import COUNTY, centre_party, system_actor
from command.core.actions import Tx, action
from command.core.events import on
from command.core.kept import Kept
from command.core.queries import View, Wish
from command.incidents.events import (
    CasualtiesStated,
    IncidentAbsorbed,
    IncidentEdited,
    IncidentEvent,
    IncidentGraded,
    IncidentMoved,
    IncidentOpened,
)
from command.incidents.kinds import KINDS
from command.incidents.queries import incident_row
from command.incidents.words import OVER_STATES
from command.plans.models import Plan, Response
from command.plans.queries import plans_in_force
from command.plans.response_contract import ResponseEvent, ResponseMoved, ResponseProposed
from command.plans.response_queries import covers, level_of
from command.plans.words import LEVELS

CAUSE = "plan_suggested:"


class AnnounceFor(Wish):
    """A warning: its kind, its level, the townships that it strikes, whether it is in force."""

    warning_id: str = Field(max_length=36)
    kind: str | None = Field(max_length=32)
    colour: str | None = Field(max_length=8)
    areas: list[str] = Field(max_length=60)
    title: dict[str, str]
    in_force: bool


class Thing(NamedTuple):
    """What calls for a plan."""

    id: str
    title: dict[str, str]
    incident_id: str | None = None


class Called(NamedTuple):
    """A plan, the level whose condition holds, and why."""

    plan: Plan
    level: str
    why: list[dict[str, str]]


def _kinds(session: Session) -> frozenset[str]:
    found = session.execute(sa.select(Plan.kinds).where(Plan.state == "in_force")).scalars()
    return frozenset(kind for kinds in found for kind in kinds)


COVERED = Kept(Plan, _kinds)
"""The kinds that some plan in force covers: kept, so that a call that none covers costs nothing here."""


def _covered(session: Session, kind: str) -> bool:
    found = KINDS.get(kind)
    mine = {kind, found.parent, found.klass} if found else {kind}
    return bool(mine & COVERED.get(session))


@on(IncidentOpened, IncidentEdited, IncidentGraded, CasualtiesStated, IncidentMoved, IncidentAbsorbed)
def follow_incident(tx: Tx, event: IncidentEvent) -> None:
    """An incident came, or what a plan asks about it has changed."""
    if _covered(tx.session, event.record.kind) or isinstance(event, IncidentEdited):
        _look(tx, event.record.id)


@on(ResponseProposed, ResponseMoved)
def follow_response(tx: Tx, event: ResponseEvent) -> None:
    """Somebody took it up, or decided against it."""
    row = event.record
    if row.incident_id is not None:
        _look(tx, row.incident_id)
    elif row.warning_id is not None:
        tx.act("alarm.clear", {"cause": f"{CAUSE}{row.warning_id}:{row.centre}"}, as_system=True)


def _look(tx: Tx, incident_id: str) -> None:
    incident = incident_row(tx.session, incident_id)
    title = {"zh": incident.title, "en": incident.title}
    thing = Thing(incident.id, title, incident.id)
    if not incident.live or incident.state in OVER_STATES:
        return _tell(tx, thing, [])
    taken = _taken(tx.session, Response.incident_id == incident.id)
    found = []
    for plan in plans_in_force(tx.session):
        if covers(plan, incident.kind, [incident.centre]) is not None:
            level, why = level_of(plan, incident, None)
            if level is not None and level < taken[plan.id]:
                found.append(Called(plan, level, why))
    return _tell(tx, thing, found)


@action("plan.announce", wish=AnnounceFor, inner=True, output=None)
def announce(tx: Tx, wish: AnnounceFor) -> None:
    """A warning came into force, changed, or is over."""
    taken = _taken(tx.session, Response.warning_id == wish.warning_id)
    found = []
    for plan in plans_in_force(tx.session) if wish.in_force and wish.kind else ():
        if covers(plan, wish.kind or "", wish.areas) is not None:
            level, why = level_of(plan, None, wish.colour)
            if level is not None and level < taken[plan.id]:
                found.append(Called(plan, level, why))
    _tell(tx, Thing(wish.warning_id, wish.title), found)


def _taken(session: Session, of: Any) -> dict[str, str]:
    """Plan → the gravest level that somebody has proposed or decided against for it; what is less grave is no news."""
    found: dict[str, str] = defaultdict(lambda: "R9")
    for plan, level in session.execute(sa.select(Response.plan_id, Response.level).where(of)):
        found[plan] = min(found[plan], level or min(LEVELS))
    return found


def _tell(tx: Tx, thing: Thing, called: list[Called]) -> None:
    """One alarm for each house whose plans are called for; where none is any more, it ends."""
    houses: dict[str, list[Called]] = defaultdict(list)
    for one in called:
        houses[one.plan.centre].append(one)
    system = View(tx.session, system_actor(tx.node), tx.world, tx.node, tx.now)
    standing = system.ask("alarms.standing", prefix=f"{CAUSE}{thing.id}:")
    for cause in sorted(set(standing) - {f"{CAUSE}{thing.id}:{house}" for house in houses}):
        tx.act("alarm.clear", {"cause": cause}, as_system=True)
    for house, plans in sorted(houses.items()):
        wish = _alarm(thing, house, sorted(plans, key=lambda one: (one.level, one.plan.title)))
        if standing.get(wish["cause"]) != {"title": wish["title"], "detail": wish["detail"]}:
            tx.act("alarm.raise", wish, as_system=True)


def _alarm(thing: Thing, house: str, plans: list[Called]) -> dict[str, Any]:
    level = LEVELS[plans[0].level]
    zh = "；".join(f"{one.plan.title} {LEVELS[one.level].zh}（{_why(one, 'zh')}）" for one in plans)
    en = "; ".join(f"{one.plan.title} {LEVELS[one.level].en} ({_why(one, 'en')})" for one in plans)
    return {
        "cause": f"{CAUSE}{thing.id}:{house}", "rank": 3, "incident_id": thing.incident_id, "centre": house,
        "title": {
            "zh": f"建议启动{level.zh}响应・{thing.title['zh']}", "en": f"{level.en} response suggested: {thing.title['en']}"
        },
        "detail": {"zh": f"{zh}。由人决定，不自动启动", "en": f"{en}. A person decides; nothing begins by itself"},
        "parties": [COUNTY if len(house) == 6 else centre_party(house)],
    }  # fmt: skip


def _why(one: Called, lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(reason[lang] for reason in one.why)
