"""Positions in: a batch, all or nothing; shared and kept while the team is on duty or has a task, else dropped and counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import gevent

from command.core.access import permission
from command.core.actions import AHEAD
from command.core.errors import Invalid, NotFound
from command.core.intake import Batch, intake
from dispatch.tracking import tracker
from dispatch.tracking.contract import MOST_ROWS, Position, milliseconds
from dispatch.tracking.latest import Fix

POSITION = permission("team.position", "tell where teams are")
AT_A_TIME = 500


@intake("positions", row=Position, needs=POSITION, http="POST /positions", most=MOST_ROWS)
def take_positions(batch: Batch) -> dict[str, Any]:
    """Tell where teams are: shared and kept while they are on duty or on a task, else dropped."""
    tracking = tracker.current()
    rows: list[Position] = batch.rows
    named = {row.team_id for row in rows}
    postings = tracking.roster.of(batch.world, named)
    seen = tracking.roster.visible(batch.actor, batch.world, named) & postings.keys()
    if named - seen:
        missing = [
            {"index": index, "field": "team_id"} for index, row in enumerate(rows) if row.team_id not in seen
        ]
        at = missing[0]["index"]
        raise NotFound(
            f"row {at}: there is no such team", zh=f"第 {at} 行：没有这支队伍", errors=missing[:50]
        )
    late = _clocks(batch, rows)
    received_ms = milliseconds(batch.received_at)
    shared = 0
    for number, row in enumerate(rows):
        posting = postings[row.team_id]
        if posting.shared:
            shared += 1
            error = late.get(row.team_id)
            at = row.at - error if error else row.at
            fix = Fix(row.lon, row.lat, at, row.speed, row.heading, row.accuracy, error is not None)
            tracking.take(batch.world, row.team_id, posting, fix, received_ms)
        if not (number + 1) % AT_A_TIME:
            gevent.sleep(0)  # a long batch must not hold the hub
    return {"received": len(rows), "shared": shared, "dropped": len(rows) - shared}


def _clocks(batch: Batch, rows: list[Position]) -> dict[str, timedelta]:
    """By how much the clocks of devices run ahead: their newest fix is taken as of its receipt, the others keep their
    distance to it (RULES 32). A desk may not date ahead."""
    limit = batch.received_at + AHEAD
    newest: dict[str, datetime] = {}
    for index, row in enumerate(rows):
        if row.at > limit:
            if not batch.actor.device:
                told = "more than two minutes ahead of the server's clock"
                found = [{"index": index, "field": "at", "message": told}]
                raise Invalid(
                    f"row {index}: at: {told}",
                    zh=f"第 {index} 行：时间超前服务器时钟两分钟以上",
                    errors=found,
                )
            newest[row.team_id] = max(row.at, newest.get(row.team_id, row.at))
    return {team_id: at - batch.received_at for team_id, at in newest.items()}
