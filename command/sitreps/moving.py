"""The way of a report: drafted, reviewed, signed by name, sent by a person, received above; who may take which step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from command.core import approving, clock
from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.sitreps import rules
from command.sitreps.actions import DRAFT, in_state, own, said, step
from command.sitreps.contract import Approve, MoveSitrep, SitrepOut
from command.sitreps.events import (
    SitrepConfirmed,
    SitrepDisputed,
    SitrepMoved,
    SitrepReceived,
    SitrepReviewed,
)
from command.sitreps.models import Sitrep
from command.sitreps.naming import checked
from command.sitreps.queries import READ
from command.sitreps.telling import SEND
from command.sitreps.words import KINDS, REPORT_FLOW

REVIEW = permission("sitrep.review", "review reports, send them back", "审核、退回信息报送")
SIGN = permission("sitrep.sign", "sign reports by name", "签发信息报送")
ORAL = permission(
    "sitrep.oral",
    "enter a signature given by word of mouth, to be confirmed",
    "代录口头签发（事后由本人确认）",
)
RIGHT = {
    "reviewing": DRAFT, "draft": DRAFT, "rejected": REVIEW, "submitted": SEND, "received_by_superior": SEND,
    "supplement_required": SEND,
}  # fmt: skip


@action("sitrep.transition", wish=MoveSitrep, needs=READ, target="sitrep", http="POST /sitreps/{id}/transition",
        output=SitrepOut)  # fmt: skip
def move(tx: Tx, row: Sitrep, wish: MoveSitrep) -> SitrepOut:
    """Take a report's next step, with what that step asks for; each step has its own right."""
    if wish.to not in REPORT_FLOW.states:
        states = REPORT_FLOW.states
        raise Invalid(f"to: one of {', '.join(states)}", zh=f"目标状态须为 {'、'.join(states)} 之一")
    tx.actor.need((ORAL if wish.oral else SIGN) if wish.to == "signed" else RIGHT[wish.to])
    own(tx, row)
    if not REPORT_FLOW.can(row.state, wish.to):
        onward = REPORT_FLOW.onward(row.state)
        raise Conflict(
            f"From {row.state} only to {', '.join(onward) or 'nowhere'}",
            zh=f"“{REPORT_FLOW.zh[row.state]}”之后只能到：{'、'.join(REPORT_FLOW.zh[one] for one in onward) or '无'}",
            onward=list(onward),
        )
    if wish.to == "submitted":
        return _submit(tx, row, wish)
    if wish.to == "received_by_superior":
        return _receive(tx, row, wish)
    GATES[wish.to](tx, row, wish)
    row.state, row.steps = wish.to, [*row.steps, step(tx, wish.to, wish.reason)]
    tx.touch(row)
    return said(tx, row, SitrepMoved, reason=wish.reason)


def _submit(tx: Tx, row: Sitrep, wish: MoveSitrep) -> SitrepOut:
    if wish.telling is None:
        raise Invalid("telling: to whom it was given, by which channel", zh="请填写报给谁、以何方式报出")
    told: SitrepOut = tx.act("sitrep.send", {"id": row.id, **wish.telling.model_dump(mode="json")})
    return told


def _reviewing(tx: Tx, row: Sitrep, wish: MoveSitrep) -> None:
    if not any(one["text"].strip() for one in row.sections):
        raise Invalid("sections: it has no words", zh="报告没有内容")
    checked(tx, row)


def _reject(tx: Tx, row: Sitrep, wish: MoveSitrep) -> None:
    if wish.reason is None:
        raise Invalid("reason: why it comes back", zh="退回须说明理由")
    row.reviewed = row.signed = None
    approving.settled(tx, ("sitrep", row.id))


def _redraft(tx: Tx, row: Sitrep, wish: MoveSitrep) -> None:
    """What was sent stays as it was sent; the next wording is another revision."""
    if row.state == "supplement_required":
        old = {name: getattr(row, name) for name in ("revision", "sections", "figures", "signed", "reviewed")}
        row.past = [*row.past, {**old, "until": clock.wire(tx.at)}]
        row.revision += 1
    row.reviewed = row.signed = None


