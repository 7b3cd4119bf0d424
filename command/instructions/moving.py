"""The way of an instruction: accepted, under way, fed back with proof, done, verified; sent back, returned, taken back.

The receiver takes its own steps; whoever gave it enters them by proxy, with who said so and by which channel (代报)."""

from __future__ import annotations

from typing import Any

from command.core import clock, files
from command.core.access import set_audience
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Invalid
from command.instructions import clocks, photos
from command.instructions.actions import ANSWER, ISSUE, always, audience, enter, own, start, told
from command.instructions.contract import (
    FeedBack,
    InstructionFedBack,
    InstructionIssued,
    InstructionMoved,
    InstructionOut,
    Proxy,
    StepInstruction,
)
from command.instructions.models import Instruction
from command.instructions.queries import INSTRUCTIONS, READ
from command.instructions.words import INSTRUCTION_FLOW, SENDERS

# A step that goes another way than forward says why.
REASONED = frozenset({"returned", "cancelled"})
SENT_BACK = (("feedback", "in_progress"), ("done", "in_progress"))


@action(
    "instruction.transition",
    wish=StepInstruction,
    needs=READ,
    target="instruction",
    http="POST /instructions/{id}/transition",
    output=InstructionOut,
    urgent=always,
    prepare=files.kept_of,
)
def move(tx: Tx, row: Instruction, wish: StepInstruction) -> InstructionOut:
    """Take the next step of an instruction, or enter it for its receiver by proxy."""
    flow = INSTRUCTION_FLOW
    if wish.to not in flow.states:
        raise Invalid(
            f"to: one of {', '.join(flow.states)}", zh=f"目标状态须为 {'、'.join(flow.states)} 之一"
        )
    before = row.state
    _who(tx, row, wish)
    if wish.at is not None and wish.at > tx.received_at + AHEAD:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )
    if not flow.can(before, wish.to):
        onward = flow.onward(before)
        raise Conflict(
            f"{before} may go to {', '.join(onward) or 'nothing'}",
            zh=f"{flow.zh[before]} 之后只能是：{'、'.join(flow.zh[one] for one in onward) or '无'}",
            allowed=list(onward),
        )
    _asked_for(row, wish, before)
    at = min(wish.at or tx.at, tx.received_at)
    if wish.text is not None or wish.picture is not None:
        _append(tx, row, wish.text, wish.picture, wish.by_proxy)
    if wish.to == "done":
        _proven(row, wish)
    proxy = wish.by_proxy.model_dump() if wish.by_proxy else None
    step = enter(tx, row, wish.to, at, by_proxy=proxy, reason=wish.reason)
    if wish.to == "issued":
        return _out(tx, row)
    clocks.settle(tx, row, at)
    return told(tx, row, InstructionMoved, step=step, before=before, text=wish.text)


def _out(tx: Tx, row: Instruction) -> InstructionOut:
    """A draft goes out, or what was returned goes out again: its clocks run, the receiver has it."""
    start(tx, row)
    gained, _ = set_audience(tx.session, "instruction", row.id, audience(tx, row))
    tx.touch(row)
    shown = tx.show(INSTRUCTIONS, row)
    tx.say(InstructionIssued(record=shown, gained=gained))
    clocks.fresh(tx, row)
    return shown


def _who(tx: Tx, row: Instruction, wish: StepInstruction) -> None:
    """Each side takes its own steps."""
    if tx.actor.system:
        return
    back = (row.state, wish.to) in SENT_BACK
    answers = wish.to not in SENDERS and receives(tx, row)
    tx.actor.need(ANSWER if answers else ISSUE)
    if answers:
        return
    own(tx, row)
    if wish.to not in SENDERS and wish.by_proxy is None and not back:
        raise Invalid(
            "by_proxy: who said so, and by which channel: the receiver takes this step",
            zh="此步由承办单位办理：代报须写明何人、以何方式告知",
        )


