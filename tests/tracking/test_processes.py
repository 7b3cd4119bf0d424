"""Several processes of one node: through Redis each tells what any took in; without Redis each tells its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.services import RedisServer
from tests.serving import Live, Served
from tests.tracking.test_live import now_at, team_of, waits_for

TOPIC = "centre:140429100"


@pytest.fixture
def pair(postgres_url: str, redis_server: RedisServer, serve: Callable[..., Served]) -> tuple[Served, Served]:
    """Two processes on one database and one Redis."""
    shared = {"DATABASE_URL": postgres_url.replace("+psycopg", ""), "REDIS_URL": redis_server.url}
    first = serve(**shared)
    second = serve(demo=False, data_dir=first.data_dir, **shared)
    return first, second


def test_a_position_taken_by_one_process_reaches_the_screens_of_the_other(
    pair: tuple[Served, Served], live: Callable[..., Live], redis_server: RedisServer
) -> None:
    first, second = pair
    team = team_of(first, "fengzhou_team1")
    near, far = live(first, "fengzhou_duty"), live(second, "fengzhou_duty")
    near.watch(TOPIC)
    far.watch(TOPIC)

    def post(lon: float) -> None:
        rows = [{"team_id": team, "lon": lon, "lat": 36.8, "at": now_at()}]
        assert first.post("fengzhou_team1", "/positions", rows)["shared"] == 1

    post(112.51)
    waits_for(near, TOPIC, team, 112_510_000)
    frame = waits_for(far, TOPIC, team, 112_510_000)
    assert second.get("fengzhou_duty", f"/teams/{team}")["position"]["lon"] == 112.51
    assert frame["at"][frame["ids"].index(team)] > 1_700_000_000
    assert [one["lon"] for one in second.get("county_duty", f"/teams/{team}/trail")["items"]] == [112.51]

    redis_server.stop()
    post(112.52)
    waits_for(near, TOPIC, team, 112_520_000)
    task = {"kind": "flash_flood", "title": "山洪", "village_code": "140429100003"}
    opened = first.post("fengzhou_duty", "/incidents", task)
    assert far.item("incident.opened", id=opened["id"])

    redis_server.start()
    far.wait(lambda: _again(first, team, far), 60)


def _again(first: Served, team: str, far: Live) -> bool:
    """Post until the other process hears it: its connection to Redis comes back by itself."""
    first.post(
        "fengzhou_team1", "/positions", [{"team_id": team, "lon": 112.53, "lat": 36.8, "at": now_at()}]
    )
    far.heard.wait(0.5)
    return any(112_530_000 in told.get("lon", []) for name, told in far.events if name == "signal")
