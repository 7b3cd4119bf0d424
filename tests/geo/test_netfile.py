"""What the reader of road files says while it works, so that who has gone away is missed and who waits is not left in doubt."""

from __future__ import annotations

import sys
import threading
from typing import Any

import pytest

from geo import netfile


class Said:
    """In place of the standard output: what was written, and when there is enough of it."""

    def __init__(self, enough: int) -> None:
        self.lines: list[str] = []
        self.enough, self.heard = enough, threading.Event()

    def write(self, text: str) -> None:
        """Keep a line."""
        self.lines.append(text)
        if len(self.lines) >= self.enough:
            self.heard.set()

    def flush(self) -> None:
        """Nothing is held back."""


def test_it_goes_on_saying_how_far_it_is_while_nothing_new_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    said: Any = Said(4)
    monkeypatch.setattr(netfile, "BEAT_S", 0.01)
    monkeypatch.setattr(sys, "stdout", said)
    with netfile.Telling() as told:
        told.progress(5000)
        assert said.heard.wait(30)
    assert "5000\n" in said.lines
    assert set(said.lines) <= {"0\n", "5000\n"}
    assert not told._beat.is_alive()
