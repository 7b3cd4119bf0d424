"""The grade of a hazard: what suggests it, what a major one asks for. A person sets it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from command.core.actions import Tx
from command.core.errors import Invalid
from command.core.queries import View, Wish, query
from command.hazards import lec
from command.hazards.actions import noted_interim
from command.hazards.contract import MoveHazard
from command.hazards.criteria import cases, known
from command.hazards.lec import Lec
from command.hazards.models import Hazard


def set_level(tx: Tx, row: Hazard, wish: MoveHazard) -> None:
    """Set the grade with what it rests on; a major one names its case and what is done at once."""
    if wish.level is None:
        raise Invalid("level: general or major", zh="请定级：一般（general）或重大（major）")
    for code in wish.criteria or ():
        if not known(tx.session, row.centre, code, row.item):
            raise Invalid(
                f"criteria: {code[:40]} is no case for this form of hazard",
                zh=f"没有适用的判定情形 {code[:40]}",
            )
    if wish.lec is not None:
        row.lec = _judged(tx, row, wish.lec)
    if wish.interim is not None:
        row.interim = noted_interim(tx, wish.interim)
    row.level, row.criteria, row.standard = wish.level, wish.criteria or [], wish.standard
    if wish.level == "major":
        complete_major(row)
    elif row.criteria:
        raise Invalid("level: a case of a major hazard is named", zh="所列情形属重大隐患，不能定为一般")


def complete_major(row: Hazard) -> None:
    """Refuse a major hazard without its case, or without anything that is done at once."""
    if not row.criteria and not row.standard:
        raise Invalid(
            "criteria: name the case, or the standard and its clause",
            zh="重大隐患须写明判定情形（criteria）或判定标准条款（standard）",
        )
    if not row.interim:
        raise Invalid(
            "interim: a major hazard has measures at once (stop work, move people out)",
            zh="重大隐患须同时写明临时措施（停产、撤人等）",
        )


def _judged(tx: Tx, row: Hazard, factors: Lec) -> dict[str, Any]:
    if off := factors.off_scale():
        values = ", ".join(f"{value:g}" for value in lec.SCALES[off])
        raise Invalid(f"lec.{off}: one of {values}", zh=f"LEC 的 {off.upper()} 只能取 {values}")
    return lec.judged(tx.session, row.centre, factors)


class Weigh(Wish):
    """What is known of a hazard while it is graded."""

    l: float | None = Field(None, gt=0, le=10)  # noqa: E741
    e: float | None = Field(None, gt=0, le=10)
    c: float | None = Field(None, gt=0, le=100)
    criteria: str | None = Field(None, max_length=400)


@query("hazards.weigh", wish=Weigh, needs="hazard.read", http="GET /hazards/weigh", output=dict[str, Any])
def weigh(view: View, wish: Weigh) -> dict[str, Any]:
    """D, result and colour, and the grade that cases and result suggest, each with why; nothing is set by it."""
    because, judged = [], None
    listed = cases(view.session, view.actor.centre[:9])
    named = [listed[code] for code in (wish.criteria or "").split(",") if code in listed]
    because += [{"zh": one["zh"], "en": one["en"]} for one in named]
    if wish.l is not None and wish.e is not None and wish.c is not None:
        factors = Lec(l=wish.l, e=wish.e, c=wish.c)
        if factors.off_scale() is None:
            judged = lec.judged(view.session, view.actor.centre[:9], factors)
            if judged["result"] == "extreme":
                because.append(
                    {
                        "zh": f"D = {judged['d']:g}，极其危险",
                        "en": f"D = {judged['d']:g}: extremely dangerous",
                    }
                )
    return {"lec": judged, "level": "major" if because else None, "because": because}