def receives(tx: Tx, row: Instruction) -> bool:
    """Whether the actor's house is the one that is to do it, or a township for its village."""
    if tx.actor.team_id is not None:
        return False
    return tx.actor.centre == row.to_centre or (not tx.actor.county and tx.actor.covers(row.to_centre))


def _asked_for(row: Instruction, wish: StepInstruction, before: str) -> None:
    if (wish.to in REASONED or (before, wish.to) in SENT_BACK) and wish.reason is None:
        raise Invalid("reason: say why", zh="须写明理由")
    if wish.to == "feedback" and wish.text is None and wish.picture is None:
        raise Invalid("text or picture: what was done", zh="反馈须写明情况或附照片")


def _proven(row: Instruction, wish: StepInstruction) -> None:
    """Done is shown: a photo where one is asked for, the whole list; who cannot says why."""
    if wish.reason is not None:
        return
    if row.needs_proof and not any(one["photo"] for one in row.feedback):
        raise Invalid(
            "picture: this one asks for a photo; say in `reason` why there is none",
            zh="该指令要求附照片：没有的须写明理由",
        )
    left = sum(1 for one in row.checklist if not one["done"])
    if left:
        raise Invalid(
            f"checked: {left} of its list are not done; say why in `reason`",
            zh=f"清单还有 {left} 项未完成：须写明理由",
        )


@action(
    "instruction.feedback",
    wish=FeedBack,
    needs=READ,
    target="instruction",
    http="POST /instructions/{id}/feedback",
    output=InstructionOut,
    urgent=always,
    prepare=files.kept_of,
)
def feed_back(tx: Tx, row: Instruction, wish: FeedBack) -> InstructionOut:
    """Say or show more of what is under way, and tick off its list."""
    if not receives(tx, row):
        tx.actor.need(ISSUE)
        own(tx, row)
        if wish.by_proxy is None:
            raise Invalid("by_proxy: who said so", zh="代报须写明何人、以何方式告知")
    else:
        tx.actor.need(ANSWER)
    if row.state not in ("accepted", "in_progress", "feedback", "done"):
        raise Conflict("Nobody has accepted it, or it is over", zh="尚未签收或已结束，不能反馈")
    if wish.checked is not None:
        _tick(tx, row, wish.checked)
    if wish.text is not None or wish.picture is not None:
        _append(tx, row, wish.text, wish.picture, wish.by_proxy)
    return told(tx, row, InstructionFedBack, text=wish.text)


def _tick(tx: Tx, row: Instruction, checked: list[int]) -> None:
    if any(not 0 <= one < len(row.checklist) for one in checked):
        raise Invalid("checked: no such item", zh="清单没有这一项")
    now = {"done": True, "by": tx.actor.name, "at": clock.wire(tx.at)}
    row.checklist = [
        one if (n in checked) is one["done"] else {**one, **(now if n in checked else {"done": False, "by": None, "at": None})}
        for n, one in enumerate(row.checklist)
    ]  # fmt: skip


def _append(tx: Tx, row: Instruction, text: str | None, picture: str | None, proxy: Proxy | None) -> None:
    said: dict[str, Any] = {
        "text": text, "photo": photos.hung(tx, row) if picture is not None else None, "at": clock.wire(tx.at),
        "received_at": clock.wire(tx.received_at), "by": tx.actor.name, "centre": tx.actor.centre,
        "by_proxy": proxy.model_dump() if proxy else None,
    }  # fmt: skip
    row.feedback = [*row.feedback, said]
    if photos.names(row.feedback):
        tx.session.flush()
        photos.index(tx.session, row.id, photos.names(row.feedback))
    if any(one["answered_at"] is None for one in row.supervised):
        row.supervised = [
            {**one, "answered_at": one["answered_at"] or clock.wire(tx.at)} for one in row.supervised
        ]
        clocks.clear(tx, row, clocks.PRESSED)
