"""归档 waits for its gates: reports that are owed are given or waived first."""

from __future__ import annotations

import json
from typing import Any

from command.sitreps.models import Reporting
from tests.county import TOWN, County

ON = ("controlled", "response_ended", "review")


def _ended(cast: County, **body: Any) -> str:
    thing: str = cast.open(**body)["id"]
    cast.do("system", "reporting.follow", {"id": thing})
    for to in ("responding", *ON):
        cast.do("county_duty", "incident.transition", {"id": thing, "to": to, "reason": "处置完毕"})
    return thing


def test_it_is_not_archived_while_a_report_is_owed_and_is_once_it_is_waived(cast: County) -> None:
    thing = _ended(cast, level="IV")
    archive = {"id": thing, "to": "archived", "reason": "办结"}
    refused = cast.act("county_duty", "incident.transition", archive)
    told = json.loads(refused.body)
    assert (refused.status, [one["code"] for one in told["gates"]]) == (409, ["reports"])
    assert "应报未报" in told["said"]["zh"]
    assert "waive" in told["said"]["en"]
    _waive_all(cast, thing)
    assert cast.do("county_duty", "incident.transition", archive)["state"] == "archived"


def _waive_all(cast: County, thing: str) -> None:
    rows = cast.node.database.read(
        lambda session: [
            (row.id, row.centre, clock["key"])
            for row in session.query(Reporting).filter_by(incident_id=thing)
            for clock in row.clocks
            if clock["state"] in ("running", "overdue")
        ],
        world=0,
    )
    assert rows
    for reporting, centre, key in rows:
        who = "town_duty" if centre == TOWN else "county_duty"
        cast.do(who, "reporting.waive", {"id": reporting, "key": key, "reason": "已电话说明"})


def test_another_step_asks_no_gate(cast: County) -> None:
    assert _ended(cast, level="IV")
