"""Correcting an incident: what was said before stays in the journal."""

from __future__ import annotations

from typing import Any

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Invalid
from command.core.store import spatial
from command.incidents import figures, late, placing
from command.incidents.actions import check_extra, dangers, not_ahead, own
from command.incidents.contract import EditIncident, IncidentOut
from command.incidents.events import IncidentEdited
from command.incidents.grading import set_level
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, parties
from command.incidents.words import EDITED

EDIT = permission("incident.edit", "correct incidents")
ALWAYS = ("title", "kind", "life_risk", "occurred_at")


@action(
    "incident.edit",
    wish=EditIncident,
    needs=EDIT,
    target="incident",
    http="PATCH /incidents/{id}",
    output=IncidentOut,
    version="required",
)
def edit_incident(tx: Tx, row: Incident, wish: EditIncident) -> IncidentOut:
    """Correct what is known; earlier words stay in the journal."""
    own(tx, row)
    given = wish.model_fields_set - {"reason"}
    _check(tx, row, wish)
    if not given:
        return tx.show(INCIDENTS, row)
    by_road = bool((row.road or {}).get("placed"))
    for name in given - {"casualties", "level"}:
        setattr(row, name, _value(tx, wish, name))
    # what a wish holds has no point of the posts: it follows from the road as it is now
    placing.follow_road(tx, row, given, by_road)
    if "kind" in given:
        _follow_kind(row)
    if row.location is None and not placing.in_words(row):
        raise Invalid(
            "location, village_code or road: one of them is needed", zh="位置、村、道路里程至少要有一项"
        )
    if "level" in given:
        set_level(tx, row, wish.level, wish.reason)
    if given & {"kind", "occurred_at"} or row.late_window is None:
        late.set_window(tx, row)
        figures.look_again(tx, row)
    to_report, stated = dict(row.casualties), wish.casualties.given() if wish.casualties else {}
    if wish.casualties is not None:
        figures.state(tx, row, stated, as_of=tx.at, source=row.source, confirmed=False)
    figures.summarise(tx, row)
    if stated and "life_risk" not in given and figures.endanger(row, stated, to_report):
        given |= {"life_risk"}
    tx.touch(row)
    tx.session.refresh(row)
    shown = tx.show(INCIDENTS, row)
    said = {"fields": [EDITED[name] for name in sorted(given)], "reason": wish.reason}
    tx.say(IncidentEdited(record=shown, parties=parties(tx.session, row.id), said=said))
    return shown


def _check(tx: Tx, row: Incident, wish: EditIncident) -> None:
    not_ahead(tx, "occurred_at", wish.occurred_at)
    if "kind" in wish.model_fields_set and wish.kind not in KINDS:
        raise Invalid(f"kind: there is no kind {wish.kind}", zh=f"没有类别 {wish.kind}")
    for name in wish.model_fields_set & set(ALWAYS):
        if getattr(wish, name) is None:
            raise Invalid(f"{name}: cannot be taken away", zh=f"{EDITED[name].zh}不能清空")
    placing.check_village(wish.village_code)
    check_extra(wish.extra, wish.kind or row.kind)


def _follow_kind(row: Incident) -> None:
    """Another kind has other fields, and perhaps no level."""
    kind = KINDS[row.kind]
    known = {field.code: field for field in kind.fields}
    row.extra = {
        name: value for name, value in row.extra.items() if name in known and known[name].fault(value) is None
    }
    if not kind.graded:
        row.level = None


def _value(tx: Tx, wish: EditIncident, name: str) -> Any:
    value = getattr(wish, name)
    if name == "location":
        return spatial.stored(value)
    if name == "dangers":
        return dangers(tx, wish)
    if name == "extra":
        return value or {}
    return value.model_dump() if hasattr(value, "model_dump") else value
