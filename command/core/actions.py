"""Actions: the only way to write. act() runs one in one transaction: receipt, sight, permission, input, the action, entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, overload

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import appending, canonical, clock, due, enrolled, events, kept, receipts, records, sight
from command.core.access import Actor, system_actor
from command.core.errors import Conflict, Invalid, NotEnrolled, NotFound, Problem, VersionMissing
from command.core.queries import Nothing, View, Wish, parse
from command.core.receipts import Answer
from command.core.records import Record, RecordType
from command.core.store.db import Owned, insert_row

M_ = TypeVar("M_")
O_ = TypeVar("O_", bound=Record)
Preparer = Callable[[dict[str, Any], Path], Any]
AHEAD = timedelta(minutes=2)
TRIES = 3


@dataclass
class Tx(View):
    """A transaction of one command: a view that may also write and say what happened."""

    at: datetime = field(default_factory=clock.real)
    received_at: datetime = field(default_factory=clock.real)
    command: str = ""
    cause: str | None = None
    ahead: bool = False
    said: list[events.Event] = field(default_factory=list)
    prepared: Any = None

    def add(self, row: Any) -> Any:
        """Add a row of this world, with this node as its home where it has one."""
        if isinstance(row, Owned):
            row.home, row.term, row.n, row.version = self.node, 0, 0, 1
            row.created_at = row.updated_at = self.received_at
        if hasattr(row, "world"):
            row.world = self.world
        kept.changed(self.session, row)
        return insert_row(self.session, row)

    def touch(self, row: Owned) -> None:
        """Count a change of a row."""
        kept.changed(self.session, row)
        row.version += 1
        row.updated_at = self.received_at
        self.session.flush()

    @overload
    def find(self, kind: RecordType[M_, O_], thing: str) -> M_: ...
    @overload
    def find(self, kind: str, thing: str) -> Any: ...
    def find(self, kind: Any, thing: str) -> Any:
        """A thing that the actor may see, locked until the commit; else NotFound."""
        return records.find(self.session, kind, thing, self.actor, lock=True)

    @overload
    def show(self, kind: RecordType[M_, O_], row: M_) -> O_: ...
    @overload
    def show(self, kind: str, row: Any) -> Any: ...
    def show(self, kind: Any, row: Any) -> Any:
        """The public form of a row."""
        return records.show(self.session, kind, row)

    def say(self, event: events.Event, *, before: int | None = None) -> None:
        """Something happened: it goes to the journal, and to those who listen inside this transaction. `before`: ahead of
        what was said from that place on, because that hangs on this."""
        self.said.insert(len(self.said) if before is None else before, event)
        for listener in events.listeners_of(event):
            listener(self, event)

    def due(self, at: datetime, name: str, payload: dict[str, Any], *, key: str) -> None:
        """Promise that the system does an action at a time."""
        due.promise(self.session, self.world, at, name, payload, key)

    def call_off(self, *keys: str) -> None:
        """Take promises back."""
        due.call_off(self.session, self.world, *keys)

    def act(
        self, name: str, payload: dict[str, Any], *, as_system: bool = False, prepared: Any = None
    ) -> Any:
        """Run another action as part of this command: the only way to write another slice's rows."""
        actor = system_actor(self.node) if as_system else self.actor
        more = {"actor": actor, "cause": self.cause or self.command, "prepared": prepared}
        inner = Tx(**{**self.__dict__, **more})
        return ACTIONS[name].run(inner, dict(payload), version=None, inner=True)


@dataclass(frozen=True)
class Action:
    """A registered action. `target`: the kind of record that payload.id names."""

    name: str
    function: Callable[..., Any]
    wish: type[Wish]
    needs: str | None
    target: str | None
    http: str | None
    status: int
    output: Any
    version: str
    inner: bool
    says: str
    urgent: Callable[[dict[str, Any]], bool]
    prepare: Preparer | None = None

    def run(self, tx: Tx, payload: dict[str, Any], *, version: int | None, inner: bool = False) -> Any:
        """Check in the contract's order (404, 403, 428, 422, 409), then do it."""
        arguments: list[Any] = [tx]
        if self.target:
            row = tx.find(self.target, str(payload.pop("id", "")))
            tx.actor.need(self.needs)
            self._check_version(tx, row, version, inner)
            arguments.append(row)
        else:
            tx.actor.need(self.needs)
        arguments.append(parse(self.wish, payload))
        if self.target and version is not None and row.version != version:
            raise Conflict(
                "Somebody changed it first",
                zh="别人先改过了：请看最新内容再改",
                current=sight.told(tx.actor, tx.show(self.target, row)).model_dump(),
            )
        return self.function(*arguments)

    def _check_version(self, tx: Tx, row: Any, version: int | None, inner: bool) -> None:
        if self.version == "required" and version is None and not inner:
            raise VersionMissing()


ACTIONS: dict[str, Action] = {}
F_ = TypeVar("F_", bound=Callable[..., Any])


def _never(payload: dict[str, Any]) -> bool:
    return False


