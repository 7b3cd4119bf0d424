"""A running Fengsui with the demo county, as a bench sees it: from outside, over its public interface."""

from __future__ import annotations

import atexit
import http.client
import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.bench.measure import OUT, ROOT, cpu_of, free_port, memory_of

PATIENCE = 180.0
FENGSUI = str(Path(sys.executable).with_name("fengsui"))


class County:
    """`fengsui serve` on a fresh data directory with the demo loaded, or on one that an earlier start left (`keep`), be it
    beside another server. `url`: the database, if not SQLite; `more`: further commands of `fengsui` before it serves."""

    def __init__(
        self, name: str, *, keep: bool = False, url: str | None = None, more: Sequence[Sequence[str]] = ()
    ) -> None:
        self.data = OUT / f"county-{name}-{os.getpid()}"
        if not keep:
            atexit.register(shutil.rmtree, self.data, ignore_errors=True)
        self.port = free_port()
        self._before = [*([] if keep else [("init", "--demo")]), *more]
        self._url = url
        self._process: subprocess.Popen[bytes] | None = None
        self._tokens: dict[str, str] = {}
        self._duty: dict[str, str] = {}
        self.started_in = 0.0

    def __enter__(self) -> County:
        self.data.mkdir(parents=True, exist_ok=True)
        environment = self.environment
        for command in self._before:
            with (self.data / "log-init").open("ab") as log:
                subprocess.run(
                    [FENGSUI, *command], cwd=ROOT, env=environment, stdout=log, stderr=log, check=True
                )
        began = time.monotonic()
        words = self.data / f"log-{self.port}"
        with words.open("wb") as log:
            self._process = subprocess.Popen(
                [FENGSUI, "serve"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while self._status("/readyz") != 200:
            if self._process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise RuntimeError(f"the server is not ready: {words.read_text()[-2000:]}")
            time.sleep(0.02)
        self.started_in = time.monotonic() - began
        accounts = json.loads((self.data / "demo-accounts.json").read_text())
        self._tokens = {account["username"]: account["token"] for account in accounts}
        self._duty = {one["centre"]: one["username"] for one in accounts if one["role"] == "township_duty"}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the server, for it and for what works on its data."""
        own = {key: value for key, value in os.environ.items() if not key.startswith("FENGSUI_")}
        own |= {"FENGSUI_DATA_DIR": str(self.data), "FENGSUI_PORT": str(self.port)}
        return own | ({"FENGSUI_DATABASE_URL": self._url} if self._url else {})

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("the server is not started")
        return self._process.pid

    def token(self, username: str) -> str:
        """The bearer token of a demo account."""
        return self._tokens[username]

    def cpu(self) -> float:
        """Seconds of CPU used by the server and all that it started."""
        return sum(cpu_of(pid) for pid in _family(self.pid))

    def rest(self) -> None:
        """Wait until the server has done what became due while nothing ran: large counties are given whole, with all their clocks."""
        until, before = time.monotonic() + PATIENCE, self.cpu()
        while time.monotonic() < until:
            time.sleep(2.0)
            now = self.cpu()
            if now - before < 0.1:
                return
            before = now
        raise RuntimeError(f"the server does not come to rest within {PATIENCE:.0f} s")

    def memory(self) -> int:
        """Bytes of the serving process's own memory."""
        return memory_of(self.pid)

    def duty_of(self, township: str) -> str:
        """The demo's duty officer of a township."""
        return self._duty[township]

    def hello(self, username: str) -> str:
        """The Socket.IO text that signs a screen in."""
        return f"40/live,{json.dumps({'token': self.token(username)}, separators=(',', ':'))}"

    def caller(self, username: str) -> Caller:
        """A client that keeps its connection."""
        return Caller(self.port, self.token(username))

    def _status(self, path: str) -> int:
        try:
            return Caller(self.port, "").call("GET", path)[0]
        except OSError:
            return 0


class Caller:
    """One account on one kept HTTP connection."""

    def __init__(self, port: int, token: str) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._head = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """Status and body of a request."""
        head = dict(self._head)
        data = None
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            head |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        self._http.request(method, path, data, head)
        answer = self._http.getresponse()
        return answer.status, answer.read()

    def must(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON answer of a request that has to succeed."""
        status, data = self.call(method, f"/api/v1{path}", body)
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {data[:300]!r}")
        return json.loads(data)


def incident(number: int) -> dict[str, Any]:
    """An incident of a bench, each in another place so that none looks like another."""
    lon, lat = 112.6 + (number * 37 % 400) / 1000, 36.7 + (number * 53 % 300) / 1000
    return {
        "kind": "flood",
        "title": f"测量用险情 {number}",
        "description": "性能测量，不是真实险情。" * 4,
        "location": {"type": "Point", "coordinates": [lon, lat]},
    }


def _family(pid: int) -> list[int]:
    """A process and its descendants that live now."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found += _family(int(child))
    return found
