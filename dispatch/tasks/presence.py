"""Arrival and departure by positions: watched in memory, suggested to people as a hint on the task, never set."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from command.core.access import system_actor
from command.core.actions import Command
from command.core.errors import KeyReused
from command.core.node import Node
from dispatch.tracking.dwelling import Stay, seen
from dispatch.tracking.latest import Fix
from geo.distance import metres

HINTS = uuid.UUID("6f0d6a52-0c5e-5f0e-9a55-6b1f9f1f7f10")
SETTING_OUT = ("accepted", "assembling")
ON_SCENE = ("on_scene", "working")


class Going(NamedTuple):
    """A task whose team is out: in which state, from whom, to where, in what, and who may know."""

    task: str
    state: str
    team: str
    goal: tuple[float, float] | None
    schematic: bool
    vehicle: str
    topics: tuple[str, ...]


class Watched(NamedTuple):
    """What is known of a team on a task: where it set out from, its stay there, its stay at the scene."""

    home: tuple[float, float]
    at_home: Stay
    at_scene: Stay


class Watcher:
    """Follows the teams that are out. Each process of a node may: the same hint has the same command id, and counts once."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self._known: dict[tuple[int, str], Watched] = {}
        self._told: set[tuple[int, str, str]] = set()

    def look(self, world: int, some: Sequence[Going], fixes: Mapping[str, Fix]) -> None:
        """One more look at where these teams are."""
        here = {(world, one.task) for one in some}
        self._known = {key: one for key, one in self._known.items() if key[0] != world or key in here}
        self._told = {key for key in self._told if key[0] != world or key[:2] in here}
        for one in some:
            if (fix := fixes.get(one.team)) is not None:
                self._follow(world, one, fix)

    def _follow(self, world: int, one: Going, fix: Fix) -> None:
        before = self._known.get((world, one.task)) or Watched((fix.lon, fix.lat), Stay(), Stay())
        from_home = metres(fix.lon, fix.lat, *before.home)
        home = seen(before.at_home, from_home, fix.at, fix.accuracy)
        scene, away = before.at_scene, 0.0
        if one.goal is not None and not one.schematic:  # an anchor is no scene: nobody arrives at it
            away = metres(fix.lon, fix.lat, *one.goal)
            scene = seen(scene, away, fix.at, fix.accuracy)
        self._known[world, one.task] = Watched(before.home, home, scene)
        if one.state in (*SETTING_OUT, "enroute") and scene.sure and scene.near:
            self._hint(world, one, "on_scene", scene, away)
        elif one.state in SETTING_OUT and home.sure and home.near is False:
            self._hint(world, one, "enroute", home, from_home)
        elif one.state in ON_SCENE and scene.sure and scene.near is False:
            self._hint(world, one, "withdrawn", scene, away)

    def _hint(self, world: int, one: Going, to: str, stay: Stay, away: float) -> None:
        key = (world, one.task, to)
        if key in self._told or stay.since is None:
            return
        self._told.add(key)
        wish = {"id": one.task, "to": to, "at": stay.since.isoformat(), "metres": round(away)}
        command = str(uuid.uuid5(HINTS, f"{world}:{one.task}:{to}:{one.state}"))
        with suppress(KeyReused):  # another process of this node told it first, with its own second and metre
            self.node.act(Command("task.hint", wish, system_actor(self.node.name), command, world))
