"""Two processes of one node follow the same team: it is warned once, whichever of them took its positions in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.journeys.at_desk import eventually
from tests.services import RedisServer
from tests.serving import Served

TEAM, DUTY = "fengzhou_team1", "fengzhou_duty"
AT = (112.9, 36.85)


def tells(server: Served, team: str, lon: float) -> None:
    """One position of the team, taken in by this process."""
    at = datetime.now(UTC).isoformat()
    row = {"team_id": team, "lon": lon, "lat": AT[1], "at": at, "accuracy": 8.0}
    assert server.post(TEAM, "/positions", [row])["shared"] == 1


def test_a_team_is_warned_once_by_two_processes_and_cleared_by_either(
    postgres_url: str, redis_server: RedisServer, serve: Callable[..., Served]
) -> None:
    shared = {"DATABASE_URL": postgres_url.replace("+psycopg", ""), "REDIS_URL": redis_server.url}
    first = serve(**shared)
    second = serve(demo=False, data_dir=first.data_dir, **shared)
    team = first.account(TEAM)["team_id"]
    body: dict[str, Any] = {"sort": "flood", "reason": "漫堤", "radius_m": 500}
    body["point"] = {"type": "Point", "coordinates": list(AT)}
    area = second.post(DUTY, "/danger_areas", body)["id"]

    def entries() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = first.get(DUTY, f"/danger_entries?area_id={area}")["items"]
        return found

    turn = 0

    def goes(lon: float, until: Callable[[], bool]) -> None:
        def told() -> bool:
            nonlocal turn
            turn += 1
            tells((first, second)[turn % 2], team, lon + 0.00001 * (turn % 7))
            return until()

        eventually(told, 120)

    goes(AT[0] - 0.05, lambda: turn > 3)
    assert entries() == []
    goes(AT[0], lambda: bool(entries()))
    stay = turn + 40
    goes(AT[0], lambda: turn > stay)
    assert [one["live"] for one in entries()] == [True]
    seen = first.get("county_duty", "/alarms?live=true&limit=500")["items"]
    assert [one["count"] for one in seen if one["cause"] == f"danger:{entries()[0]['id']}"] == [1]
    goes(AT[0] - 0.05, lambda: not entries()[0]["live"])
    assert [one["why"] for one in entries()] == ["left"]
    second.post(DUTY, f"/danger_areas/{area}/lift", {"reason": "水退"})
