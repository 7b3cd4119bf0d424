"""The rota as a file, under the headings by which it is brought in again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from pydantic import Field

from command.core import clock
from command.core.queries import Download, Moment, View, Wish, query
from command.core.sheets import sheet
from command.duty.importing import PLACES
from command.duty.models import Duty
from command.duty.queries import READ, SHIFTS

MOST = 5000


class Exported(Wish):
    """Of which centre (absent: all that one sees), from when until when (absent: from yesterday, a month), in which language."""

    centre: str | None = Field(None, max_length=32)
    since: Moment | None = None
    until: Moment | None = None
    words: Literal["zh", "en"] | None = None


@query("duty.export", wish=Exported, needs=READ, http="GET /duty-export", output=str)
def export(view: View, wish: Exported) -> Download:
    """The shifts that were not dropped, as CSV; those at one place of a shift stand in one cell."""
    since = wish.since or view.now - timedelta(days=1)
    until = wish.until or since + timedelta(days=31)
    wanted = sa.select(Duty).where(
        SHIFTS.visible(view.actor), Duty.state != "dropped", Duty.ends_at > since, Duty.begins_at < until
    )
    if wish.centre is not None:
        wanted = wanted.where(Duty.centre == wish.centre)
    rows = view.session.execute(wanted.order_by(Duty.centre, Duty.begins_at, Duty.id).limit(MOST)).scalars()
    return sheet(
        "rota.csv", _heads(wish.words or ("en" if view.actor.lang == "en" else "zh")), map(_cells, rows)
    )


def _heads(lang: str) -> tuple[str, ...]:
    zh = lang == "zh"
    people = [
        name
        for _, chinese, english, _ in PLACES
        for name in ((chinese, f"{chinese}电话") if zh else (english, f"{english} number"))
    ]
    first = ("单位", "接班时间", "交班时间") if zh else ("centre", "begins at", "ends at")
    return (*first, *people, "备注" if zh else "note")


def _cells(row: Duty) -> list[str]:
    cells = [row.centre, _local(row.begins_at), _local(row.ends_at)]
    for role, *_ in PLACES:
        mine = [one for one in row.people if one["role"] == role]
        cells.append("、".join(one["name"] for one in mine))
        cells.append(next((one["number"] for one in mine if one.get("number")), "") or "")
    return [*cells, row.note or ""]


def _local(at: datetime) -> str:
    return at.astimezone(clock.LOCAL).strftime("%Y-%m-%d %H:%M")
