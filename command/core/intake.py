"""Intakes: fleeting input that comes in batches and that no journal keeps, e.g. positions. Checked like all that comes in,
the whole batch or nothing; what it changes is told by signals, never by entries (DESIGN §2: two channels, never mixed)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import GenericAlias
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from command.core import clock, faults
from command.core.access import Actor
from command.core.errors import Invalid
from command.core.node import Node
from command.core.queries import Wish


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
            zh, en = f"一次最多 {self.most} 行", f"At most {self.most} rows"
            raise Invalid(
                en,
                zh=zh,
                errors=[
                    {"field": "items", "loc": ["items"], "type": "too_long", "said": {"zh": zh, "en": en}}
                ],
            )
        return self.take(Batch(node, actor, world, self._checked(items)))

    def _checked(self, items: list[Any]) -> list[Any]:
        try:
            return self.rows.validate_python(items)
        except ValidationError as error:
            found = [
                {**one, "index": one["loc"][0], "field": ".".join(map(str, one["loc"][1:]))}
                for one in faults.told(error)
            ]
            first = found[0]["said"]
            raise Invalid(f"row {first['en']}", zh=first["zh"], errors=found) from None


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
