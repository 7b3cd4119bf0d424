"""Settings: typed, per centre, journaled, in force at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from command.core.errors import Forbidden, Invalid
from command.core.settings import value_of
from tests.county import COUNTY, OTHER, TOWN, County

NAME = "task.accept_s.township"


def value(cast: County, centre: str) -> Any:
    """The value in force at a centre."""
    return cast.node.database.read(lambda session: value_of(session, NAME, centre), world=None)


def test_it_begins_with_the_default_and_takes_the_nearest_value(cast: County) -> None:
    assert value(cast, TOWN) == 180
    cast.do("admin", "setting.set", {"name": NAME, "centre": COUNTY, "value": 240})
    assert (value(cast, TOWN), value(cast, COUNTY)) == (240, 240)
    cast.do("admin", "setting.set", {"name": NAME, "centre": TOWN, "value": 90})
    assert (value(cast, TOWN), value(cast, OTHER)) == (90, 240)


def test_it_is_used_by_the_next_order(cast: County) -> None:
    cast.do("admin", "setting.set", {"name": NAME, "centre": TOWN, "value": 90})
    task = cast.order("town_duty", cast.open()["id"], "town_team")[0]
    ordered, limit = (datetime.fromisoformat(task[name]) for name in ("ordered_at", "accept_due_at"))
    assert round((limit - ordered).total_seconds()) == 90


def test_it_is_told_to_the_county_and_the_centre(cast: County) -> None:
    cast.do("admin", "setting.set", {"name": NAME, "centre": TOWN, "value": 90})
    assert cast.entries()[-1].type == "setting.changed"
    assert set(cast.topics(cast.end())) == {"county", f"centre:{TOWN}"}


@pytest.mark.parametrize("wrong", [5, 100_000, "90", 1.5, True, [90]])
def test_it_refuses_what_is_not_of_its_type_or_out_of_bounds(cast: County, wrong: Any) -> None:
    before = cast.end()
    with pytest.raises(Invalid):
        cast.act("admin", "setting.set", {"name": NAME, "centre": TOWN, "value": wrong})
    assert (cast.end(), value(cast, TOWN)) == (before, 180)


def test_it_refuses_an_unknown_name_and_another_county(cast: County) -> None:
    with pytest.raises(Invalid):
        cast.act("admin", "setting.set", {"name": "task.colour", "centre": TOWN, "value": 1})
    answer = cast.act("admin", "setting.set", {"name": NAME, "centre": "140428", "value": 90})
    assert answer.status == Forbidden.status
