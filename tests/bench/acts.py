"""act() by itself: the CPU of one, and how many in a second with eight writers and a flush for every commit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.county import County
from tests.bench.databases import KINDS, database
from tests.bench.measure import OUT, ROOT
from tests.bench.report import Row

BLOCK = 4096


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """On each database, with a bare flush to the same disk before and after."""
    acts, seconds = (100, 2.0) if quick else (500, 8.0)
    flushes, found = [_flushes()], {}
    for kind in KINDS:
        with database(kind) as url:
            county = County(f"acts-{kind}", url=url)
            with county:
                pass  # founded, and its server ended: what follows is the only one that writes
            command = [sys.executable, "-m", "tests.bench.act_app", str(acts), str(seconds)]
            done = subprocess.run(
                command, cwd=ROOT, env=county.environment, stdout=subprocess.PIPE, check=True, text=True
            )
            found[kind] = json.loads(done.stdout)
        flushes.append(_flushes())
    bare = max(flushes)
    rows = []
    for kind, one in found.items():
        rows += [
            Row(f"act(), CPU of our process, {kind}", one["cpu_ms"], "ms", at_most=3, note=f"{one['alone_ms']:.1f} ms alone"),
            Row(f"actions with 8 writers, {kind}", one["per_second"], "/s", at_least=150, reference=bare, of="fsync/s"),
        ]  # fmt: skip
    return rows, {"flushes_per_second": flushes, **found}


def _flushes(seconds: float = 0.5) -> float:
    """Blocks that one writer brings to the disk in a second, each flushed."""
    OUT.mkdir(parents=True, exist_ok=True)
    path = Path(OUT / f"flush-{os.getpid()}")
    done, began = 0, time.monotonic()
    with path.open("wb") as file:
        while time.monotonic() - began < seconds:
            file.write(os.urandom(BLOCK))
            file.flush()
            os.fsync(file.fileno())
            done += 1
    path.unlink()
    return done / (time.monotonic() - began)
