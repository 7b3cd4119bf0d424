"""Opinion items: what is said in public, whether it is true, who answers it by when, and how it was answered."""

from __future__ import annotations

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict
from command.incidents.models import Incident
from command.incidents.queries import incident_row
from command.tracks import clocks, private
from command.tracks.actions import check_centre, may_write, not_ahead
from command.tracks.contract import EditOpinion, NoteOpinion, OpinionOut, SettleOpinion
from command.tracks.events import OpinionEdited, OpinionEvent, OpinionNoted, OpinionSettled
from command.tracks.models import Opinion
from command.tracks.queries import OPINIONS, publicity

WRITE = permission("opinion.write", "note and answer opinion items", "登记、回应舆情")


@action("opinion.note", wish=NoteOpinion, needs=WRITE, target="incident", http="POST /incidents/{id}/opinions", status=201,
        output=OpinionOut)  # fmt: skip
def note(tx: Tx, incident: Incident, wish: NoteOpinion) -> OpinionOut:
    """Note what was seen. Whoever sees the incident may: it is only what others say."""
    may_write(tx, incident, tx.actor.centre)
    not_ahead(tx, wish.seen_at)
    check_centre(tx, wish.answers_centre)
    private.nameless(tx, incident.id, wish.claim, wish.seen_where, wish.answers_post)
    told = wish.model_dump(exclude={"seen_at"})
    row = Opinion(
        **told, incident_id=incident.id, seen_at=wish.seen_at or tx.at, noted_by=tx.actor.name, state="open", answer=None,
        answered_by=None, answered_at=None, late_since=None,
    )  # fmt: skip
    tx.add(row)
    clocks.settle(tx, row)
    tx.session.flush()
    return _say(tx, row, OpinionNoted)


@action(
    "opinion.edit",
    wish=EditOpinion,
    needs=WRITE,
    target="opinion",
    http="PATCH /opinions/{id}",
    output=OpinionOut,
)
def edit(tx: Tx, row: Opinion, wish: EditOpinion) -> OpinionOut:
    """What is known better: true or not, how hot, who answers by when."""
    _mine(tx, row)
    check_centre(tx, wish.answers_centre)
    private.nameless(tx, row.incident_id, wish.answers_post)
    for name in wish.model_fields_set:
        value = getattr(wish, name)
        if value is not None or name in ("answers_centre", "answers_post", "due_at"):
            setattr(row, name, value)
    clocks.settle(tx, row)
    tx.touch(row)
    return _say(tx, row, OpinionEdited)


@action("opinion.settle", wish=SettleOpinion, needs=WRITE, target="opinion", http="POST /opinions/{id}/transition",
        output=OpinionOut)  # fmt: skip
def settle(tx: Tx, row: Opinion, wish: SettleOpinion) -> OpinionOut:
    """It was answered, is not answered for a reason, or is open again."""
    _mine(tx, row)
    not_ahead(tx, wish.at)
    private.nameless(tx, row.incident_id, wish.text)
    if row.state == wish.to:
        raise Conflict("It stands so already", zh="已是该状态")
    row.state, row.answer = wish.to, wish.text
    done = wish.to != "open"
    row.answered_by, row.answered_at = (tx.actor.name, wish.at or tx.at) if done else (None, None)
    clocks.settle(tx, row)
    tx.touch(row)
    return _say(tx, row, OpinionSettled, text=wish.text)


def _mine(tx: Tx, row: Opinion) -> None:
    incident = incident_row(tx.session, row.incident_id)
    may_write(tx, incident, row.answers_centre, publicity(tx.session, tx.node))


def _say(tx: Tx, row: Opinion, event: type[OpinionEvent], **said: str) -> OpinionOut:
    shown = tx.show(OPINIONS, row)
    tx.say(event(record=shown, said=said))
    return shown
