"""The way of a hazard through its states: what each step asks for is a gate; a step that is not listed names those that are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from command.core import clock, files
from command.core.access import centre_party, set_audience
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.hazards import assigning, gates, steps
from command.hazards.actions import HANDLE, not_ahead
from command.hazards.contract import HazardOut, MoveHazard
from command.hazards.events import HazardMoved
from command.hazards.models import Hazard
from command.hazards.queries import HAZARDS, READ, index, parties
from command.hazards.words import EDITED, HAZARD_FLOW

Gate = Callable[[Tx, Hazard, MoveHazard], "dict[str, str] | None"]
FIVE = frozenset({"duty", "measure", "fund", "plan", "deadline"})
DUTIES = frozenset({"territory", "department", "unit", "lead"})
GRADING = frozenset({"level", "lec", "criteria", "standard", "interim"})
ALWAYS = frozenset({"to", "reason", "at"})
VISIT = frozenset({"picture", "location", "note"})
# Which gate a step has, and what it takes besides; the state that it leaves decides where it matters.
GATES: dict[tuple[str | None, str], tuple[Gate, frozenset[str]]] = {
    (None, "registered"): (gates.register, frozenset()),
    (None, "graded"): (gates.grade, GRADING | FIVE | DUTIES | {"signed_by"}),
    (None, "assigned"): (gates.assign, FIVE | DUTIES),
    (None, "listed"): (gates.list_, GRADING | FIVE | DUTIES | {"signed_by"}),
    (None, "rectifying"): (gates.rectify, frozenset({"note"})),
    ("extension", "rectifying"): (gates.answer_extension, frozenset({"granted"})),
    ("lookback", "rectifying"): (gates.recur, VISIT | {"deadline"}),
    (None, "extension"): (gates.ask_extension, frozenset({"deadline"})),
    (None, "acceptance"): (gates.hand_in, VISIT),
    (None, "rejected"): (gates.reject, VISIT),
    ("registered", "closed"): (gates.close_unrectified, VISIT | {"at_once"}),
    ("acceptance", "closed"): (gates.accept, VISIT),
    ("lookback", "closed"): (gates.pass_lookback, VISIT),
    ("monitored", "closed"): (gates.strike_off, frozenset()),
    (None, "lookback"): (gates.look_back, frozenset()),
    (None, "monitored"): (gates.watch, frozenset({"watch"})),
}
# What a photo that comes with a step shows.
SHOWS = {
    ("rectifying", "acceptance"): "after",
    ("registered", "closed"): "after",
    ("acceptance", "closed"): "acceptance",
    ("acceptance", "rejected"): "acceptance",
    ("lookback", "closed"): "lookback",
    ("lookback", "rectifying"): "lookback",
}


@action(
    "hazard.transition",
    wish=MoveHazard,
    needs=READ,
    target="hazard",
    http="POST /hazards/{id}/transition",
    output=HazardOut,
    prepare=files.kept_of,
)
def move_hazard(tx: Tx, row: Hazard, wish: MoveHazard) -> HazardOut:
    """Take a hazard's next step, with what that step asks for; each step has its own right."""
    if wish.to not in HAZARD_FLOW.states:
        raise Invalid(
            f"to: one of {', '.join(HAZARD_FLOW.states)}",
            zh=f"目标状态须为 {'、'.join(HAZARD_FLOW.states)} 之一",
        )
    frm = row.state
    own = (frm, wish.to) in GATES
    gate, takes = GATES[frm, wish.to] if own else GATES.get((None, wish.to), (gates.never, frozenset()))
    gates.right(tx, row, frm, wish.to)
    not_ahead(tx, "at", wish.at)
    _only(wish, takes)
    if not HAZARD_FLOW.can(frm, wish.to):
        raise _not_listed(row, wish.to)
    if wish.picture is not None:
        steps.hang(row, steps.photo_of(tx, tx.prepared, SHOWS[frm, wish.to], wish.note, wish.location))
        index(tx.session, row.id, [one["photo"] for one in row.photos], row.incidents)
    _enter(tx, row, wish, gate)
    if frm == "registered" and row.level == "major" and wish.to == "graded" and gates.lists_too(wish):
        gates.right(tx, row, "graded", "listed")
        _enter(tx, row, wish.model_copy(update={"to": "listed"}), gates.list_)
    return tx.show(HAZARDS, row)


@action(
    "hazard.withdraw", needs=HANDLE, target="hazard", http="POST /hazards/{id}/withdraw", output=HazardOut
)
def withdraw(tx: Tx, row: Hazard, wish: object) -> HazardOut:
    """Take back what was entered by mistake or by an import, while nobody has graded it: it is registered and closed as none."""
    if row.state not in ("reported", "registered"):
        raise Conflict("It is being dealt with: close it by its own steps", zh="已在办理，请按流程销号")
    if row.state == "reported":
        tx.act("hazard.transition", {"id": row.id, "to": "registered"})
    closed: HazardOut = tx.act(
        "hazard.transition", {"id": row.id, "to": "closed", "reason": "误录或撤销导入"}
    )
    return closed


def _only(wish: MoveHazard, takes: frozenset[str]) -> None:
    """Refuse what this step has no use for: it would be lost in silence."""
    strange = sorted(wish.model_fields_set - ALWAYS - takes)
    if strange:
        named = "、".join(EDITED[one].zh if one in EDITED else one for one in strange)
        raise Invalid(
            f"{', '.join(strange)}: not asked for by {wish.to}",
            zh=f"{HAZARD_FLOW.zh[wish.to]}不需要：{named}",
        )


def _not_listed(row: Hazard, to: str) -> Conflict:
    onward = HAZARD_FLOW.onward(row.state)
    zh = "、".join(HAZARD_FLOW.zh[one] for one in onward) or "无"
    return Conflict(
        f"{row.state} may go to {', '.join(onward) or 'nothing'}",
        zh=f"{HAZARD_FLOW.zh[row.state]} 之后只能是：{zh}",
        allowed=list(onward),
    )


def _enter(tx: Tx, row: Hazard, wish: MoveHazard, gate: Gate) -> None:
    more = gate(tx, row, wish)
    at = tx.at if wish.at is None else min(wish.at, tx.received_at)
    row.state = wish.to
    row.times = {**row.times, wish.to: clock.wire(at)}
    row.steps = [*row.steps, steps.step(tx, wish.to, at, wish.reason)]
    _settle(row, wish.to, at)
    steps.promise(tx, row)
    _tell(tx, row, {"reason": wish.reason, "more": more})


def _settle(row: Hazard, to: str, at: datetime) -> None:
    """Whether it is still to be done by somebody: what waits for its look-back is, a watched point and what is over are not."""
    if to == "closed":
        row.closed_at = at
        row.live = row.closed_how == "accepted"
    else:
        row.live = to != "monitored"


def _tell(tx: Tx, row: Hazard, said: dict[str, Any]) -> None:
    before = parties(tx.session, row.id)
    after = before | _answering(tx, row)
    gained, _ = set_audience(tx.session, "hazard", row.id, after)
    tx.touch(row)
    tx.session.refresh(row)
    shown = tx.show(HAZARDS, row)
    tx.say(HazardMoved(record=shown, parties=before, gained=gained, said=said))


def _answering(tx: Tx, row: Hazard) -> frozenset[str]:
    """Who answers for it now sees it; where the county itself does, it sees it anyway."""
    return (assigning.answering(row) | {centre_party(row.centre)}) - {centre_party(tx.node[:6])}
