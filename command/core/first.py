"""The first start: an empty database brought to its form, founded, and, when asked, given the demo county.

On SQLite all of it happens in a file beside, which takes the database's name only when it is complete: a start that is cut
short leaves nothing half done. `serve` itself never loads the demo.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from command.core import installation
from command.core.auth import Auth
from command.core.store import migrate

Loader = Callable[[Any, Path], None]
Founder = Callable[[Any, str], None]
DEMO: list[Loader] = []
FOUND: list[Founder] = []


def on_founding(found: Founder) -> None:
    """Let a slice make what every installation begins with."""
    FOUND.append(found)


def on_demo(load: Loader) -> None:
    """Let a slice say what the demo county is."""
    DEMO.append(load)


def bring_up(node: Any) -> bool:
    """Upgrade the node's database to the present form and found what is missing. Returns whether it was upgraded."""
    done = migrate.upgrade(node.database.engine)
    node.begin()
    for found in FOUND:
        node.database.write(lambda session, found=found: found(session, node.name), world=0)
    return done


def prepare(settings: Any, open_node: Callable[..., Any], *, demo: bool) -> bool:
    """Make the database ready, with the demo if it is asked for and there was no database. Returns whether it is new."""
    if not settings.database_url.startswith("sqlite"):
        return _fill(settings, open_node, demo=demo)
    place = Path(sa.make_url(settings.database_url).database or "")
    if place.exists():
        node = open_node(settings)
        bring_up(node)
        node.database.close()
        return False
    beside = place.with_name(place.name + ".new")
    for stale in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm")):
        stale.unlink(missing_ok=True)
    _fill(dataclasses.replace(settings, database_url=f"sqlite:///{beside}"), open_node, demo=demo)
    beside.rename(place)
    return True


def _fill(settings: Any, open_node: Callable[..., Any], *, demo: bool) -> bool:
    node = open_node(settings)
    try:
        fresh = bring_up(node)
        if demo and fresh and node.database.read(lambda s: installation.fact(s, "demo"), world=None) is None:
            for load in DEMO:
                load(SimpleNamespace(node=node, auth=Auth(node)), settings.data_dir)
        return fresh
    finally:
        node.database.close()
