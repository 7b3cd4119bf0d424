"""The demo county's rota (示意): somebody is on duty at first start and weeks later, no alarm comes of it, people take its place."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core import clock, due, jobs
from tests.county import NOISE, OTHER, TOWN, County
from tests.doors import Doors
from tests.duty.ground import OFFICER, START, at, hour, plan
from tests.duty.test_rota import alarms, now_at

MORNING = datetime.combine(START.astimezone(clock.LOCAL).date(), time(8), clock.LOCAL)
MONDAY = MORNING - timedelta(days=MORNING.weekday())


def on_day(day: float) -> AbstractContextManager[None]:
    """So many days from ten in the morning of this week's Monday."""
    return at((MONDAY + timedelta(hours=2, days=day) - START).total_seconds() / 3600)


@pytest.fixture
def invented(cast: County) -> County:
    """A township and its neighbour with invented rotas since Monday morning."""
    with on_day(0):
        cast.node.database.write(_phones, world=0)
        for centre in (TOWN, OTHER):
            cast.act("system", "duty.invent", {"centre": centre})
    return cast


def _phones(session: Session) -> None:
    session.get_one(Centre, TOWN).phones = [{"label": "值班室", "kind": "landline", "number": "8011"}]
    session.flush()


def run_until(cast: County, day: float) -> None:
    """Let all promises come true as a server does that starts then."""
    with on_day(day):
        for _ in range(40):
            if not jobs.run_due(cast.node):
                return
    raise AssertionError("the promises do not come to an end")


def shifts(client: Doors, centre: str = TOWN) -> list[dict[str, Any]]:
    """The live shifts of a centre."""
    found: list[dict[str, Any]] = client.get(
        "county_duty", f"/duty?limit=1000&live=true&centre={centre}"
    ).json["items"]
    return found


def test_somebody_is_on_now_with_the_offices_number_and_the_rota_covers_two_weeks(
    invented: County, client: Doors
) -> None:
    with on_day(0):
        found = now_at(client, "town_duty", TOWN)
        leader, officer = found["on"]["people"]
        assert (leader["role"], officer["role"], officer["number"], officer["deputy_number"]) == (
            "leader", "officer", "8011", "8011",
        )  # fmt: skip
        assert all("示意" in one[name] for one in (leader, officer) for name in ("name", "deputy"))
        assert (found["on"]["synthetic"], found["on"]["note"][:4]) == (True, "【示意】")
        assert found["covered_until"] == clock.wire(MONDAY + timedelta(days=14))
        assert now_at(client, "county_duty", NOISE)["kept"] is False
    assert len(shifts(client)) == len(shifts(client, OTHER)) == 14
    assert len({one["people"][1]["name"] for one in shifts(client)}) > 3


def test_planned_again_it_changes_nothing(invented: County, client: Doors) -> None:
    before = shifts(client)
    with on_day(0.1):
        invented.act("system", "duty.invent", {"centre": TOWN})
    assert shifts(client) == before


@pytest.mark.parametrize("day", [8.3, 41.3])
def test_weeks_later_it_is_carried_on_and_no_alarm_was_raised(
    invented: County, client: Doors, day: float
) -> None:
    """On from day to day while the server runs, and when it starts again after a month."""
    if day < 10:
        for each in range(1, 9):
            run_until(invented, each + 0.3)
    run_until(invented, day)
    with on_day(day):
        found = now_at(client, "county_duty", TOWN)
        until = datetime.fromisoformat(found["covered_until"]) - clock.real()
        begins = datetime.fromisoformat(found["on"]["begins_at"])
        assert (clock.real() - begins < timedelta(days=1), until > timedelta(days=6)) == (True, True)
        assert alarms(client) == {}
    raised = client.get("county_duty", "/alarms?limit=1000").json["items"]
    assert [one["cause"] for one in raised if one["cause"].startswith(("duty", "handover"))] == []
    assert client.get("town_duty", "/duty_handovers?state=accepted").json["items"] == [], (
        "nobody signs for people"
    )


def test_a_shift_that_somebody_plans_takes_its_place_and_the_rota_is_theirs(
    invented: County, client: Doors
) -> None:
    with on_day(1):
        begins = (clock.real() - START).total_seconds() / 3600
        made = plan(invented, begins - 1, begins + 8, people=[OFFICER])
        assert (made["state"], made["synthetic"]) == ("on", False)
        over = plan(invented, begins - 6, begins - 0.7, "other_duty")
        assert over["state"] == "on", "one of theirs that is over answers until it is handed over"
        later = plan(invented, begins + 24 * 20, begins + 24 * 20 + 8)
        clash = {"begins_at": hour(begins + 2), "ends_at": hour(begins + 9)}
        assert invented.act("town_duty", "duty.plan", clash).status == 409, "a person's shift stays"
        before = shifts(client)
        invented.act("system", "duty.invent", {"centre": TOWN})
        assert shifts(client) == before
        assert before[-1]["id"] == later["id"]
        assert {one["synthetic"] for one in shifts(client, OTHER)} == {True, False}


def test_changed_by_somebody_it_is_invented_no_more(invented: County, client: Doors) -> None:
    with on_day(0):
        one = shifts(client)[3]
        changed = invented.do(
            "town_duty", "duty.edit", {"id": one["id"], "people": [OFFICER]}, version=one["version"]
        )
    assert (changed["synthetic"], changed["people"][0]["name"]) == (False, "赵值班")


def test_what_it_will_do_is_derived_from_its_rows(invented: County) -> None:
    def promised(session: Session) -> list[tuple[Any, ...]]:
        return [
            (one.key, one.at)
            for one in due.ripe(session, clock.real() + timedelta(days=60))
            if "invent" in one.key
        ]

    found = invented.node.database.read(promised, world=None)
    assert found == [(f"duty.invent:{one}", MONDAY + timedelta(days=7)) for one in sorted((TOWN, OTHER))]
