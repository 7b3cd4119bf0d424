"""What the keepers' screen asks beyond the lists: roles, an account's logins and codes, displays and trackers in use."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.centres.devices import READ as DEVICES
from command.centres.devices import managed
from command.centres.models import Role, User
from command.core import clock, records
from command.core.credentials import Credential, Pass, RecoveryCode
from command.core.queries import View, Wish, query

READ = "user.read"
HANDLE = 12


@query("roles.all", needs=READ, http="GET /roles", output=dict[str, Any])
def roles(view: View, wish: Wish) -> dict[str, Any]:
    """Every role with its names, what it permits, and how many open accounts have it."""
    rows = view.session.execute(sa.select(Role).order_by(Role.id)).scalars()
    counted = sa.select(User.role, sa.func.count()).where(sa.not_(User.disabled)).group_by(User.role)
    held: dict[str, int] = {row[0]: row[1] for row in view.session.execute(counted)}
    return {
        "items": [
            {
                "code": one.id,
                "zh": one.zh,
                "en": one.en,
                "base": one.base,
                "version": one.version,
                "permissions": one.permissions,
                "accounts": held.get(one.id, 0),
            }
            for one in rows
        ]
    }


class OfUser(Wish):
    """An account."""

    id: str = Field(max_length=36)


@query("user.access", wish=OfUser, needs=READ, http="GET /users/{id}/access", output=dict[str, Any])
def access(view: View, wish: OfUser) -> dict[str, Any]:
    """How an account gets in: one-time codes on or off, and its logins, tokens and displays that still serve."""
    user = records.find(view.session, "user", wish.id, view.actor)
    held = view.session.get(Credential, user.id)
    left = sa.select(sa.func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user.id)
    live = (
        sa.select(Pass)
        .where(Pass.user_id == user.id, Pass.ends_at > clock.real())
        .order_by(Pass.seen_at.desc())
    )
    return {
        "otp": held is not None and held.totp_seed is not None,
        "recovery_left": view.session.execute(left).scalar_one(),
        "passes": [_shown(one) for one in view.session.execute(live).scalars()],
    }


def _shown(row: Pass) -> dict[str, Any]:
    return {
        "handle": row.hash[:HANDLE],
        "kind": row.kind,
        "label": row.label,
        "device_id": row.device_id,
        "made_at": clock.wire(row.made_at),
        "seen_at": clock.wire(row.seen_at),
        "ends_at": clock.wire(row.ends_at),
    }


@query("devices.in_use", needs=DEVICES, http="GET /devices-in-use", output=dict[str, Any])
def in_use(view: View, wish: Wish) -> dict[str, Any]:
    """When each display was last there, and the trackers: tokens of teams' accounts."""
    seen = sa.select(Pass.device_id, Pass.seen_at).where(Pass.device_id.is_not(None))
    tokens = (
        sa.select(User, Pass)
        .join(Pass, Pass.user_id == User.id)
        .where(
            User.team_id.is_not(None), Pass.kind == "token", Pass.ends_at > clock.real(),
            managed(User.centre, view.actor),
        )
        .order_by(User.username, Pass.made_at)
    )  # fmt: skip
    return {
        "seen": {row.device_id: clock.wire(row.seen_at) for row in view.session.execute(seen)},
        "trackers": [
            {
                **_shown(held),
                "user_id": user.id,
                "username": user.username,
                "name": user.name,
                "centre": user.centre,
            }
            for user, held in view.session.execute(tokens)
        ],
    }
