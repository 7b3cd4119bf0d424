"""A refusal alarms the sender until another team is ordered, the same again, or the incident is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.county import County


def live(cast: County) -> list[str]:
    """Causes of the live alarms of refusals."""
    from command.alarms.models import Alarm

    def read(session: object) -> list[str]:
        rows = session.query(Alarm).filter(Alarm.live, Alarm.cause.startswith("refused:"))
        return [row.cause for row in rows]

    return cast.node.database.read(read, world=0)


def another(cast: County, incident: str, task: str) -> None:
    cast.order("county_duty", incident, "county_team")


def the_same(cast: County, incident: str, task: str) -> None:
    cast.step("county_duty", task, "ordered")


def dismissed(cast: County, incident: str, task: str) -> None:
    for to in ("verifying", "dismissed"):
        cast.do("county_duty", "incident.transition", {"id": incident, "to": to, "reason": "误报"})


@pytest.mark.parametrize("ends", [another, the_same, dismissed])
def test_it_stands_until_somebody_else_is_sent_or_it_is_over(cast: County, ends: Callable[..., None]) -> None:
    incident = cast.open(life_risk="people")["id"]
    task = cast.order("county_duty", incident, "town_team")[0]["id"]
    cast.step("town_team", task, "refused", reason="车坏了")
    assert live(cast) == [f"refused:{task}"]
    ends(cast, incident, task)
    assert live(cast) == []
