"""Two processes of one node: a township that is on the line of one is in contact for both, and is not cut by the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.serving import Live, Served

TOWN = "140429100"


@pytest.fixture
def pair(serve: Callable[..., Served], postgres_url: str) -> list[Served]:
    """Two processes on one PostgreSQL, without Redis."""
    url = postgres_url.replace("+psycopg", "")
    first = serve(DATABASE_URL=url)
    return [first, serve(demo=False, data_dir=first.data_dir, DATABASE_URL=url)]


def heard_at(screen: Live) -> Callable[[], int | None]:
    """When the township was heard last, as the screen was told by its own process's beat."""
    beats: list[dict[str, Any]] = []

    def beat(message: dict[str, Any]) -> None:
        with screen.heard:
            beats.append(message)
            screen.heard.notify_all()

    screen.io.on("contact", beat, namespace="/live")

    def last() -> int | None:
        told = beats[-1] if beats else {"ids": [], "at": []}
        return dict(zip(told["ids"], told["at"], strict=True)).get(TOWN)

    return last


def test_a_desk_on_the_line_of_one_process_is_contact_for_the_county_on_the_other(
    pair: list[Served], live: Callable[..., Live]
) -> None:
    first, second = pair
    county = live(second, "county_duty")
    last = heard_at(county)
    county.watch("county")
    assert second.get("county_duty", f"/links/{TOWN}")["state"] == "never"
    desk = live(first, "fengzhou_duty")
    desk.watch(f"centre:{TOWN}")
    assert county.item("link.up", id=TOWN)["record"]["state"] == "up"
    assert second.get("county_duty", f"/links/{TOWN}")["state"] == "up"
    earlier = county.wait(last)
    assert county.wait(lambda: (last() or 0) > earlier, 60), "each beat of the one is told by the other"
    first.kill()  # the desk comes back through the process that is left
    again = live(second, "fengzhou_duty")
    again.watch(f"centre:{TOWN}")
    held = last() or 0
    assert county.wait(lambda: (last() or 0) > held, 60)
    assert [one["type"] for one in county.items if one["kind"] == "link"] == ["link.up"]
