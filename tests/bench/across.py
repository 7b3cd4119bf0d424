"""Two processes on one PostgreSQL: what is posted to one is seen on 500 screens of the other, and with eight writers nothing is
missed, nothing comes twice, and all of it in order."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import websocket

from tests.bench.county import County, incident
from tests.bench.databases import database
from tests.bench.post_to_last import USER, WATCH, bare_server, measured, rows_of
from tests.bench.report import Row

WRITERS = 8
QUIET_S = 5.0


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """First at the pace of the other benches, then as fast as eight writers can."""
    count, seconds = (100, 5) if quick else (400, 30)
    bare = bare_server(count // 2)
    with (
        database("PostgreSQL") as url,
        County("across", url=url) as here,
        County("across", url=url, keep=True) as there,
    ):
        paced = measured(here, there, count)
        listener = Listener(there)
        posted = _write(here, seconds)
        seen = listener.all_of(posted)
    bare += bare_server(count // 2)
    rate = len(posted) / seconds
    numbers = [number for number, _ in seen]
    rows = rows_of("posted to one process, last of 500 on another", paced, bare, p50=25, p99=60, ratio=None)
    rows += [
        Row(f"missed there, {WRITERS} writers for {seconds} s", len(posted - {thing for _, thing in seen}), at_most=0,
            note=f"{rate:.0f} actions/s"),
        Row("come twice, or out of order", len(numbers) - len(set(numbers)) + _falls(numbers), at_most=0),
    ]  # fmt: skip
    return rows, {"bare_ms": bare, "paced": paced, "posted": len(posted), "seen": len(seen)}


def _falls(numbers: list[int]) -> int:
    return sum(later < earlier for earlier, later in pairwise(numbers))


def _write(county: County, seconds: float) -> set[str]:
    """The incidents that eight callers opened, each on its own connection, as fast as they were answered."""
    until = time.monotonic() + seconds

    def write(writer: int) -> list[str]:
        caller = county.caller(USER)
        posted: list[str] = []
        while time.monotonic() < until:
            body = incident(writer * 10_000 + len(posted))
            posted.append(caller.must("POST", "/incidents", body)["id"])
        return posted

    with ThreadPoolExecutor(WRITERS) as pool:
        return {thing for posted in pool.map(write, range(WRITERS)) for thing in posted}


class Listener:
    """A screen that notes every incident that was opened, with its number in the journal."""

    def __init__(self, county: County) -> None:
        self._seen: list[tuple[int, str]] = []
        self._web = websocket.create_connection(
            f"ws://127.0.0.1:{county.port}/socket.io/?EIO=4&transport=websocket", timeout=QUIET_S
        )
        self._web.recv()
        self._web.send(county.hello(USER))
        self._web.recv()
        self._web.send(WATCH)
        while not str(self._web.recv()).startswith("43/live,0"):
            continue
        self._wanted: set[str] | None = None
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def all_of(self, wanted: set[str]) -> list[tuple[int, str]]:
        """What was seen, once all that is wanted was, or nothing came for some seconds."""
        self._wanted = wanted
        self._thread.join()
        self._web.close()
        return self._seen

    def _read(self) -> None:
        head, last = '42/live,["entries",', time.monotonic()
        while time.monotonic() - last < QUIET_S:
            wanted = self._wanted
            if wanted is not None and wanted <= {thing for _, thing in self._seen}:
                return
            try:
                text = str(self._web.recv())
            except websocket.WebSocketTimeoutException:
                continue
            if text == "2":
                self._web.send("3")
            elif text.startswith(head):
                for item in json.loads(text[len(head) : -1])["items"]:
                    if item["type"] == "incident.opened":
                        last = time.monotonic()
                        self._seen.append((int(item["cursor"].rpartition(".")[2]), item["record"]["id"]))
