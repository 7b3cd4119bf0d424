"""Reading tracks: who may, what holds 归档 back, how an incident stands; families' people and notes of care by their own rights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.centres.models import Role, User
from command.core import clock
from command.core.access import Actor, audience_of, permission
from command.core.errors import Conflict, NotFound
from command.core.live.topics import hangs_on, may_hear
from command.core.queries import Nothing, View, Wish, query
from command.core.records import Criterion, RecordType, find, public, record
from command.core.settings import setting
from command.incidents import queries as incidents
from command.incidents.kinds import KINDS
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS, hangs_visible
from command.tracks import private
from command.tracks.contract import CareOut, FamilyOut, OpinionOut, StatementOut, TrackOut
from command.tracks.events import ROOM
from command.tracks.models import CareCase, Family, Opinion, Statement, Track
from command.tracks.words import SETTLED, THREE_SYNC

READ = permission("track.read", "see the tracks of an incident", "查看事件并行工作线")
CARE = permission(
    "care.write", "give psychological aid, read own notes", "心理援助（只读写本人及指定同事的记录）"
)
PERSONAL = "personal.read"
DRILL = "【演练】"
KINDS_TOO = setting(
    "tracks.three_sync_kinds", Annotated[list[Annotated[str, Field(max_length=32)]], Field(max_length=80)], [],
    zh="除社会安全事件外，须“三同步”的事件类别", en="Kinds that need 三同步 besides social-security events",
)  # fmt: skip
PUBLICITY = setting(
    "tracks.publicity", Annotated[str, Field(pattern=r"^[a-z]{2,20}$")], "publicity",
    zh="声明由哪个部门代表宣传审批（部门代码）", en="Department that approves statements for publicity",
)  # fmt: skip


def publicity(session: Session, node: str) -> str:
    """The centre whose word is that of 宣传."""
    return f"{node[:6]}-{PUBLICITY(session, node[:6])}"


def _show(out: Any) -> Any:
    def show(session: Session, rows: Sequence[Any]) -> list[Any]:
        return [public(out, row) for row in rows]

    return show


def _in_room(model: Any) -> Any:
    def of(topic: str) -> Criterion | None:
        here: Criterion = model.incident_id == topic.removeprefix(ROOM)
        return here if topic.startswith(ROOM) else None

    return of


def _kind(kind: str, model: Any, out: Any, path: str) -> RecordType[Any, Any]:
    with_merged = partial(incidents.of_incident, model.incident_id)
    filters: dict[str, Any] = {
        "incident_id": with_merged, "state": lambda v: model.state.in_(v.split(",")),
    }  # fmt: skip
    return record(
        RecordType(
            kind, model, out, _show(out), visible=hangs_visible(model), in_topic=_in_room(model), path=path, needs=READ,
            order=(model.id,), filters=filters,
        )
    )  # fmt: skip


TRACK_RECORDS: RecordType[Track, TrackOut] = _kind("track", Track, TrackOut, "tracks")
OPINIONS: RecordType[Opinion, OpinionOut] = _kind("opinion", Opinion, OpinionOut, "opinions")
STATEMENTS: RecordType[Statement, StatementOut] = _kind("statement", Statement, StatementOut, "statements")
FAMILIES: RecordType[Family, FamilyOut] = _kind("family", Family, FamilyOut, "families")
CARES: RecordType[CareCase, CareOut] = _kind("care_case", CareCase, CareOut, "care_cases")
hangs_on("incident", ROOM)


@may_hear
def _room(session: Session, actor: Actor, topic: str) -> bool:
    """The tracks of an incident are heard by who sees it as a whole and may read tracks."""
    if not topic.startswith(ROOM) or not actor.may(READ):
        return False
    whole = {party for party in actor.parties if not party.startswith("team:")}
    return bool(audience_of(session, "incident", topic.removeprefix(ROOM)) & whole)


def of_incident(session: Session, model: Any, incident_id: str) -> list[Any]:
    """The rows of one kind that hang on an incident, in order."""
    chosen = sa.select(model).where(model.incident_id == incident_id).order_by(model.id)
    return list(session.execute(chosen).scalars())


def three_sync(session: Session, incident: Incident) -> bool:
    """Whether 三同步 is asked for: of social events, of the kinds the county named, and wherever a person took one of the three up."""
    kind = KINDS[incident.kind]
    if kind.klass == "social" or {kind.code, kind.parent} & set(KINDS_TOO(session, incident.centre)):
        return True
    taken = sa.select(Track.id).where(Track.incident_id == incident.id, Track.sort.in_(THREE_SYNC))
    return session.execute(taken.limit(1)).first() is not None


def owed(session: Session, incident: Incident) -> list[str]:
    """Which of the three are neither done nor 不涉及: while there is one, the incident is not archived."""
    if not three_sync(session, incident):
        return []
    rows = {row.sort: row.state for row in of_incident(session, Track, incident.id)}
    return [sort for sort in THREE_SYNC if rows.get(sort) not in SETTLED]


class OfIncident(Wish):
    """An incident."""

    id: str = Field(max_length=36)


@query("tracks.board", wish=OfIncident, needs=READ, http="GET /incidents/{id}/tracks", output=dict[str, Any])
def board(view: View, wish: OfIncident) -> dict[str, Any]:
    """How an incident's tracks stand: whether 三同步 is asked for, what is owed, when the first statement was published."""
    incident = find(view.session, INCIDENTS, wish.id, view.actor)
    times = [one["at"] for row in of_incident(view.session, Statement, wish.id) for one in row.published]
    return {
        "three_sync": three_sync(view.session, incident),
        "owed": owed(view.session, incident),
        "publicity": publicity(view.session, view.node),
        "received_at": clock.wire(incident.received_at),
        "first_statement_at": min(times, default=None),
    }


