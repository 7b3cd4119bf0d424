"""What every installation begins with: the roles, the county, its townships and villages with their official codes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from command.centres.models import Centre, Role
from command.centres.roles import DEFAULT_ROLES
from command.contact.models import Link
from command.core import clock
from command.places import areas, register

DEPARTMENTS = (
    ("water", "水利局"),
    ("police", "公安局"),
    ("health", "卫生健康局"),
    ("transport", "交通运输局"),
    ("power", "供电公司"),
    ("reserves", "粮食和物资储备中心"),
    ("publicity", "宣传部"),
)


def found(session: Session, node: str) -> None:
    """Make roles and centres that are not there yet; nothing that exists is changed."""
    for code, (zh, en, permissions) in DEFAULT_ROLES.items():
        if session.get(Role, code) is None:
            now = clock.real()
            stamp = {"home": node, "version": 1, "created_at": now, "updated_at": now}
            session.add(Role(id=code, zh=zh, en=en, base=code, permissions=sorted(permissions), **stamp))
    areas.found(session, node)
    if session.get(Centre, node[:6]) is not None:
        return
    county = register.county()
    _add(session, node, county.code, "county", county.name, county.joined, None)
    for code, name in DEPARTMENTS:
        _add(
            session,
            node,
            f"{county.code}-{code}",
            "department",
            county.name.removesuffix("县") + name,
            code,
            county.code,
        )
    for township in register.townships():
        _add(session, node, township.code, "township", township.name, township.joined, county.code)
        _never_heard(session, node, township.code)
        for village in register.villages(township.code):
            _add(session, node, village.code, "village", village.name, village.joined, township.code)


def _never_heard(session: Session, node: str, code: str) -> None:
    now = clock.real()
    session.add(
        Link(
            world=0, id=code, home=node, term=0, n=0, version=1, created_at=now, updated_at=now,
            state="never", last_at=None,
        )
    )  # fmt: skip


def _add(
    session: Session, node: str, code: str, kind: str, name: str, pinyin: str, parent: str | None
) -> None:
    now = clock.real()
    session.add(
        Centre(
            id=code,
            home=node,
            term=0,
            n=0,
            version=1,
            created_at=now,
            updated_at=now,
            kind=kind,
            name=name,
            pinyin=pinyin,
            parent=parent,
            phones=[],
            posts=[],
            synthetic=False,
        )
    )
    session.flush()
