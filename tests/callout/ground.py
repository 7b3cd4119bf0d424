"""Who can be called in the county of the tests, and how tests let time pass over a list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from command.callout.models import CalloutList, CalloutPerson
from command.core import clock, jobs
from command.core.due import Due
from command.warnings.models import WarningRow
from tests.county import COUNTY, OTHER, OTHER_VILLAGE, TOWN, VILLAGE, County
from tests.doors import Doors
from tests.warnings import ground as warned

HEAD, KEEPER, KEEPER2 = "村支书", "包保人·一片", "包保人·二片"
MOBILE = "13911112222"


def name_people(cast: County) -> None:
    """A leader in the county and in two townships, a head and two 包保人 in a village of each; a duty officer, who calls."""
    for code in (COUNTY, TOWN, OTHER):
        for title in ("值班员", "带班领导"):
            _post(cast, code, title, {"kind": "landline", "number": "8001"})
    for code in (VILLAGE, OTHER_VILLAGE):
        _post(cast, code, HEAD, {"kind": "landline", "number": "8101"})
        for title in (KEEPER, KEEPER2):
            _post(cast, code, title, {"kind": "mobile", "number": MOBILE, "whose": "王某"})


def _post(cast: County, code: str, title: str, line: dict[str, Any]) -> None:
    cast.do("admin", "post.open", {"id": code, "title": title, "lines": [line]})


def red(cast: County, **more: Any) -> dict[str, Any]:
    """A red rain warning that is in force in a village of each of two townships."""
    body = {"level": "red", "category": "rainstorm", "area": {"codes": [VILLAGE, OTHER_VILLAGE]}, **more}
    made = warned.enter(cast, **body)
    return warned.move(cast, "county_duty", made["id"], "relayed")


def told_earlier(cast: County, warning: str, minutes: int) -> None:
    """It was passed on so many minutes earlier."""

    def earlier(session: Any) -> None:
        row = session.execute(sa.select(WarningRow).where(WarningRow.id == warning)).scalar_one()
        ago = timedelta(minutes=minutes)
        row.signed = [
            {**one, "at": clock.wire(datetime.fromisoformat(one["at"]) - ago)} for one in row.signed
        ]
        session.flush()

    cast.node.database.write(earlier, world=0)


def called(cast: County, who: str = "county_duty", **more: Any) -> dict[str, Any]:
    """A call-out whose lists are filled; by hand for the two villages, unless something else is said."""
    body = more or {"areas": [VILLAGE, OTHER_VILLAGE], "reason": "山洪"}
    made = cast.do(who, "callout.open", body)
    settle(cast)
    return made


def settle(cast: County) -> None:
    """Keep what is promised for now."""
    while jobs.run_due(cast.node):
        pass


def rows(cast: County, model: type[Any], **where: Any) -> list[Any]:
    """Rows of a table, as they are now."""
    wanted = sa.select(model).filter_by(**where).order_by(model.id)
    return cast.node.database.read(lambda session: list(session.execute(wanted).scalars()), world=0)


def people(cast: County, centre: str = TOWN) -> dict[str, CalloutPerson]:
    """The people of the newest list of a centre, by post."""
    held = rows(cast, CalloutList, centre=centre)[-1]
    return {one.post: one for one in rows(cast, CalloutPerson, list_id=held.id)}


def counts(cast: County, centre: str = TOWN) -> dict[str, int]:
    """The figures of the newest list of a centre that are not 0."""
    return {name: n for name, n in rows(cast, CalloutList, centre=centre)[-1].counts.items() if n}


def enter(
    cast: County, post: str, outcome: str, who: str = "town_duty", centre: str = TOWN, **more: Any
) -> dict[str, Any]:
    """What came of a call."""
    person = people(cast, centre)[post].id
    return cast.do(who, "callout.attempt", {"id": person, "outcome": outcome, **more})


def pass_minutes(cast: County, minutes: int) -> None:
    """So many minutes pass, and what was promised for them is done."""
    let_pass(cast, minutes)
    settle(cast)


def let_pass(cast: County, minutes: int) -> None:
    """Everything of the lists was so much earlier, and what is promised comes so much sooner."""
    ago = timedelta(minutes=minutes)

    def earlier(session: Any) -> None:
        for row in session.execute(sa.select(CalloutPerson)).scalars():
            for name in ("listed_at", "due_at", "escalated_at", "answered_at"):
                if getattr(row, name) is not None:
                    setattr(row, name, getattr(row, name) - ago)
            row.attempts = [
                {**one, "at": clock.wire(datetime.fromisoformat(one["at"]) - ago)} for one in row.attempts
            ]
        for row in session.execute(sa.select(Due).where(Due.action.startswith("callout."))).scalars():
            row.at = row.at - ago

    cast.node.database.write(earlier, world=0)


def wire_ago(minutes: int) -> str:
    """A time so many minutes ago."""
    return clock.wire(clock.real() - timedelta(minutes=minutes))


def items(client: Doors, who: str, path: str) -> list[dict[str, Any]]:
    """The items of an answer."""
    found: list[dict[str, Any]] = client.get(who, path).json["items"]  # type: ignore[index]
    return found
