"""Where people of a township are brought in an evacuation: one row for each named place."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.actions import Tx
from command.evacuation.events import DestinationOpened
from command.evacuation.models import Destination
from command.evacuation.queries import DESTINATIONS


def destination(tx: Tx, evacuation_id: str, centre: str, place: dict[str, Any]) -> Destination:
    """The evacuation's destination of that name in that township; a new one if there is none."""
    named = sa.select(Destination).where(
        Destination.evacuation_id == evacuation_id,
        Destination.centre == centre,
        Destination.name == place["name"],
    )
    row = tx.session.execute(named).scalar_one_or_none()
    if row is None:
        row = tx.add(
            Destination(
                evacuation_id=evacuation_id, name=place["name"], centre=centre, location=place.get("location"),
                figures={}, chosen={}, named=[], matched=None, live=True,
            )
        )  # fmt: skip
        tx.say(DestinationOpened(record=tx.show(DESTINATIONS, row)))
    return row
