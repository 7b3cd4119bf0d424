"""What others ask of call-outs: what a shift hands over (the lists on which somebody has not acted), and whom it had to ring."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from command.callout.folding import effective
from command.callout.models import Callout, CalloutList, CalloutPerson
from command.core.access import heard_by
from command.core.matters import Matters, matter
from command.core.queries import Moment, View, Wish, query


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


class Since(Wish):
    """From when on."""

    since: Moment


@query("callouts.calls", wish=Since)
def calls(view: View, wish: Since) -> list[tuple[str, datetime]]:
    """Each telephone call of a call-out since then, by the township whose people were rung: for the burden table."""
    wanted = sa.select(CalloutPerson.code, CalloutPerson.attempts).where(
        CalloutPerson.updated_at >= wish.since
    )
    rung = [
        (code[:9], datetime.fromisoformat(one["at"]))
        for code, attempts in view.session.execute(wanted)
        for one in effective(attempts)
        if one["channel"] == "phone" and len(code) >= 9
    ]
    return [one for one in rung if one[1] >= wish.since]
