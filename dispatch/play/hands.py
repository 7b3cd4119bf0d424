"""How a play reaches the county from within the server: as the demo's own accounts, through act() and the lists."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import User
from command.core import access, canonical, ids, listing, records
from command.core.access import Actor
from command.core.actions import Command
from command.core.errors import Problem
from command.core.intake import INTAKES
from command.core.node import Node


class Refused(Exception):
    """The county did not take it: somebody else was first, or the thing is gone."""


class Hands(Protocol):
    """What a play can do, wherever it runs."""

    def do(
        self, who: str, action: str, payload: dict[str, Any], version: int | None = None
    ) -> dict[str, Any]:
        """Act as an account; Refused when it is not taken."""
        ...

    def look(self, who: str, kind: str, **filters: str) -> list[dict[str, Any]]:
        """All records of a kind that an account may see."""
        ...

    def ask(self, who: str, query: str, **wish: str) -> Any:
        """Ask a question as an account."""
        ...

    def place(self, who: str, rows: list[dict[str, Any]]) -> None:
        """Tell where teams are."""
        ...


class Inside:
    """Hands within the server's own process."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def _actor(self, who: str) -> Actor:
        def job(session: Session) -> Actor | None:
            user = session.execute(sa.select(User.id).where(User.username == who)).scalar_one_or_none()
            return access.load_actor(session, user) if user else None

        actor = self.node.database.read(job, world=None)
        if actor is None:
            raise Refused(f"there is no account {who}")
        return actor

    def do(
        self, who: str, action: str, payload: dict[str, Any], version: int | None = None
    ) -> dict[str, Any]:
        """Act as an account."""
        command = Command(action, payload, self._actor(who), ids.new_id(), version=version)
        try:
            answer = self.node.act(command)
        except Problem as problem:
            raise Refused(problem.detail) from problem
        value: dict[str, Any] = canonical.load(answer.body)
        if not answer.ok:
            raise Refused(str(value.get("detail")))
        return value

    def look(self, who: str, kind: str, **filters: str) -> list[dict[str, Any]]:
        """Every page of a list."""
        found, actor, after = records.KINDS[kind], self._actor(who), ""
        rows: list[dict[str, Any]] = []
        while True:
            asked = listing.parse(found, {**filters, "limit": "1000", **({"after": after} if after else {})})
            page = self.node.database.read(
                partial(listing.page, kind=found, actor=actor, asked=asked), world=0
            )
            rows += canonical.load(canonical.dump(page["items"]))
            if not (after := page["next"] or ""):
                return rows

    def ask(self, who: str, query: str, **wish: str) -> Any:
        """Ask beside the hub."""
        try:
            return self.node.ask(query, dict(wish), self._actor(who))
        except Problem as problem:
            raise Refused(problem.detail) from problem

    def place(self, who: str, rows: list[dict[str, Any]]) -> None:
        """Positions go the way of every tracker."""
        try:
            INTAKES["positions"].receive(self.node, self._actor(who), 0, rows)
        except Problem as problem:
            raise Refused(problem.detail) from problem
