"""The names of teams, for those who open teams' accounts: no place, no readiness, nothing that an account's keeper need not know."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.queries import View, Wish, query
from dispatch.teams.models import Team


@query("teams.names", needs="user.admin", http="GET /team-names", output=dict[str, Any])
def names(view: View, wish: Wish) -> dict[str, Any]:
    """Every team of the centres that one keeps, by name."""
    rows = view.session.execute(
        sa.select(Team.id, Team.name, Team.centre).where(Team.live).order_by(Team.centre, Team.name)
    )
    kept = [row for row in rows if view.actor.manages(row.centre)]
    return {"items": [{"id": row.id, "name": row.name, "centre": row.centre} for row in kept]}
