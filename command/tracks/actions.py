"""How a track stands: whose, until when, done or 不涉及."""

from __future__ import annotations

from command.centres.queries import centre as known_centre
from command.core import clock
from command.core.access import permission
from command.core.actions import AHEAD, Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.queries import Moment
from command.incidents.models import Incident
from command.tracks import clocks, private
from command.tracks.contract import SetTrack, TrackOut
from command.tracks.events import TrackSet
from command.tracks.models import Opinion, Track
from command.tracks.queries import TRACK_RECORDS, of_incident, ours, publicity
from command.tracks.words import SETTLED

WRITE = permission("track.write", "set the tracks of an incident", "设置事件并行工作线")


def may_write(tx: Tx, incident: Incident, *centres: str | None) -> None:
    """Refuse unless the incident is one's own business, or one of these centres is one's own; and on what goes on elsewhere."""
    if not ours(tx.actor, incident) and tx.actor.centre not in centres:
        raise Forbidden(
            "Its home centre, the county and the centre named may do this",
            zh="由属地单位、县里或指定的责任单位办理",
        )
    if incident.merged_into:
        raise Conflict(
            "It was merged into another incident: do it there",
            zh="它已并入另一起事件：请在那里办理",
            into=incident.merged_into,
        )


def check_centre(tx: Tx, code: str | None) -> None:
    """Refuse a centre that is not there."""
    if code is not None and known_centre(tx.session, code) is None:
        raise Invalid(f"there is no centre {code}", zh=f"没有单位 {code}")


def not_ahead(tx: Tx, at: Moment | None) -> None:
    """Refuse a time of something done that lies ahead."""
    if at is not None and at > tx.received_at + AHEAD:
        raise Invalid(
            "at: more than two minutes ahead of the server's clock", zh="时间超前服务器时钟两分钟以上"
        )


@action(
    "track.set",
    wish=SetTrack,
    needs=WRITE,
    target="incident",
    http="POST /incidents/{id}/tracks",
    output=TrackOut,
)
def set_track(tx: Tx, incident: Incident, wish: SetTrack) -> TrackOut:
    """Say how a track stands. The first word on one of the three asks for all three."""
    row = next((one for one in of_incident(tx.session, Track, incident.id) if one.sort == wish.sort), None)
    department = publicity(tx.session, tx.node) if wish.sort == "opinion" else None
    may_write(tx, incident, row.owner_centre if row else None, department)
    check_centre(tx, wish.owner_centre)
    private.nameless(tx, incident.id, wish.note, wish.reason, wish.owner_post)
    before = row.state if row else "open"
    _check(tx, incident, wish, before)
    fresh = row is None
    if row is None:
        row = Track(
            incident_id=incident.id, sort=wish.sort, state="open", owner_centre=None, owner_post=None, due_at=None, note=None,
            steps=[], late_since=None,
        )  # fmt: skip
    for name in ("owner_centre", "owner_post", "due_at", "note"):
        if name in wish.model_fields_set:
            setattr(row, name, getattr(wish, name))
    if wish.state is not None and wish.state != before:
        step = {
            "from": before,
            "to": wish.state,
            "by": tx.actor.name,
            "at": clock.wire(tx.at),
            "reason": wish.reason,
        }
        row.state, row.steps = wish.state, [*row.steps, step]
    if fresh:
        tx.add(row)
    clocks.settle(tx, row)
    if not fresh:
        tx.touch(row)
    shown = tx.show(TRACK_RECORDS, row)
    tx.say(TrackSet(record=shown, said={"reason": wish.reason}))
    return shown


def _check(tx: Tx, incident: Incident, wish: SetTrack, before: str) -> None:
    if wish.state == "none" and not wish.reason:
        raise Invalid("reason: why it does not concern", zh="选“不涉及”须写明理由")
    if before in SETTLED and wish.state in ("open", "doing") and not wish.reason:
        raise Invalid("reason: why it is opened again", zh="重新打开须写明理由")
    if wish.sort == "opinion" and wish.state in SETTLED:
        waiting = [one for one in of_incident(tx.session, Opinion, incident.id) if one.state == "open"]
        if waiting:
            raise Conflict(
                f"{len(waiting)} opinion items are not answered: answer them, or say why not",
                zh=f"还有 {len(waiting)} 条舆情未回应：先回应，或写明不予回应的理由",
            )
