"""The lock of a data directory: one SQLite file has one serving process."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

WAIT_S = 10.0


class OnlyOne:
    """One serving process for a data directory: a flock that ends with its holder; a starting one waits for a stopping one."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / "serve.lock"
        self.handle: int | None = None

    def __enter__(self) -> OnlyOne:
        self.handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + WAIT_S
        while True:
            try:
                fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return self
            except BlockingIOError:
                if time.monotonic() > until:
                    raise SystemExit(f"another process serves {self.path.parent}") from None
                time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        if self.handle is not None:
            os.close(self.handle)
