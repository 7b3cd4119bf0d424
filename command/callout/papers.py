"""A call-out as a table: for a spreadsheet, and for the paper that a township works from when its screens are dark."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import Field

from command.callout.contract import CalloutPersonOut
from command.callout.models import CalloutPerson
from command.callout.queries import CALLOUTS, PEOPLE, READ, people_visible
from command.callout.words import CALLOUT_FLOW, CHANNELS, LEVELS, OUTCOMES
from command.core import clock
from command.core.queries import Download, View, Wish, query
from command.core.records import find, show
from command.core.sheets import sheet
from command.incidents.words import Word

HEADS = {
    "zh": ("序号", "乡镇代码", "村", "层级", "岗位", "状态", "未接", "结果", "时间", "渠道", "登记人", "代报", "升级", "上门"),
    "en": ("No.", "List", "Place", "Level", "Post", "State", "Tries", "Outcome", "At", "Channel", "Entered by", "By proxy",
           "Climbed", "To the door"),
}  # fmt: skip


class Exported(Wish):
    """Of which call-out, whose list (absent: all that one may see), in which language."""

    id: str = Field(max_length=36)
    centre: str | None = Field(None, max_length=32)
    words: Literal["zh", "en"] | None = None


@query("callout.export", wish=Exported, needs=READ, http="GET /callouts/{id}/export", output=str, long=True)
def export(view: View, wish: Exported) -> Download:
    """Everybody on the lists with what came of the last attempt, as CSV; no number stands in it."""
    row = find(view.session, CALLOUTS, wish.id, view.actor)
    lang = wish.words or ("en" if view.actor.lang == "en" else "zh")
    wanted = sa.select(CalloutPerson).where(CalloutPerson.callout_id == row.id, people_visible(view.actor))
    if wish.centre is not None:
        wanted = wanted.where(CalloutPerson.centre == wish.centre)
    people = view.session.execute(wanted.order_by(CalloutPerson.centre, CalloutPerson.code, CalloutPerson.id))
    rows = [_cells(n, show(view.session, PEOPLE, one), lang) for n, one in enumerate(people.scalars(), 1)]
    view.log_read("export", f"callout {row.number}")
    return sheet(f"{row.number}.csv", HEADS[lang], rows)


def _cells(n: int, one: CalloutPersonOut, lang: str) -> tuple[Any, ...]:
    last = one.attempts[-1] if one.attempts else None
    proxy = last["by_proxy"] if last else None
    state = (CALLOUT_FLOW.en if lang == "en" else CALLOUT_FLOW.zh)[one.state]
    return (
        n, one.centre, one.place, _word(LEVELS[one.level], lang), one.post, state, one.tries,
        _word(OUTCOMES[last["outcome"]], lang) if last and last["outcome"] else "",
        clock.stamp(datetime.fromisoformat(last["at"])) if last else "",
        _word(CHANNELS[last["channel"]], lang) if last else "", last["by"] if last else "",
        f"{proxy['person']} {proxy['channel']}" if proxy else "", _at(one.escalated_at), _at(one.door_at),
    )  # fmt: skip


def _word(word: Word, lang: str) -> str:
    return word.en if lang == "en" else word.zh


def _at(at: datetime | None) -> str:
    return clock.stamp(at) if at else ""
