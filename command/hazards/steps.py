"""What all steps of a hazard share: who did it and when, its photos, and the dates that are promised to be reminded of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session

from command.core import clock, due, files
from command.core.actions import Tx
from command.core.errors import Conflict, Invalid
from command.core.settings import setting
from command.core.store.spatial import Point
from command.hazards.models import Hazard
from command.hazards.words import CLIMB, RUNNING

MOST_PHOTOS = 60
CHASE = "hazard.chase"
Days = Annotated[int, Field(ge=0, le=3660)]


def _days(code: str, days: int, zh: str, en: str) -> Any:
    return setting(f"hazard.{code}_days", Days, days, zh=zh, en=en, unit="d")


SOON = _days("soon", 3, "隐患时限前提醒", "Hazard: remind before the deadline")
# How long after the deadline each paper is drafted; a person signs it or does not.
LATE: dict[str, Any] = {
    "late": lambda session, centre: 0,
    "circular": _days("circular", 7, "隐患逾期多久拟通报", "Hazard overdue: draft a circular after"),
    "talk": _days("talk", 15, "隐患逾期多久拟约谈", "Hazard overdue: draft a talk after"),
    "listing": _days("listing", 30, "隐患逾期多久拟挂牌督办", "Hazard overdue: draft a listing after"),
}
UNLISTED = _days("unlisted", 1, "重大隐患定级后多久须挂牌", "Major hazard: listed within")
ACCEPT = _days("accept", 10, "申请验收后多久须现场验收", "Acceptance on site within")
LOOKBACK = _days("lookback", 30, "销号后多久回头看", "Look back after closing")


def nothing_done() -> dict[str, Any]:
    """The columns of a hazard that nobody has seen to yet."""
    empty = ("level", "lec", "standard", "reporter", "lead", "deadline", "acceptance", "lookback", "watch", "climb",
             "closed_at", "closed_how", "source_id")  # fmt: skip
    return {
        **dict.fromkeys(empty),
        **{name: [] for name in ("criteria", "signed", "extensions", "photos", "incidents")},
        "duties": {}, "recurred": 0, "synthetic": False, "live": True,
    }  # fmt: skip


def step(tx: Tx, state: str, at: datetime, reason: str | None) -> dict[str, Any]:
    """One step as it is kept: by the actor's clock and as it was received."""
    return {
        "state": state, "at": clock.wire(at), "received_at": clock.wire(tx.received_at), "by": tx.actor.name, "by_id": tx.actor.id,
        "centre": tx.actor.centre, "reason": reason, "ahead": tx.ahead,
    }  # fmt: skip


def last(row: Hazard, state: str) -> dict[str, Any] | None:
    """The last time that it entered a state."""
    return next((one for one in reversed(row.steps) if one["state"] == state), None)


def photo_of(tx: Tx, kept: Any, stage: str, text: str | None, location: Point | None) -> dict[str, Any]:
    """A kept picture as the record tells it, or the refusal of one that could not be kept."""
    if not isinstance(kept, files.Picture):
        raise kept or Invalid("picture: this node keeps no files", zh="此节点不存文件")
    return {
        "photo": kept.id, "stage": stage, "text": text, "location": location.model_dump() if location else None,
        "at": clock.wire(tx.at), "received_at": clock.wire(tx.received_at), "by": tx.actor.name, "by_id": tx.actor.id,
        "centre": tx.actor.centre, "ahead": tx.ahead,
    }  # fmt: skip


def hang(row: Hazard, photo: dict[str, Any]) -> None:
    """Hang a photo on a hazard."""
    if len(row.photos) >= MOST_PHOTOS:
        raise Conflict(f"It has {MOST_PHOTOS} photos already", zh=f"照片已满 {MOST_PHOTOS} 张")
    row.photos = [*row.photos, photo]


def photos_since(row: Hazard, stage: str, state: str) -> list[dict[str, Any]]:
    """Photos of a stage that came in since it last entered a state."""
    since = (last(row, state) or {}).get("received_at", "")
    return [one for one in row.photos if one["stage"] == stage and one["received_at"] >= since]


def climbs(session: Session, row: Hazard) -> Iterator[tuple[datetime, str]]:
    """What a hazard is to be reminded of from now on, each with its time: by its rows and the settings alone."""
    home = row.centre
    if row.state == "graded" and row.level == "major":
        yield _since(row, "graded") + timedelta(days=UNLISTED(session, home)), "unlisted"
    if row.state in RUNNING and row.deadline is not None:
        soon = row.deadline - timedelta(days=SOON(session, home))
        if soon > datetime.fromisoformat(
            row.steps[-1]["at"]
        ):  # not where the deadline was near from the start
            yield soon, "soon"
        for code, days in LATE.items():
            yield row.deadline + timedelta(days=days(session, home)), code
    if row.state == "acceptance":
        yield _since(row, "acceptance") + timedelta(days=ACCEPT(session, home)), "unaccepted"
    if row.state == "closed" and row.live and row.closed_at is not None:
        yield row.closed_at + timedelta(days=LOOKBACK(session, home)), "lookback"


def _since(row: Hazard, state: str) -> datetime:
    found = last(row, state)
    return datetime.fromisoformat(found["at"]) if found else row.received_at


def standing(row: Hazard) -> str:
    """What the reminders hang on: another deadline or another state begins them anew."""
    return f"{row.state if row.state not in RUNNING else 'running'}@{clock.wire(row.deadline) if row.deadline else ''}"


def done(row: Hazard) -> list[str]:
    """The reminders that were given since the present standing began."""
    climb = row.climb or {}
    given: list[str] = climb.get("done", [])
    return given if climb.get("standing") == standing(row) else []


def next_climb(session: Session, row: Hazard) -> tuple[datetime, str] | None:
    """The next reminder that has not been given."""
    given = done(row)
    waiting = [one for one in climbs(session, row) if one[1] not in given]
    return min(waiting, key=lambda one: (one[0], list(CLIMB).index(one[1])), default=None)


def due_key(hazard_id: str) -> str:
    """The name of the promise."""
    return f"hazard.chase:{hazard_id}"


def promise(tx: Tx, row: Hazard) -> None:
    """One promise for each hazard that has a date before it; none for the others. A reminder that no longer holds is taken off."""
    if row.climb is not None and row.climb.get("standing") != standing(row):
        row.climb = None
    coming = next_climb(tx.session, row)
    if coming is None:
        tx.call_off(due_key(row.id))
    else:
        due.promise(tx.session, tx.world, coming[0], CHASE, {"id": row.id}, due_key(row.id))
