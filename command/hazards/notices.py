"""通报, 约谈, 挂牌: drafted by a person or when a deadline has long passed; nothing until somebody signs by name."""

from __future__ import annotations

import sqlalchemy as sa

from command.centres.queries import centre
from command.core.access import COUNTY, permission, set_audience
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden
from command.core.events import on
from command.hazards.actions import HANDLE, finder, own
from command.hazards.assigning import day
from command.hazards.events import HazardMoved, NoticeDrafted, NoticeDropped, NoticeSigned
from command.hazards.models import Hazard, Notice
from command.hazards.notice_contract import DraftNotice, DropNotice, NoticeOut, SignNotice
from command.hazards.queries import NOTICES, parties
from command.hazards.words import NOTICES as WORDS

SIGN = permission("hazard.sign", "sign circulars, talks and listings by name")
MOOT = "整改状态或时限已变"


@action(
    "hazard.draft",
    wish=DraftNotice,
    needs=HANDLE,
    target="hazard",
    http="POST /hazards/{id}/notices",
    status=201,
    output=NoticeOut,
)
def draft(tx: Tx, row: Hazard, wish: DraftNotice) -> NoticeOut:
    """Draft a circular, a talk or a listing; there is one draft of a kind at a time."""
    if not tx.actor.system:
        own(tx, row)
    waiting = sa.select(Notice).where(Notice.hazard_id == row.id, Notice.kind == wish.kind, Notice.live)
    found = tx.session.execute(waiting).scalar_one_or_none()
    if found is not None:
        if tx.actor.system:
            return tx.show(NOTICES, found)
        raise Conflict(
            "There is a draft of it already", zh=f"已有待签发的{WORDS[wish.kind].zh}草稿", draft=found.id
        )
    notice = tx.add(
        Notice(
            hazard_id=row.id, hazard_number=row.number, kind=wish.kind, state="draft",
            addressee=wish.addressee or _addressee(tx, row), text=wish.text or _words(row, wish.kind), centre=row.centre,
            drafted_by=tx.actor.name, drafted_at=tx.at, signed_name=None, signed_post=None, signed_by=None, signed_at=None,
            reason=None, live=True,
        )
    )  # fmt: skip
    heard = {COUNTY} if tx.actor.system else {COUNTY, finder(tx)} - {f"centre:{tx.node[:6]}"}
    set_audience(tx.session, "hazard_notice", notice.id, heard, fresh=True)
    shown = tx.show(NOTICES, notice)
    tx.say(NoticeDrafted(record=shown, parties=frozenset(heard)))
    return shown


def _addressee(tx: Tx, row: Hazard) -> str:
    lead = row.duties.get(row.lead or "")
    home = centre(tx.session, row.centre)
    return lead["name"] if lead else home.name if home else row.centre


def _words(row: Hazard, kind: str) -> str:
    """A first wording: facts and dates; who signs may write it anew."""
    lead = row.duties.get(row.lead or "") or {"name": ""}
    until = f"整改时限 {day(row.deadline)}，至今未申请验收。" if row.deadline else ""
    asks = {
        "circular": "现予通报，请立即整改并书面报告进展。",
        "talk": "现就整改责任落实情况约谈，请按通知时间到会说明。",
        "listing": "现予挂牌督办，请落实责任、措施、资金、时限、预案。",
    }
    return f"隐患 {row.number}（{row.title}），牵头整改单位：{lead['name'] or '未定'}。{until}{asks[kind]}"


@action(
    "hazard_notice.sign",
    wish=SignNotice,
    needs=SIGN,
    target="hazard_notice",
    http="POST /hazard_notices/{id}/sign",
    output=NoticeOut,
)
def sign(tx: Tx, row: Notice, wish: SignNotice) -> NoticeOut:
    """Sign a draft by name and post: from now on those who see the hazard see it."""
    _still_draft(row)
    if row.kind == "listing" and not tx.actor.county:
        raise Forbidden("Only the county lists for supervision", zh="挂牌督办由县里决定")
    row.state, row.live, row.text = "signed", False, wish.text or row.text
    row.signed_name, row.signed_post, row.signed_by, row.signed_at = (
        wish.name,
        wish.post,
        tx.actor.name,
        tx.at,
    )
    told = {one for one in parties(tx.session, row.hazard_id) if not one.startswith("team:")}
    heard = frozenset(told | set(tx.show(NOTICES, row).audience))
    set_audience(tx.session, "hazard_notice", row.id, heard)
    tx.touch(row)
    shown = tx.show(NOTICES, row)
    tx.say(NoticeSigned(record=shown, parties=heard))
    return shown


@action(
    "hazard_notice.drop",
    wish=DropNotice,
    needs=SIGN,
    target="hazard_notice",
    http="POST /hazard_notices/{id}/drop",
    output=NoticeOut,
)
def drop(tx: Tx, row: Notice, wish: DropNotice) -> NoticeOut:
    """Put a draft away without signing it, and say why."""
    _still_draft(row)
    row.state, row.live, row.reason = "dropped", False, wish.reason
    tx.touch(row)
    shown = tx.show(NOTICES, row)
    tx.say(NoticeDropped(record=shown, parties=frozenset(shown.audience)))
    return shown


def _still_draft(row: Notice) -> None:
    if row.state != "draft":
        raise Conflict(f"It is {row.state} already", zh="已签发或已不予签发")


@on(HazardMoved)
def settle(tx: Tx, event: HazardMoved) -> None:
    """It was handed in, closed, or given more time: a draft that nobody signed is put away."""
    if event.record.climb is not None:
        return
    waiting = sa.select(Notice.id).where(
        Notice.hazard_id == event.record.id, Notice.live, Notice.drafted_by == "系统"
    )
    for draft_id in tx.session.execute(waiting.order_by(Notice.id)).scalars().all():
        tx.act("hazard_notice.drop", {"id": draft_id, "reason": MOOT}, as_system=True)
