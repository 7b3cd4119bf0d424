"""What time does with hazards: it reminds those who answer, and drafts 通报, 约谈, 挂牌. It decides nothing and signs nothing."""

from __future__ import annotations

from command.core import clock
from command.core.actions import Tx, action
from command.hazards import steps
from command.hazards.contract import HazardOut
from command.hazards.events import HazardClimbed
from command.hazards.models import Hazard
from command.hazards.queries import HAZARDS, parties
from command.hazards.words import NOTICES


@action(steps.CHASE, target="hazard", inner=True, output=HazardOut)
def chase(tx: Tx, row: Hazard, wish: object) -> HazardOut:
    """Give the reminders whose time has come; each once, a clock that jumped gives them in their order."""
    while True:
        coming = steps.next_climb(tx.session, row)
        if coming is None or coming[0] > tx.now:
            break
        _remind(tx, row, coming[1])
    steps.promise(tx, row)
    return tx.show(HAZARDS, row)


def _remind(tx: Tx, row: Hazard, code: str) -> None:
    given = [*steps.done(row), code]
    passed = code == "soon" and row.deadline is not None and row.deadline <= tx.now
    row.climb = {
        "step": code, "at": clock.wire(tx.now), "to": _whom(tx, row, code), "standing": steps.standing(row), "done": given,
    }  # fmt: skip
    tx.touch(row)
    if passed:  # it is overdue by now: nobody need hear that the deadline comes near
        return
    tx.say(HazardClimbed(record=tx.show(HAZARDS, row), parties=parties(tx.session, row.id)))
    if code in NOTICES:
        tx.act("hazard.draft", {"id": row.id, "kind": code}, as_system=True)


def _whom(tx: Tx, row: Hazard, code: str) -> list[str]:
    """Who is reminded, by centre: it climbs from who leads to the department and the township, then to the county."""
    county = tx.node[:6]
    if code == "unlisted":
        return [county]
    if code in ("unaccepted", "lookback"):
        return [row.centre]
    lead = row.duties.get(row.lead or "") or {}
    first = [lead.get("centre") or row.centre]
    others = [one["centre"] for one in row.duties.values() if one["centre"]]
    climbing = {"soon": first, "late": [*first, row.centre], "circular": [*first, row.centre, *others]}
    return list(dict.fromkeys(climbing.get(code, [*first, row.centre, *others, county])))
