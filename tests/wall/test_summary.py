"""What the wall asks: P90 of the time to arrive, and the latest events of one's scope."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from command.wall.queries import p90
from tests.county import OTHER_VILLAGE, County
from tests.doors import Doors


def summary(client: Doors, who: str = "wall") -> dict[str, Any]:
    answer = client.get(who, "/wall/summary")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json or {}
    return found


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([], None),
        ([60.0], 60.0),
        ([float(n) for n in range(1, 11)], 9.0),
        ([1.0] * 9 + [5000.0], 1.0),
        ([5.0, 1.0, 3.0], 5.0),
    ],
)
def test_p90_is_the_time_within_which_nine_of_ten_arrived(
    seconds: list[float], expected: float | None
) -> None:
    assert p90(seconds) == expected


def test_the_first_team_on_scene_counts_and_an_incident_nobody_reached_does_not(
    client: Doors, cast: County
) -> None:
    incident = cast.open()
    cast.open(village_code=OTHER_VILLAGE, who="other_duty")
    tasks = cast.order("town_duty", incident["id"], "town_team", "town_team2")
    before = summary(client)["arrivals"]
    assert (before["n"], before["p90_s"], before["items"], before["previous_p90_s"]) == (0, None, [], None)
    received = datetime.fromisoformat(incident["received_at"])
    for task, seconds in zip(tasks, (90, 40), strict=True):
        at = (received + timedelta(seconds=seconds)).isoformat()
        cast.step("county_duty", task["id"], "on_scene", at=at, by_proxy={"person": "甲", "channel": "电台"})
    arrivals = summary(client)["arrivals"]
    assert (arrivals["n"], arrivals["p90_s"]) == (1, 40.0)
    assert arrivals["items"][0]["s"] == 40.0
    assert arrivals["target_s"] is None


def test_a_township_counts_only_its_own_arrivals(client: Doors, cast: County) -> None:
    incident = cast.open()
    task = cast.order("town_duty", incident["id"], "town_team")[0]
    cast.step("town_duty", task["id"], "on_scene")
    assert summary(client, "town_duty")["arrivals"]["n"] == 1
    assert summary(client, "other_duty")["arrivals"]["n"] == 0


def test_the_latest_events_come_newest_first_with_what_they_are_about(client: Doors, cast: County) -> None:
    incident = cast.open()
    task = cast.order("town_duty", incident["id"], "town_team")[0]
    cast.step("town_duty", task["id"], "accepted")
    recent = summary(client)["recent"]
    newest = next(one for one in recent if one["type"] == "task.stepped")
    assert (newest["incident_id"], newest["incident_kind"], newest["state"]) == (
        incident["id"],
        incident["kind"],
        "accepted",
    )
    mine = [one["type"] for one in recent if one["incident_id"] == incident["id"]]
    assert mine.index("task.stepped") < mine.index("task.ordered") < mine.index("incident.opened")
    assert all(one["text"]["zh"] and one["text"]["en"] for one in recent)
    assert datetime.fromisoformat(recent[0]["at"]) <= datetime.now(UTC)


def test_another_township_hears_nothing_of_it(client: Doors, cast: County) -> None:
    incident = cast.open()
    told = [one["incident_id"] for one in summary(client, "other_duty")["recent"]]
    assert not {incident["id"], cast.noise["incident"]} & set(told)


def test_it_needs_the_right_to_the_wall(client: Doors) -> None:
    assert client.get("keeper", "/wall/summary").status_code == 403
    assert client.get("town_team", "/wall/summary").status_code == 403
