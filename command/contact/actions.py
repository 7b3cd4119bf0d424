"""Settling the contact with a township by what was heard; raising the alarm of one that stays silent."""

from __future__ import annotations

from datetime import datetime

from command.centres.models import Centre
from command.contact.contract import ALARM, SILENT, LinkCut, LinkEvent, LinkOut, LinkUp
from command.contact.models import Heard, Link
from command.contact.queries import LINKS
from command.core import clock
from command.core.access import COUNTY
from command.core.actions import Tx, action


def cause(code: str) -> str:
    """One alarm for each township, however often it falls silent."""
    return f"contact:{code}"


def _name(tx: Tx, code: str) -> tuple[str, str]:
    centre = tx.session.get(Centre, code)
    return (centre.name, centre.pinyin.capitalize()) if centre else (code, code)


def _since(at: datetime | None, now: datetime) -> str:
    """Hours and minutes as the county's clocks show them; with the day when it was another."""
    if at is None:
        return "?"
    same = at.astimezone(clock.LOCAL).date() == now.astimezone(clock.LOCAL).date()
    return clock.hm(at) if same else clock.stamp(at)[5:16]


def _say(tx: Tx, row: Link, event: type[LinkEvent]) -> LinkOut:
    tx.touch(row)
    shown = tx.show(LINKS, row)
    tx.say(event(record=shown, said={"name": _name(tx, row.id)[0]}))
    return shown


@action("link.settle", target="link", inner=True, output=LinkOut)
def settle(tx: Tx, row: Link, wish: object) -> LinkOut:
    """Take the state of a contact from when the township was heard last; nothing is said when it has not changed."""
    heard = tx.session.get(Heard, row.id)
    if heard is None:
        return tx.show(LINKS, row)
    on_the_line = clock.real() - heard.at < SILENT
    if on_the_line and row.state != "up":
        row.state, row.last_at = "up", heard.at
        tx.call_off(cause(row.id))
        tx.act("alarm.clear", {"cause": cause(row.id)}, as_system=True)
        return _say(tx, row, LinkUp)
    if not on_the_line and row.state == "up":
        row.state, row.last_at = "cut", heard.at
        # counted from the judgement: when this node itself was away, nobody could be heard
        tx.due(tx.received_at + ALARM - SILENT, "link.alarm", {"id": row.id}, key=cause(row.id))
        return _say(tx, row, LinkCut)
    return tx.show(LINKS, row)


@action("link.alarm", target="link", inner=True, output=LinkOut)
def alarm(tx: Tx, row: Link, wish: object) -> LinkOut:
    """Tell the county that a township stays silent."""
    if row.state == "cut":
        zh, en = _name(tx, row.id)
        since = _since(row.last_at, tx.now)
        tx.act(
            "alarm.raise",
            {
                "cause": cause(row.id),
                "rank": 2,
                "title": {"zh": f"{zh} 联系中断", "en": f"{en}: out of contact"},
                "detail": {"zh": f"末次联系 {since}", "en": f"last heard {since}"},
                "centre": row.id,
                "parties": [COUNTY],
            },
            as_system=True,
        )
    return tx.show(LINKS, row)
