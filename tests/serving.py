"""A real `fengsui serve` in a process of its own, and screens that listen to it over Socket.IO."""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import engineio
import psycopg
import requests
import socketio
import websocket
from psycopg import sql

from tests.services import PostgresCluster, free_port

ROOT = Path(__file__).resolve().parents[1]
LIVE = "/live"
DEMO = "demo_county"
PLAIN = {
    f"FENGSUI_{name}"
    for name in ["DATA_DIR", "DATABASE_URL", "REDIS_URL", "PORT", "READ_S", "GATEWAY_SECRET"]
}
"""Settings that leave no trace in what is founded."""
START_S, STOP_S, COMMAND_S = 180.0, 30.0, 300.0
PATIENCE_S = 30.0
"""How long to wait for what must come: a machine busy with other tests is slow, and nothing is judged by this."""


@functools.cache
def _template(cluster: str = "") -> Path:
    """A demo county as `fengsui init --demo` leaves it, made once for each worker (and PostgreSQL cluster, by its URL) and
    copied: its servers never meet."""
    directory = Path(tempfile.mkdtemp(prefix="fengsui-demo-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    env = {key: value for key, value in os.environ.items() if not key.startswith("FENGSUI_")}
    if cluster:
        _new_database(cluster, DEMO, PostgresCluster.TEMPLATE)
        env["FENGSUI_DATABASE_URL"] = f"{cluster}/{DEMO}"
    program = str(Path(sys.executable).with_name("fengsui"))
    subprocess.run(
        [program, "init", "--demo"], cwd=ROOT, env={**env, "FENGSUI_DATA_DIR": str(directory)}, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return directory


def _new_database(cluster: str, name: str, template: str) -> None:
    """A database of a cluster, made from another one; an empty one of that name goes first."""
    with psycopg.connect(f"{cluster}/postgres", autocommit=True) as connection:
        for line in ("drop database if exists {}", "create database {} template {}"):
            connection.execute(sql.SQL(line).format(sql.Identifier(name), sql.Identifier(template)))


class Served:
    """A server with its own DATA_DIR. It can be killed and started again on the same data."""

    def __init__(self, data_dir: Path, *, demo: bool = True, **env: str) -> None:
        self.data_dir, self.port = data_dir, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.demo = demo
        self.env = {key: value for key, value in os.environ.items() if not key.startswith("FENGSUI_")}
        self.env |= {"FENGSUI_DATA_DIR": str(data_dir), "FENGSUI_PORT": str(self.port)}
        self.env |= {f"FENGSUI_{key}": value for key, value in env.items()}
        self.tokens: dict[str, str] = {}
        self.log = data_dir / f"server-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Served:
        """Start and wait until it is ready."""
        fengsui = str(Path(sys.executable).with_name("fengsui"))
        command = [fengsui, "serve"]
        with self.log.open("ab") as log:
            if self.demo:
                self._found(fengsui, log)
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *command],
                cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        until = time.monotonic() + START_S
        while not self._ready():
            try:
                self.process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                if time.monotonic() < until:
                    continue
            raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-3000:]}")
        accounts = self.data_dir / "demo-accounts.json"
        if accounts.exists():
            self.tokens = {one["username"]: one["token"] for one in json.loads(accounts.read_text())}
        return self

    def _found(self, fengsui: str, log: Any) -> None:
        """The demo county, where there is none yet: a copy of the one that this worker founded by the command, or by the command
        itself where a setting leaves its trace."""
        if (self.data_dir / "demo-accounts.json").exists():
            return
        if not {key for key in self.env if key.startswith("FENGSUI_")} <= PLAIN:
            command = [fengsui, "init", "--demo"]
            subprocess.run(command, cwd=ROOT, env=self.env, stdout=log, stderr=subprocess.STDOUT, check=True)
            return
        cluster, _, name = self.env.get("FENGSUI_DATABASE_URL", "").rpartition("/")
        shutil.copytree(_template(cluster), self.data_dir, dirs_exist_ok=True)
        if cluster:
            _new_database(cluster, name, DEMO)

    def _ready(self) -> bool:
        try:
            return requests.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except (requests.ConnectionError, requests.Timeout):
            return False

    def account(self, username: str) -> dict[str, Any]:
        """A demo account as demo-accounts.json has it: password, token, role, centre, team_id."""
        rows = json.loads((self.data_dir / "demo-accounts.json").read_text())
        found: dict[str, Any] = next(one for one in rows if one["username"] == username)
        return found

    def ask(
        self, username: str, method: str, path: str, body: Any = None, **headers: str
    ) -> requests.Response:
        """A request of /api/v1 with the account's token. Headers: `key`, `world`, `version`."""
        named = {"key": "Idempotency-Key", "world": "Fengsui-World", "version": "If-Match"}
        sent = {named[name]: str(value) for name, value in headers.items()}
        sent["Authorization"] = f"Bearer {self.tokens[username]}"
        return requests.request(method, f"{self.url}/api/v1{path}", json=body, headers=sent, timeout=30)

    def post(self, username: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """A write that must succeed; the record."""
        answer = self.ask(username, "POST", path, body, **headers)
        assert answer.status_code < 300, answer.text
        value: dict[str, Any] = answer.json()
        return value

    def get(self, username: str, path: str) -> Any:
        """A read that must succeed."""
        answer = self.ask(username, "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def fengsui(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run the command line on the same data."""
        program = str(Path(sys.executable).with_name("fengsui"))
        return subprocess.run(
            [program, *command],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
            timeout=COMMAND_S,
        )

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=STOP_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None


class _InOrder(engineio.Client):
    """Hands messages on one after another, as a browser does; engineio gives each to a thread of its own, and they overtake."""

    def _trigger_event(self, event: str, *args: Any, **how: Any) -> Any:
        if event == "message":
            how["run_async"] = False
        return super()._trigger_event(event, *args, **how)


class _Line(socketio.Client):
    def _engineio_client_class(self) -> type[engineio.Client]:
        return _InOrder


class Live:
    """A screen: it hears topics, keeps everything it was told in order, and can act."""

    def __init__(self, url: str, auth: dict[str, str], headers: dict[str, str] | None = None) -> None:
        self.lines: list[websocket.WebSocket] = []
        self.io = _Line(reconnection=False, websocket_extra_options={"class_": self._line})
        self.heard = threading.Condition()
        self.items: list[dict[str, Any]] = []
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.raw: list[str] = []
        self.arrived: dict[str, float] = {}
        self.ended_at: float | None = None
        for name in ("entries", "drop", "resync", "signal", "eta"):
            self.io.on(name, self._hearing(name), namespace=LIVE)
        self.io.on("disconnect", self._over, namespace=LIVE)
        try:
            self.io.connect(
                url, auth=auth, headers=headers or {}, transports=["websocket"], namespaces=[LIVE]
            )
        except Exception:
            self.close()
            raise

    def _hearing(self, name: str) -> Callable[[dict[str, Any]], None]:
        def hear(message: dict[str, Any]) -> None:
            with self.heard:
                now = time.monotonic()
                message = {**message, "heard_at": now} if name in ("drop", "resync") else message
                self.raw.append(json.dumps([name, message], ensure_ascii=False))
                self.events.append((name, message))
                for item in message.get("items", []) if name == "entries" else []:
                    self.items.append(item)
                    self.arrived[item["cursor"]] = now
                self.heard.notify_all()

        return hear

    def _over(self, *_: object) -> None:
        with self.heard:
            self.ended_at = time.monotonic()
            self.heard.notify_all()

    @property
    def ended(self) -> bool:
        """Whether the line is cut."""
        return self.ended_at is not None

    def watch(self, *topics: str, world: int = 0, **cursors: str | None) -> dict[str, Any]:
        """Watch topics from nothing, or `held={topic: cursor}`; the answer by topic."""
        asked: dict[str, Any] = dict.fromkeys(topics)
        return self.watch_from(asked | cursors, world)

    def watch_from(self, topics: dict[str, Any], world: int = 0) -> dict[str, Any]:
        """Watch topics from the cursors that one holds."""
        answer = self.io.call("watch", {"topics": topics, "world": world}, namespace=LIVE, timeout=PATIENCE_S)
        self.raw.append(json.dumps(answer, ensure_ascii=False))
        told: dict[str, Any] = answer.get("topics", answer)
        return told

    def do(self, name: str, payload: dict[str, Any], command_id: str, **more: Any) -> dict[str, Any]:
        """Act; the answer settles it."""
        message = {"name": name, "payload": payload, "command_id": command_id, **more}
        answer: dict[str, Any] = self.io.call("do", message, namespace=LIVE, timeout=PATIENCE_S)
        return answer

    def wait(self, found: Callable[[], Any], seconds: float = PATIENCE_S) -> Any:
        """Wait until what is looked for is there; it is returned."""
        until = time.monotonic() + seconds
        with self.heard:
            while not (value := found()):
                left = until - time.monotonic()
                assert left > 0, (
                    f"not heard within {seconds} s; heard {[i['type'] for i in self.items]} {[e for e, _ in self.events]}"
                )
                self.heard.wait(left)
            return value

    def item(self, type_: str, seconds: float = PATIENCE_S, **record: Any) -> dict[str, Any]:
        """The first item of a type whose record has these values, waited for."""

        def look() -> dict[str, Any] | None:
            return next(
                (
                    one
                    for one in self.items
                    if one["type"] == type_ and all(one["record"].get(k) == v for k, v in record.items())
                ),
                None,
            )

        found: dict[str, Any] = self.wait(look, seconds)
        return found

    def event(self, name: str, seconds: float = PATIENCE_S, **values: Any) -> dict[str, Any]:
        """The first event of a name with these values, waited for."""

        def look() -> dict[str, Any] | None:
            return next(
                (
                    told
                    for one, told in self.events
                    if one == name and all(told.get(k) == v for k, v in values.items())
                ),
                None,
            )

        found: dict[str, Any] = self.wait(look, seconds)
        return found

    def close(self) -> None:
        """Go. What the client library leaves open is closed too: a line that the server was first to end, or refused."""
        self.io.disconnect()
        for line in self.lines:
            line.shutdown()

    def _line(self, **options: Any) -> websocket.WebSocket:
        self.lines.append(websocket.WebSocket(**options))
        return self.lines[-1]
