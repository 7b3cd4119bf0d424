"""What reports ask of a leader: those that were reviewed and wait for a signature, and spoken ones that wait for their owner."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.centres.models import Centre
from command.core import deciding
from command.core.deciding import Deciding, fact, option, waiting
from command.core.queries import View, query
from command.sitreps import rules
from command.sitreps.models import Sitrep
from command.sitreps.moving import SIGN
from command.sitreps.queries import READ, SITREPS
from command.sitreps.words import KINDS, RECIPIENTS

TO, ABOUT, DRAFTED = ("报送", "To"), ("事件", "Incident"), ("起草", "Drafted by")
deciding.refreshed_by("sitrep.")


@query("sitreps.decisions", wish=Deciding)
def decisions(view: View, wish: Deciding) -> list[dict[str, Any]]:
    """Reports of a house that wait for its leader."""
    if not view.actor.may(READ):
        return []
    wanted = sa.select(Sitrep).where(
        Sitrep.live, Sitrep.centre == wish.centre, Sitrep.state.in_(("reviewing", "signed")), SITREPS.visible(view.actor)
    )  # fmt: skip
    found = []
    for row in view.session.execute(wanted.order_by(Sitrep.id)).scalars():
        if row.state == "reviewing" and row.reviewed is not None:
            found.append(_asked(view, row, str(row.reviewed["at"])))
        elif row.signed and row.signed["oral"] and not row.signed["confirmed_at"]:
            found.append(_spoken(view, row, row.signed))
    return found


def _title(row: Sitrep, zh: str, en: str) -> tuple[str, str]:
    kind = KINDS[row.kind]
    return f"{zh}{kind.zh}", f"{en} {kind.en.lower()}"


def _facts(row: Sitrep) -> list[dict[str, Any]]:
    """The whole of what is signed: to whom, of what, and every word."""
    to = [RECIPIENTS[one] for one in row.to]
    facts = [fact(TO, ("、".join(one.zh for one in to), ", ".join(one.en for one in to)))]
    if row.incident_title:
        facts.append(fact(ABOUT, row.incident_title))
    facts += [{"label": one["title"], "text": one["text"]} for one in row.sections if one["text"]]
    return [*facts, fact(DRAFTED, row.drafted_by)]


def _may(view: View, row: Sitrep) -> bool:
    actor = view.actor
    drafter = actor.id == row.drafted_by_id and rules.SIGNER_OTHER(view.session, row.centre)
    return actor.may(SIGN) and not actor.read_only and not drafter


def _post(view: View) -> str:
    """The post in which the actor signs: the one held in the contact tree, else what the role is called."""
    centre = view.session.get(Centre, view.actor.centre)
    held = [one["title"] for one in (centre.posts if centre else []) if one.get("holder_id") == view.actor.id]
    return str(held[0]) if held else "带班领导"


def _asked(view: View, row: Sitrep, since: str) -> dict[str, Any]:
    payload = {"id": row.id, "to": "signed", "name": view.actor.name, "post": _post(view)}
    options = [
        option(
            ("签发", "Sign"),
            "sitrep.transition",
            payload,
            row.version,
            main=True,
            back=("sitrep.transition", {"id": row.id, "to": "rejected"}),
        ),
        option(
            ("退回", "Send back"),
            "sitrep.transition",
            {"id": row.id, "to": "rejected"},
            row.version,
            reason=True,
        ),
    ]
    return waiting(
        "sitrep", ("sitrep", row.id), _title(row, "签发", "Sign the"), facts=_facts(row), asked_by=row.drafted_by, asked_at=since,
        incident_id=row.incident_id, options=options if _may(view, row) else [],
    )  # fmt: skip


def _spoken(view: View, row: Sitrep, signed: dict[str, Any]) -> dict[str, Any]:
    word = {
        "by": signed["by"], "at": signed["at"], "post": signed["post"], "confirmed": None,
        **({"disputed": signed["disputed"]} if signed.get("disputed") else {}),
        "spoken": {"person": signed["name"], "post": signed["post"], "channel": signed["oral"]["channel"], "number": None},
    }  # fmt: skip
    options = [
        option(("是我说的，确认", "I said so"), "sitrep.confirm", {"id": row.id}, row.version, main=True)
    ]
    if not signed.get("disputed"):
        options.append(option(("有出入", "Not what I said"), "sitrep.dispute", {"id": row.id}, row.version))
    state = deciding.DISPUTED if signed.get("disputed") else deciding.SPOKEN
    return waiting(
        "sitrep", ("sitrep", row.id), _title(row, "已签发", "Signed:"), state=state, facts=_facts(row),
        asked_by=row.drafted_by, asked_at=signed["at"], incident_id=row.incident_id,
        options=options if _may(view, row) else [], word=word,
    )  # fmt: skip
