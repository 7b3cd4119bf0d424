"""One hand at a desk, and what the tests of the desk ask of the server."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.serving import PATIENCE_S, Served

SMALL = {"width": 1366, "height": 768}
TAKE = ["F2", "j", "z", "n", "g", "c", "Tab", "s", "h", "Tab", "3", "1", "Enter"]
NANGAO, FENSHUILING = "140429103204", "140429208204"
SLIP_MS = 200
"""What the desk takes for a slip of the hand, and a little more: longer is never wrong."""


class Hand:
    """One hand on one desk; it counts what it presses."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0
        page.wait_for_selector(".desk")
        page.wait_for_selector(".chip.live", state="attached")

    def press(self, *keys: str) -> Hand:
        """Press keys one after another, each a person's tenth of a second."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1
            self.page.wait_for_timeout(100)
        return self

    def choose(self, incident_id: str) -> Hand:
        """Choose an incident by its desk number."""
        row = self.page.wait_for_selector(f"[data-incident='{incident_id}']")
        self.press(row.query_selector("kbd").inner_text())
        self.page.wait_for_selector(f"[data-incident='{incident_id}'][aria-current]")
        return self

    def arm(self) -> Hand:
        """The suggestion's key, then the moment in which a slip of the hand is not taken for an order."""
        self.press("d").page.wait_for_selector(".suggest[data-armed]")
        self.page.wait_for_timeout(SLIP_MS)
        return self

    def aim(self, *keys: str) -> Hand:
        """The keys that choose tasks, then the same moment."""
        self.press(*keys).page.wait_for_timeout(SLIP_MS)
        return self


def opened(server: Served, **more: Any) -> dict[str, Any]:
    """An incident of this test's own, with people at risk."""
    body = {
        "kind": "flash_flood",
        "village_code": NANGAO,
        "life_risk": "people",
        "casualties": {"missing": 1},
        **more,
    }
    return server.post("county_duty", "/incidents", body)


def eventually(check: Callable[[], Any], seconds: float = PATIENCE_S) -> Any:
    """What `check` gives as soon as it gives something."""
    until = time.monotonic() + seconds
    while not (value := check()):
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)
    return value


def all_incidents(server: Served) -> list[dict[str, Any]]:
    """Every incident that the county sees."""
    found: list[dict[str, Any]] = server.get("county_duty", "/incidents?limit=200")["items"]
    return found


def tasks_of(server: Served, incident_id: str) -> list[dict[str, Any]]:
    """The tasks of an incident as the server has them, in the order they were given."""
    found = server.get("county_duty", f"/tasks?incident_id={incident_id}&limit=200")["items"]
    return sorted(
        (one for one in found if one["incident_id"] == incident_id), key=lambda one: str(one["number"])
    )