def _sign(tx: Tx, row: Sitrep, wish: MoveSitrep) -> None:
    """By name and post; another than the drafter where the county's rule says so. Spoken, it acts at once and is confirmed later."""
    if row.reviewed is None:
        raise Conflict("It was not reviewed", zh="尚未审核，不能签发")
    if wish.name is None or wish.post is None:
        raise Invalid("name, post: who signs", zh="请填写签发人姓名和职务")
    checked(tx, row)
    same = (tx.actor.id == row.drafted_by_id and wish.oral is None) or wish.name == row.drafted_by
    if same and rules.SIGNER_OTHER(tx.session, row.centre):
        raise Forbidden("Another than the drafter signs", zh="起草人不得签发自己起草的报告")
    row.signed = {
        "name": wish.name, "post": wish.post, "by": tx.actor.name, "by_id": tx.actor.id, "at": clock.wire(tx.at),
        "oral": wish.oral.model_dump() if wish.oral else None, "confirmed_by": None, "confirmed_at": None,
    }  # fmt: skip


def _more(tx: Tx, row: Sitrep, wish: MoveSitrep) -> None:
    if row.kind in ("phone_flash", "nil"):
        raise Conflict("It has no wording to complete: make a new report", zh="此类报告不补充，请另行起草")
    if wish.reason is None:
        raise Invalid("reason: what is asked for", zh="请填写要求补充的内容")


Gate = Callable[[Tx, Sitrep, MoveSitrep], None]
GATES: dict[str, Gate] = {
    "reviewing": _reviewing,
    "rejected": _reject,
    "draft": _redraft,
    "signed": _sign,
    "supplement_required": _more,
}


@action(
    "sitrep.approve",
    wish=Approve,
    needs=REVIEW,
    target="sitrep",
    http="POST /sitreps/{id}/approve",
    output=SitrepOut,
)
def approve(tx: Tx, row: Sitrep, wish: Approve) -> SitrepOut:
    """审核通过: the words and figures may be signed."""
    own(tx, row)
    in_state(row, "reviewing")
    if tx.actor.id == row.drafted_by_id and rules.REVIEWER_OTHER(tx.session, row.centre):
        raise Forbidden("Another than the drafter reviews", zh="起草人不得审核自己起草的报告")
    row.reviewed = {"by": tx.actor.name, "by_id": tx.actor.id, "at": clock.wire(tx.at), "note": wish.note}
    tx.touch(row)
    return said(tx, row, SitrepReviewed)


@action("sitrep.confirm", needs=SIGN, target="sitrep", http="POST /sitreps/{id}/confirm", output=SitrepOut)
def confirm(tx: Tx, row: Sitrep, wish: object) -> SitrepOut:
    """Who signed by word of mouth confirms it."""
    signed = _spoken(tx, row)
    approving.settled(tx, ("sitrep", row.id))
    row.signed = {**signed, "confirmed_by": tx.actor.name, "confirmed_at": clock.wire(tx.at)}
    tx.touch(row)
    return said(tx, row, SitrepConfirmed)


@action(
    "sitrep.dispute", wish=approving.Dispute, needs=SIGN, target="sitrep", http="POST /sitreps/{id}/dispute",
    output=SitrepOut,
)  # fmt: skip
def dispute(tx: Tx, row: Sitrep, wish: approving.Dispute) -> SitrepOut:
    """有出入: who is said to have signed says that it was not so. The report stands as it was sent; the duty office is called."""
    signed = _spoken(tx, row)
    row.signed = approving.disputed(tx, signed, wish)
    kind = KINDS[row.kind]
    approving.call_office(tx, ("sitrep", row.id), row.centre, (kind.zh, kind.en), wish.text)
    tx.touch(row)
    return said(tx, row, SitrepDisputed)


def _spoken(tx: Tx, row: Sitrep) -> dict[str, Any]:
    """The spoken signature that waits for whose it is."""
    own(tx, row)
    signed: dict[str, Any] | None = row.signed
    if not signed or not signed["oral"] or signed["confirmed_at"]:
        raise Conflict("There is no spoken signature to confirm", zh="没有待确认的口头签发")
    return signed


def _receive(tx: Tx, row: Sitrep, wish: MoveSitrep) -> SitrepOut:
    """Who received it above, when; once each recipient has, the report is received."""
    waiting = [one for one in row.sent if one["received"] is None and wish.recipient in (None, one["to"])]
    if not waiting or wish.person is None:
        raise Invalid("person, recipient: who received it", zh="请填写签收人（多个报送对象时注明哪一个）")
    if wish.at is not None and wish.at > tx.now:
        raise Invalid("at: in the future", zh="时刻不能在将来")
    got = {"person": wish.person, "at": clock.wire(wish.at or tx.at), "by": tx.actor.name}
    sent = [dict(one) for one in row.sent]
    sent[row.sent.index(waiting[0])]["received"] = got
    row.sent = sent
    if all(one["received"] for one in sent):
        row.state, row.steps = "received_by_superior", [*row.steps, step(tx, "received_by_superior")]
    tx.touch(row)
    return said(tx, row, SitrepReceived)
