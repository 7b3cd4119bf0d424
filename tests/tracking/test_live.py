"""Positions on the screens: one frame a tick and topic, integers, the last wins, whole when a screen comes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.serving import Live, Served

OPEN = {"kind": "flash_flood", "title": "山洪", "village_code": "140429100003"}


@pytest.fixture(scope="module")
def county(server: Served) -> Served:
    return server


def team_of(served: Served, account: str) -> str:
    found: str = served.account(account)["team_id"]
    return found


_ticks = itertools.count()


def now_at() -> str:
    """Later at every call, and in the past."""
    return (datetime.now(UTC) - timedelta(seconds=60) + timedelta(milliseconds=next(_ticks))).isoformat()


def spot(signal: dict[str, Any], team: str) -> tuple[int, int] | None:
    """Where a frame has a team."""
    at = {
        name: (lon, lat) for name, lon, lat in zip(signal["ids"], signal["lon"], signal["lat"], strict=True)
    }
    return at.get(team)


def waits_for(screen: Live, topic: str, team: str, lon: int) -> dict[str, Any]:
    """The frame of a topic that has the team at this longitude."""

    def look() -> dict[str, Any] | None:
        told = (one for name, one in screen.events if name == "signal" and one["topic"] == topic)
        return next((one for one in told if (spot(one, team) or (0, 0))[0] == lon), None)

    found: dict[str, Any] = screen.wait(look)
    return found


def test_a_position_reaches_county_township_and_team_but_no_other_township(
    county: Served, live: Callable[..., Live]
) -> None:
    team = team_of(county, "fengzhou_team1")
    screens = {"county": live(county, "county_duty"), "centre:140429100": live(county, "fengzhou_duty"),
               f"team:{team}": live(county, "fengzhou_team1")}  # fmt: skip
    other = live(county, "hongshui_duty")
    other.watch("centre:140429101")
    for topic, screen in screens.items():
        screen.watch(topic)
    body = [{"team_id": team, "lon": 112.5 + step / 1000, "lat": 36.8, "at": now_at()} for step in range(5)]
    assert county.post("fengzhou_team1", "/positions", body)["shared"] == 5
    for topic, screen in screens.items():
        frame = waits_for(screen, topic, team, 112_504_000)
        assert set(frame) == {"topic", "tick", "now", "ids", "lon", "lat", "at"}
        assert all(isinstance(number, int) for column in ("lon", "lat", "at") for number in frame[column])
    mine = live(county, "hongshui_team1")
    own = team_of(county, "hongshui_team1")
    mine.watch(f"team:{own}")
    county.post("hongshui_team1", "/positions", [{"team_id": own, "lon": 113.0, "lat": 36.9, "at": now_at()}])
    waits_for(other, "centre:140429101", own, 113_000_000)
    assert team not in "".join(other.raw)


def test_a_screen_that_comes_later_is_told_where_all_are(county: Served, live: Callable[..., Live]) -> None:
    team = team_of(county, "fengzhou_team1")
    county.post(
        "fengzhou_team1", "/positions", [{"team_id": team, "lon": 112.61, "lat": 36.8, "at": now_at()}]
    )
    screen = live(county, "county_duty")
    told = screen.watch("county")["county"]["snapshot"]["items"]
    assert next(one["record"] for one in told if one["record"]["id"] == team)["position"] is None
    waits_for(screen, "county", team, 112_610_000)


def test_the_home_of_an_incident_sees_a_team_of_elsewhere_come(
    county: Served, live: Callable[..., Live]
) -> None:
    team = team_of(county, "hongshui_team1")
    home = live(county, "fengzhou_duty")
    home.watch("centre:140429100")
    incident = county.post("county_duty", "/incidents", OPEN)
    ordered = county.post("county_duty", f"/incidents/{incident['id']}/tasks", {"team_ids": [team]})
    county.post(
        "hongshui_team1", "/positions", [{"team_id": team, "lon": 112.99, "lat": 36.8, "at": now_at()}]
    )
    waits_for(home, "centre:140429100", team, 112_990_000)
    task = ordered["items"][0]["id"]  # the team is free again for whoever shares this server
    county.post("county_duty", f"/tasks/{task}/transition", {"to": "cancelled", "reason": "演示"})


def test_last_positions_and_trail_outlive_a_restart(fresh_server: Served) -> None:
    team = team_of(fresh_server, "fengzhou_team1")
    body = [{"team_id": team, "lon": 112.5 + step / 1000, "lat": 36.8, "at": now_at()} for step in range(5)]
    fresh_server.post("fengzhou_team1", "/positions", body)
    fresh_server.stop()
    fresh_server.start()
    assert fresh_server.get("county_duty", f"/teams/{team}")["position"]["lon"] == 112.504
    trail = fresh_server.get("county_duty", f"/teams/{team}/trail")["items"]
    assert [one["lon"] for one in trail] == [112.5, 112.501, 112.502, 112.503, 112.504]
    assert (fresh_server.data_dir / "trail.db").exists()
