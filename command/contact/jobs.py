"""Noticing that a township fell silent."""

from __future__ import annotations

from command.contact.contract import SILENT
from command.contact.presence import listened_for, settle
from command.core.jobs import every
from command.core.node import Node


@every("contact", seconds=5)
def judge(node: Node) -> None:
    """Cut the contacts that were silent too long; not in the first minute of this process, in which screens come back."""
    settle(node, also_cut=listened_for() >= SILENT.total_seconds())
