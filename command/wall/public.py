"""What visitors may see: counts, confirmed totals and what happened as kind, township and step. It is made here, on the
server, from a closed list of fields: no name, number, village, unconfirmed figure or word that a person wrote is in it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel

from command.core import canonical
from command.core.access import COUNTY, Actor, centre_party
from command.core.journal import LOSE, Entry, EntryTopic, Head
from command.core.queries import Nothing, View, query
from command.core.records import Time
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import incident_visible
from command.wall.displays import SHOWN_TO_VISITORS, ends_at

OVER = frozenset({"response_ended", "recovery", "review", "archived", "dismissed"})
BOUND = frozenset({"reserved", "refused", "returned", "cancelled"})
STEPS: dict[str, Literal["opened", "moved", "ordered", "arrived"]] = {
    "incident.opened": "opened",
    "incident.moved": "moved",
    "task.ordered": "ordered",
    "task.stepped": "arrived",
}
WITHIN = timedelta(hours=12)
COUNTED = timedelta(hours=24)
LOOKED_AT, MOST_STEPS = 5000, 6


class Total(BaseModel):
    """A sum of confirmed figures, as old as the oldest of them; null: nobody has confirmed one."""

    value: int | None
    as_of: Time | None


class Place(BaseModel):
    """A township: how many open incidents, how many teams sent to them."""

    centre: str
    incidents: int
    teams: int


class Step(BaseModel):
    """What happened, without a word that a person wrote."""

    at: Time
    what: Literal["opened", "moved", "ordered", "arrived"]
    kind: str
    centre: str | None
    state: str | None


class Public(BaseModel):
    """All that a wall for visitors shows."""

    now: Time
    visitors: bool
    until: Time | None
    open: int
    first_at: Time | None
    levels: dict[str, int]
    evacuated: Total
    rescued: Total
    teams_out: int
    states: dict[str, int]
    places: list[Place]
    steps: list[Step]


@query("wall.public", wish=Nothing, needs="screen.wall", http="GET /wall/public", output=Public)
def public(view: View, wish: Nothing) -> dict[str, Any]:
    """What visitors may see of the wall: counts and confirmed totals, no names, villages, words or unconfirmed figures."""
    seen = dataclasses.replace(view, actor=_onlooker(view.actor))
    incidents = _incidents(seen)
    active = {row.id: row for row in incidents if row.state not in OVER}
    tasks = [task for task in seen.ask("tasks.standing")["items"] if task[0] in {row.id for row in incidents}]
    bound = {team: state for _, team, state in tasks if state not in BOUND}
    shown = Public(
        now=view.now,
        visitors=view.actor.may(SHOWN_TO_VISITORS),
        until=ends_at(view, view.actor.id),
        open=len(active),
        first_at=min((row.received_at for row in active.values()), default=None),
        levels=dict(Counter(row.level or "none" for row in active.values())),
        evacuated=_total(incidents, "evacuated", view.now),
        rescued=_total(incidents, "rescued", view.now),
        teams_out=len(bound),
        states=dict(Counter(bound.values())),
        places=_places(active, tasks),
        steps=_steps(seen),
    )
    return shown.model_dump()


def _onlooker(actor: Actor) -> Actor:
    """Somebody with the eyes of the display's centre and nothing else: a visitors' display itself hears no party at all."""
    party = COUNTY if len(actor.centre) == 6 else centre_party(actor.centre)
    return dataclasses.replace(
        actor, parties=frozenset({party}), permissions=frozenset({"task.read"}), team_id=None
    )


def _incidents(view: View) -> list[Incident]:
    """The live incidents that are a matter for visitors: social-security kinds are none."""
    statement = sa.select(Incident).where(
        Incident.live, Incident.merged_into.is_(None), incident_visible(view.actor)
    )
    return [row for row in view.session.execute(statement).scalars() if KINDS[row.kind].klass != "social"]


def _total(incidents: list[Incident], name: str, now: datetime) -> Total:
    told = [
        figure
        for row in incidents
        if (row.state not in OVER or now - row.received_at < COUNTED)
        and (figure := row.figures.get(name)) and figure.get("confirmed") and figure.get("value") is not None
    ]  # fmt: skip
    times = [datetime.fromisoformat(one["as_of"]) for one in told if one.get("as_of")]
    return Total(value=sum(one["value"] for one in told) if told else None, as_of=min(times, default=None))


def _places(active: dict[str, Incident], tasks: list[tuple[str, str, str]]) -> list[Place]:
    found: dict[str, Place] = {}
    of = {one: code for one, row in active.items() if (code := _township(row.village_code or row.centre))}
    for code in of.values():
        place = found.setdefault(code, Place(centre=code, incidents=0, teams=0))
        place.incidents += 1
    for incident, _, state in tasks:
        if state not in BOUND and incident in of:
            found[of[incident]].teams += 1
    return [found[code] for code in sorted(found)]


def _township(code: str) -> str | None:
    return code[:9] if code[:9].isdigit() and len(code) >= 9 else None


def _steps(view: View) -> list[Step]:
    """The latest steps, newest first, each once: of the entry only its time, its type and the state are read."""
    last = view.session.execute(sa.select(Head.seq)).scalar() or 0
    heard = sa.select(EntryTopic.seq).where(
        EntryTopic.topic.in_(view.actor.parties), EntryTopic.seq > last - LOOKED_AT, EntryTopic.change != LOSE
    )
    statement = (
        sa.select(Entry)
        .where(
            Entry.type.in_(STEPS),
            Entry.at > view.now - WITHIN,
            Entry.seq > last - LOOKED_AT,
            Entry.seq.in_(heard),
        )
        .order_by(Entry.seq.desc())
        .limit(200)
    )
    rows = [(entry, canonical.load(entry.record)) for entry in view.session.execute(statement).scalars()]
    named = {record["id"] if entry.kind == "incident" else record["incident_id"] for entry, record in rows}
    about = {
        row.id: row
        for row in view.session.execute(
            sa.select(Incident).where(Incident.id.in_(named), incident_visible(view.actor))
        ).scalars()
    }
    found: dict[tuple[Any, ...], Step] = {}
    for entry, record in rows:
        incident = about.get(record["id"] if entry.kind == "incident" else record["incident_id"])
        if incident is None or KINDS[incident.kind].klass == "social":
            continue
        if entry.type == "task.stepped" and record["state"] != "on_scene":
            continue
        state = record["state"] if entry.type == "incident.moved" else None
        centre = _township(incident.village_code or incident.centre)
        step = Step(at=entry.at, what=STEPS[entry.type], kind=incident.kind, centre=centre, state=state)
        found.setdefault((step.at.strftime("%H%M"), step.what, step.kind, centre, state), step)
    return list(found.values())[:MOST_STEPS]
