"""The tail: hands what was committed to the hub, each world's journal in order. It computes nothing that can fail; a hole or a bad
entry is logged and makes /readyz red (RULES 7). What this process committed itself is handed over as it was written, where nothing
of others came between; all else is read, a few entries on the hub itself: the way to another thread and back would cost more than
the look."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from types import SimpleNamespace

from sqlalchemy.orm import Session

from command.core import journal
from command.core.appending import Appended
from command.core.live import hints, wire
from command.core.live.wire import Said
from command.core.node import Node

log = logging.getLogger(__name__)
BATCH = 500
FEW = 20
LOOK_S = 0.5
Hearer = Callable[[int, Sequence[Said]], None]


class Tail:
    """Follows every world of a node. `hear(world, entries)` is called with entries in order, each once."""

    def __init__(self, node: Node, hear: Hearer) -> None:
        from gevent.event import Event

        self.node, self.hear = node, hear
        self.at: dict[int, int] = {}
        self.incarnation: dict[int, str] = {}
        self.woken = Event()
        self.handed: list[Appended] = []
        self.must_look, self.looked_at = True, 0.0
        self.broken: str | None = None
        self.stopping = False
        self.on_ended: Callable[[], None] = lambda: None
        node.wakers.append(self.hand)

    def start(self) -> None:
        """Begin at the end of every stream: what came before, screens ask for themselves."""
        import gevent

        for world in self.node.database.read(journal.worlds_of, world=None):
            self._enter(world)
        gevent.spawn(self._loop)
        if not self.node.database.sqlite:
            gevent.spawn(self._listen)

    def stop(self) -> None:
        """End the loop."""
        self.stopping = True
        self.woken.set()

    def hand(self, appended: Appended | None) -> None:
        """This process has committed something; None: it, or another, has, and nobody says what."""
        if appended is None or appended.world not in self.at:
            self.must_look = True
        else:
            self.handed.append(appended)
        self.woken.set()

    def _enter(self, world: int, *, from_start: bool = False) -> None:
        incarnation, seq = self.node.database.read(lambda session: journal.end_of(session, world), world=None)
        self.incarnation[world], self.at[world] = incarnation, 0 if from_start else seq

    def _loop(self) -> None:
        while not self.stopping:
            self.woken.wait(LOOK_S)
            self.woken.clear()
            try:
                self.tell()
            except Exception:  # the tail's edge: it goes on, and says that it is broken
                log.exception("the tail could not read")
                self.broken = "the journal could not be read"

    def tell(self) -> None:
        """Tell what is new."""
        if not self._tell_handed():
            self.look()

    def _tell_handed(self) -> bool:
        """Tell what was handed over. False when the journal has to be read: something is missing before it, or it is time."""
        handed, self.handed = sorted(self.handed, key=lambda one: one.seq), []
        found: dict[int, list[Said]] = {}
        for one in handed:
            topics, entries = one.heard(), found.setdefault(one.world, [])
            for row in one.rows:
                here = entries[-1].seq if entries else self.at[one.world]
                if row["seq"] > here + 1:
                    return False
                if row["seq"] == here + 1:
                    entries.append(wire.said(SimpleNamespace(**row), topics.get(row["seq"], [])))
        for world, entries in found.items():
            if entries:
                self._pass_on(world, entries)
        return bool(handed) and not self.must_look and time.monotonic() - self.looked_at < LOOK_S

    def look(self) -> None:
        """Tell everything that was committed since the last look."""
        self.must_look, self.looked_at = False, time.monotonic()
        for world, end in self.node.database.glance(journal.ends).items():
            if world not in self.at:
                self._enter(world, from_start=True)
            if end != self.at[world]:
                while self._tell(world) == BATCH:
                    continue

    def _tell(self, world: int) -> int:
        last = self.at[world]
        entries = self.node.database.glance(lambda session: _read(session, world, last, FEW))
        if len(entries) == FEW:  # a backlog, or a busy moment: read it beside the hub
            entries = self.node.database.read(lambda session: _read(session, world, last, BATCH), world=None)
        if not entries:
            return 0
        if entries[0].seq != last + 1 or entries[-1].seq != last + len(entries):
            self.broken = f"world {world}: a hole after {last}"
            log.error("%s", self.broken)
        self._pass_on(world, entries)
        return len(entries)

    def _pass_on(self, world: int, entries: Sequence[Said]) -> None:
        self.at[world] = entries[-1].seq
        self.hear(world, entries)

    def _listen(self) -> None:
        """PostgreSQL: NOTIFY is a hint that another process committed, or ended a pass; the database decides."""
        import gevent
        import psycopg

        url = self.node.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while not self.stopping:
            try:
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(f"LISTEN {hints.CHANNEL}")
                    self.hand(None)
                    for hint in connection.notifies():
                        self._hint(hint.payload)
                        if self.stopping:
                            return
            except psycopg.Error as error:
                log.warning("listening ended: %s", error)
                gevent.sleep(LOOK_S)

    def _hint(self, payload: str) -> None:
        """What this process said itself it was told when it committed (node.py)."""
        import gevent

        own, says = hints.heard(payload)
        if says == hints.ENDED:
            gevent.spawn(self.on_ended)
        if own:
            return
        self.hand(None)
        if says.startswith(hints.PROMISE):
            self.node.remind(datetime.fromisoformat(says.removeprefix(hints.PROMISE)))


def _read(session: Session, world: int, last: int, most: int) -> list[Said]:
    rows = journal.entries_after(session, world, last, most)
    topics = journal.heard_on(session, world, rows)
    return [wire.said(row, topics.get(row.seq, [])) for row in rows]
