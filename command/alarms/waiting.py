"""What waits to be taken: at most three bundles at once, life at risk first; the rest is a count, and nobody in it is nameless.

A hand that has three red lines before it takes the first; a fourth would only be read over. So the three gravest stand in full,
and behind them a number (还有 n 项). A bundle of life at risk is never a number alone: beyond three it is named in one line each
and keeps its sound. What is taken leaves the three, and the next moves up.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.alarms.contract import AlarmOut
from command.alarms.models import Alarm
from command.alarms.queries import ALARMS, alarm_visible
from command.core import sight
from command.core.queries import Nothing, View, query

AT_ONCE = 3


@query("alarms.waiting", wish=Nothing, needs="alarm.read", http="GET /alarms/waiting", output=dict[str, Any])
def waiting(view: View, wish: Nothing) -> dict[str, Any]:
    """The three bundles to acknowledge now, how many wait behind them, and by name those of life at risk among these."""
    open_ = sa.select(Alarm).where(Alarm.live, Alarm.acknowledged_at.is_(None), alarm_visible(view.actor))
    order = (sa.not_(Alarm.life_risk), Alarm.rank, Alarm.raised_at, Alarm.id)
    rows = view.session.execute(open_.order_by(*order)).scalars().all()
    shown: list[AlarmOut] = ALARMS.show(view.session, rows[:AT_ONCE])
    behind = rows[AT_ONCE:]
    return {
        "items": [sight.told(view.actor, one) for one in shown],
        "more": len(behind),
        "more_life_risk": [{"id": one.id, "title": one.title} for one in behind if one.life_risk],
    }
