"""Working a list beside a telephone: one act for each outcome, its correction, and re-calls as a sample (抽查复叫)."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from command.callout import climbing
from command.callout.actions import always
from command.callout.contract import Attempted, CalloutListOut, CalloutPersonOut, CorrectAttempt, Sample
from command.callout.events import PersonAttempted, PersonSampled, SampleDrawn
from command.callout.folding import effective
from command.callout.models import Callout, CalloutList, CalloutPerson
from command.callout.queries import LISTS, PEOPLE
from command.callout.rules import SAMPLE_SHARE
from command.callout.words import ACTED, LINES
from command.core import clock
from command.core.access import permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Invalid

WORK = permission("callout.work", "enter what came of calls, correct it", "登记、更正叫应结果")
SAMPLE = permission("callout.sample", "call some again as a sample", "抽查复叫")
MOST_ATTEMPTS = 60
SAID = ("answered", "confirmed", "acted")


@action(
    "callout.attempt", wish=Attempted, needs=WORK, target="callout_person", http="POST /callout_people/{id}/attempts",
    status=201, output=CalloutPersonOut, urgent=always,
)  # fmt: skip
def attempt(tx: Tx, row: CalloutPerson, wish: Attempted) -> CalloutPersonOut:
    """Enter what came of one attempt; by proxy with who said so. What was done before the end counts, however late it comes in."""
    held, was = _list(tx, row, _at(tx, wish)), climbing.before(row)
    row.attempts = [*row.attempts, _attempt(tx, row, wish)]
    row.differs = row.differs and _less(row, wish.outcome)
    return told_attempt(tx, row, held, was)


@action(
    "callout.correct", wish=CorrectAttempt, needs=WORK, target="callout_person", http="POST /callout_people/{id}/correct",
    output=CalloutPersonOut, urgent=always,
)  # fmt: skip
def correct(tx: Tx, row: CalloutPerson, wish: CorrectAttempt) -> CalloutPersonOut:
    """Correct an attempt: what it was instead, or that there was none. It is a new entry; the old one stays and counts no more."""
    held, was = _list(tx, row, tx.at), climbing.before(row)
    before = next((one for one in effective(row.attempts) if one["n"] == wish.attempt), None)
    if before is None:
        raise Invalid("attempt: none that stands", zh="没有这次记录，或已更正")
    fresh = {
        **before, "n": len(row.attempts) + 1, "outcome": wish.outcome, "corrects": wish.attempt, "reason": wish.reason,
        "received_at": clock.wire(tx.received_at), "by": tx.actor.name,
    }  # fmt: skip
    row.attempts = [*row.attempts, fresh]
    climbing.come_down(tx, row)
    return told_attempt(tx, row, held, was)


@action(
    "callout.recall", wish=Attempted, needs=SAMPLE, target="callout_person", http="POST /callout_people/{id}/recall",
    output=CalloutPersonOut,
)  # fmt: skip
def recall(tx: Tx, row: CalloutPerson, wish: Attempted) -> CalloutPersonOut:
    """What a re-call heard. If it is less than what was said to be done, the person counts as not having acted until called again."""
    held, was = _list(tx, row, _at(tx, wish)), climbing.before(row)
    if row.sample is None or row.sample["done_at"]:
        raise Conflict("Not drawn, or called again already", zh="未被抽中，或已复叫")
    heard = _attempt(tx, row, wish, sample=True)
    row.attempts = [*row.attempts, heard]
    row.differs = _less(row, wish.outcome)
    row.sample = {
        **row.sample, "done_at": heard["at"], "by": tx.actor.name, "heard": wish.outcome, "differs": row.differs,
    }  # fmt: skip
    return told_attempt(tx, row, held, was)


def _less(row: CalloutPerson, heard: str) -> bool:
    """Whether a re-call heard less than was said: nobody, or an answer where an act was told."""
    return heard == "missed" or (bool(row.acts) and heard not in ACTED)


@action(
    "callout.sample", wish=Sample, needs=SAMPLE, target="callout_list", http="POST /callout_lists/{id}/sample",
    output=CalloutListOut,
)  # fmt: skip
def sample(tx: Tx, row: CalloutList, wish: Sample) -> CalloutListOut:
    """Draw some of those who are said to have answered or acted, at least one, to be called again."""
    if not row.live:
        raise Conflict("The call-out is over", zh="叫应已结束")
    wanted = sa.select(CalloutPerson).where(
        CalloutPerson.list_id == row.id, CalloutPerson.state.in_(SAID), CalloutPerson.sample.is_(None)
    )
    found = list(tx.session.execute(wanted.order_by(CalloutPerson.id)).scalars())
    if not found:
        raise Conflict(
            "Nobody to call again: nobody answered yet, or all were drawn",
            zh="没有可复叫的人：尚无人应答，或已全部抽过",
        )
    share = wish.share or SAMPLE_SHARE(tx.session, tx.node)
    drawn = random.SystemRandom().sample(found, max(1, round(len(found) * share / 100)))
    for one in sorted(drawn, key=lambda person: person.id):
        one.sample = {
            "asked_at": clock.wire(tx.at), "asked_by": tx.actor.name, "done_at": None, "by": None, "heard": None, "differs": False,
        }  # fmt: skip
        tx.touch(one)
        tx.say(PersonSampled(record=tx.show(PEOPLE, one)))
    return climbing.recount(tx, row, [], SampleDrawn, n=len(drawn))


def _at(tx: Tx, wish: Attempted) -> datetime:
    """When it was, by the actor's clock."""
    if wish.at is not None and wish.at > tx.received_at + AHEAD:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )
    return min(wish.at or tx.at, tx.received_at)


