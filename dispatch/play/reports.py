"""The reports that the play's incidents owe, given as a county gives them: by telephone, then on paper that one drafts and another
signs; what need not be given is waived with its reason. An incident is filed away only when nothing of it is owed."""

from __future__ import annotations

import logging
from typing import Any

from command.places import register
from dispatch.play.hands import Hands, Refused
from dispatch.play.script import COUNTY

log = logging.getLogger(__name__)
IN_HAND = ("draft", "reviewing", "rejected", "signed")
OWED = ("running", "overdue")
WHY = "演示结束"
ROUNDS = 3
"""What is given by telephone leaves the paper owed; the paper leaves nothing."""


def give(hands: Hands, incident: str) -> None:
    """Give or waive all that is owed of an incident, centre by centre."""
    for _ in range(ROUNDS):
        owed = [
            (row, clock)
            for row in hands.look(COUNTY, "reporting", incident_id=incident)
            for clock in row["clocks"]
            if clock["state"] in OWED
        ]
        for row, clock in owed:
            _settle(hands, incident, row, clock)


def _settle(hands: Hands, incident: str, row: dict[str, Any], clock: dict[str, Any]) -> None:
    duty, leader = _accounts(row["centre"])
    person = {"to": clock["to"], "person": "值班员"}
    waive = {"id": row["id"], "key": clock["key"], "reason": WHY}
    if _took(hands, duty, "reporting.waive", waive):
        return
    _took(hands, duty, "sitrep.phone", {"id": incident, **person})
    if clock["key"].endswith("written"):
        _on_paper(hands, incident, row["centre"], (duty, leader), person)


def _took(hands: Hands, who: str, action: str, payload: dict[str, Any]) -> bool:
    """Whether it was taken; a grave incident's report cannot be waived, one that is told cannot be told again."""
    try:
        hands.do(who, action, payload)
    except Refused:
        return False
    return True


def _on_paper(
    hands: Hands, incident: str, centre: str, accounts: tuple[str, str], person: dict[str, str]
) -> None:
    """Bring the written report out, also one that stood half done; what stays in somebody's hands is said."""
    duty, leader = accounts
    wish = {"incident_id": incident, "to": [person["to"]]}
    sign = {"to": "signed", "name": "带班领导", "post": "带班领导"}
    try:
        paper = _in_hand(hands, incident, centre, duty) or hands.do(duty, "sitrep.draft", wish)
        state, known = paper["state"], {"id": paper["id"]}
        if state == "rejected":
            hands.do(duty, "sitrep.transition", {**known, "to": "draft"})
        if state in ("draft", "rejected"):
            hands.do(duty, "sitrep.transition", {**known, "to": "reviewing"})
        if state != "signed" and not paper["reviewed"]:
            hands.do(leader, "sitrep.approve", known)
        if state != "signed":
            hands.do(leader, "sitrep.transition", {**known, **sign})
        hands.do(duty, "sitrep.send", {**known, **person, "channel": "fax"})
    except Refused as refused:
        log.warning(
            "play: a report of %s to %s stays in hand, its incident is not filed away: %s",
            incident,
            person["to"],
            refused,
        )


def _in_hand(hands: Hands, incident: str, centre: str, duty: str) -> dict[str, Any] | None:
    """The report of this house that somebody began: there is one at a time."""
    rows = hands.look(duty, "sitrep", incident_id=incident, centre=centre, state=",".join(IN_HAND))
    return rows[0] if rows else None


def _accounts(centre: str) -> tuple[str, str]:
    """(who reports, who signs) of a centre among the demo's accounts."""
    town = register.township(centre)
    name = town.joined if town else "county"
    return f"{name}_duty", f"{name}_leader"
