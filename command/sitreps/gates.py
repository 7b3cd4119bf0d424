"""归档 waits until the reports that are owed of an incident are given, or waived with a reason."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.gates import Gates, gate
from command.core.queries import View, query
from command.sitreps.models import Reporting

OWED = frozenset({"running", "overdue"})
NAME = ("信息报送", "Information reports")


@query("sitreps.gates", wish=Gates)
def gates(view: View, wish: Gates) -> list[dict[str, Any]]:
    """Whether a clock of a report still runs for an incident, at any centre."""
    if wish.to != "archived":
        return []
    rows = view.session.execute(sa.select(Reporting).where(Reporting.incident_id == wish.incident_id))
    owed = sum(one["state"] in OWED for row in rows.scalars() for one in row.clocks)
    says = (
        (f"还有 {owed} 项应报未报：报出，或写明理由免报", f"give the {owed} reports that are owed, or waive them with a reason")
        if owed
        else ("应报的都已报出", "all that was owed is given")
    )  # fmt: skip
    return [gate("reports", open_=not owed, name=NAME, says=says)]
