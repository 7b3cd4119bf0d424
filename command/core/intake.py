"""Intakes: fleeting input that comes in batches and that no journal keeps, e.g. positions. Checked like all that comes in,
the whole batch or nothing; what it changes is told by signals, never by entries (DESIGN §2: two channels, never mixed)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import GenericAlias
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from command.core import clock
from command.core.access import Actor
from command.core.errors import Invalid
from command.core.node import Node
from command.core.queries import Wish

MOST_TOLD = 50


@dataclass(frozen=True)
class Batch:
    """What somebody sent: checked rows, and when they arrived."""

    node: Node
    actor: Actor
    world: int
    rows: list[Any]
    received_at: datetime = field(default_factory=clock.real)


@dataclass(frozen=True)
class Intake:
    """A registered intake. `take(batch)` answers what became of the rows."""

    name: str
    take: Callable[[Batch], dict[str, Any]]
    row: type[Wish]
    rows: TypeAdapter[list[Any]]
    needs: str
    http: str
    most: int
    says: str

    def receive(self, node: Node, actor: Actor, world: int, items: list[Any]) -> dict[str, Any]:
        """Check every row, then take them; one bad row and nothing is taken."""
        if len(items) > self.most:
            told = f"At most {self.most} rows"
            raise Invalid(told, zh=f"一次最多 {self.most} 行", errors=[{"field": "items", "message": told}])
        return self.take(Batch(node, actor, world, self._checked(items)))

    def _checked(self, items: list[Any]) -> list[Any]:
        try:
            return self.rows.validate_python(items)
        except ValidationError as error:
            found = [
                {
                    "index": one["loc"][0],
                    "field": ".".join(str(part) for part in one["loc"][1:]),
                    "message": one["msg"],
                    "code": one["type"],
                }
                for one in error.errors(include_url=False, include_context=False, include_input=False)[
                    :MOST_TOLD
                ]
            ]
            first = found[0]
            raise Invalid(
                f"row {first['index']}: {first['field']}: {first['message']}", errors=found
            ) from None


INTAKES: dict[str, Intake] = {}
T_ = TypeVar("T_", bound=Callable[[Batch], dict[str, Any]])


def intake(name: str, *, row: type[Wish], needs: str, http: str, most: int) -> Callable[[T_], T_]:
    """Register an intake of at most so many rows at a time."""

    def bind(take: T_) -> T_:
        if name in INTAKES:
            raise TypeError(f"two intakes are called {name}")
        says = (take.__doc__ or name).strip().splitlines()[0]
        rows: Any = GenericAlias(list, (row,))
        INTAKES[name] = Intake(name, take, row, TypeAdapter(rows), needs, http, most, says)
        return take

    return bind
