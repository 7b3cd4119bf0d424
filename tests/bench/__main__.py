"""`python -m tests.bench [--quick] [name…]`: run the benches, print their tables, keep them in var/bench."""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import time

from playwright.sync_api import Error as BrowserError
from websocket import WebSocketException

from tests.bench.measure import OUT
from tests.bench.report import save, table

BENCHES = (
    "fanout",
    "report_beside",
    "nearest",
    "ways",
    "start",
    "acts",
    "post_to_last",
    "across",
    "reconnect",
    "positions",
    "suggesting",
    "tiles",
    "cold",
    "panning",
    "moving",
    "impact",
    "lists",
    "gazetteer",
    "callout",
)


def main() -> int:
    """0 when every budget that was measured is kept, 1 when one is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a look, not a measurement")
    parser.add_argument(
        "names", nargs="*", choices=[*BENCHES, []], help="which benches; all if none is named"
    )
    chosen = parser.parse_args()
    missed, began = False, time.monotonic()
    for name in chosen.names or BENCHES:
        try:
            rows, detail = importlib.import_module(f"tests.bench.{name}").run(chosen.quick)
        except (
            RuntimeError,
            OSError,
            AssertionError,
            subprocess.CalledProcessError,
            WebSocketException,
            BrowserError,
        ) as error:
            print(f"\n{name}\nFAILED: {error}", flush=True)  # the others are still measured
            missed = True
            continue
        save(OUT, name, rows, detail, quick=chosen.quick)
        print(f"\n{name}, after {time.monotonic() - began:.0f} s\n{table(rows)}", flush=True)
        missed = missed or any(row.met is False for row in rows)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
