"""Three server processes on one PostgreSQL, Redis killed in the middle, eight writers: each screen gets each entry exactly
once and in order, whichever process it was written through."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.writers import Writers
from tests.services import RedisServer
from tests.serving import Live, Served

WRITERS, EACH = 8, 6


@pytest.fixture
def three(serve: Callable[..., Served], postgres_url: str, redis_server: RedisServer) -> list[Served]:
    """Three processes of one node."""
    shared = {"DATABASE_URL": postgres_url.replace("+psycopg", ""), "REDIS_URL": redis_server.url}
    first = serve(**shared)
    return [first, *(serve(demo=False, data_dir=first.data_dir, **shared) for _ in range(2))]


def test_each_screen_of_three_processes_hears_each_entry_once_and_in_order(
    three: list[Served], live: Callable[..., Live], redis_server: RedisServer
) -> None:
    screens = [live(server, "county_duty") for server in three for _ in range(2)]
    for screen in screens:
        screen.watch("county")
    counts = [WRITERS // 3 + (number < WRITERS % 3) for number in range(3)]
    all_writers = [Writers(server, f"p{number}") for number, server in enumerate(three)]
    for writers, count in zip(all_writers, counts, strict=True):
        writers.start(count, EACH)
    all_writers[0].wait_for(2)
    redis_server.stop()
    for writers in all_writers:
        for thread in writers.threads:
            thread.join()
    redis_server.start()
    asked = [one for writers in all_writers for one in writers.end()]
    assert len(asked) == WRITERS * EACH
    wanted = sorted(json.loads(one.body or b"")["id"] for one in asked)
    for screen in screens:
        _heard_once(screen, wanted)
    # what follows from the last command (a clock, an alarm) may still be on its way to some
    last = max(_number(one) for one in screens[0].items if one["type"] == "incident.opened")
    orders = {tuple(n for one in screen.items if (n := _number(one)) <= last) for screen in screens}
    assert len(orders) == 1, "all screens hear the same entries in the same order"


def _number(item: dict[str, Any]) -> int:
    return int(item["cursor"].rsplit(".", 1)[1])


def _heard_once(screen: Live, wanted: list[str]) -> None:
    def opened() -> list[str]:
        return sorted(one["record"]["id"] for one in screen.items if one["type"] == "incident.opened")

    screen.wait(lambda: len(opened()) >= len(wanted))
    assert opened() == wanted
    numbers = [_number(one) for one in screen.items]
    assert numbers == sorted(set(numbers))
    for earlier, later in itertools.pairwise(screen.items):
        assert later["prev"]["county"] == earlier["cursor"]