@query(
    "tracks.family_people",
    wish=OfIncident,
    needs=PERSONAL,
    http="GET /incidents/{id}/family-people",
    output=dict[str, Any],
)
def family_people(view: View, wish: OfIncident) -> dict[str, Any]:
    """The families of an incident by name with their liaison and what they were told; the reading is written to the access log."""
    incident = find(view.session, INCIDENTS, wish.id, view.actor)
    if not ours(view.actor, incident):
        raise NotFound()
    secrets = private.opened(view, wish.id, private.FAMILY)
    rows = of_incident(view.session, Family, wish.id)
    if rows:
        view.log_read("families", wish.id)
    return {
        "items": [
            {
                "id": row.id,
                "number": row.number,
                **_without(secrets.get(row.person["id"], {})),
                "tellings": [{**one, **_without(secrets.get(one["id"], {}))} for one in row.tellings],
            }
            for row in rows
        ]
    }


def _without(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in ("sort", "about")}


def ours(actor: Actor, incident: Incident) -> bool:
    """Whether an incident is the actor's own business: its home centre's, or the county's."""
    return actor.covers(incident.centre) or (actor.centre[:9] == incident.centre and "-" not in actor.centre)


class OfThing(Wish):
    """A thing by its id."""

    id: str = Field(max_length=36)


@query(
    "tracks.care_notes", wish=OfThing, needs=CARE, http="GET /care_cases/{id}/notes", output=dict[str, Any]
)
def care_notes(view: View, wish: OfThing) -> dict[str, Any]:
    """Who is in care, and the notes: for the carer and the named colleague alone; the reading is written to the access log."""
    row = find(view.session, CARES, wish.id, view.actor)
    if view.actor.id not in (row.carer_id, row.colleague_id):
        raise NotFound()
    secrets = private.opened(view, row.incident_id, private.CARE)
    view.log_read("care notes", row.id)
    person = _without(secrets.get(row.person["id"], {}))
    return {
        **person,
        "items": [{**one, **_without(secrets.get(one["id"], {}))} for one in row.sessions],
    }


@query("tracks.carers", wish=Nothing, needs=CARE, http="GET /care-colleagues", output=dict[str, Any])
def carers(view: View, wish: Nothing) -> dict[str, Any]:
    """The other carers of the county, of whom one may be named to read along."""
    return {
        "items": [
            {"id": one.id, "name": one.name} for one in who_care(view.session) if one.id != view.actor.id
        ]
    }


def who_care(session: Session) -> list[User]:
    """The accounts whose role gives psychological aid."""
    roles = {one.id for one in session.execute(sa.select(Role)).scalars() if CARE in one.permissions}
    chosen = (
        sa.select(User).where(User.role.in_(roles), User.disabled.is_(False)).order_by(User.name, User.id)
    )
    return list(session.execute(chosen).scalars())


@query(
    "tracks.statement_paper",
    wish=OfThing,
    needs=READ,
    http="GET /statements/{id}/paper",
    output=dict[str, Any],
)
def statement_paper(view: View, wish: OfThing) -> dict[str, Any]:
    """An approved statement as it is printed: names are set in where the families were notified; else it is refused."""
    row = find(view.session, STATEMENTS, wish.id, view.actor)
    if row.state not in ("approved", "published"):
        raise Conflict("Not approved by both sides yet", zh="尚未经指挥部和宣传双方批准，不能打印")
    families = private.numbered(of_incident(view.session, Family, row.incident_id), row.title + row.text)
    title, text = (private.with_names(view, row.incident_id, families, one) for one in (row.title, row.text))
    head = DRILL + title if view.world else title
    return {
        "number": row.number, "title": head, "text": text, "approvals": row.approvals, "published": row.published,
        "stale": row.differs, "revision": row.revision,
    }  # fmt: skip
