"""The demo county's roads: drawn, marked 示意, in force only where nothing was imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from command.core import ids
from command.core.access import system_actor
from command.roads import nets, sketch
from command.roads.queries import net_in_force


def load(running: Any, data_dir: Path) -> None:
    """Put the drawn net in force."""
    node = running.node
    if node.database.read(lambda session: net_in_force(session) is not None, world=0):
        return
    taken = {
        "file": nets.keep(node.data_dir, sketch.draw()),
        "source": sketch.SOURCE,
        "licence": sketch.LICENCE,
        "synthetic": True,
    }
    node.do("road_net.take", taken, system_actor(node.name), ids.new_id())