def action(
    name: str,
    *,
    wish: type[Wish] = Nothing,
    needs: str | None = None,
    target: str | None = None,
    http: str | None = None,
    status: int = 200,
    output: Any = None,
    version: str = "optional",
    inner: bool = False,
    urgent: Callable[[dict[str, Any]], bool] = _never,
    prepare: Preparer | None = None,
) -> Callable[[F_], F_]:
    """Register an action. `inner`: only other actions and jobs may call it. `version="required"`: If-Match is asked for.
    `urgent`: taken even when the disk is nearly full. `prepare`: slow work on the payload (as it came, unchecked) and the data
    directory that is done before the transaction and beside the hub, for those whose role may do the action; its outcome is
    `tx.prepared`."""

    def bind(function: F_) -> F_:
        if name in ACTIONS:
            raise TypeError(f"two actions are called {name}")
        says = (function.__doc__ or name).strip().splitlines()[0]
        ACTIONS[name] = Action(
            name, function, wish, needs, target, http, status, output, version, inner, says, urgent, prepare
        )
        return function

    return bind


@dataclass(frozen=True)
class Command:
    """A command as it came through a door."""

    name: str
    payload: dict[str, Any]
    actor: Actor
    id: str
    world: int = 0
    version: int | None = None
    at: datetime | None = None
    cause: str | None = None
    prepared: Any = None
    lang: str | None = None


def find_action(command: Command) -> Action:
    """The action a command names, if it may come through a door."""
    found = ACTIONS.get(command.name)
    if found is None or (found.inner and not command.actor.system):
        raise NotFound(f"There is no action {command.name}", zh="没有这个动作")
    return found


class Refused(Exception):
    """A refusal that is kept: the command's transaction is undone, then its receipt is written with this answer."""

    def __init__(self, receipt: dict[str, Any], answer: Answer) -> None:
        super().__init__(answer.status)
        self.receipt, self.answer = receipt, answer


def perform(
    session: Session, command: Command, node: str, secret: str, directory: Path | None = None
) -> Answer:
    """The transaction of one command. Raises what is not stored, and what is as Refused (RULES 3, 4)."""
    doing = find_action(command)
    _check_world(session, command)
    received = clock.real()
    at, ahead = _stamped(command, received)
    receipt = _receipt(command, received)
    kept.look(session)
    if (before := receipts.claim(session, receipt)) is not None:
        return before
    tx = Tx(
        session=session,
        actor=command.actor,
        world=command.world,
        node=node,
        now=clock.now(command.world),
        secret=secret,
        at=at,
        received_at=received,
        command=command.id,
        cause=command.cause,
        ahead=ahead,
        directory=directory,
        prepared=command.prepared,
    )
    try:
        outcome = sight.told(command.actor, doing.run(tx, dict(command.payload), version=command.version))
    except Problem as problem:
        if not problem.stored:
            raise
        raise Refused(receipt, _refusal(command, problem)) from None
    stamp = appending.Stamp(command.actor.id, command.actor.name, command.id, command.cause, received)
    answer = Answer(doing.status, canonical.dump(outcome), 0, promised=session.info.get(due.PROMISED))
    drafts = [_draft(event, at) for event in tx.said]
    settle = partial(_settle, session, receipt, answer)
    appended = appending.append(session, command.world, stamp, drafts, settle)
    return replace(answer, seq=appended.seq, appended=appended)


def _settle(session: Session, receipt: dict[str, Any], answer: Answer, seq: int) -> None:
    receipts.fill(session, receipt, replace(answer, seq=seq))


def _refusal(command: Command, problem: Problem) -> Answer:
    said = problem.body(command.id, command.lang or command.actor.lang)
    return Answer(problem.status, canonical.dump(said), 0)


def _receipt(command: Command, received: datetime) -> Any:
    key = {"world": command.world, "actor": command.actor.id, "command": command.id, "name": command.name}
    hashed = receipts.payload_hash(command.name, command.payload, command.version)
    return receipts.blank(key, hashed, received)


def _check_world(session: Session, command: Command) -> None:
    if command.world not in command.actor.worlds and not command.actor.system:
        raise NotEnrolled
    command.actor.need_hand()
    if command.world and enrolled.is_over(session, command.world):
        raise NotEnrolled


def _stamped(command: Command, received: datetime) -> tuple[datetime, bool]:
    """The actor's time: a desk may not date ahead; a field device that runs ahead is kept and marked (RULES 32)."""
    if command.at is None or command.actor.system:
        return command.at or received, False
    if command.at <= received + AHEAD:
        return command.at, False
    if command.actor.device:
        return received, True
    raise Invalid("at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上")


def _draft(event: events.Event, at: datetime) -> appending.Draft:
    return appending.Draft(
        event.type, event.kind, event.record.model_dump(), event.text(), event.changes(), at, event.v
    )


def transient(error: sa.exc.DBAPIError) -> bool:
    """Whether the database asks for the whole transaction again (serialisation failure, deadlock)."""
    return getattr(error.orig, "sqlstate", None) in ("40001", "40P01")
