"""What a shift hands over of messages: those that did not arrive and of which nobody has taken note."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.access import heard_by
from command.core.deliveries.contract import DEAD, STATES
from command.core.deliveries.models import Delivery
from command.core.matters import Matters, matter
from command.core.queries import View, query


@query("deliveries.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """The failed and missed messages of a party."""
    mine = heard_by("delivery", Delivery.id, [wish.party])
    wanted = sa.select(Delivery).where(
        Delivery.live, Delivery.state.in_(DEAD), Delivery.acknowledged_at.is_(None), mine
    )
    found = []
    for row in view.session.execute(wanted.order_by(Delivery.made_at, Delivery.id)).scalars():
        zh, en = STATES[row.state]
        said = (f"{row.whom['zh']}：{zh}", f"{row.whom.get('en', row.whom['zh'])}: {en}")
        found.append(matter("delivery", ("delivery", row.id), said, row.made_at))
    return found
