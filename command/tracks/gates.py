"""归档 waits for the three of 三同步 where they are asked for. Dismissal and the end of the response never do."""

from __future__ import annotations

from typing import Any

from command.core.gates import Gates, gate
from command.core.queries import View, query
from command.incidents.queries import incident_row
from command.tracks.models import Track
from command.tracks.queries import of_incident, three_sync
from command.tracks.words import SETTLED, THREE_SYNC, TRACK_STATES, TRACKS


@query("tracks.gates", wish=Gates)
def gates(view: View, wish: Gates) -> list[dict[str, Any]]:
    """Each of the three: settled, or what is to be done with it."""
    incident = incident_row(view.session, wish.incident_id)
    if wish.to != "archived" or not three_sync(view.session, incident):
        return []
    states = {row.sort: row.state for row in of_incident(view.session, Track, incident.id)}
    return [_gate(sort, states.get(sort, "open")) for sort in THREE_SYNC]


def _gate(sort: str, state: str) -> dict[str, Any]:
    word, now = TRACKS[sort], TRACK_STATES[state]
    settled = state in SETTLED
    says = (
        (f"{word.zh}{now.zh}", f"{word.en}: {now.en.lower()}")
        if settled
        else (
            f"“三同步”{word.zh}：办结，或写明理由选“不涉及”",
            f"{word.en}: finish it, or say why it does not concern",
        )
    )
    return gate(
        f"track.{sort}", open_=settled, name=(f"三同步：{word.zh}", f"Three in sync: {word.en}"), says=says
    )
