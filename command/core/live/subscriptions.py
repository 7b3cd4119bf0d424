"""Which socket hears which topics. Sockets that hear the same are one group, so that a message is built once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from command.core.auth import Signed
from command.core.live.wire import Said

MOST_TOPICS = 64
Key = tuple[int, frozenset[str], bool]


@dataclass
class Listener:
    """One socket: who it is, its world, its topics; `since` holds, for a topic just joined, the number its snapshot had."""

    sid: str
    signed: Signed
    world: int = 0
    topics: set[str] = field(default_factory=set)
    since: dict[str, int] = field(default_factory=dict)
    joining: dict[str, list[Said]] = field(default_factory=dict)

    @property
    def of_team(self) -> bool:
        """Whether it is told what a team is told (sight.py)."""
        return self.signed.actor.team_id is not None

    @property
    def key(self) -> Key:
        """Which group it belongs to: the same world, topics and sight."""
        return self.world, frozenset(self.topics), self.of_team

    @property
    def settled(self) -> bool:
        """Whether it hears just what its group hears."""
        return not self.since and not self.joining


class Subscriptions:
    """All sockets of this process."""

    def __init__(self) -> None:
        self.listeners: dict[str, Listener] = {}
        self.groups: dict[Key, set[str]] = {}
        self.by_topic: dict[tuple[int, str], int] = {}
        self.unsettled: set[str] = set()

    def add(self, listener: Listener) -> None:
        """A socket connected."""
        self.listeners[listener.sid] = listener

    def note(self, listener: Listener) -> None:
        """Remember whether a socket hears just what its group hears."""
        if listener.settled or listener.sid not in self.listeners:
            self.unsettled.discard(listener.sid)
        else:
            self.unsettled.add(listener.sid)

    def remove(self, sid: str) -> None:
        """A socket went."""
        self.unsettled.discard(sid)
        listener = self.listeners.pop(sid, None)
        if listener is not None:
            self._leave_group(listener)

    def change(self, listener: Listener, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """A socket begins or ceases to hear topics."""
        self._leave_group(listener)
        listener.topics |= set(add)
        for topic in remove:
            listener.topics.discard(topic)
            listener.since.pop(topic, None)
            listener.joining.pop(topic, None)
        if listener.sid in self.listeners and listener.topics:
            self.groups.setdefault(listener.key, set()).add(listener.sid)
            for topic in listener.topics:
                self.by_topic[listener.world, topic] = self.by_topic.get((listener.world, topic), 0) + 1

    def sign(self, listener: Listener, signed: Signed) -> None:
        """A socket's account has other rights now: it joins those who are told the same."""
        self._leave_group(listener)
        listener.signed = signed
        self.change(listener)

    def _leave_group(self, listener: Listener) -> None:
        key = listener.key
        group = self.groups.get(key)
        if group is None or listener.sid not in group:
            return
        group.discard(listener.sid)
        if not group:
            del self.groups[key]
        for topic in listener.topics:
            left = self.by_topic[listener.world, topic] - 1
            if left:
                self.by_topic[listener.world, topic] = left
            else:
                del self.by_topic[listener.world, topic]

    def heard(self, world: int, topic: str) -> bool:
        """Whether anybody here hears the topic."""
        return (world, topic) in self.by_topic

    def groups_of(self, world: int) -> Iterator[tuple[frozenset[str], bool, list[str], list[Listener]]]:
        """(topics, whether they are a team's, settled sockets, sockets still joining) of each group of a world."""
        for (of_world, topics, of_team), sids in list(self.groups.items()):
            if of_world == world:
                late = self.unsettled & sids if self.unsettled else None
                joining = [self.listeners[sid] for sid in late] if late else []
                yield topics, of_team, list(sids - late if late else sids), joining

    def on(self, world: int, topic: str) -> list[Listener]:
        """The sockets that hear a topic."""
        return [
            self.listeners[sid]
            for (of_world, topics, _), sids in self.groups.items()
            if of_world == world and topic in topics
            for sid in sids
        ]
