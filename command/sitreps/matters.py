"""What a shift hands over of reports: what is owed and until when, what is written and not sent, what nobody above has signed for,
who asked for information and was not called back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from command.core.matters import Matters, matter
from command.core.queries import View, query
from command.sitreps.models import InfoRequest, Reporting, Sitrep
from command.sitreps.words import CLOCK_CHANNELS, IN_HAND, KINDS, RECIPIENTS, REPORT_FLOW

OPEN = IN_HAND | {"submitted", "supplement_required"}
OWED = ("running", "overdue")


@query("sitreps.matters", wish=Matters)
def matters(view: View, wish: Matters) -> list[dict[str, Any]]:
    """What a centre's own desk owes above; what its townships owe is theirs to hand over."""
    return [*_owed(view, wish.centre), *_written(view, wish.centre), *_asked(view, wish.centre)]


def _owed(view: View, centre: str) -> Iterator[dict[str, Any]]:
    """One line for each incident, with all that is owed of it: the one about its changed figures (incidents) is a part of this."""
    wanted = sa.select(Reporting).where(Reporting.live, Reporting.centre == centre).order_by(Reporting.id)
    for row in view.session.execute(wanted).scalars():
        due = sorted((one for one in row.clocks if one["state"] in OWED), key=lambda one: str(one["due_at"]))
        if not due:
            continue
        zh, en = zip(*(_clock(one) for one in due), strict=True)
        said = (f"{row.incident_title}：{'；'.join(zh)}", f"{row.incident_title}: {'; '.join(en)}")
        first, about = due[0], ("incident", row.incident_id)
        began, ends = (datetime.fromisoformat(first[name]) for name in ("starts_at", "due_at"))
        yield matter("deadline", about, said, began, ends)


def _clock(one: dict[str, Any]) -> tuple[str, str]:
    kind, to, way = KINDS[one["report"]], RECIPIENTS.get(one["to"]), CLOCK_CHANNELS[one["channel"]]
    late = one["state"] == "overdue"
    return (
        f"应向{to.zh if to else one['to']}{kind.zh}（{way.zh}{'，超时未报' if late else ''}）",
        f"{kind.en.lower()} to {to.en if to else one['to']} ({way.en}{', overdue' if late else ''})",
    )


def _written(view: View, centre: str) -> Iterator[dict[str, Any]]:
    """What is written and not over; what was told to a named person by telephone has been received by that."""
    wanted = sa.select(Sitrep).where(Sitrep.live, Sitrep.centre == centre, Sitrep.kind != "phone_flash")
    for row in view.session.execute(wanted.order_by(Sitrep.id)).scalars():
        unsigned = bool(row.signed and row.signed["oral"] and not row.signed["confirmed_at"])
        if row.state not in OPEN and not unsigned:
            continue
        kind = KINDS[row.kind]
        zh, en = REPORT_FLOW.zh[row.state], REPORT_FLOW.en[row.state].lower()
        if row.state == "submitted":
            zh, en = "已报出，上级未签收", "sent, no receipt from above"
        if unsigned:
            zh, en = f"{zh}，口头签发待补签", f"{en}, spoken signature not confirmed"
        what = f"{row.incident_title}：" if row.incident_title else ""
        said = (f"{what}{kind.zh}（{zh}）", f"{what.replace('：', ': ')}{kind.en} ({en})")
        yield matter("deadline", ("sitrep", row.id), said, row.drafted_at, row.due_at)


def _asked(view: View, centre: str) -> Iterator[dict[str, Any]]:
    wanted = sa.select(InfoRequest).where(
        InfoRequest.live, InfoRequest.centre == centre, InfoRequest.state == "open"
    )
    for row in view.session.execute(wanted.order_by(InfoRequest.id)).scalars():
        said = (f"来电查询待回拨核实：{row.office}", f"To be called back: {row.office} asked for information")
        yield matter("promise", ("info_request", row.id), said, row.taken_at)
