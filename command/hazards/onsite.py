"""Proof of place: a photo with its time and position, near enough to the hazard; whoever cannot show it says why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from command.core import clock
from command.core.actions import Tx
from command.core.errors import Invalid
from command.core.queries import Nothing, View, query
from command.core.settings import setting
from command.core.store import spatial
from command.hazards import steps
from command.hazards.models import Hazard
from command.hazards.queries import READ
from geo.distance import metres

SITE_M = setting(
    "hazard.site_m", Annotated[float, Field(ge=10, le=5000)], 500.0,
    zh="隐患现场核验：照片位置允许偏差", en="Hazard: a photo on site lies within", unit="m",
)  # fmt: skip
VISIT_H = setting(
    "hazard.visit_h", Annotated[int, Field(ge=1, le=24)], 4,
    zh="当场整改：两张照片间隔不超过", en="Put right at once: two photos within", unit="h",
)  # fmt: skip


@query("hazards.rules", wish=Nothing, needs=READ, http="GET /hazards/rules", output=dict[str, Any])
def rules(view: View, wish: Nothing) -> dict[str, Any]:
    """How near a photo must be, and how far apart two photos of one visit may lie, at the asker's centre: a phone without a line
    asks for the reason while somebody still stands there."""
    centre = view.actor.centre[:9]
    return {"site_m": SITE_M(view.session, centre), "visit_h": VISIT_H(view.session, centre)}


def apart(row: Hazard, photo: dict[str, Any]) -> float | None:
    """Metres between a photo and its hazard; None where one of them has no position."""
    here = spatial.shown(row.location)
    if here is None or photo["location"] is None:
        return None
    return metres(*here["coordinates"], *photo["location"]["coordinates"])


def proof(tx: Tx, row: Hazard, stage: str, state: str, reason: str | None) -> dict[str, Any]:
    """The proof that somebody was there since it entered a state; refused without a photo, or without a place or a reason."""
    photos = steps.photos_since(row, stage, state)
    if not photos:
        raise Invalid("picture: a photo taken on site is needed", zh="须有现场照片")
    away = [distance for one in photos if (distance := apart(row, one)) is not None]
    located = [one for one in photos if one["location"] is not None]
    limit = SITE_M(tx.session, row.centre)
    if not located and not reason:
        raise Invalid(
            "location: the photo has no position: say why in `reason`", zh="照片没有位置：请在理由中说明"
        )
    if away and min(away) > limit and not reason:
        raise Invalid(
            f"location: the photo lies {min(away):.0f} m away, more than {limit:.0f} m: say why in `reason`",
            zh=f"照片位置距隐患 {min(away):.0f} 米，超过 {limit:.0f} 米：请在理由中说明",
        )
    return {
        "by": tx.actor.name, "by_id": tx.actor.id, "centre": tx.actor.centre, "at": clock.wire(tx.at),
        "received_at": clock.wire(tx.received_at), "photos": [one["photo"] for one in photos],
        "distance_m": round(min(away), 1) if away else None, "reason": reason,
    }  # fmt: skip


def one_visit(tx: Tx, row: Hazard) -> None:
    """Refuse unless one person took a photo before and one after, in one visit and at one place."""
    pairs = [
        (one, other) for one in row.photos for other in row.photos
        if (one["stage"], other["stage"]) == ("before", "after") and one["by_id"] == other["by_id"]
    ]  # fmt: skip
    if not pairs:
        raise Invalid(
            "picture: put right at once needs a photo before and one after, by the same person",
            zh="当场整改须有同一人拍的整改前、后两张照片",
        )
    longest = timedelta(hours=VISIT_H(tx.session, row.centre))
    limit = SITE_M(tx.session, row.centre)
    if not any(_between(*pair) <= longest and _near(pair, limit) for pair in pairs):
        raise Invalid(
            "picture: the two photos are not of one visit",
            zh="两张照片不是同一次到场拍的（时间或位置相差过大）",
        )


def _between(one: dict[str, Any], other: dict[str, Any]) -> timedelta:
    return abs(datetime.fromisoformat(other["at"]) - datetime.fromisoformat(one["at"]))


def _near(pair: tuple[dict[str, Any], dict[str, Any]], limit: float) -> bool:
    places = [one["location"]["coordinates"] for one in pair if one["location"] is not None]
    return len(places) < 2 or metres(*places[0], *places[1]) <= limit
