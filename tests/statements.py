"""Statements are compiled once for all databases of a worker, as a server compiles them once for its whole life.

SQLAlchemy remembers compiled statements for each engine, under the engine's own dialect object. Each test has an engine of
its own, so it compiled everything anew: a third of the processor's time of a test on the store.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import util
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect

ENOUGH = 20_000
"""More than the suite has: none is forgotten and compiled again."""


def remember_for_all_engines() -> None:
    """From here on engines share what is compiled; dialects of one class are one to it (all speak to the same sort of server)."""
    compiled: Any = util.LRUCache(ENOUGH)
    begin = Engine.__init__

    def sharing(self: Engine, *arguments: Any, **options: Any) -> None:
        begin(self, *arguments, **options)
        self._compiled_cache = compiled

    Engine.__init__ = sharing
    DefaultDialect.__hash__ = lambda self: hash(type(self))
    DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)
