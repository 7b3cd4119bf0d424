"""What each step of a hazard asks for, and who may take it. A gate writes what the step says, or refuses and says what is missing."""

from __future__ import annotations

from command.core import clock
from command.core.access import permission
from command.core.actions import Tx
from command.core.errors import Conflict, Forbidden, Invalid
from command.hazards import assigning, onsite, steps
from command.hazards.actions import HANDLE, REPORT, handles, noted_watch
from command.hazards.contract import MoveHazard
from command.hazards.grading import set_level
from command.hazards.kinds import NATURAL
from command.hazards.models import Hazard

LIST = permission("hazard.list", "list hazards for supervision (挂牌)")
RECTIFY = permission("hazard.rectify", "rectify hazards and hand in the evidence")
ACCEPT = permission("hazard.accept", "accept hazards on site, close them, look back")
RIGHTS = {
    "registered": HANDLE, "graded": HANDLE, "assigned": HANDLE, "monitored": HANDLE, "listed": LIST, "rectifying": RECTIFY,
    "extension": RECTIFY, "acceptance": RECTIFY, "rejected": ACCEPT, "closed": ACCEPT, "lookback": ACCEPT,
}  # fmt: skip
OTHERWISE = {
    ("extension", "rectifying"): HANDLE, ("lookback", "rectifying"): ACCEPT, ("registered", "closed"): HANDLE,
    ("monitored", "closed"): HANDLE,
}  # fmt: skip
Said = dict[str, str] | None


def right(tx: Tx, row: Hazard, frm: str, to: str) -> None:
    """Refuse (403) a step that is not the actor's: by role, or because the hazard is another's business."""
    code = OTHERWISE.get((frm, to)) or RIGHTS.get(to, HANDLE)
    if code == HANDLE and _put_right_by(tx, row):
        tx.actor.need(REPORT)
        return
    tx.actor.need(code)
    if code == LIST and not tx.actor.county:
        raise Forbidden("Only the county lists for supervision", zh="挂牌督办由县里决定")
    if code == RECTIFY and assigning.answers(tx, row):
        return
    if not handles(tx, row):
        raise Forbidden(
            "Only its home centre, its department and the county may do this",
            zh="只有属地、主管部门和县里可以办理",
        )
    if code == ACCEPT and frm in ("acceptance", "lookback") and assigning.is_own_work(tx, row):
        raise Forbidden("Who rectified it does not accept it", zh="整改单位不能自己验收")


def _put_right_by(tx: Tx, row: Hazard) -> bool:
    """Whether the actor found it and put it right on the spot: then the finder's own report closes it."""
    stages = {one["stage"] for one in row.photos if one["by_id"] == tx.actor.id}
    return (
        row.state in ("reported", "registered")
        and {"before", "after"} <= stages
        and row.steps[0]["by_id"] == tx.actor.id
    )


