"""What a shift hands over of requisitions: what is still in use, and what is not settled with its owner."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.requisitions.models import Requisition
from command.requisitions.words import OVER, REQUISITION_FLOW


@query("requisitions.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """Of what the centre took itself."""
    wanted = sa.select(Requisition).where(Requisition.centre == wish.centre, Requisition.state.notin_(OVER))
    rows = view.session.execute(wanted.order_by(Requisition.id)).scalars()
    return [
        matter(
            "other",
            ("requisition", row.id),
            (
                f"征用 {row.what} {row.quantity:g}{row.unit}（{REQUISITION_FLOW.zh[row.state]}）",
                f"Requisitioned: {row.what} ×{row.quantity:g} ({REQUISITION_FLOW.en[row.state].lower()})",
            ),
            row.taken_at,
        )
        for row in rows
    ]
