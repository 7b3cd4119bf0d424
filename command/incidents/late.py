"""Late changes of casualty figures (国务院令493号第十三条): how long a change still counts, and what has to be reported again.

The window runs from the occurrence: 30 days, 7 for road traffic and fire. The day of the occurrence is not counted and the last
day counts to its end (民法典第二百零一条), so `until` is the midnight that ends it. A figure counts by what it is as of, not by
when it was typed: who died within the window is counted although the hospital tells later. What lies beyond is kept, marked
超出统计时限, and moves neither the reporting figure nor a level.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock
from command.core.actions import Tx
from command.core.settings import setting
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.numbers import LOCAL
from command.incidents.words import OVER_STATES

Days = Annotated[int, Field(ge=1, le=366)]
FACTORY = {"default": 30, "road_traffic": 7, "fire": 7}
LABELS = {
    "default": ("伤亡变化补报期（一般）", "Late casualty changes: window, general"),
    "road_traffic": ("伤亡变化补报期（道路交通）", "Late casualty changes: window, road traffic"),
    "fire": ("伤亡变化补报期（火灾）", "Late casualty changes: window, fire"),
}
DAYS = {
    rule: setting(f"incident.late_days.{rule}", Days, days, zh=LABELS[rule][0], en=LABELS[rule][1], unit="d")
    for rule, days in FACTORY.items()
}
LAW = {"zh": "国务院令493号第十三条", "en": "State Council Decree 493, art. 13"}
AFTER_LAW = {"zh": "参照国务院令493号第十三条", "en": "after State Council Decree 493, art. 13"}
OWN_RULE = {"zh": "本县规定", "en": "the county's own rule"}
END = "incident.late_window_end"


def rule_of(kind: str) -> str:
    """Which of the windows a kind of incident has."""
    family = KINDS[kind].parent or kind
    return family if family in FACTORY else "default"


def window(session: Session, incident: Incident, now: datetime) -> dict[str, Any]:
    """The window of an incident as it stands in its record."""
    rule = rule_of(incident.kind)
    days = DAYS[rule](session, incident.centre)
    source = LAW if KINDS[incident.kind].klass == "accident" else AFTER_LAW
    until = end_of(incident.occurred_at, days)
    return {
        "until": clock.wire(until),
        "days": days,
        "source": source if days == FACTORY[rule] else OWN_RULE,
        "ended": until <= now,
    }


def end_of(occurred_at: datetime, days: int) -> datetime:
    """The midnight that ends the last day of the window, by the county's clock on the wall."""
    day = occurred_at.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=days + 1)


def set_window(tx: Tx, incident: Incident) -> None:
    """Give an incident its window, and promise to say when it ends."""
    incident.late_window = window(tx.session, incident, tx.now)
    promise(tx, incident)


def promise(tx: Tx, incident: Incident) -> None:
    """One promise for each incident whose window is open; none for the others."""
    key = due_key(incident.id)
    if waits(incident):
        tx.due(until_of(incident), END, {"id": incident.id}, key=key)
    else:
        tx.call_off(key)


def due_key(incident_id: str) -> str:
    """The name of the promise."""
    return f"incident.late:{incident_id}"


def waits(incident: Incident) -> bool:
    """Whether the end of the window is still to be said."""
    window_ = incident.late_window
    return window_ is not None and not window_["ended"] and not incident.merged_into


def until_of(incident: Incident) -> datetime:
    """When the window ends."""
    return datetime.fromisoformat((incident.late_window or {})["until"])


def beyond(incident: Incident, as_of: datetime) -> bool:
    """Whether a figure as of this time lies beyond the window: 超出统计时限."""
    return bool(incident.late_window) and as_of >= until_of(incident)


def note(tx: Tx, incident: Incident, before: Mapping[str, int | None]) -> None:
    """The reporting figures are other than they were: mark what differs from what was reported last.

    While the incident is dealt with, the next follow-up tells it (续报); after its end a report of its own is due (补报)."""
    known = dict(incident.report_changed or {})
    changes: dict[str, dict[str, int | None]] = dict(known.get("changes", {}))
    for name, value in incident.casualties.items():
        if value == before.get(name):
            continue
        told = changes[name]["from"] if name in changes else before.get(name)
        changes[name] = {"from": told, "to": value}
        if told == value:
            del changes[name]
    if not changes:
        incident.report_changed = None
        return
    since = known.get("since") or clock.wire(tx.at)
    incident.report_changed = {"due": due_word(incident), "since": since, "changes": changes}


def due_word(incident: Incident) -> str:
    """Which report a change asks for: `followup` (续报) while it goes on, `supplement` (补报) after its end."""
    return "supplement" if incident.state in OVER_STATES else "followup"


def moved(incident: Incident) -> None:
    """The incident changed its state: what it owes changes its name with it."""
    if incident.report_changed is not None:
        incident.report_changed = {**incident.report_changed, "due": due_word(incident)}
