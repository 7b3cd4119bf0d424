"""A red warning that nobody calls out calls by itself: at the county and in each township that was struck, until somebody begins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from command.alarms.models import Alarm
from command.core import clock
from command.core.access import audience_of
from tests.callout import ground
from tests.county import COUNTY, OTHER, OTHER_VILLAGE, TOWN, VILLAGE, County
from tests.warnings import ground as warned


def later(cast: County, warning: str, minutes: int) -> None:
    """The look that is promised for a warning, after so many minutes."""
    with patch.object(clock, "now", lambda world: clock.real() + timedelta(minutes=minutes)):
        cast.do("system", "callout.watch", {"warning_id": warning})


def alarms(cast: County) -> dict[str | None, Alarm]:
    """What calls for a beginning now, by centre."""
    live = [one for one in ground.rows(cast, Alarm, live=True) if one.cause.startswith("callout_unstarted:")]
    return {one.centre: one for one in live}


@pytest.fixture
def red(cast: County) -> dict[str, Any]:
    """A red warning in force in two townships; another one, yellow, is noise."""
    ground.name_people(cast)
    warned.move(cast, "county_duty", warned.enter(cast)["id"], "relayed")
    made = ground.red(cast)
    ground.settle(cast)
    return made


def test_it_calls_those_who_must_begin_when_nobody_has_and_is_cleared_by_the_beginning(
    cast: County, red: dict[str, Any]
) -> None:
    later(cast, red["id"], 9)
    assert alarms(cast) == {}
    later(cast, red["id"], 11)
    found = alarms(cast)
    assert {code: one.rank for code, one in found.items()} == {COUNTY: 1, TOWN: 1, OTHER: 1}
    heard = cast.node.database.read(
        lambda s: {code: sorted(audience_of(s, "alarm", one.id)) for code, one in found.items()}, world=0
    )
    assert heard == {COUNTY: ["county"], TOWN: [f"centre:{TOWN}"], OTHER: [f"centre:{OTHER}"]}
    with patch.object(clock, "now", lambda world: clock.real() + timedelta(minutes=12)):
        cast.do("town_duty", "callout.open", {"warning_id": red["id"]})
    left = alarms(cast)
    assert set(left) == {COUNTY, OTHER}, "the township that began is not called any more"
    assert left[COUNTY].detail["zh"].count("、") == 0
    cast.do("county_duty", "callout.open", {"areas": [OTHER_VILLAGE], "reason": "红色预警"})
    assert alarms(cast) == {}, "by hand is a beginning too"


def test_it_does_not_call_where_it_began_in_time_or_by_hand_or_the_warning_ended(
    cast: County, red: dict[str, Any]
) -> None:
    cast.do("county_duty", "callout.open", {"warning_id": red["id"]})
    later(cast, red["id"], 60)
    assert alarms(cast) == {}
    second = ground.red(cast, area={"codes": [VILLAGE]}, category="gale")
    ground.settle(cast)
    later(cast, second["id"], 11)
    assert set(alarms(cast)) == {COUNTY, TOWN}, "what was begun before it came is not for it"
    warned.move(cast, "county_duty", second["id"], "cancelled", reason="雨停")
    ground.settle(cast)
    assert alarms(cast) == {}


def test_which_levels_and_after_how_long_are_settings(cast: County) -> None:
    ground.name_people(cast)
    orange = ground.red(cast, level="orange")
    ground.settle(cast)
    later(cast, orange["id"], 600)
    assert alarms(cast) == {}
    for name, value in (("callout.start_levels", ["red", "orange"]), ("callout.start_min", 3)):
        cast.do("admin", "setting.set", {"name": name, "centre": COUNTY, "value": value})
    later(cast, orange["id"], 2)
    assert alarms(cast) == {}
    later(cast, orange["id"], 4)
    assert {one.rank for one in alarms(cast).values()} == {2}
