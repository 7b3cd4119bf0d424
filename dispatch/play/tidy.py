"""Leaving the county in order: the play's teams home, its incidents ended; and what an earlier evening left, filed away."""

from __future__ import annotations

from typing import Any

from command.incidents.words import INCIDENT_FLOW
from dispatch.play import reports
from dispatch.play.hands import Hands, Refused
from dispatch.play.script import COUNTY, SOURCE

AFTER_RESPONSE = frozenset({"response_ended", "recovery", "review"})
WHY = "演示结束"
RECALL = ("recalled", "returned")
HOMEWARD = {
    "reserved": ("cancelled",), "ordered": ("cancelled",), "accepted": RECALL, "assembling": RECALL, "enroute": RECALL,
    "on_scene": RECALL, "working": RECALL, "evacuated": RECALL, "recalled": ("returned",), "withdrawn": ("returned",),
}  # fmt: skip


def end(hands: Hands) -> None:
    """End what is still open of the play; what was ended already stays as it is."""
    for incident in _of_the_play(hands):
        _send_home(hands, incident["id"])
        if incident["state"] not in AFTER_RESPONSE:
            _walk(hands, incident, "response_ended")
        for alarm in hands.look(COUNTY, "alarm", incident_id=incident["id"]):
            if alarm["live"] and alarm["acknowledged_at"] is None:
                _try(hands, "alarm.acknowledge", {"id": alarm["id"]})


def clear(hands: Hands) -> None:
    """File away the incidents of an earlier play, so that the next one begins on an empty board."""
    for incident in _of_the_play(hands):
        _send_home(hands, incident["id"])
        ended = incident["state"] if incident["state"] in AFTER_RESPONSE else "response_ended"
        _walk(hands, incident, ended)
        reports.give(hands, incident["id"])
        _walk(hands, {**incident, "state": ended}, "archived")


def _of_the_play(hands: Hands) -> list[dict[str, Any]]:
    rows = hands.look(COUNTY, "incident", live="true")
    return [row for row in rows if (row["source"] or "").startswith(SOURCE)]


def _send_home(hands: Hands, incident: str) -> None:
    for task in hands.look(COUNTY, "task", incident_id=incident, open="true"):
        for state in HOMEWARD.get(task["state"], ()):
            if not _try(hands, "task.transition", {"id": task["id"], "to": state, "reason": WHY}):
                break


def _walk(hands: Hands, incident: dict[str, Any], to: str) -> None:
    for state in INCIDENT_FLOW.path(incident["state"], to, avoid=("dismissed",)) or ():
        if not _try(hands, "incident.transition", {"id": incident["id"], "to": state, "reason": WHY}):
            return


def _try(hands: Hands, action: str, payload: dict[str, Any]) -> bool:
    """Whether it was taken; who was first may keep it."""
    try:
        hands.do(COUNTY, action, payload)
    except Refused:
        return False
    return True
