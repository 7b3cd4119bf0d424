"""Reading call-outs: who may see which, in which rooms they stand, what a list comes to, how the county did (KPIs)."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.callout.contract import CalloutListOut, CalloutOut, CalloutPersonOut
from command.callout.events import ROOM
from command.callout.models import Callout, CalloutList, CalloutPerson
from command.callout.private import numbers_of
from command.callout.rules import ANSWER_MIN
from command.core import clock
from command.core.access import COUNTY, Actor, audiences, centre_party, heard_by, permission
from command.core.live.topics import may_hear
from command.core.queries import View, Wish, query
from command.core.records import NOBODY, Criterion, RecordType, find, public, record

READ = permission("callout.read", "see call-outs and who has not answered", "查看叫应和未应答名单")
ANSWERED, DONE = ("answered",), ("acted", "confirmed")
OPEN = ("pending", "calling", "missed", "escalated", "door_visit")
"""States in which nobody has reached the person yet."""


def _heard(kind: str, column: Any) -> Any:
    def visible(actor: Actor) -> Criterion:
        if actor.system:
            return sa.true()
        return heard_by(kind, column, actor.parties) if actor.may(READ) else NOBODY

    return visible


def _in_party(kind: str, model: Any) -> Any:
    def in_topic(topic: str) -> Criterion | None:
        if topic != COUNTY and not topic.startswith("centre:"):
            return None
        return sa.and_(model.live.is_(True), heard_by(kind, model.id, [topic]))

    return in_topic


def _show_callouts(session: Session, rows: Sequence[Callout]) -> list[CalloutOut]:
    heard = audiences(session, "callout", [row.id for row in rows])
    return [public(CalloutOut, row, audience=heard[row.id]) for row in rows]


def show_lists(session: Session, rows: Sequence[CalloutList]) -> list[CalloutListOut]:
    """Lists by count."""
    return [public(CalloutListOut, row, audience=heard_of(row)) for row in rows]


def heard_of(row: CalloutList) -> list[str]:
    """Who hears of a list: the county, and the township whose it is."""
    return [COUNTY] if len(row.centre) == 6 else sorted({COUNTY, centre_party(row.centre)})


def people_visible(actor: Actor) -> Criterion:
    """SQL: the county sees all, a township the people of its own list."""
    if actor.system or (actor.may(READ) and actor.county):
        return sa.true()
    if not actor.may(READ) or actor.team_id is not None:
        return NOBODY
    return sa.and_(CalloutPerson.centre == actor.centre)


def _people_in(topic: str) -> Criterion | None:
    if not topic.startswith(ROOM):
        return None
    return sa.and_(CalloutPerson.list_id == topic.removeprefix(ROOM))


@may_hear
def _rooms(session: Session, actor: Actor, topic: str) -> bool:
    """The people of a list are heard where it is worked, and by the county."""
    if not topic.startswith(ROOM) or not actor.may(READ) or actor.team_id is not None:
        return False
    wanted = sa.select(CalloutList.centre).where(CalloutList.id == topic.removeprefix(ROOM))
    centre = session.execute(wanted).scalar_one_or_none()
    return centre is not None and (actor.county or centre == actor.centre)


CALLOUTS = record(
    RecordType(
        "callout", Callout, CalloutOut, _show_callouts, visible=_heard("callout", Callout.id),
        in_topic=_in_party("callout", Callout), path="callouts", needs=READ, order=(Callout.id,),
        filters={
            "warning_id": lambda v: Callout.warning_id == v,
            "state": lambda v: Callout.state.in_(v.split(",")),
            "live": lambda v: Callout.live == (v in ("true", "1")),
        },
    )
)  # fmt: skip
LISTS = record(
    RecordType(
        "callout_list", CalloutList, CalloutListOut, show_lists, visible=_heard("callout_list", CalloutList.id),
        in_topic=_in_party("callout_list", CalloutList), path="callout_lists", needs=READ,
        order=(CalloutList.centre, CalloutList.id),
        filters={
            "callout_id": lambda v: CalloutList.callout_id == v,
            "centre": lambda v: CalloutList.centre == v,
            "live": lambda v: CalloutList.live == (v in ("true", "1")),
        },
    )
)  # fmt: skip
PEOPLE = record(
    RecordType(
        "callout_person", CalloutPerson, CalloutPersonOut,
        lambda session, rows: [public(CalloutPersonOut, row) for row in rows],
        visible=people_visible, in_topic=_people_in, path="callout_people", needs=READ,
        order=(CalloutPerson.code, CalloutPerson.id),
        filters={
            "callout_id": lambda v: CalloutPerson.callout_id == v,
            "list_id": lambda v: CalloutPerson.list_id == v,
            "code": lambda v: CalloutPerson.code == v,
            "state": lambda v: CalloutPerson.state.in_(v.split(",")),
            "level": lambda v: CalloutPerson.level.in_(v.split(",")),
        },
    )
)  # fmt: skip


NAMES = (
    "total", "acted", "answered", "on_post", "moved", "visited", "pending", "missed", "escalated", "door", "differs"
)  # fmt: skip
COUNTED_AS = {"calling": "pending", "door_visit": "door", "confirmed": "answered", "acted": "acted"}


def tally(state: str, differs: bool, acts: Sequence[str]) -> list[str]:
    """Among whom one person is counted. `acted` is what counts (on post, moved, visited, and not refuted by a re-call); `answered`
    stands apart."""
    stands = "differs" if differs else "acted" if acts else COUNTED_AS.get(state, state)
    return ["total", *acts, stands]


def counted(session: Session, list_id: str) -> dict[str, int]:
    """A list by count, from its people."""
    person = CalloutPerson
    wanted = sa.select(person.state, person.differs, person.acts, sa.func.count()).where(
        person.list_id == list_id
    )
    counts = dict.fromkeys(NAMES, 0)
    for state, differs, acts, n in session.execute(
        wanted.group_by(person.state, person.differs, person.acts)
    ):
        for name in tally(state, differs, acts):
            counts[name] += n
    return counts


class OfPerson(Wish):
    """Whose numbers: the person's own, or the superior's to whom it climbed."""

    id: str = Field(max_length=36)
    of: str = Field("self", pattern="^(self|superior)$")


@query(
    "callout.numbers", wish=OfPerson, needs="line.read", http="GET /callout_people/{id}/numbers", output=dict[str, Any]
)  # fmt: skip
def numbers(view: View, wish: OfPerson) -> dict[str, Any]:
    """The numbers to ring, private ones too, in their order; the reading is written to the access log."""
    row = find(view.session, PEOPLE, wish.id, view.actor)
    own = wish.of == "self"
    lines = row.lines if own else (row.superior or {"lines": []})["lines"]
    private: dict[str, Any] = {}
    if any(one["private"] for one in lines):
        private = numbers_of(view, row) if own or row.superior is None else _of_post(view, row.superior)
        view.log_read("callout line", row.id)
    empty = {"number": None, "whose": None}
    return {
        "items": [{**one, "whose": None, **{k: (private.get(one["id"]) or empty)[k] for k in empty}} if one["private"]
                  else {**one, "whose": None} for one in lines]
    }  # fmt: skip


def _of_post(view: View, above: dict[str, Any]) -> dict[str, Any]:
    items = view.ask("post.private", id=above["code"], post=above["post_id"])["items"]
    return {one["id"]: one for one in items}


class OfCallout(Wish):
    """A call-out."""

    id: str = Field(max_length=36)


@query(
    "callout.measures", wish=OfCallout, needs=READ, http="GET /callouts/{id}/measures", output=dict[str, Any], long=True
)  # fmt: skip
def measures(view: View, wish: OfCallout) -> dict[str, Any]:
    """How each list did: acted, answered within the target, median seconds to the first answer, climbed, not reached."""
    row = find(view.session, CALLOUTS, wish.id, view.actor)
    target = ANSWER_MIN(view.session, view.node) * 60
    wanted = sa.select(CalloutPerson).where(CalloutPerson.callout_id == row.id, people_visible(view.actor))
    by_centre: dict[str, list[CalloutPerson]] = {}
    for one in view.session.execute(wanted.order_by(CalloutPerson.centre)).scalars():
        by_centre.setdefault(one.centre, []).append(one)
    items = [{"centre": centre, **_measured(people, target)} for centre, people in by_centre.items()]
    return {"items": items, "target_min": target // 60, "at": clock.wire(view.now)}


def _measured(people: Sequence[CalloutPerson], target: int) -> dict[str, Any]:
    taken = [
        max(0, round((one.answered_at - one.listed_at).total_seconds())) for one in people if one.answered_at
    ]
    return {
        "total": len(people),
        "acted": sum(1 for one in people if one.acts and not one.differs),
        "answered": len(taken),
        "in_time": sum(1 for seconds in taken if seconds <= target),
        "median_s": round(median(taken)) if taken else None,
        "climbed": sum(1 for one in people if one.escalated_at),
        "door": sum(1 for one in people if one.door_at),
        "unreached": [f"{one.place} {one.post}" for one in people if one.state in OPEN],
    }
