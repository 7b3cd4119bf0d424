"""An evacuation as a table for a spreadsheet: zone by zone, counts with their time and source; never a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import Field

from command.core import clock
from command.core.queries import Download, View, Wish, query
from command.core.records import find
from command.core.sheets import sheet
from command.evacuation import figures
from command.evacuation.models import EvacuatedZone
from command.evacuation.queries import EVACUATIONS, READ, zones_of
from command.evacuation.words import STATES
from command.places import register

HEAD = ("乡镇", "村", "转移单元", "状态", "应转户", "应转人", "已转户", "已转人", "拒绝户", "拒绝人", "联系不上户", "联系不上人",
        "未转人", "已返回人", "截至", "来源", "安置去处", "责任岗位")  # fmt: skip
HEAD_EN = ("Township", "Village", "Zone", "State", "Households", "People", "Households moved", "People moved",
           "Households refusing", "People refusing", "Households not reached", "People not reached", "Not moved yet",
           "Returned", "As of", "Source", "Destination", "Who answers")  # fmt: skip
COUNTED = ("done", "refused", "unreached")


class Asked(Wish):
    """Which evacuation, with Chinese or English heads."""

    id: str = Field(max_length=36)
    lang: str = Field("zh", pattern="^(zh|en)$")


@query("evacuations.table", wish=Asked, needs=READ, http="GET /evacuations/{id}/table", output=str)
def table(view: View, wish: Asked) -> Download:
    """The zones that the asker may see; who took it is noted."""
    row = find(view.session, EVACUATIONS, wish.id, view.actor)
    view.log_read("export", f"evacuation {row.number}")
    head = HEAD_EN if wish.lang == "en" else HEAD
    return sheet(f"{row.number}.csv", head, _lines(zones_of(view, row.id), wish.lang))


def _lines(zones: list[EvacuatedZone], lang: str) -> Iterator[list[Any]]:
    for row in zones:
        told = {name: figures.value(row.figures, name) for name in row.figures}
        counts = [told.get(f"{sort}_{what}") for what in COUNTED for sort in ("households", "people")]
        last = max(row.figures.values(), key=lambda one: str(one["as_of"]), default=None)
        township = register.township(row.centre)
        yield [
            township.name if township else row.centre, row.village, row.name,
            STATES[row.state].en if lang == "en" else STATES[row.state].zh, row.households, row.people, *counts,
            figures.left(row.people, row.figures), told.get("people_returned"), _local(last["as_of"]) if last else None,
            last["source"] if last else None, row.destination, row.responsible,
        ]  # fmt: skip


def _local(wire: str) -> str:
    return datetime.fromisoformat(wire).astimezone(clock.LOCAL).strftime("%Y-%m-%d %H:%M")
