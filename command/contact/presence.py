"""Which townships have a duty desk on the line of this process: noted as heard, told to the county as a fleeting value."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import gevent
import orjson
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from command.contact.contract import SILENT
from command.contact.models import Heard
from command.contact.queries import heard_at, unsettled
from command.core import clock, jobs
from command.core.access import COUNTY, system_actor
from command.core.actions import Command
from command.core.live.hub import Hub
from command.core.live.subscriptions import Listener
from command.core.node import Node

BEAT_S = 10.0
DESK = "screen.desk"


class Presence:
    """What this process hears of the townships."""

    def __init__(self, node: Node, hub: Hub) -> None:
        self.node, self.hub = node, hub
        self.began = time.monotonic()
        self.noted: dict[str, float] = {}
        self.number = 0
        hub.on_presence.append(self.told)
        hub.on_start.append(self.start)

    def start(self) -> None:
        """Begin to listen."""
        self.began = time.monotonic()
        self.hub.repeat(BEAT_S, self.beat)

    def told(self, listener: Listener, here: bool) -> None:
        """A screen watched something, or went: a township that was not heard for a while is noted at once."""
        code = township_of(listener)
        if code is None or self.hub.tail.stopping:
            return
        if not here or time.monotonic() - self.noted.get(code, -BEAT_S) >= BEAT_S:
            self.noted[code] = time.monotonic()
            gevent.spawn(self.note, [code])

    def beat(self) -> None:
        """Note who is on the line now, and tell the county when each was heard last."""
        listeners = list(self.hub.subscriptions.listeners.values())
        self.note(sorted({code for one in listeners if (code := township_of(one))}))
        heard = self.node.database.read(heard_at, world=0)
        self.number += 1
        told = {"topic": COUNTY, "tick": self.number, "now": clock.wire(clock.real()), "ids": list(heard),
                "at": [int(at.timestamp()) for at in heard.values()]}  # fmt: skip
        sids = [one.sid for one in self.hub.subscriptions.on(0, COUNTY)]
        self.hub.fanout.send(sids, "contact", orjson.dumps(told), durable=False)

    def note(self, codes: list[str]) -> None:
        """These townships are heard now."""
        if not codes:
            return
        now = clock.real()

        self.node.database.write(lambda session: hear(session, codes, now), world=0)
        self.noted |= dict.fromkeys(codes, time.monotonic())
        settle(self.node)


def township_of(listener: Listener) -> str | None:
    """The township whose duty desk this is, in life."""
    actor = listener.signed.actor
    if listener.world or not listener.topics or actor.team_id is not None or not actor.may(DESK):
        return None
    return actor.centre if len(actor.centre) == 9 else None


def hear(session: Session, codes: list[str], at: datetime) -> None:
    """Note that townships were heard, whoever else notes it at the same moment."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(Heard).values([{"centre": code, "at": at} for code in codes])
    newer = insert.excluded.at
    session.execute(
        insert.on_conflict_do_update(index_elements=["centre"], set_={"at": newer}, where=Heard.at < newer)
    )


def settle(node: Node, *, also_cut: bool = False) -> None:
    """Settle the contacts that are not what was heard. Doing it twice, or in two processes, changes nothing."""
    now = clock.real()

    def job(session: Session) -> dict[str, datetime]:
        return unsettled(session, now)

    for code, at in node.database.read(job, world=0).items():
        back = now - at < SILENT
        if back or also_cut:
            command_id = jobs.command_id(f"link:{code}:{'up' if back else 'cut'}", at)
            node.act(Command("link.settle", {"id": code}, system_actor(node.name), command_id))


_current: list[Presence] = []


def bind(running: Any) -> None:
    """Begin to hear the townships in this application."""
    _current[:] = [Presence(running.node, running.hub)]


def current() -> Presence:
    """The presence of the application of this process."""
    return _current[0]


def listened_for() -> float:
    """For how many seconds this process has been listening; 0 when it does not serve."""
    return time.monotonic() - _current[0].began if _current else 0.0
