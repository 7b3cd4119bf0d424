"""Gates: what must be settled before an incident goes into a state (归档). Each slice that has a say declares a question
`<slice>.gates` with `wish=Gates` and answers with `gate(...)`s, open ones too, so that who works them off sees the whole list.

Nobody imports anybody: the incident's own step asks every such question, and is refused while one gate is shut."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from command.core.errors import Conflict
from command.core.queries import QUERIES, View, Wish

GATES = ".gates"


class Gates(Wish):
    """Which incident, on its way to which state."""

    incident_id: str = Field(max_length=36)
    to: str = Field(max_length=16)


def gate(code: str, *, open_: bool, name: tuple[str, str], says: tuple[str, str]) -> dict[str, Any]:
    """One gate: its name, whether it is open, and what is settled or what is to be done, in Chinese and English."""
    return {
        "code": code,
        "open": open_,
        "name": {"zh": name[0], "en": name[1]},
        "says": {"zh": says[0], "en": says[1]},
    }


def gates_of(view: View, incident_id: str, to: str) -> list[dict[str, Any]]:
    """All gates on the way to a state, in the order of the slices."""
    asked = sorted(one for one in QUERIES if one.endswith(GATES))
    return [
        found for name in asked for found in QUERIES[name].run(view, Gates(incident_id=incident_id, to=to))
    ]


def need_open(view: View, incident_id: str, to: str) -> None:
    """Refuse (409) while a gate is shut, and say what is to be done."""
    shut = [one for one in gates_of(view, incident_id, to) if not one["open"]]
    if shut:
        raise Conflict(
            "First: " + "; ".join(one["says"]["en"] for one in shut),
            zh="先办完：" + "；".join(one["says"]["zh"] for one in shut),
            gates=shut,
        )
