"""What happens elsewhere and touches personal data: an incident is taken up again, a drill ends, a backup is restored."""

from __future__ import annotations

from command.core import clock, personal
from command.core.actions import Tx, action
from command.core.drills import WorldEnded
from command.core.errors import Conflict
from command.core.events import on
from command.core.store import worlds
from command.destruction import contract
from command.destruction.actions import listed, live_one, said
from command.destruction.contract import DestructionOut, Replay
from command.destruction.models import Destruction
from command.incidents.events import IncidentMoved


@on(IncidentMoved)
def taken_up_again(tx: Tx, event: IncidentMoved) -> None:
    """A response goes on: what was gathered for it is needed."""
    incident = event.record
    row = live_one(tx, "incident", incident.id)
    if row is None or row.state == "erasing":
        return
    if incident.id not in personal.SUBJECTS["incident"].ended(tx.session, [incident.id]):
        row.state, row.live = "dropped", False
        tx.touch(row)
        said(tx, row, contract.DestructionDropped)


@on(WorldEnded)
def drill_over(tx: Tx, event: WorldEnded) -> None:
    """A drill's personal data goes with the drill: its world takes no command any more, and nobody needs it."""
    worlds.found(tx.session, event.record.number, personal.erase_world)


@action("destruction.replay", wish=Replay, inner=True, output=DestructionOut)
def replay(tx: Tx, wish: Replay) -> DestructionOut:
    """Erase again what an older backup brought back, as the list of erasures says."""
    row = tx.session.get(Destruction, (tx.world, wish.id), with_for_update=True)
    thing = (wish.kind, wish.thing)
    if wish.kind not in personal.SUBJECTS:
        raise Conflict("Nothing of this kind is known here", zh="没有这类对象")
    counts = personal.erase(tx.session, thing)
    if row is None:
        row = tx.add(
            Destruction(
                id=wish.id, number=wish.number, subject_kind=wish.kind, subject_id=wish.thing,
                subject_number=wish.subject_number, centre=wish.centre, over_at=wish.at, due_at=wish.at, state="erasing",
                sorts=[], holds=[], hold_until=None, review_at=None, reminded=0, reminded_at=wish.at,
                reason=None, confirmed_by=wish.by, confirmed_at=wish.at, gone_at=None, replays=[], live=True,
            )
        )  # fmt: skip
    row.state, row.live, row.gone_at = "erasing", True, None
    row.confirmed_by, row.confirmed_at = wish.by, wish.at
    row.hold_until = row.review_at = None
    row.replays = [*row.replays, {"at": clock.wire(tx.at), "sorts": listed(counts)}]
    tx.touch(row)
    return said(tx, row, contract.DestructionReplayed)
