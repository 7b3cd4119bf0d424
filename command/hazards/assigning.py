"""Who answers for a hazard: the three duties (属地、部门、企业), the five fulfilments (五落实), the deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from command.centres.queries import centre
from command.core import clock
from command.core.access import centre_party
from command.core.actions import Tx
from command.core.errors import Invalid
from command.hazards.contract import DutyIn, MoveHazard
from command.hazards.grading import complete_major
from command.hazards.kinds import BY_A_UNIT
from command.hazards.models import Hazard
from command.hazards.words import DUTIES, FIVE

KINDS = {"territory": ("township", "county"), "department": ("department",), "unit": ("unit",)}
WRITTEN = ("duty", "measure", "fund", "plan")


def moment(text: str) -> datetime:
    """A time as a record tells it."""
    return datetime.fromisoformat(text)


def day(at: datetime | None) -> str:
    """A deadline as it is said: the day by the county's calendar."""
    return at.astimezone(clock.LOCAL).strftime("%Y-%m-%d") if at else ""


def later(tx: Tx, at: datetime | None) -> datetime:
    """A deadline that is given and lies ahead."""
    if at is None:
        raise Invalid("deadline: until when", zh="须写明整改时限（deadline）")
    if at <= tx.now:
        raise Invalid("deadline: it has passed", zh="时限已过")
    return at


def take_duties(tx: Tx, row: Hazard, wish: MoveHazard) -> None:
    """Write who answers: the township on whose ground it lies, a department, and of production the unit; and who leads."""
    given = {
        name: _named(tx, name, getattr(wish, name)) for name in DUTIES if getattr(wish, name) is not None
    }
    home = centre(tx.session, row.centre)
    duties = {**({"territory": _duty(home.id, home.name, None)} if home else {}), **row.duties, **given}
    if "department" not in duties:
        raise Invalid("department: which department answers for it", zh="须写明主管部门（department）")
    if row.type in BY_A_UNIT and "unit" not in duties:
        raise Invalid("unit: of work safety the unit answers", zh="生产安全隐患须写明企业（unit）")
    lead = wish.lead or row.lead or ("unit" if "unit" in duties else "department")
    if lead not in duties:
        raise Invalid(f"lead: {lead} is not named", zh=f"牵头的{DUTIES[lead].zh}没有写明单位")
    row.duties, row.lead = duties, lead
    if row.to_confirm and (code := duties["territory"]["centre"]):
        row.centre, row.to_confirm, row.proposed_centre = code, False, None


def _duty(code: str | None, name: str, post: str | None) -> dict[str, Any]:
    return {"centre": code, "name": name, "post": post}


def _named(tx: Tx, part: str, given: DutyIn) -> dict[str, Any]:
    if given.centre is None:
        if part != "unit":
            raise Invalid(f"{part}.centre: a centre of the register", zh=f"{DUTIES[part].zh}须选登记的单位")
        return _duty(None, given.name or "", given.post)
    found = centre(tx.session, given.centre)
    if found is None or found.kind not in KINDS[part]:
        raise Invalid(
            f"{part}.centre: no such {KINDS[part][0]}: {given.centre}",
            zh=f"{DUTIES[part].zh}：没有单位 {given.centre}",
        )
    return _duty(found.id, found.name, given.post)


def take_five(row: Hazard, wish: MoveHazard) -> None:
    """Write what is given of the five; the duty is that of who leads, where nobody said otherwise."""
    for name in WRITTEN:
        if getattr(wish, name) is not None:
            setattr(row, name, getattr(wish, name))
    lead = row.duties.get(row.lead or "")
    if row.duty is None and lead and lead["post"]:
        row.duty = f"{lead['name']} {lead['post']}"


def complete(row: Hazard) -> None:
    """Refuse a listing while one of the five is missing, and say which."""
    if row.level == "major":
        complete_major(row)
    missing = [name for name in FIVE if getattr(row, name) is None]
    if missing:
        zh, en = "、".join(FIVE[one].zh for one in missing), ", ".join(FIVE[one].en for one in missing)
        errors = [
            {"field": one, "loc": [one], "type": "missing", "code": "missing", "message": f"五落实缺{FIVE[one].zh}",
             "said": {"zh": f"五落实缺{FIVE[one].zh}", "en": f"missing of the five: {FIVE[one].en}"}}
            for one in missing
        ]  # fmt: skip
        raise Invalid(
            f"Of the five fulfilments there is no {en}",
            zh=f"五落实不全，缺：{zh}",
            errors=errors,
            missing=missing,
        )


def told(row: Hazard) -> dict[str, str]:
    """Who leads and until when, as the timeline says it."""
    name = row.duties[row.lead or "department"]["name"]
    return {"zh": f"{name}牵头，{day(row.deadline)} 前", "en": f"{name} leads, until {day(row.deadline)}"}


def answering(row: Hazard) -> frozenset[str]:
    """The parties of those who answer for it."""
    return frozenset(centre_party(one["centre"]) for one in row.duties.values() if one["centre"])


def answers(tx: Tx, row: Hazard) -> bool:
    """Whether the actor is one of those who answer for it."""
    return tx.actor.team_id is None and bool(answering(row) & tx.actor.parties)


def is_own_work(tx: Tx, row: Hazard) -> bool:
    """Whether the actor's own house rectified it: who handed it in, or who leads."""
    handed = row.acceptance or {}
    if handed.get("handed_in_id") == tx.actor.id:
        return True
    lead = row.duties.get(row.lead or "") or {}
    return lead.get("centre") == tx.actor.centre and not tx.actor.system