def never(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """Nothing leads there."""
    return None


def register(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """登记: it is taken into the register as it was reported."""
    return None


def grade(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """定级."""
    set_level(tx, row, wish)
    return None


def assign(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """交办: who answers for it, and until when."""
    if row.level == "major":
        raise Conflict(
            "A major hazard is listed, not only assigned",
            zh="重大隐患须挂牌督办，不能只作交办",
            allowed=["listed"],
        )
    assigning.take_duties(tx, row, wish)
    assigning.take_five(row, wish)
    row.deadline = assigning.later(tx, wish.deadline)
    return assigning.told(row)


def lists_too(wish: MoveHazard) -> bool:
    """Whether a grading says all that a listing needs, and so means it."""
    return bool(
        wish.model_fields_set
        & {"signed_by", "duty", "measure", "fund", "plan", "deadline", "lead", "department"}
    )


def list_(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """挂牌: only with the five fulfilments, and signed by name; of a major one what is done at once is known."""
    if row.state != "graded" and wish.level is not None:
        set_level(tx, row, wish)
    if not row.duties or wish.department is not None or wish.unit is not None:
        assigning.take_duties(tx, row, wish)
    assigning.take_five(row, wish)
    if wish.deadline is not None:
        row.deadline = assigning.later(tx, wish.deadline)
    assigning.complete(row)
    if wish.signed_by is None:
        raise Invalid("signed_by: who signs, in which post", zh="挂牌须有签发人姓名和职务（signed_by）")
    signed = {"kind": "listing", **wish.signed_by.model_dump(), "by": tx.actor.name, "at": clock.wire(tx.at)}
    row.signed = [*row.signed, signed]
    said = assigning.told(row)
    by = f"{wish.signed_by.post} {wish.signed_by.name}"
    return {"zh": f"{said['zh']}，签发 {by}", "en": f"{said['en']}, signed by {by}"}


def rectify(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """整改中."""
    return None


def ask_extension(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """申请延期: until when, and why; the old deadline runs on until somebody else grants it."""
    until = assigning.later(tx, wish.deadline)
    if row.deadline is not None and until <= row.deadline:
        raise Invalid("deadline: not later than the present one", zh="新时限须晚于现时限")
    if not wish.reason:
        raise Invalid("reason: say why more time is needed", zh="申请延期须说明理由")
    asked = {
        "from": clock.wire(row.deadline) if row.deadline else None, "to": clock.wire(until), "reason": wish.reason,
        "by": tx.actor.name, "by_id": tx.actor.id, "at": clock.wire(tx.at), "granted": None, "answered_by": None, "answered_at": None,
        "answer": None,
    }  # fmt: skip
    row.extensions = [*row.extensions, asked]
    return {"zh": f"申请延至 {assigning.day(until)}", "en": f"until {assigning.day(until)}"}


def answer_extension(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """同意或不同意延期: by somebody other than who asked."""
    if wish.granted is None:
        raise Invalid("granted: yes or no", zh="请写明是否同意延期（granted）")
    asked = row.extensions[-1]
    if asked["by_id"] == tx.actor.id:
        raise Forbidden("Who asked for it does not grant it", zh="申请人不能自己批准延期")
    if not wish.granted and not wish.reason:
        raise Invalid("reason: say why not", zh="不同意延期须说明理由")
    answer = {
        "granted": wish.granted,
        "answered_by": tx.actor.name,
        "answered_at": clock.wire(tx.at),
        "answer": wish.reason,
    }
    row.extensions = [*row.extensions[:-1], {**asked, **answer}]
    if not wish.granted:
        return {"zh": "不同意延期", "en": "extension refused"}
    row.deadline = assigning.moment(asked["to"])
    return {
        "zh": f"同意延至 {assigning.day(row.deadline)}",
        "en": f"extended until {assigning.day(row.deadline)}",
    }


def hand_in(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """申请验收: with a photo of what was done."""
    if not steps.photos_since(row, "after", "rectifying"):
        raise Invalid("picture: a photo of what was put right is needed", zh="申请验收须有整改后照片")
    row.acceptance = {
        "handed_in_by": tx.actor.name, "handed_in_id": tx.actor.id, "handed_in_centre": tx.actor.centre,
        "handed_in_at": clock.wire(tx.at), "note": wish.note, "result": None,
    }  # fmt: skip
    return None


def reject(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """验收不合格: why."""
    if not wish.reason:
        raise Invalid("reason: say what is not right yet", zh="验收不合格须说明理由")
    row.acceptance = {**(row.acceptance or {}), "result": "rejected", "by": tx.actor.name, "at": clock.wire(tx.at),
                      "reason": wish.reason}  # fmt: skip
    return None


def accept(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """现场验收合格，销号: with proof that somebody was there."""
    there = onsite.proof(tx, row, "acceptance", "acceptance", wish.reason)
    row.acceptance = {**(row.acceptance or {}), **there, "result": "accepted", "accepted_note": wish.note}
    row.closed_how = "accepted"
    return _on_site(there["distance_m"])


def _on_site(distance: float | None) -> Said:
    if distance is None:
        return None
    return {"zh": f"现场照片距隐患 {distance:.0f} 米", "en": f"photo taken {distance:.0f} m from it"}


def close_unrectified(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """销号 without the loop: put right on the spot in one visit, or no hazard at all."""
    if wish.at_once:
        onsite.one_visit(tx, row)
        row.closed_how = "at_once"
        return None
    if not wish.reason:
        raise Invalid(
            "reason: say why it is no hazard, or `at_once` with two photos",
            zh="请说明为何不构成隐患；当场整改的请附前后两张照片",
        )
    row.closed_how = "dismissed"
    return None


def look_back(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """复查回访 begins."""
    if row.closed_how in ("dismissed", "removed"):
        raise Conflict("There was nothing to rectify", zh="未经整改销号的，无须回头看")
    row.lookback = {"by": tx.actor.name, "at": clock.wire(tx.at), "result": None}
    return None


def pass_lookback(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """回头看合格."""
    there = onsite.proof(tx, row, "lookback", "lookback", wish.reason)
    row.lookback = {**there, "result": "passed", "note": wish.note}
    row.closed_how = "looked_back"
    return _on_site(there["distance_m"])


def recur(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """回头看发现反弹: it is rectified again, with a new deadline."""
    if not wish.reason:
        raise Invalid("reason: say what came back", zh="反弹须说明情况")
    row.deadline = assigning.later(tx, wish.deadline)
    row.lookback = {"by": tx.actor.name, "at": clock.wire(tx.at), "result": "recurred", "reason": wish.reason}
    row.recurred += 1
    row.closed_at = row.closed_how = None
    return {
        "zh": f"反弹，重新整改至 {assigning.day(row.deadline)}",
        "en": f"it came back: again until {assigning.day(row.deadline)}",
    }


def strike_off(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """险情消除核销."""
    if not wish.reason:
        raise Invalid("reason: say why the danger is gone", zh="核销须说明险情如何消除")
    row.closed_how = "removed"
    return None


def watch(tx: Tx, row: Hazard, wish: MoveHazard) -> Said:
    """监测管控: who watches, at what sign, which way out, how many people. It has no date of rectification."""
    if row.type not in NATURAL:
        raise Conflict(
            "Only a natural danger point is watched; this one is rectified",
            zh="只有地质灾害、防汛隐患点可转监测管控，其他须整改",
        )
    if wish.watch is None:
        raise Invalid(
            "watch: watcher, trigger, route and people",
            zh="监测管控须写明监测人、预警条件、撤离路线、撤离人数（watch）",
        )
    row.watch, row.deadline = noted_watch(tx, row, wish.watch), None
    who = row.watch["watcher"]
    return {"zh": f"监测人 {who}", "en": f"watched by {who}"}
