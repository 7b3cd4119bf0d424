"""What is open in a slice when a shift ends: the words in which any slice tells it. Who hands over asks every question whose name
ends with `.matters` (command/duty/matters.py), so that a slice is heard by being there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from command.core import clock
from command.core.queries import Wish


class Matters(Wish):
    """Whose: a party that hears of it, and the centre whose shift ends."""

    party: str = Field(max_length=96)
    centre: str = Field(max_length=32)


def matter(
    sort: str, about: tuple[str, str], text: tuple[str, str], at: datetime, due: datetime | None = None
) -> dict[str, Any]:
    """One open thing: of which sort, the record it is about, what it is in Chinese and English, since when, until when."""
    kind, thing = about
    return {
        "key": f"{sort}:{kind}:{thing}",
        "sort": sort,
        "about": {"kind": kind, "id": thing},
        "zh": text[0],
        "en": text[1],
        "at": clock.wire(at),
        "due_at": due and clock.wire(due),
    }
