"""The demo county's rota at its founding: the county and each township have somebody on duty, today and until the end of next week."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from command.core import ids
from command.core.access import system_actor
from command.places import register


def load(running: Any, data_dir: Path) -> None:
    """Plan it, one command a centre; it carries itself on (command/duty/invented.py)."""
    actor = system_actor(running.node.name)
    for place in (register.county(), *register.townships()):
        running.node.do("duty.invent", {"centre": place.code}, actor, ids.new_id())
