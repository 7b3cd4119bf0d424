"""One running node's tracking: takes fixes in, keeps the last, thins the trail, and tells those who hear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from command.core.live.hub import Hub
from command.core.live.signals import TICK_S, Spot
from command.core.node import Node
from dispatch.tracking import latest
from dispatch.tracking.contract import milliseconds
from dispatch.tracking.latest import Fix
from dispatch.tracking.roster import Posting, Roster
from dispatch.tracking.store import Row, Store
from dispatch.tracking.thinning import Way


class Tracker:
    """What tracking holds in this process."""

    def __init__(self, node: Node, hub: Hub) -> None:
        self.hub, self.roster, self.store = hub, Roster(node), Store(node)
        self._ways: dict[tuple[int, str], Way] = {}
        self._seen: dict[tuple[int, str], Row] = {}
        hub.signals.holds = self.holds
        hub.signals.on_relayed.append(relayed)
        hub.on_start.append(self.start)
        hub.on_stop.append(self.store.stop)

    def start(self) -> None:
        """Begin where the last run ended."""
        for row in self.store.ends_kept():
            at = datetime.fromtimestamp(row.at / 1000, UTC)
            latest.put(row.world, row.team_id,
                       Fix(row.lon / 1e6, row.lat / 1e6, at, row.speed, row.heading, row.accuracy, row.ahead))  # fmt: skip
        self.store.start()
        self.hub.repeat(TICK_S, self.store.flush)

    def take(self, world: int, team_id: str, posting: Posting, fix: Fix, received_ms: int) -> None:
        """A position that is shared: to the screens if it is the newest, to the trail if it says something new."""
        at = milliseconds(fix.at)
        lon, lat = round(fix.lon * 1e6), round(fix.lat * 1e6)
        row = (world, team_id, at, received_ms, lon, lat, fix.speed, fix.heading, fix.accuracy, fix.ahead)
        if latest.put(world, team_id, fix):
            self.store.ends[world, team_id] = row
            self.hub.signals.put(world, Spot(team_id, lon, lat, at // 1000, posting.topics, fix.accuracy))
        latest.heard(world, team_id, fix)
        key = (world, team_id)
        way = self._ways.get(key)
        if way is None:
            way = self._ways[key] = Way()
        before, this = way.take((at, fix.lon, fix.lat))
        if before:
            self.store.points.append(self._seen[key])
        if this:
            self.store.points.append(row)
        self._seen[key] = row

    def holds(self, world: int, topic: str) -> Iterator[Spot]:
        """The last positions that a topic may hear now."""
        fixes = latest.of_world(world)
        for team_id, posting in self.roster.of(world, fixes).items():
            if posting.shared and topic in posting.topics:
                fix = fixes[team_id]
                yield Spot(
                    team_id,
                    round(fix.lon * 1e6),
                    round(fix.lat * 1e6),
                    int(fix.at.timestamp()),
                    posting.topics,
                )


def relayed(world: int, spot: Spot) -> None:
    """Another process of this node took a position in."""
    at = datetime.fromtimestamp(spot.at, UTC)
    fix = Fix(spot.lon / 1e6, spot.lat / 1e6, at, accuracy=spot.accuracy)
    latest.put(world, spot.id, fix)
    latest.heard(world, spot.id, fix)


_current: list[Tracker] = []


def bind(running: Any) -> None:
    """Begin tracking in this application."""
    latest.forget()
    _current[:] = [Tracker(running.node, running.hub)]


def current() -> Tracker:
    """The tracker of the application of this process."""
    return _current[0]


def shared_now(shown: Iterable[Any]) -> Iterator[Any]:
    """Of team records, those whose position is shared."""
    return (one for one in shown if one.on_duty or one.status in ("reserved", "engaged"))
