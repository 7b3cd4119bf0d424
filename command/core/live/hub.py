"""The hub: sockets on /live. watch, do; entries, signal, drop, resync. Only act(), tail and fan-out run here (RULES 11–15)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gevent
import orjson
from gevent.lock import BoundedSemaphore

from command.core import asked, journal
from command.core.auth import Auth, Signed
from command.core.errors import Malformed, NotEnrolled, NotFound, Problem, TooMany
from command.core.limits import Limits
from command.core.live import wire
from command.core.live.ending import Ending
from command.core.live.fanout import Fanout
from command.core.live.signals import TICK_S, Signals
from command.core.live.snapshots import Snapshots
from command.core.live.subscriptions import MOST_TOPICS, Listener, Subscriptions
from command.core.live.tail import Tail
from command.core.live.wire import Said
from command.core.node import Node

log = logging.getLogger(__name__)
HEARTBEAT_S = 5.0
SWEEP_S = 0.5
KEEP_S = 300.0
MOST_KEPT_MISSED = 16


class Hub:
    """The live side of one process."""

    def __init__(self, node: Node, auth: Auth, fanout: Fanout, limits: Limits) -> None:
        self.node, self.auth, self.fanout, self.limits = node, auth, fanout, limits
        self.subscriptions = Subscriptions()
        self.snapshots = Snapshots(node)
        self.tail = Tail(node, self.hear)
        self.one_at_a_time: dict[str, BoundedSemaphore] = {}
        self._missed: dict[Any, orjson.Fragment] = {}
        self.ending = Ending(node, auth, self.subscriptions, self._emit)
        self.signals = Signals(self.subscriptions, fanout)
        self.on_entries: list[Callable[[int, Sequence[Said]], None]] = []
        self.on_presence: list[Callable[[Listener, bool], None]] = []
        self.on_start: list[Callable[[], None]] = []
        self.on_stop: list[Callable[[], None]] = []
        self.tail.on_ended = self.ending.ended_elsewhere

    def start(self) -> None:
        """Begin to tell what is committed."""
        for begin in self.on_start:
            begin()
        self.tail.start()
        self.auth.on_ended.append(lambda: gevent.spawn(self.ending.sweep))
        self.repeat(HEARTBEAT_S, self._heartbeat)
        self.repeat(SWEEP_S, self.ending.sweep)
        self.repeat(KEEP_S, self.ending.keep)
        self.repeat(TICK_S, self.signals.tick)

    def stop(self) -> None:
        """End; what waits to be kept is kept."""
        self.tail.stop()
        for end in self.on_stop:
            end()

    def repeat(self, seconds: float, run: Callable[[], None]) -> None:
        """Do something again and again until the end."""
        gevent.spawn(self._every, seconds, run)

    def _every(self, seconds: float, run: Callable[[], None]) -> None:
        while not self.tail.stopping:
            gevent.sleep(seconds)
            try:
                run()
            except Exception:  # an edge of its own: one failed beat is logged, the next is tried
                log.exception("%s failed", run.__name__)

    # what sockets ask

    def connected(self, sid: str, signed: Signed) -> None:
        """A socket with a right to be here."""
        self.subscriptions.add(Listener(sid, signed))
        self.one_at_a_time[sid] = BoundedSemaphore(1)

    def gone(self, sid: str) -> None:
        """A socket closed."""
        listener = self.subscriptions.listeners.get(sid)
        self.subscriptions.remove(sid)
        self.one_at_a_time.pop(sid, None)
        if listener is not None:
            self._presence(listener, False)

    def watch(self, sid: str, message: Any) -> dict[str, Any]:
        """Hear topics from now on, after coming up to date on each."""
        listener = self.subscriptions.listeners[sid]
        wanted = message.get("topics") if isinstance(message, dict) else None
        if not isinstance(wanted, dict) or not all(
            isinstance(topic, str) and len(topic) <= 96 for topic in wanted
        ):
            return Malformed("topics: an object of topic and cursor", zh="topics 须为主题与位置的对象").body()
        world = message.get("world", 0)
        if not isinstance(world, int) or world not in listener.signed.actor.worlds:
            return NotEnrolled().body()
        if len(listener.topics | set(wanted)) > MOST_TOPICS:
            return TooMany(f"At most {MOST_TOPICS} topics", zh=f"最多 {MOST_TOPICS} 个主题").body()
        if listener.world != world:
            self.subscriptions.change(listener, remove=list(listener.topics))
            listener.world = world
        with self.one_at_a_time[sid]:
            answers = self._join(listener, wanted)
        gevent.spawn(self._after_watch, listener, list(wanted))
        self._presence(listener, True)
        return {"topics": answers}

    def _join(self, listener: Listener, wanted: dict[str, Any]) -> dict[str, Any]:
        """Join first, buffering; then read, all topics at once: nothing can fall between (RULES 11)."""
        for topic in wanted:
            listener.joining[topic] = []
            listener.since.pop(topic, None)
        self.subscriptions.change(listener, add=wanted)
        self.subscriptions.note(listener)
        caught = self.snapshots.catch_up(listener.world, wanted, listener.signed.actor)
        # what was dropped while it was being read (a right ended) is not answered with what the old right allowed
        caught = {topic: now for topic, now in caught.items() if topic in listener.topics}
        refused = [topic for topic in wanted if topic not in caught]
        self.subscriptions.change(listener, remove=refused)
        answers: dict[str, Any] = {topic: NotFound().body() for topic in refused}
        for topic, now in caught.items():
            buffered = listener.joining.get(topic, [])
            listener.joining[topic] = [*now.entries, *(one for one in buffered if one.seq > now.seq)]
            listener.since[topic] = now.seq
            cursor = now.cursor if now.snapshot is not None else wanted[topic]
            answers[topic] = {"cursor": cursor, "snapshot": now.snapshot}
        return answers

    def _after_watch(self, listener: Listener, asked: Sequence[str]) -> None:
        self._flush(listener)
        self.signals.greet(listener.sid, asked)

    def _flush(self, listener: Listener) -> None:
        """After the answer: what was missed, and what came while it was being read, once each and in order."""
        waiting: dict[int, Said] = {}
        heard: dict[int, dict[str, int]] = {}
        for topic, entries in list(listener.joining.items()):
            if topic not in listener.since:
                continue
            for entry in entries:
                waiting[entry.seq] = entry
                heard.setdefault(entry.seq, {}).update(entry.heard_on([topic]))
            del listener.joining[topic]
        passed = self.tail.at.get(listener.world, 0)
        listener.since = {topic: seq for topic, seq in listener.since.items() if seq > passed}
        self.subscriptions.note(listener)
        if waiting:
            items = self._items([(waiting[seq], heard[seq]) for seq in sorted(waiting)], listener.of_team)
            last = waiting[max(waiting)]
            upto = wire.cursor(last.incarnation, last.seq)
            self.fanout.send([listener.sid], "entries", wire.frame(upto, items, listener.world), durable=True)

    def _items(self, told: list[tuple[Said, dict[str, int]]], of_team: bool) -> orjson.Fragment:
        """The items that somebody missed. Screens that come back together missed the same: they are built once for all of them."""
        key = (
            of_team,
            told[0][0].world,
            told[0][0].incarnation,
            tuple((entry.seq, tuple(heard.items())) for entry, heard in told),
        )
        items = self._missed.pop(key, None)
        if items is None:
            items = orjson.Fragment(orjson.dumps([entry.item(heard, of_team) for entry, heard in told]))
        self._missed[key] = items
        while len(self._missed) > MOST_KEPT_MISSED:
            del self._missed[next(iter(self._missed))]
        return items

    def unwatch(self, sid: str, message: Any) -> dict[str, Any]:
        """Hear topics no longer."""
        listener = self.subscriptions.listeners[sid]
        given = message.get("topics", []) if isinstance(message, dict) else []
        self.subscriptions.change(listener, remove=[topic for topic in given if isinstance(topic, str)])
        return {"ok": True}

    def do(self, sid: str, message: Any) -> dict[str, Any]:
        """Any action by its name; the answer alone settles it."""
        command_id = message.get("command_id") if isinstance(message, dict) else None
        try:
            listener = self.subscriptions.listeners[sid]
            self.limits.check_write(listener.signed.actor.id)
            command = asked.command_of(message, listener.signed)
            answer = self.node.act(command)
        except Problem as problem:
            return {
                "ok": False,
                "problem": problem.body(
                    command_id if isinstance(command_id, str) else None, listener.signed.actor.lang
                ),
            }
        body = orjson.Fragment(answer.body)
        if not answer.ok:
            return {"ok": False, "problem": body}
        return {
            "ok": True,
            "result": body,
            "cursor": wire.cursor(self.tail.incarnation.get(command.world, ""), answer.seq),
        }

    # what the journal says

    def hear(self, world: int, entries: Sequence[Said]) -> None:
        """Tell each group of sockets the entries that it may hear, in one message."""
        for entry in entries:
            if entry.kind == "user":
                self.ending.rights_changed({entry.thing})
            elif entry.kind in (
                "world",
                "role",
            ):  # a drill began or ended, a role changed: many may hear more, or less
                self.ending.rights_changed(None)
            elif entry.kind == "device":  # an enrolled display may have been taken back
                self.ending.ended_elsewhere()
            if any(change == journal.LOSE for change, _ in entry.topics.values()):
                self.ending.audience_lost(world, entry)
        upto = wire.cursor(entries[-1].incarnation, entries[-1].seq)
        for heard_here, of_team, settled, joining in self.subscriptions.groups_of(world):
            told = [(entry, heard) for entry in entries if (heard := entry.heard_on(heard_here))]
            if told and settled:
                items = [entry.item(heard, of_team) for entry, heard in told]
                self.fanout.send(settled, "entries", wire.frame(upto, items, world), durable=True)
            for listener in joining:
                self._tell_joining(listener, told, upto)
        for entry in entries:
            for topic, (change, _) in entry.topics.items():
                if change == journal.GAIN:
                    self._emit(
                        [one.sid for one in self.subscriptions.on(world, topic)], "resync", {"topic": topic}
                    )
        for hear in self.on_entries:
            hear(world, entries)

    def _tell_joining(
        self, listener: Listener, told: Sequence[tuple[Said, Mapping[str, int]]], upto: str
    ) -> None:
        items = []
        for entry, heard in told:
            now = {}
            for topic, change in heard.items():
                if topic in listener.joining:
                    listener.joining[topic].append(entry)
                elif entry.seq > listener.since.get(topic, 0):
                    now[topic] = change
                    listener.since.pop(topic, None)
            if now:
                items.append(entry.item(now, listener.of_team))
        self.subscriptions.note(listener)
        if items:
            self.fanout.send([listener.sid], "entries", wire.frame(upto, items, listener.world), durable=True)

    def _emit(self, sids: Sequence[str], event: str, payload: dict[str, Any]) -> None:
        self.fanout.send(sids, event, orjson.dumps(payload), durable=True)

    def _heartbeat(self) -> None:
        for world, seq in self.tail.at.items():
            payload = wire.frame(wire.cursor(self.tail.incarnation[world], seq), [], world)
            for *_, settled, joining in self.subscriptions.groups_of(world):
                self.fanout.send([*settled, *(one.sid for one in joining)], "entries", payload, durable=False)

    def _presence(self, listener: Listener, here: bool) -> None:
        for told in self.on_presence:
            told(listener, here)
