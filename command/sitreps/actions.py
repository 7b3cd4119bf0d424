"""Writing reports: a draft is built from the journal, people change its words; its figures are the incident's and no one's typing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from command.core import clock
from command.core.access import permission, set_audience
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, incident_row
from command.incidents.words import OVER_STATES
from command.sitreps import clocks, drafting
from command.sitreps.contract import DraftSitrep, EditSitrep, ReportingOut, SitrepOut, Waive
from command.sitreps.events import ReportingWaived, SitrepDrafted, SitrepEdited, SitrepEvent
from command.sitreps.following import known, look, reporters, settle
from command.sitreps.models import Reporting, Sitrep
from command.sitreps.naming import nameless
from command.sitreps.numbers import next_number
from command.sitreps.queries import SITREPS, heard
from command.sitreps.words import IN_HAND, OUT, REPORT_FLOW

DRAFT = permission(
    "sitrep.draft",
    "draft reports, edit them, say what need not be reported",
    "起草、修改信息报送，注明不需报的时限",
)


def author(tx: Tx, row: Incident) -> str:
    """As whom the actor reports an incident: the county, or the township whose incident it is."""
    mine = tx.actor.centre[:9]
    if mine not in (*reporters(tx, row), row.centre):
        raise Forbidden("Only its township and the county report it", zh="只有属地乡镇和县里报送")
    return mine


@action("sitrep.draft", wish=DraftSitrep, needs=DRAFT, http="POST /sitreps", status=201, output=SitrepOut)
def draft(tx: Tx, wish: DraftSitrep) -> SitrepOut:
    """Draft a report of an incident; there is one draft of a reporter's at a time."""
    incident = tx.find(INCIDENTS, wish.incident_id)
    centre = author(tx, incident)
    if (open_ := _in_hand(tx, incident.id, centre)) is not None:
        raise Conflict(
            f"There is a draft already: {open_.number}", zh=f"已有在办报告 {open_.number}", sitrep_id=open_.id
        )
    nameless(tx, incident.id, *(wish.sections or {}).values())
    owed = look(tx, incident, centre)
    base = base_of(tx, incident.id, centre)
    kind = wish.kind or due_kind(incident, base)
    row = tx.add(blank(tx, centre, kind, incident, list(wish.to or _to(owed, base, centre))))
    row.edited = sorted(wish.sections or {})
    build(tx, row, incident, base, dict(wish.sections or {}))
    tx.session.flush()
    set_audience(tx.session, "sitrep", row.id, heard(centre, tx.node), fresh=True)
    return said(tx, row, SitrepDrafted)


def blank(tx: Tx, centre: str, kind: str, incident: Incident | None, to: list[str]) -> Sitrep:
    """A report without words yet."""
    return Sitrep(
        number=next_number(tx, centre), kind=kind, ordinal=_ordinal(tx, incident, centre, kind),
        incident_id=incident.id if incident else None, incident_number=incident.number if incident else None,
        incident_title=incident.title if incident else None, centre=centre, to=to, state="draft", sections=[], edited=[],
        figures={}, figures_at=tx.at, base=None, changes={}, period=None, due_at=None, steps=[step(tx, "draft")], reviewed=None,
        signed=None, sent=[], past=[], revision=1, drafted_by=tx.actor.name, drafted_by_id=tx.actor.id, drafted_at=tx.at,
        live=True,
    )  # fmt: skip


def _in_hand(tx: Tx, incident_id: str, centre: str) -> Sitrep | None:
    wanted = sa.select(Sitrep).where(
        Sitrep.incident_id == incident_id, Sitrep.centre == centre, Sitrep.state.in_(IN_HAND)
    )
    return tx.session.execute(wanted).scalars().first()


def _ordinal(tx: Tx, incident: Incident | None, centre: str, kind: str) -> int:
    if incident is None:
        return 1
    same = sa.select(sa.func.count()).select_from(Sitrep).where(
        Sitrep.incident_id == incident.id, Sitrep.centre == centre, Sitrep.kind == kind
    )  # fmt: skip
    return int(tx.session.execute(same).scalar_one()) + 1


def base_of(tx: Tx, incident_id: str, centre: str) -> dict[str, Any] | None:
    """What this reporter told last of the incident, to whomever: number, time, figures."""
    sent = sa.select(Sitrep).where(
        Sitrep.incident_id == incident_id, Sitrep.centre == centre, Sitrep.state.in_(OUT)
    )
    told = [
        {"sitrep_id": row.id, "number": row.number, "kind": row.kind, "to": one["to"], "at": one["at"], "figures": one["figures"]}
        for row in tx.session.execute(sent.order_by(Sitrep.id)).scalars()
        for one in row.sent
    ]  # fmt: skip
    return max(told, key=lambda one: (one["at"], one["sitrep_id"]), default=None)


def due_kind(incident: Incident, base: dict[str, Any] | None) -> str:
    """Which report comes next: the written first one, also after a call; then what changed; after the end a supplement."""
    if base is None or base["kind"] == "phone_flash":
        return "supplement" if base and incident.state in OVER_STATES else "first"
    return "supplement" if incident.state in OVER_STATES else "followup"


def _to(owed: Reporting | None, base: dict[str, Any] | None, centre: str) -> list[str]:
    asked = [one["to"] for one in (owed.clocks if owed else []) if one["state"] in clocks.OPEN]
    also = list(owed.also) if owed else []
    usual = [base["to"]] if base else ["city" if len(centre) == 6 else "county"]
    return list(dict.fromkeys([*(asked or usual), *also]))


