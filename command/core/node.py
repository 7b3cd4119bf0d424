"""A running node: its database, its name, the doors act() and ask(), and those to wake after a commit."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import accesslog, actions, canonical, clock, journal, queries, receipts, records
from command.core.access import Actor
from command.core.actions import Command
from command.core.appending import Appended
from command.core.errors import DiskFull, NotFound
from command.core.receipts import Answer
from command.core.store.database import Database

T_ = TypeVar("T_")
DISK_LOW, DISK_FLOOR = 0.03, 512 * 2**20


def _here(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


class Node:
    """One county or township node. `name` is the division code of its centre."""

    def __init__(self, name: str, database: Database, data_dir: Path, secret: str = "") -> None:
        self.name = name
        self.database = database
        self.data_dir = data_dir
        self.secret = secret
        self.wakers: list[Callable[[Appended | None], None]] = []
        self.beside: Callable[..., Any] = _here
        self.later: Callable[..., Any] = _here
        self.keepers: list[Callable[[datetime], None]] = []
        self.stocks: Any = None

    def begin(self) -> None:
        """Make the stream of life on first use; a restored copy gets a new incarnation from `restore`."""
        self.database.write(
            lambda session: journal.start_stream(session, 0, self.name, secrets.token_hex(4)), world=0
        )

    def act(self, command: Command) -> Answer:
        """Carry out a command once, whoever asks how often. Raises a Problem that a retry may cure."""
        self._check_disk(command)
        command = self._prepared(command)
        for left in range(actions.TRIES - 1, -1, -1):
            try:
                answer = self._try(command)
                break
            except sa.exc.DBAPIError as error:
                if not left or not actions.transient(error):
                    raise
        return answer

    def _try(self, command: Command) -> Answer:
        """One transaction that does it all; where that is refused, another that keeps the refusal (RULES 3, 4)."""
        try:
            return self.database.write(
                lambda session: actions.perform(session, command, self.name, self.secret, self.data_dir),
                world=command.world,
                then=self._committed,
            )
        except actions.Refused as refused:
            receipt, answer = refused.receipt, refused.answer
        return self.database.write(
            lambda session: receipts.keep(session, receipt, answer), world=command.world
        )

    def do(
        self, name: str, payload: dict[str, Any], actor: Actor, command_id: str, world: int = 0
    ) -> dict[str, Any]:
        """act() for code of our own: the answer as a value; a stored refusal is raised as RuntimeError."""
        answer = self.act(Command(name, payload, actor, command_id, world))
        value: dict[str, Any] = canonical.load(answer.body)
        if not answer.ok:
            raise RuntimeError(f"{name}: {value.get('detail')}")
        return value

    def ask(self, name: str, wish: dict[str, Any], actor: Actor, world: int = 0, context: Any = None) -> Any:
        """Answer a question beside the hub."""
        asked = queries.find_query(name)
        if asked.ahead is None:
            return self.look(lambda view: asked.answer(view, wish), actor, world, context, long=asked.long)
        actor.need(asked.needs)
        ahead = asked.ahead(self, actor, world)

        def job(view: queries.View) -> Any:
            view.ahead = ahead
            return asked.answer(view, wish)

        return self.look(job, actor, world, context, long=True)

    def look(
        self,
        job: Callable[[queries.View], T_],
        actor: Actor,
        world: int = 0,
        context: Any = None,
        *,
        long: bool = False,
    ) -> T_:
        """Read as somebody, beside the hub; who reads personal data is noted before it is answered. `long`: a job that does more
        than wait for the database."""

        def run(session: Session) -> tuple[T_, list[tuple[str, str]]]:
            view = queries.View(
                session, actor, world, self.name, clock.now(world), self.secret, context, self.data_dir
            )
            return job(view), view.reads

        read = self.database.read_long if long else self.database.read
        answer, reads = read(run, world=world)
        if reads:
            accesslog.write(self.database, actor, reads)
        return answer

    def _committed(self, answer: Answer) -> None:
        """Screens come before the one who asked: the tail is woken first, then the answer goes."""
        if answer.ok and not answer.repeated:
            self.wake(answer.appended)
            if answer.promised:
                self.remind(answer.promised)

    def wake(self, appended: Appended | None = None) -> None:
        """Tell the tail that something was committed, and what, where it is known. Only a hint: it looks by itself too."""
        for waker in self.wakers:
            waker(appended)

    def _prepared(self, command: Command) -> Command:
        """The command with its slow work done, beside the hub and before the one writer is asked for."""
        found = actions.ACTIONS.get(command.name)
        if found is None or found.prepare is None or not command.actor.may(found.needs or ""):
            return command
        if found.target is not None and not self._sees(command, found.target):
            return command  # what it may not see makes nobody work; act() says so, and keeps the refusal
        return replace(command, prepared=self.beside(found.prepare, command.payload, self.data_dir))

    def _sees(self, command: Command, target: str) -> bool:
        thing = str(command.payload.get("id", ""))

        def look(session: Session) -> bool:
            try:
                return bool(records.find(session, target, thing, command.actor))
            except NotFound:
                return False

        enrolled = command.world in command.actor.worlds or command.actor.system
        return enrolled and self.database.read(look, world=command.world)

    def remind(self, at: datetime) -> None:
        """Tell those who keep promises that one was made, due at a time. Only a hint: they look by themselves too."""
        for keeper in self.keepers:
            keeper(at)

    def _check_disk(self, command: Command) -> None:
        usage = shutil.disk_usage(self.data_dir)
        if usage.free < min(usage.total * DISK_LOW, DISK_FLOOR):
            found = actions.ACTIONS.get(command.name)
            if found is None or not found.urgent(command.payload):
                raise DiskFull()
