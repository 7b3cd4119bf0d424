"""4,000 positions a second: taken in, stored, shown on 200 screens."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import websocket

from tests.bench.county import County
from tests.bench.measure import Screens, median, quantile
from tests.bench.post_to_last import WATCH
from tests.bench.report import Row

SCREENS = 200
ROWS = 100
BATCHES_PER_SECOND = 40
TICK_MS = 250
SOUTH = 36_700_000
USER = "county_duty"


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """One account sends batches at the pace; a screen that reads the number of the batch tells when it came."""
    count = BATCHES_PER_SECOND * (5 if quick else 20)
    with County("positions") as county:
        teams = [
            team["id"]
            for team in county.caller(USER).must("GET", "/teams?limit=1000")["items"]
            if team["on_duty"]
        ]
        with Screens(port=county.port, n=SCREENS, hello=county.hello(USER), watch=WATCH) as load:
            load.start()
            watching = Watching(county, teams[0])
            before, began = county.cpu(), time.monotonic()
            sent = _send(county, teams, count)
            seconds = time.monotonic() - began
            cores = (county.cpu() - before) / seconds
            took = watching.took(sent)
    rate = count * ROWS / seconds
    rows = [
        Row("positions taken in a second", rate, at_least=0.95 * ROWS * BATCHES_PER_SECOND),
        Row(f"server CPU for them, shown on {SCREENS} screens", cores, "core", at_most=0.7),
        Row("from a position to a screen, p99", quantile(took, 0.99), "ms", at_most=TICK_MS + 150),
        Row("the same, p50", median(took), "ms", note=f"{len(teams)} teams, tick {TICK_MS} ms"),
    ]
    return rows, {"took_ms": took}


def _send(county: County, teams: list[str], count: int) -> list[int]:
    """Send the batches at the pace; when each was sent, in ns of the monotonic clock. The last row bears its number."""
    caller, sent = county.caller(USER), []
    start, due = datetime.now(UTC) - timedelta(minutes=1), time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, due - time.monotonic()))
        due += 1 / BATCHES_PER_SECOND
        rows = [
            {
                "team_id": teams[0] if row == ROWS - 1 else teams[row % len(teams)],
                "lon": 112.8 + row * 1e-4,
                "lat": (SOUTH + number) / 1e6,
                "at": (start + timedelta(milliseconds=25 * number + row / 10)).isoformat(),
            }
            for row in range(ROWS)
        ]
        sent.append(time.monotonic_ns())
        answer = caller.must("POST", "/positions", rows)
        if answer["shared"] != ROWS:
            raise RuntimeError(f"only {answer['shared']} of {ROWS} positions were taken")
    return sent


class Watching:
    """A screen in a thread of its own, that notes when it saw which number of the marked team."""

    def __init__(self, county: County, team: str) -> None:
        self._team = team
        self._seen: list[tuple[int, int]] = []
        self._web = websocket.create_connection(
            f"ws://127.0.0.1:{county.port}/socket.io/?EIO=4&transport=websocket", timeout=2
        )
        self._web.recv()
        self._web.send(county.hello(USER))
        self._web.recv()
        self._web.send(WATCH)
        while not str(self._web.recv()).startswith("43/live,0"):
            continue
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def took(self, sent: list[int]) -> list[float]:
        """Milliseconds from each batch to the first frame with it or a later one; all of them have to be seen."""
        self._thread.join()
        self._web.close()
        took, number = [], 0
        for shown, at in self._seen:
            while number <= shown and number < len(sent):
                took.append((at - sent[number]) / 1e6)
                number += 1
        if number < len(sent):
            raise RuntimeError(f"only {number} of {len(sent)} batches were shown")
        return took

    def _read(self) -> None:
        """Read until nothing comes for two seconds."""
        head = '42/live,["signal",'
        while True:
            try:
                text = str(self._web.recv())
            except websocket.WebSocketTimeoutException:
                return
            if text == "2":
                self._web.send("3")
            elif text.startswith(head):
                at, signal = time.monotonic_ns(), json.loads(text[len(head) : -1])
                if self._team in signal["ids"]:
                    self._seen.append((signal["lat"][signal["ids"].index(self._team)] - SOUTH, at))
