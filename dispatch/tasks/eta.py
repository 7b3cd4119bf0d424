"""When the teams under way will be there: by the roads as they are now, from where each was last; fleeting, told as it changes.

Each process tells its own screens. Nothing is asked of the database while neither the journal nor a team has moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import clock, records
from command.core.access import COUNTY, centre_party, team_party
from command.core.live.hub import Hub
from command.core.live.subscriptions import Listener
from command.core.node import Node
from command.core.store import spatial
from command.incidents.models import Incident
from command.incidents.queries import schematic_anchor
from command.roads.ways import Trip, trips, ways
from dispatch.tasks.models import Task
from dispatch.tasks.presence import Going, Watcher
from dispatch.teams.models import Team
from dispatch.teams.words import vehicle_of
from dispatch.tracking import latest
from dispatch.tracking.latest import Fix

COMING = ("accepted", "assembling", "enroute")
OUT = (*COMING, "on_scene", "working")
"""A team in one of these is away from home, and its positions may say that its state has changed."""
TICK_S = 1.0


@dataclass(frozen=True)
class Eta:
    """When a team will be there (seconds since 1970; None: no open road leads there), as of when its position was, on what it
    rests, and how far it still is."""

    task: str
    due: int | None
    at: int
    basis: str
    metres: int | None
    topics: tuple[str, ...]


def going(session: Session) -> list[Going]:
    """The tasks of the session's world whose teams are out."""
    query = (
        sa.select(Task.id, Task.state, Task.team_id, Task.centre, Incident, Team.type)
        .join(Incident, sa.and_(Incident.id == Task.incident_id, Incident.world == Task.world))
        .join(Team, Team.id == Task.team_id)
        .where(Task.open, Task.state.in_(OUT))
        .order_by(Task.id)
    )
    return [_going(*row) for row in session.execute(query)]


def _going(task: str, state: str, team: str, centre: str, incident: Incident, kind: str) -> Going:
    point = spatial.shown(incident.location)
    place = point or schematic_anchor(incident.village_code or incident.centre)
    goal = (place["coordinates"][0], place["coordinates"][1]) if place else None
    topics = (COUNTY, team_party(team), *sorted({centre_party(centre), centre_party(incident.centre)}))
    return Going(task, state, team, goal, point is None, vehicle_of(kind), topics)


def etas(session: Session, node: Node, some: Sequence[Going], fixes: dict[str, Fix]) -> list[Eta]:
    """When each of these will be there, of whom a position is known."""
    found = ways(session, node.data_dir)
    told: list[Eta] = []
    coming = [one for one in some if one.state in COMING and one.team in fixes]
    for goal in dict.fromkeys(one.goal for one in coming if one.goal is not None):
        mine = [one for one in coming if one.goal == goal]
        points = [(fixes[one.team].lon, fixes[one.team].lat) for one in mine]
        for one, trip in zip(mine, trips(found, points, [one.vehicle for one in mine], goal), strict=True):
            told.append(_eta(one, trip, fixes[one.team].at))
    return told


def _eta(one: Going, trip: Trip, at: datetime) -> Eta:
    since = int(at.timestamp())
    due = None if trip.seconds is None else since + round(trip.seconds)
    metres = None if trip.metres is None else round(trip.metres)
    return Eta(one.task, due, since, trip.basis, metres, one.topics)


class Teller:
    """What one process tells its screens of who arrives when."""

    def __init__(self, node: Node, hub: Hub) -> None:
        self.node, self.hub = node, hub
        self.known: dict[int, dict[str, Eta]] = {}
        self.number = 0
        self._going: dict[int, tuple[int, list[Going]]] = {}
        self._from: dict[int, dict[str, Fix]] = {}
        self._owed: set[str] = set()
        self.watcher = Watcher(node)
        hub.on_presence.append(self._came)
        hub.on_start.append(lambda: hub.repeat(TICK_S, self.tick))

    def tick(self) -> None:
        """Tell what changed since the last tick, and all that a screen may know which has just come."""
        self.number += 1
        owed, self._owed = self._owed, set()
        for world, seq in list(self.hub.tail.at.items()):
            self._tell(world, self._look(world, seq), owed)

    def _came(self, listener: Listener, here: bool) -> None:
        if here:
            self._owed.add(listener.sid)

    def _look(self, world: int, seq: int) -> set[str]:
        """The tasks whose arrival is another than before; asked only when the journal went on or a team moved."""
        at, some = self._going.get(world, (-1, []))
        fixes = {one.team: fix for one in some if (fix := latest.get(world, one.team)) is not None}
        if at == seq and fixes == self._from.get(world, {}):
            return set()

        def read(session: Session) -> tuple[list[Going], list[Eta]]:
            now = some if at == seq else going(session)
            where = {one.team: fix for one in now if (fix := latest.get(world, one.team)) is not None}
            self._from[world] = where
            return now, etas(session, self.node, now, where)

        now, found = self.node.database.read(read, world=world)
        self._going[world] = (seq, now)
        self.watcher.look(world, now, self._from[world])
        before, self.known[world] = self.known.get(world, {}), {one.task: one for one in found}
        return {task for task, one in self.known[world].items() if before.get(task) != one} | (
            before.keys() - self.known[world].keys()
        )

    def _tell(self, world: int, changed: set[str], owed: set[str]) -> None:
        known = self.known.get(world, {})
        topics = {topic for one in known.values() for topic in one.topics}
        for topic in sorted(topics):
            mine = [one for one in known.values() if topic in one.topics]
            listeners = {one.sid for one in self.hub.subscriptions.on(world, topic)}
            fresh = [one for one in mine if one.task in changed]
            if fresh:
                self._send(listeners - owed, topic, fresh)
            self._send(listeners & owed, topic, mine)

    def _send(self, sids: Iterable[str], topic: str, some: Sequence[Eta]) -> None:
        told = {
            "topic": topic, "tick": self.number, "now": clock.wire(clock.real()), "ids": [one.task for one in some],
            "due": [one.due for one in some], "at": [one.at for one in some], "basis": [one.basis for one in some],
            "metres": [one.metres for one in some],
        }  # fmt: skip
        if sids := sorted(sids):
            missed = self.hub.fanout.send(sids, "eta", orjson.dumps(told), durable=False)
            self._owed.update(missed)  # who reads too slowly is told all again at the next tick


_current: list[Teller] = []


def bind(running: Any) -> None:
    """Begin to tell in this application."""
    _current[:] = [Teller(running.node, running.hub)]


@records.fleeting("task")
def eta_of(session: Session, shown: list[Any]) -> None:
    """A task whose team is on its way says when it will be there."""
    known = _current[0].known.get(session.info["world"], {}) if _current else {}
    for one in shown:
        eta = known.get(one.id)
        if eta is not None and one.state in COMING:
            due = None if eta.due is None else clock.wire(datetime.fromtimestamp(eta.due, UTC))
            at = clock.wire(datetime.fromtimestamp(eta.at, UTC))
            one.eta = {"due": due, "at": at, "basis": eta.basis, "metres": eta.metres}
