"""The measure of a second: the machine's own stalls are taken off, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.promptness import BEAT_S, Heart, Stall
from tests.serving import ROOT

STOPPED_S = 1.5

BEATING = """
import sys, time
from tests.promptness import Heart
heart = Heart().start()
began = time.monotonic()
print("beats", flush=True)
sys.stdin.readline()
print(time.monotonic() - began, heart.took(began), flush=True)
"""


def test_it_takes_off_the_time_in_which_nothing_ran() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", BEATING], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "beats\n"
        os.kill(process.pid, signal.SIGSTOP)
        time.sleep(STOPPED_S)
        os.kill(process.pid, signal.SIGCONT)
        process.stdin.write("\n")
        process.stdin.flush()
        passed, took = (float(word) for word in process.stdout.readline().split())
    assert passed >= STOPPED_S
    assert passed - took >= STOPPED_S - 2 * BEAT_S


def test_it_counts_only_what_lies_between_the_two_moments() -> None:
    heart = Heart()
    heart.stalls += [Stall(0.0, 1.0), Stall(5.0, 6.5)]
    assert heart.took(0.5, 6.0) == pytest.approx(5.5 - 0.5 - 1.0)
    heart.held(0.5, 4.0, until=6.0)
    with pytest.raises(AssertionError, match="promised within"):
        heart.held(2.0, 2.0, until=4.5)
