"""来电查询: somebody asks for information in the name of an office above. It is called back on a number of ours, then told."""

from __future__ import annotations

import os
from typing import Any

from command.core import canonical, clock, ids, personal, seal
from command.core.access import set_audience
from command.core.actions import Tx, action
from command.core.errors import Conflict
from command.incidents.queries import INCIDENTS
from command.sitreps import rules
from command.sitreps.actions import author
from command.sitreps.contract import CheckRequest, InfoRequestOut, TakeRequest
from command.sitreps.events import InfoRequestChecked, InfoRequestTaken
from command.sitreps.models import InfoCaller, InfoRequest
from command.sitreps.queries import INFO_REQUESTS, heard
from command.sitreps.telling import SEND

personal.personal(
    "info_request.caller",
    InfoCaller,
    of="info_request",
    by=InfoCaller.request_id,
    zh="来电查询人",
    en="who asked for information",
)


@action(
    "info_request.take",
    wish=TakeRequest,
    needs=SEND,
    http="POST /info_requests",
    status=201,
    output=InfoRequestOut,
)
def take(tx: Tx, wish: TakeRequest) -> InfoRequestOut:
    """Note who asks and the number to call back; whether that number is one of the office's is said, and nothing is told yet."""
    incident = tx.find(INCIDENTS, wish.incident_id)
    centre = author(tx, incident)
    value, salt = canonical.dump({"person": wish.person, "number": wish.number}), os.urandom(16)
    kept = ids.new_id()
    row = tx.add(
        InfoRequest(
            incident_id=incident.id, centre=centre, office=wish.office, asks=wish.asks,
            caller={"id": kept, "commitment": seal.commitment(salt, value)}, known=_known(tx, wish.number), state="open",
            taken_by=tx.actor.name, taken_at=tx.at, checked=None, live=True,
        )
    )  # fmt: skip
    tx.add(InfoCaller(id=kept, request_id=row.id, sealed=seal.seal(tx.secret, value)))
    set_audience(tx.session, "info_request", row.id, heard(centre, tx.node), fresh=True)
    return _say(tx, row, InfoRequestTaken)


def _known(tx: Tx, number: str) -> bool:
    """Whether a number is one that the county keeps for the offices above."""
    offices: list[dict[str, Any]] = rules.OFFICES(tx.session, tx.node[:6])
    return _digits(number) in {_digits(one) for office in offices for one in office["numbers"]}


def _digits(number: str) -> str:
    return "".join(one for one in number if one.isdigit())


@action("info_request.check", wish=CheckRequest, needs=SEND, target="info_request", http="POST /info_requests/{id}/check",
        output=InfoRequestOut)  # fmt: skip
def check(tx: Tx, row: InfoRequest, wish: CheckRequest) -> InfoRequestOut:
    """What the call back said: the office did ask, or nobody there knows of it."""
    author(tx, tx.find(INCIDENTS, row.incident_id))
    if row.state != "open":
        raise Conflict("It was checked already", zh="已经核实过")
    row.state, row.live = "verified" if wish.asked else "refused", False
    row.checked = {"by": tx.actor.name, "at": clock.wire(tx.at), "reached": wish.reached, "note": wish.note}
    tx.touch(row)
    return _say(tx, row, InfoRequestChecked)


def _say(tx: Tx, row: InfoRequest, event: type[InfoRequestTaken]) -> InfoRequestOut:
    shown = tx.show(INFO_REQUESTS, row)
    tx.say(event(record=shown, parties=heard(row.centre, tx.node)))
    return shown
