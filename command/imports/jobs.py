"""Sweeping: what was brought up to be imported is kept for a day."""

from __future__ import annotations

import shutil

from command.core import bringing, clock
from command.core.jobs import every
from command.core.node import Node

KEPT_S = 24 * 3600


@every("imports.sweep", seconds=3600)
def sweep(node: Node) -> None:
    """Delete files that were brought up more than a day ago."""
    before = clock.real().timestamp() - KEPT_S
    for folder in (node.data_dir / bringing.FOLDER).glob("*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