def build(
    tx: Tx, row: Sitrep, incident: Incident, base: dict[str, Any] | None, words: dict[str, str]
) -> None:
    """Figures and words of now, with the difference to what was told last."""
    row.figures, row.figures_at = dict(incident.casualties), tx.at
    row.base = base
    row.changes = clocks.differing(base["figures"], incident.casualties) if base else {}
    since = datetime.fromisoformat(base["at"]) if base else None
    row.sections = drafting.sections(tx.session, incident, row.kind, row.changes, since, words)


def step(tx: Tx, state: str, reason: str | None = None) -> dict[str, Any]:
    """One step of a report, by whom and when."""
    return {
        "state": state,
        "at": clock.wire(tx.at),
        "by": tx.actor.name,
        "by_id": tx.actor.id,
        "reason": reason,
    }


def own(tx: Tx, row: Sitrep) -> None:
    """Refuse unless it is the actor's own centre's report; the county reads its townships' and answers for none of them."""
    if tx.actor.centre[:9] != row.centre and not tx.actor.system:
        raise Forbidden("Another centre's report: it acts on its own", zh="属其他单位的报告，由其自行办理")


def in_state(row: Sitrep, *states: str) -> None:
    """Refuse outside of these states."""
    if row.state not in states:
        raise Conflict(
            f"It is {REPORT_FLOW.en[row.state].lower()}: not changed any more",
            zh=f"报告{REPORT_FLOW.zh[row.state]}，不能再改",
        )


@action("sitrep.edit", wish=EditSitrep, needs=DRAFT, target="sitrep", http="PATCH /sitreps/{id}", output=SitrepOut,
        version="required")  # fmt: skip
def edit(tx: Tx, row: Sitrep, wish: EditSitrep) -> SitrepOut:
    """Other words or recipients of a draft."""
    own(tx, row)
    in_state(row, "draft")
    words = wish.sections or {}
    nameless(tx, row.incident_id, *words.values())
    row.sections = [{**one, "text": words.get(one["code"], one["text"])} for one in row.sections]
    row.edited = sorted({*row.edited, *words})
    row.to = list(wish.to or row.to)
    tx.touch(row)
    return said(tx, row, SitrepEdited)


@action("sitrep.renew", needs=DRAFT, target="sitrep", http="POST /sitreps/{id}/renew", output=SitrepOut)
def renew(tx: Tx, row: Sitrep, wish: object) -> SitrepOut:
    """Take the figures and the journal of now into a draft; what a person wrote stays."""
    own(tx, row)
    in_state(row, "draft")
    if row.incident_id is None:
        raise Conflict("A nil report has no figures", zh="零报告没有数字可更新")
    kept = {one["code"]: one["text"] for one in row.sections if one["code"] in row.edited}
    build(tx, row, incident_row(tx.session, row.incident_id), base_of(tx, row.incident_id, row.centre), kept)
    tx.touch(row)
    return said(tx, row, SitrepEdited)


@action(
    "reporting.waive",
    wish=Waive,
    needs=DRAFT,
    target="reporting",
    http="POST /reportings/{id}/waive",
    output=ReportingOut,
)
def waive(tx: Tx, row: Reporting, wish: Waive) -> ReportingOut:
    """Say by name and with the reason that a report need not be given; never of what has dead, missing or a grave level."""
    if tx.actor.centre[:9] != row.centre:
        raise Forbidden("Another centre's clock", zh="属其他单位的时限")
    incident = incident_row(tx.session, row.incident_id)
    grave = incident.level in ("I", "II", "III") or incident.dangerous or incident.life_risk == "people"
    if grave or incident.casualties.get("dead") or incident.casualties.get("missing"):
        raise Conflict(
            "People are dead, missing or in danger: it must be reported",
            zh="有人员伤亡、失联、涉险或级别较大以上，必须报送",
        )
    after = [dict(one) for one in row.clocks]
    open_ = [one for one in after if one["key"] == wish.key and one["state"] in clocks.OPEN]
    if not open_:
        raise Conflict("There is no such open clock", zh="没有这项未了的时限")
    open_[0].update(
        state="waived",
        why={"zh": wish.reason, "en": wish.reason, "by": tx.actor.name, "at": clock.wire(tx.at)},
    )
    row.clocks = after
    return settle(tx, row, incident, event=ReportingWaived, to=open_[0]["to"], reason=wish.reason)


def said(tx: Tx, row: Sitrep, event: type[SitrepEvent], **more: Any) -> SitrepOut:
    """Tell what became of a report to those who may know it."""
    shown = tx.show(SITREPS, row)
    tx.say(event(record=shown, parties=heard(row.centre, tx.node), said=more))
    return shown


def reporting_of(tx: Tx, incident: Incident, centre: str) -> Reporting:
    """What a centre owes of an incident; made where nothing was owed, for somebody is being told of it."""
    look(tx, incident, centre)
    found = known(tx, incident.id, centre)
    if found is None:
        found = tx.add(
            Reporting(
                incident_id=incident.id, incident_number=incident.number, incident_title=incident.title, centre=centre,
                clocks=[], also=[], last={}, differs={}, live=True,
            )
        )  # fmt: skip
        set_audience(tx.session, "reporting", found.id, heard(centre, tx.node), fresh=True)
        settle(tx, found, incident, fresh=True)
    return found
