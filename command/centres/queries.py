"""Reading centres and accounts; how an account becomes an actor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.contract import CENTRES_TOPIC, CentreOut
from command.centres.devices import in_keepers_topic, managed
from command.centres.models import Centre, Role, User
from command.centres.people import UserOut
from command.centres.roles import COUNTY_ROLES
from command.core import access, enrolled
from command.core.access import COUNTY, Actor, centre_party, team_party
from command.core.live.topics import TOLD, may_hear
from command.core.records import NOBODY, RecordType, public, record


@access.use_loader
def load_actor(session: Session, user_id: str) -> Actor | None:
    """The actor of an account with its rights of this moment; None when closed."""
    user = session.get(User, user_id)
    if user is None or user.disabled:
        return None
    role = session.get(Role, user.role)
    base = role.base if role else user.role
    return Actor(
        id=user.id,
        name=user.name,
        role=base,
        centre=user.centre,
        parties=parties_of(user, base),
        permissions=frozenset(role.permissions if role else ()),
        team_id=user.team_id,
        device=base in ("team", "guest_force"),
        lang=user.lang,
        worlds=enrolled.worlds_of(session, user.id),
    )


KEEPER_ROLES = ("admin", "security", "auditor")


def parties_of(user: User, base: str) -> frozenset[str]:
    """For whom an account speaks, by the role as which it acts: a team for itself, the county's desk for the county, a
    display that visitors see for nobody, all others for their centre."""
    if base in ("team", "guest_force"):
        return frozenset({team_party(user.team_id)}) if user.team_id else frozenset()
    if base in COUNTY_ROLES and len(user.centre) == 6:
        return frozenset({COUNTY, centre_party(user.centre)})
    if base == "wall_visitors":
        return frozenset()
    if base in KEEPER_ROLES:
        return frozenset({"admin" if len(user.centre) == 6 else f"admin:{user.centre}"})
    return frozenset({centre_party(user.centre)})


def _show_centres(session: Session, rows: Sequence[Centre]) -> list[CentreOut]:
    return [public(CentreOut, row, code=row.id) for row in rows]


def show_users(session: Session, rows: Sequence[User]) -> list[UserOut]:
    """Accounts without their secrets."""
    return [public(UserOut, row) for row in rows]


def _centre_topic(topic: str) -> Any:
    if topic == CENTRES_TOPIC:
        return Centre.kind != "village"
    return in_keepers_topic(Centre.id, topic)


CENTRES = record(
    RecordType(
        "centre",
        Centre,
        CentreOut,
        _show_centres,
        visible=lambda actor: sa.true(),
        in_topic=_centre_topic,
        path="centres",
        needs="centre.read",
        order=(Centre.id,),
        worldly=False,
        filters={"kind": lambda v: Centre.kind == v, "parent": lambda v: Centre.parent == v},
    )
)

USERS = record(
    RecordType(
        "user",
        User,
        UserOut,
        show_users,
        visible=lambda actor: managed(User.centre, actor) if actor.may("user.read") else NOBODY,
        needs="user.read",
        in_topic=lambda topic: in_keepers_topic(User.centre, topic),
        path="users",
        order=(User.username,),
        worldly=False,
        filters={"role": lambda v: User.role == v, "centre": lambda v: User.centre == v},
    )
)


def centre(session: Session, code: str) -> Centre | None:
    """A centre by its code."""
    return session.get(Centre, code)


@may_hear
def _centre_of_the_county(session: Session, actor: Actor, topic: str) -> bool:
    """The county hears each of its centres."""
    return (
        actor.county
        and actor.may(TOLD)
        and topic.startswith("centre:")
        and session.get(Centre, topic.removeprefix("centre:")) is not None
    )


@may_hear
def _who_reads_centres(session: Session, actor: Actor, topic: str) -> bool:
    """The register of centres, with their posts and numbers, is one topic for all who may read it."""
    return topic == CENTRES_TOPIC and actor.may("centre.read")


@may_hear
def _keepers_of_registers(session: Session, actor: Actor, topic: str) -> bool:
    """Accounts and displays are heard by those who may read them, at their own centre."""
    return topic in actor.parties and topic.split(":")[0] == "admin" and actor.may("user.read")
