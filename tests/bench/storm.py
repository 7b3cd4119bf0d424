"""A storm beside the measurement: `python -m tests.bench.storm PORT ACCOUNTS`. Other people read lists, the map's ground,
tiles and the screens' files, and sign in, until a line comes on standard input; then it prints what it did as JSON."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.county import Caller

READS_PER_SECOND, SIGN_INS_PER_SECOND = 40, 4
READER = "fengzhou_duty"
PAGES = (
    "/api/v1/incidents?limit=50",
    "/api/v1/teams?limit=100",
    "/api/v1/map/base",
    "/",
    "/api/v1/wall/summary",
    "/api/v1/tasks?limit=50",
    "/tiles/incidents/9/416/199.mvt",
    "/tiles/teams/11/1666/798.mvt",
)


class Storm:
    """Two threads: one reads, one signs in."""

    def __init__(self, port: int, accounts: list[dict[str, Any]]) -> None:
        self.port = port
        self.accounts = {one["username"]: one for one in accounts}
        self.over = threading.Event()
        self.done = {"reads": 0, "sign_ins": 0, "refused": 0}

    def run(self) -> None:
        """Blow until a line comes."""
        loops = (
            self._paced(READS_PER_SECOND, "reads", self._read),
            self._paced(SIGN_INS_PER_SECOND, "sign_ins", self._sign_in),
        )
        threads = [threading.Thread(target=loop) for loop in loops]
        for thread in threads:
            thread.start()
        print("blowing", flush=True)
        sys.stdin.readline()
        self.over.set()
        for thread in threads:
            thread.join()
        print(json.dumps(self.done), flush=True)

    def _paced(self, pace: int, name: str, do: Callable[[Caller, int], int]) -> Callable[[], None]:
        def loop() -> None:
            caller = Caller(self.port, self.accounts[READER]["token"] if name == "reads" else "")
            due = time.monotonic()
            number = 0
            while not self.over.wait(max(0.0, due - time.monotonic())):
                due = max(due + 1 / pace, time.monotonic() - 1)
                status = do(caller, number)
                number += 1
                self.done[name if status < 400 else "refused"] += 1

        return loop

    def _read(self, caller: Caller, number: int) -> int:
        return caller.call("GET", PAGES[number % len(PAGES)])[0]

    def _sign_in(self, caller: Caller, number: int) -> int:
        account = self.accounts[READER]
        body = {"username": account["username"], "password": account["password"]}
        return caller.call("POST", "/api/v1/session", body)[0]


if __name__ == "__main__":
    Storm(int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())).run()
