"""Watching who enters danger areas: each process of a node follows every fix that it takes in or is told of, and each may tell of
an entry; the transaction lets it count once. Nothing is asked of the database while neither the journal nor a team has moved."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa
from shapely.geometry import shape as shaped
from sqlalchemy.orm import Session

from command.core import clock
from command.core.access import system_actor
from command.core.actions import Command
from command.core.errors import KeyReused
from command.core.live.hub import Hub
from command.core.node import Node
from command.dangers.models import DangerArea
from command.dangers.queries import in_force
from dispatch.dangers.following import FRESH, Follower, Seen
from dispatch.dangers.queries import open_entries
from dispatch.tracking import latest
from dispatch.tracking.latest import Fix

ENTRIES = uuid.UUID("0f4b2f5e-8a43-5d0a-9f5b-52a0c6b4b7d1")
TICK_S = 1.0
MOST_WAITING = 50_000


class Now(NamedTuple):
    """What the database says: the areas in force by id and version, with their shapes where they are others than before; who is
    inside: (team, area) → entry."""

    areas: dict[str, int]
    shapes: dict[str, Any] | None
    inside: dict[tuple[str, str], str]


class World:
    """What is followed of one world."""

    def __init__(self) -> None:
        self.follower = Follower()
        self.at = -1
        self.areas: dict[str, int] = {}
        self.inside: dict[tuple[str, str], str] = {}
        self.told: set[tuple[str, str, datetime]] = set()


class Watch:
    """Follows all teams of this process against the danger areas of their worlds."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.worlds: dict[int, World] = {}
        self._waiting: dict[int, list[tuple[str, Fix]]] = {}

    def hear(self, world: int, team_id: str, fix: Fix) -> None:
        """One more fix, looked at with the next tick. Under a flood the oldest are let go: the newest say where teams are."""
        waiting = self._waiting.setdefault(world, [])
        waiting.append((team_id, fix))
        if len(waiting) > MOST_WAITING:
            del waiting[: MOST_WAITING // 2]

    def look(self, world: int, seq: int) -> None:
        """One more look at a world, whose journal goes up to there."""
        here = self.worlds.setdefault(world, World())
        fixes = self._waiting.pop(world, [])
        if here.at != seq:
            self._read(world, here)
            here.at = seq
        if fixes:
            self._tell(world, here, here.follower.take(fixes, clock.real()))

    def _read(self, world: int, here: World) -> None:
        before = here.areas

        def job(session: Session) -> Now:
            asked = sa.select(DangerArea.id, DangerArea.version)
            live = asked.where(DangerArea.live.is_(True), DangerArea.state == "in_force")
            areas = {row.id: row.version for row in session.execute(live.order_by(DangerArea.id))}
            inside = {(one.team_id, one.area_id): one.id for one in open_entries(session)}
            if areas == before:
                return Now(areas, None, inside)
            return Now(areas, {one.id: shaped(one.shape) for one in in_force(session)}, inside)

        now = self.node.database.read(job, world=world)
        here.areas, here.inside = now.areas, now.inside
        here.follower.inside(now.inside)
        self._off_duty(world, here)
        if now.shapes is not None:
            anew = [area for area in now.shapes if before.get(area) != now.areas.get(area)]
            here.follower.areas(now.shapes, anew, clock.real())
            since = clock.real() - FRESH
            known = [(team, fix) for team, fix in latest.of_world(world).items() if fix.at >= since]
            why = "changed" if before else "left"
            self._tell(world, here, here.follower.take(known, clock.real(), again=True), why)

    def _off_duty(self, world: int, here: World) -> None:
        """A team whose position is not shared any more is not followed any more, and its alarm says nothing true."""
        teams = sorted({team for team, _ in here.inside})
        if not teams:
            return
        posted = self.node.ask("team.postings", {"ids": teams}, system_actor(self.node.name), world)
        for key, entry in list(here.inside.items()):
            row = posted.get(key[0])
            if row is None or not (row["on_duty"] or row["tasks"]):
                self._leave(world, here, key, entry, clock.real(), "off_duty")

    def _tell(self, world: int, here: World, some: Sequence[Seen], why: str = "left") -> None:
        for one in some:
            key = (one.team, one.area)
            entry = here.inside.get(key)
            if one.inside and entry is None:
                self._enter(world, here, one)
            elif not one.inside:
                here.follower.forget(*key)
                if entry is not None:
                    self._leave(world, here, key, entry, one.since, why)

    def _enter(self, world: int, here: World, one: Seen) -> None:
        if (one.team, one.area, one.since) in here.told:
            return
        here.told.add((one.team, one.area, one.since))
        wish = {
            "id": one.area,
            "team_id": one.team,
            "since": one.since.isoformat(),
            "depth_m": round(one.depth_m),
        }
        told = self._act("danger_area.enter", wish, f"{world}:{one.area}:{one.team}:{one.since}", world)
        if told and told["live"]:
            here.inside[one.team, one.area] = told["id"]

    def _leave(
        self, world: int, here: World, key: tuple[str, str], entry: str, at: datetime, why: str
    ) -> None:
        here.inside.pop(key, None)
        here.told = {one for one in here.told if one[:2] != key}
        here.follower.forget(*key)
        wish = {"id": entry, "at": at.isoformat(), "why": why}
        self._act("danger_entry.leave", wish, f"{world}:{entry}:out", world)

    def _act(self, name: str, wish: dict[str, Any], about: str, world: int) -> dict[str, Any] | None:
        command = Command(name, wish, system_actor(self.node.name), str(uuid.uuid5(ENTRIES, about)), world)
        with suppress(KeyReused):  # another process of this node told it first, with its own metre
            answer = self.node.act(command)
            told: dict[str, Any] | None = orjson.loads(answer.body) if answer.ok else None
            return told
        return None


def bind(running: Any) -> None:
    """Begin to watch in this application."""
    hub: Hub = running.hub
    watch = Watch(running.node)
    latest.hearers.append(watch.hear)

    def tick() -> None:
        for world, seq in list(hub.tail.at.items()):
            watch.look(world, seq)

    hub.on_start.append(lambda: hub.repeat(TICK_S, tick))