def _list(tx: Tx, row: CalloutPerson, at: datetime) -> CalloutList:
    """The list that the person is on, locked; refused when it was over by then."""
    if len(row.attempts) >= MOST_ATTEMPTS:
        raise Conflict(f"At most {MOST_ATTEMPTS} entries a person", zh=f"每人最多 {MOST_ATTEMPTS} 条记录")
    held = tx.find(LISTS, row.list_id)
    whole = tx.session.get(Callout, (tx.world, row.callout_id))
    if whole is not None and whole.ended_at is not None and at > whole.ended_at:
        raise Conflict(
            f"{whole.ended_by} ended the call-out at {clock.hm(whole.ended_at)}; what was done before is still taken",
            zh=f"{whole.ended_by} {clock.hm(whole.ended_at)} 已结束叫应；此前的结果仍可补记",
        )
    return held


def _attempt(tx: Tx, row: CalloutPerson, wish: Attempted, *, sample: bool = False) -> dict[str, Any]:
    """An attempt as it is kept: who, when, by which channel on which number (by its label), what came of it."""
    line = next((one for one in row.lines if one["id"] == wish.line), None)
    if wish.line is not None and line is None:
        raise Invalid("line: the person has no such line", zh="没有这个号码")
    at = _at(tx, wish)
    return {
        "n": len(row.attempts) + 1, "at": clock.wire(at), "received_at": clock.wire(tx.received_at), "by": tx.actor.name,
        "centre": tx.actor.centre, "channel": wish.channel or ("door_knock" if wish.outcome == "visited" else "phone"),
        "label": _label(line), "outcome": wish.outcome, "by_proxy": wish.by_proxy.model_dump() if wish.by_proxy else None,
        "sample": sample, "corrects": None, "reason": None, "call": None,
    }  # fmt: skip


def _label(line: dict[str, Any] | None) -> dict[str, str] | None:
    """What a line is called: an office's with its number, a person's own without."""
    if line is None:
        return None
    word = LINES[line["kind"]]
    if line["private"]:
        return {"zh": f"{word.zh}（个人）", "en": f"{word.en} (private)"}
    return {"zh": f"{word.zh} {line['number']}", "en": f"{word.en} {line['number']}"}


def told_attempt(tx: Tx, row: CalloutPerson, held: CalloutList, was: climbing.Before) -> CalloutPersonOut:
    """Say the attempt, and what the list comes to by it; a list that is over only counts it. A robo-call that waits is not made."""
    if row.robo is not None and row.robo["state"] == "waiting":
        row.robo = {**row.robo, "state": "cancelled"}
        tx.act("delivery.call_off", {"about_kind": "callout_person", "about_id": row.id}, as_system=True)
    climbed = climbing.settle(tx, row) if held.live else climbing.stand(row)
    tx.touch(row)
    shown = tx.show(PEOPLE, row)
    tx.say(PersonAttempted(record=shown))
    climbing.moved(tx, held, row, was, climbed)
    return shown
