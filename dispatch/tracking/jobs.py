"""Trails end: what is older than the law asks for is deleted."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from command.core import clock
from command.core.jobs import every
from command.core.node import Node
from command.core.settings import setting
from dispatch.tracking import tracker
from dispatch.tracking.contract import milliseconds

log = logging.getLogger(__name__)
kept_days = setting(
    "tracking.kept_days",
    Annotated[int, Field(ge=1, le=3650)],
    180,
    zh="队伍轨迹保留",
    en="Trails are kept for",
    unit="d",
)


@every("tracking.prune", seconds=6 * 3600)
def prune(node: Node) -> None:
    """Delete trails that are older than the county keeps them."""
    days = node.database.read(lambda session: kept_days(session, node.name), world=0)
    gone = tracker.current().store.prune(milliseconds(clock.real() - timedelta(days=days)))
    if gone:
        log.info("%d points of trails older than %d days are deleted", gone, days)
