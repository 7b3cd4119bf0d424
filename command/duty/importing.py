"""Rotas from files: a row is a shift of a centre, with who leads and who answers; the same shift in a later file changes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.core import clock
from command.core.faults import Wrong
from command.core.importers import Column, SourceRow, importer
from command.duty.rota import WRITE
from command.places import register

PLACES = (
    ("leader", "带班领导", "leader on duty", ("值班领导", "带班")),
    ("director", "值班主任", "duty director", ("主班",)),
    ("officer", "值班员", "duty officers", ("值班人员", "值班")),
    ("driver", "驾驶员", "driver", ("司机",)),
    ("expert", "专家备勤", "expert on call", ("专家",)),
)
"""Role, its column's names: several people of one role stand in one cell."""
NUMBER = "_number"


def _people() -> tuple[Column, ...]:
    found: list[Column] = []
    for role, zh, en, also in PLACES:
        found.append(Column(role, zh, en, sort="list", also=also))
        found.append(Column(role + NUMBER, f"{zh}电话", f"{en} number", also=(f"{zh}号码",)))
    return tuple(found)


@importer(
    "duty",
    record="duty",
    zh="值班表",
    en="rota",
    needs=WRITE,
    columns=(
        Column("centre", "单位", "centre", required=True, also=("值班单位", "单位代码", "code")),
        Column("begins_at", "接班时间", "begins at", required=True, also=("开始时间", "开始", "上班时间")),
        Column("ends_at", "交班时间", "ends at", required=True, also=("结束时间", "结束", "下班时间")),
        *_people(),
        Column("note", "备注", "note", also=("说明",)),
    ),
    geometry=(),
    key=("centre", "begins_at"),
    make="duty.plan",
    change="duty.edit",
    drop="duty.drop",
)
def shift_of(row: SourceRow) -> dict[str, Any]:
    """A shift as it is planned; a number is the office's line, of the first one named."""
    told = row.values
    people: list[dict[str, Any]] = []
    for role, *_ in PLACES:
        names = told.get(role) or []
        number = told.get(role + NUMBER)
        people += [
            {"role": role, "name": name, "number": number if n == 0 else None, "deputy": None, "deputy_number": None}
            for n, name in enumerate(names)
        ]  # fmt: skip
    shift = {
        "centre": _centre(told["centre"]),
        "begins_at": _time(told["begins_at"]),
        "ends_at": _time(told["ends_at"]),
        "people": people,
    }
    return {**shift, "note": told["note"]} if "note" in told else shift


def _centre(said: str) -> str:
    """A centre's code: as it is written, or by the name of the county or of a township."""
    if said[:6].isdigit():
        return said
    named = {one.name: one.code for one in (register.county(), *register.townships())}
    if said not in named:
        raise Wrong(
            f"{said[:40]}: no centre of that name; write its code", f"没有“{said[:40]}”这个单位：请写单位代码"
        )
    return named[said]


def _time(said: str) -> str:
    """A day and a time, by the county's clocks where no zone is named."""
    try:
        at = datetime.fromisoformat(said.replace("/", "-"))
    except ValueError:
        raise Wrong(
            f"{said[:40]}: write 2026-07-21 18:00", f"“{said[:40]}”：请写成 2026-07-21 18:00"
        ) from None
    return clock.wire(at if at.tzinfo else at.replace(tzinfo=clock.LOCAL))
