"""Warnings that tests enter by form, and what they need around them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from command.core import clock
from command.warnings.models import WarningRow
from tests.county import TOWN, County


def relayed(**more: Any) -> dict[str, Any]:
    """A yellow wind warning that the weather service rang through, for the township."""
    now = clock.real()
    return {
        "source": "weather", "category": "gale", "level": "yellow", "start_at": clock.wire(now),
        "ends_at": clock.wire(now + timedelta(hours=6)), "issued_at": clock.wire(now), "issuer": "武乡县气象台",
        "area": {"codes": [TOWN]}, "advice": "阵风8级以上", "measures": "加固棚架，停止高空作业", **more,
    }  # fmt: skip


def own(**more: Any) -> dict[str, Any]:
    """A draft of the county's own: an orange landslide warning."""
    body = relayed(
        source="land", category="landslide", level="orange", issuer="武乡县自然资源局", relay=False
    )
    return {**{name: value for name, value in body.items() if name != "issued_at"}, **more}


def enter(cast: County, who: str = "county_duty", world: int = 0, **more: Any) -> dict[str, Any]:
    """One entered."""
    return cast.do(who, "warning.enter", relayed(**more), world=world)


def move(cast: County, who: str, warning: str, to: str, **more: Any) -> dict[str, Any]:
    """One moved along."""
    return cast.do(who, "warning.transition", {"id": warning, "to": to, **more})


def let_end(cast: County, warning: str) -> None:
    """Its time is over now, whatever was said."""
    past = clock.real() - timedelta(seconds=1)
    row = sa.update(WarningRow).where(WarningRow.id == warning).values(ends_at=past)
    cast.node.database.write(lambda session: session.execute(row), world=0)
