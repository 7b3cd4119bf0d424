"""What a shift hands over of call-outs: the lists on which somebody has not acted."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.callout.models import Callout, CalloutList
from command.core.access import heard_by
from command.core.matters import Matters, matter
from command.core.queries import View, query


@query("callouts.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """The lists of a centre: the county's desk has all of them, a township its own."""
    joined = sa.and_(Callout.world == CalloutList.world, Callout.id == CalloutList.callout_id)
    wanted = sa.select(CalloutList, Callout).join(Callout, joined)
    live = wanted.where(CalloutList.live, heard_by("callout_list", CalloutList.id, [wish.party]))
    found = []
    for row, whole in view.session.execute(live.order_by(CalloutList.centre, CalloutList.id)):
        total, acted = row.counts["total"], row.counts["acted"]
        if row.todo or acted < total:
            said = (
                f"{whole.title['zh']}：{row.name} {acted}/{total} 已行动",
                f"{whole.title['en']}: {row.name} {acted}/{total} acted",
            )
            found.append(matter("callout", ("callout_list", row.id), said, whole.opened_at))
    return found
