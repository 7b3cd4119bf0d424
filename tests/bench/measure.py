"""What the benches measure with: compiled helpers, processes, their CPU and memory, and the load client."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "var" / "bench"
HERE = Path(__file__).parent


def compiled(name: str) -> Path:
    """The path of a C program of this folder, compiled if its source is newer."""
    source, program = HERE / f"{name}.c", OUT / name
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        OUT.mkdir(parents=True, exist_ok=True)
        made = program.with_name(f"{name}.{os.getpid()}")
        subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(made), str(source)], check=True)
        made.rename(program)  # whole or not at all: another bench may be starting it
    return program


class Process:
    """A program that is ended when the bench is done with it; its first line says where it listens."""

    def __init__(self, command: Sequence[str | Path], **options: Any) -> None:
        self.popen = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            **options,
        )

    def __enter__(self) -> Process:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.popen.terminate()
        try:
            self.popen.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        for stream in (self.popen.stdin, self.popen.stdout):
            if stream is not None:
                stream.close()

    def line(self) -> str:
        """The next line that it prints; RuntimeError if it ended instead."""
        text = _open(self.popen.stdout).readline()
        if not text:
            raise RuntimeError(f"{self.popen.args} ended without an answer")
        return text

    def say(self, text: str = "") -> None:
        """Send it a line."""
        stream = _open(self.popen.stdin)
        stream.write(text + "\n")
        stream.flush()

    def cpu(self) -> float:
        """Seconds of CPU that all its threads have used, kernel included, to the nanosecond."""
        return cpu_of(self.popen.pid)


def cpu_of(pid: int) -> float:
    """Seconds of CPU used by a process's living threads."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def memory_of(pid: int) -> int:
    """Bytes of a process's own resident memory (anonymous pages; shared libraries do not count)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("this kernel does not say RssAnon")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


class Screens(Process):
    """The load client: `n` WebSockets on a port, see client.c for the options."""

    def __init__(self, **options: object) -> None:
        super().__init__([compiled("client"), *(f"{key}={value}" for key, value in options.items())])
        try:
            self.connect_seconds = float(self.line().split()[1])
        except RuntimeError:
            self.__exit__(None, None, None)
            raise

    def start(self) -> None:
        """Begin to count messages, and to order them if it has a control port."""
        self.say()

    def result(self) -> dict[str, Any]:
        """When the last screen had each message, in ns of the monotonic clock."""
        found: dict[str, Any] = json.loads(self.line())
        return found


class Limit(Process):
    """The bare C server."""

    def __init__(self, frame: int) -> None:
        super().__init__([compiled("limit"), str(frame)])
        self.port, self.control = (int(port) for port in self.line().split())


def quantile(values: Iterable[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


median = statistics.median


def _open(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("the stream is not open")
    return stream
