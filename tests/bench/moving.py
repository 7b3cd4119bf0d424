"""Two thousand teams that drive, on the desk's large map in Chromium without a graphics card: frames a second while their positions
come, beside the same map with its teams counted by township. The page counts its own frames."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import expect, sync_playwright

from tests.bench.county import County
from tests.bench.measure import median
from tests.bench.panning import COUNT, PATIENCE_MS, SECONDS, chromium, large_map, rate
from tests.bench.post_to_last import USER
from tests.bench.report import Row

SIZES = {"1080p": {"width": 1920, "height": 1080}, "4K": {"width": 3840, "height": 2160}}
BATCH = 500
TASKS = 50
"""As many teams as one order names."""


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Every team is on a task and sends a position each second; at 1080p the budget is kept, 4K is told."""
    number, rounds = (200, 1) if quick else (2_000, 3)
    with County("moving") as small:
        each = len(small.caller(USER).must("GET", "/teams?limit=1000")["items"])
    more = [("demo", "load", "--scale", str(-(-2 * number // each)))]
    found: dict[str, list[float]] = {}
    with County("moving", keep=True, more=more) as county, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        teams = _sent(county, number)
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with Driving(county, teams):
            for size, wide in SIZES.items():
                page = large_map(browser, county, wide)
                units = page.get_by_label("各队所在", exact=False)
                for on in (False, True):
                    units.set_checked(on)
                    for _ in range(rounds):
                        found.setdefault(f"{size} {on}", []).append(rate(page.evaluate(COUNT, SECONDS)))
                page.context.close()
        browser.close()
    what = f"{len(teams)} moving teams on the large map"
    return [
        Row(f"{what}, {size}", median(found[f"{size} True"]), "fps", reference=median(found[f"{size} False"]), of="counted by township",
            **({"at_least": 30} if size == "1080p" else {}))
        for size in SIZES
    ], found  # fmt: skip


def _sent(county: County, number: int) -> list[str]:
    """That many teams, each ordered to an incident."""
    caller, teams, after = county.caller(USER), [], ""
    while len(teams) < number:
        page = caller.must("GET", f"/teams?limit=1000{after}")
        teams += [
            team["id"] for team in page["items"] if team["on_duty"] and team["mode"] in ("direct", "township")
        ]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    teams = teams[:number]
    incident = caller.must(
        "POST",
        "/incidents",
        {
            "kind": "flash_flood",
            "title": "压测",
            "location": {"type": "Point", "coordinates": [112.86, 36.84]},
        },
    )
    for at in range(0, len(teams), TASKS):
        caller.must(
            "POST",
            f"/incidents/{incident['id']}/tasks",
            {"team_ids": teams[at : at + TASKS], "order": "压测"},
        )
    return teams


class Driving:
    """While it is entered, each team sends a position a second, a hundred metres on."""

    def __init__(self, county: County, teams: list[str]) -> None:
        self._caller, self._teams = county.caller(USER), teams
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._drive, daemon=True)

    def __enter__(self) -> Driving:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()

    def _drive(self) -> None:
        second, due = 0, time.monotonic()
        while not self._done.is_set():
            at = datetime.now(UTC).isoformat()
            rows = [
                {
                    "team_id": team,
                    "lon": 112.4 + number % 50 * 0.016 + second % 20 * 1e-3,
                    "lat": 36.6 + number // 50 * 0.015,
                    "at": at,
                }
                for number, team in enumerate(self._teams)
            ]
            for start in range(0, len(rows), BATCH):
                self._caller.must("POST", "/positions", rows[start : start + BATCH])
            second, due = second + 1, due + 1
            self._done.wait(max(0.0, due - time.monotonic()))
