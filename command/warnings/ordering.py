"""What the law asks for at a warning's level, as instructions to the houses that are to do it. Drafted by the machine, beside the
transaction that passed the warning on, so that nothing of it can hold that up; issued by a person, all of them by one act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from command.centres.models import Centre
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.events import on
from command.core.queries import Wish
from command.warnings import duties
from command.warnings.changing import say
from command.warnings.contract import WarningOut, title_of
from command.warnings.events import (
    WarningCancelled,
    WarningChecked,
    WarningEvent,
    WarningExpired,
    WarningIssued,
    WarningOrdered,
    WarningRelayed,
    WarningUpdated,
    WarningUpdateWaits,
)
from command.warnings.models import WarningRow
from command.warnings.queries import WARNINGS
from command.warnings.words import IN_FORCE, PASSED_ON

DRAFT, LIST = "warning.draft_orders", "duties"
REPLACED, OVER = "预警有更新，以新稿为准", "预警已结束，未下达"
Lines = dict[str, list[str]]


class OrderDuties(Wish):
    """Which of the drafts go out; all of them when none is named."""

    orders: list[str] | None = Field(None, min_length=1, max_length=100)


@on(
    WarningRelayed, WarningIssued, WarningUpdateWaits, WarningUpdated, WarningCancelled, WarningExpired, WarningChecked, WarningOrdered
)  # fmt: skip
def promise_drafts(tx: Tx, event: WarningEvent) -> None:
    """What is asked of whom may have changed: look at once, in a command of its own."""
    if event.record.state in PASSED_ON:
        tx.due(event.record.updated_at, DRAFT, {"id": event.record.id}, key=draft_key(event.record.id))


def draft_key(warning: str) -> str:
    """The name of the promise to look at what a warning asks for."""
    return f"{DRAFT}:{warning}"


@action(DRAFT, target="warning", inner=True, output=WarningOut)
def draft(tx: Tx, row: WarningRow, wish: object) -> WarningOut:
    """Say which plan it calls for, and bring the drafts up to the warning: a house that has its lines is asked nothing twice, of a
    warning that is over none stays."""
    force = row.live and row.state in IN_FORCE
    wanted = _asked(tx, row) if force else {}
    known = _orders(tx, row)
    for house in sorted(set(wanted) | {one.to_centre for one in known if one.state == "draft"}):
        _house(tx, row, house, wanted.get(house, []), [one for one in known if one.to_centre == house])
    told = {
        "warning_id": row.id, "kind": row.category, "colour": row.level, "areas": row.struck, "in_force": force,
        "title": title_of(row.category, row.event, row.level),
    }  # fmt: skip
    tx.act("plan.announce", told, as_system=True)
    tx.act("callout.watch", {"warning_id": row.id}, as_system=True)
    return tx.show(WARNINGS, row)


def _house(tx: Tx, row: WarningRow, house: str, lines: Iterable[str], known: list[Any]) -> None:
    """One house: what was issued to it, or put aside by a person, is not drafted again."""
    settled = {
        item["text"]
        for one in known
        if one.state != "draft" and one.steps[-1]["reason"] != REPLACED
        for item in one.checklist
    }
    left = [line for line in lines if line not in settled]
    text = _text(tx, row, house)
    stands = False
    for one in known:
        if one.state != "draft":
            continue
        same = one.text == text and [item["text"] for item in one.checklist] == left
        if same and not stands:
            stands = True
            continue
        reason = REPLACED if row.live else OVER
        tx.act("instruction.transition", {"id": one.id, "to": "cancelled", "reason": reason}, as_system=True)
    if left and not stands:
        wish = {
            "to": house, "text": text, "urgency": duties.URGENCY(tx.session, tx.node).get(row.level, "urgent"),
            "checklist": left, "warning_id": row.id, "action": LIST, "draft": True,
        }  # fmt: skip
        tx.act("instruction.issue", wish, as_system=True)


def _text(tx: Tx, row: WarningRow, house: str) -> str:
    title = title_of(row.category, row.event, row.level)["zh"]
    where = "" if house in row.struck else f"，涉及{_named(tx, row.struck)}"
    return f"{title}（{row.issuer}{where}）：请落实预警期应做事项"


def _named(tx: Tx, codes: Iterable[str]) -> str:
    found = [centre.name for code in codes if (centre := tx.session.get(Centre, code))]
    return "、".join(found) if len(found) <= 4 else f"{len(found)} 个乡镇"


def _asked(tx: Tx, row: WarningRow) -> Lines:
    """House → its lines of the list at this level. A line without a house stays the county's own."""
    found: Lines = {}
    for line in duties.table(tx.session, tx.node):
        if (row.level or "blue") not in line["levels"]:
            continue
        for to in line.get("to", ()):
            for house in row.struck if to == duties.AREAS else [f"{tx.node[:6]}-{to}"]:
                if tx.session.get(Centre, house) is not None:
                    found.setdefault(house, []).append(line["zh"])
    return found


def _orders(tx: Tx, row: WarningRow) -> list[Any]:
    return [one for one in tx.ask("instructions.of", warning_id=row.id) if one.action == LIST]


def _urgent(payload: dict[str, Any]) -> bool:
    return True  # an order is always taken, also when the disk is nearly full


@action(
    "warning.order", wish=OrderDuties, needs="instruction.issue", target="warning", http="POST /warnings/{id}/orders",
    output=WarningOut, urgent=_urgent,
)  # fmt: skip
def order(tx: Tx, row: WarningRow, wish: OrderDuties) -> WarningOut:
    """Issue the drafted instructions of a warning in force: one person, one act, each with its own clocks."""
    if not tx.actor.county:
        raise Forbidden("The county issues these", zh="由县里下达")
    if row.state not in IN_FORCE or not row.live:
        raise Conflict("The warning is not in force", zh="预警不在有效期内")
    drafts = {one.id: one for one in _orders(tx, row) if one.state == "draft"}
    strange = set(wish.orders or ()) - set(drafts)
    if strange:
        raise Invalid("orders: no draft of this warning", zh="不是这条预警的待下达指令")
    if not drafts:
        raise Conflict("There is no draft to issue", zh="没有待下达的指令")
    chosen = [one for one in drafts.values() if wish.orders is None or one.id in wish.orders]
    for one in chosen:
        tx.act("instruction.transition", {"id": one.id, "to": "issued"})
    return say(tx, row, WarningOrdered, said={"houses": [one.to_name for one in chosen]})
