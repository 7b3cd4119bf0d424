"""Writers that remember what they were told, and what they asked without being told."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.county import new_id
from tests.serving import Served

VILLAGE = "140429100003"


@dataclass
class Asked:
    """A command that was sent; `body` None: its answer never came."""

    key: str
    wish: dict[str, Any]
    body: bytes | None = None

    def send(self, server: Served) -> None:
        """Send it (again); what is answered is kept."""
        answer = server.ask("fengzhou_duty", "POST", "/incidents", self.wish, key=self.key)
        assert answer.status_code == 201, answer.text
        self.body = answer.content


@dataclass
class Writers:
    """Some threads that open incidents, one after another, until the line breaks."""

    server: Served
    name: str
    asked: list[Asked] = field(default_factory=list)
    told: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    ended: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, count: int, most: int = 10_000) -> None:
        """Begin to write with so many threads, each so many commands at most."""
        for number in range(count):
            self.threads.append(threading.Thread(target=self._write, args=(number, most)))
            self.threads[-1].start()

    def _write(self, number: int, most: int) -> None:
        for turn in range(most):
            if self.ended.is_set():
                return
            title = f"{self.name}-{number}-{turn}"
            one = Asked(new_id(), {"kind": "flash_flood", "title": title, "village_code": VILLAGE})
            self.asked.append(one)
            try:
                one.send(self.server)
            except requests.RequestException:
                return
            self.told.release()

    def wait_for(self, count: int) -> None:
        """Until so many more were acknowledged."""
        for _ in range(count):
            assert self.told.acquire(timeout=60), "nothing was acknowledged for a minute"

    def end(self) -> list[Asked]:
        """Wait for the threads; all that was asked."""
        self.ended.set()
        for thread in self.threads:
            thread.join()
        return self.asked
