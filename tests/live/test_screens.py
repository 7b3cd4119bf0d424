"""Screens hear what is committed."""

from __future__ import annotations

from collections.abc import Callable

from tests.serving import Live, Served


def test_it_tells_a_screen_what_another_did(server: Served, live: Callable[..., Live]) -> None:
    desk = live(server, "county_duty")
    assert desk.watch("county")["county"]["snapshot"]["items"]
    opened = server.post(
        "fengzhou_duty", "/incidents", {"kind": "flash_flood", "title": "屏", "village_code": "140429100003"}
    )
    assert desk.item("incident.opened", id=opened["id"])["record"] == opened
