"""What time does with hazards: it reminds and drafts, each once; nothing is signed, listed or closed by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from command.core import clock, due, jobs
from command.hazards import steps
from tests.county import TOWN, County
from tests.doors import Doors
from tests.hazards.ground import MAJOR, NEARBY, ahead, at, jump, move, overdue, picture


def run(cast: County, hazard: str) -> dict[str, Any]:
    """Do what has become due; the hazard afterwards."""
    jobs.run_due(cast.node)
    entries = [one for one in cast.entries() if one.kind == "hazard"]
    from command.core import canonical

    told = [canonical.load(one.record) for one in entries]
    return next(one for one in reversed(told) if one["id"] == hazard)


def said(cast: County, after: int) -> list[str]:
    """The events since."""
    return [one.type for one in cast.entries(after=after)]


def promised(cast: County, hazard: str) -> due.Due | None:
    return cast.node.database.read(lambda s: s.get(due.Due, (0, steps.due_key(hazard))), world=None)


def drafts(client: Doors, hazard: str, who: str = "county_duty") -> dict[str, dict[str, Any]]:
    items = client.get(who, f"/hazard_notices?hazard_id={hazard}").json["items"]
    return {one["kind"]: one for one in items}


def test_a_deadline_reminds_then_drafts_and_decides_nothing(cast: County, client: Doors) -> None:
    one = at(cast, until="rectifying", days=10)
    before = cast.end()
    for days, step in ((7.1, "soon"), (3.1, "late"), (7.1, "circular"), (8.1, "talk"), (15.1, "listing")):
        jump(cast, one, days)
        told = run(cast, one)
        assert (told["climb"]["step"], told["state"]) == (step, "rectifying")
    assert said(cast, before) == [
        "hazard.climbed", "hazard.climbed", "hazard.climbed", "hazard_notice.drafted", "hazard.climbed", "hazard_notice.drafted",
        "hazard.climbed", "hazard_notice.drafted",
    ]  # fmt: skip
    assert {one["state"] for one in drafts(client, one).values()} == {"draft"}
    assert promised(cast, one) is None
    assert told["climb"]["to"][-1] == "140429"  # it has climbed to the county


def test_a_clock_that_jumps_gives_each_reminder_once_and_in_order(cast: County, client: Doors) -> None:
    one = overdue(cast, 16)
    before = cast.end()
    told = run(cast, one)
    assert (told["climb"]["step"], told["climb"]["done"]) == ("talk", ["soon", "late", "circular", "talk"])
    assert (
        said(cast, before).count("hazard.climbed") == 3
    )  # that the deadline came near nobody need hear any more
    again = cast.end()
    jobs.run_due(cast.node)
    cast.do("system", "hazard.chase", {"id": one})
    assert cast.end() == again
    assert sorted(drafts(client, one)) == ["circular", "talk"]


def test_more_time_begins_the_reminders_anew_and_puts_drafts_away(cast: County, client: Doors) -> None:
    one = overdue(cast, 16)
    run(cast, one)
    move(cast, "water_duty", one, "extension", deadline=ahead(20), reason="材料未到")
    assert drafts(client, one)["talk"]["state"] == "draft"  # asking alone changes nothing
    move(cast, "county_duty", one, "rectifying", granted=True)
    assert {each["state"] for each in drafts(client, one).values()} == {"dropped"}
    found = promised(cast, one)
    assert found is not None
    assert found.at > clock.real() + timedelta(days=16)


def test_what_waits_for_others_reminds_them(cast: County) -> None:
    major = at(cast, until="registered")
    move(cast, "town_duty", major, "graded", **MAJOR)
    waiting = at(cast, until="acceptance")
    closed = at(cast, until="closed")
    for one, days, step, whom in (
        (major, 1.1, "unlisted", "140429"),
        (waiting, 10.1, "unaccepted", TOWN),
        (closed, 30.1, "lookback", TOWN),
    ):
        assert promised(cast, one) is not None
        jump(cast, one, days)
        climb = run(cast, one)["climb"]
        assert (climb["step"], climb["to"]) == (step, [whom])


def test_what_is_over_is_not_chased(cast: County) -> None:
    one = at(cast, until="lookback")
    assert promised(cast, one) is None
    move(cast, "town_duty", one, "closed", picture=picture(), location=NEARBY)
    assert promised(cast, one) is None


def test_a_paper_is_nothing_until_somebody_signs_by_name(cast: County, client: Doors) -> None:
    one = overdue(cast, 31)
    run(cast, one)
    papers = drafts(client, one)
    assert (
        drafts(client, one, "town_duty") == drafts(client, one, "water_duty") == {}
    )  # a draft is the county's own
    talk, listing = papers["talk"], papers["listing"]
    path = f"/hazard_notices/{talk['id']}/sign"
    for body in ({}, {"name": "李某"}, {"name": "", "post": "副县长"}):
        assert client.post("county_leader", path, body).status_code == 422
    assert client.post("planner", path, {"name": "李某", "post": "副县长"}).status_code == 403
    assert client.post("town_leader", path, {"name": "李某", "post": "副县长"}).status_code == 404
    signed = client.post("county_leader", path, {"name": "李某", "post": "副县长", "text": "改定稿"}).json
    assert (signed["state"], signed["signed_name"], signed["text"]) == ("signed", "李某", "改定稿")
    assert set(drafts(client, one, "water_duty")) == {"talk"}  # now those who answer see it
    assert client.post("county_leader", path, {"name": "李某", "post": "副县长"}).status_code == 409
    assert (
        client.post(
            "county_leader", f"/hazard_notices/{listing['id']}/drop", {"reason": "另案处理"}
        ).status_code
        == 200
    )
    assert (
        client.get("county_duty", f"/hazards/{one}").json["state"] == "rectifying"
    )  # a signature moves nothing by itself
    timeline = client.get("water_duty", f"/hazards/{one}/timeline").json["items"]
    assert "hazard_notice.signed" in [each["type"] for each in timeline]
    assert "hazard_notice.drafted" not in [each["type"] for each in timeline]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_its_days_are_the_countys_settings(cast: County) -> None:
    one = at(cast, until="rectifying")
    cast.do("admin", "setting.set", {"name": "hazard.circular_days", "centre": "140429", "value": 2})
    jump(cast, one, 12.5)
    assert run(cast, one)["climb"]["step"] == "circular"
