"""The screens of this county, the first page's doors, and what a screen is told of where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Response, redirect, request
from sqlalchemy.orm import Session

from command.centres.models import Centre, User
from command.core import clock, installation
from command.core.access import permission
from command.core.auth import DISPLAY
from command.core.doors import SCREENS, about, screen, with_cookie
from command.core.errors import NotFound
from command.core.openapi import also
from command.core.web import PREFIX, reply
from command.places import register

permission(DISPLAY, "be a wall display: read-only, no idle time-out")
for _code in ("wall", "desk", "field", "brief", "planner", "admin", "hazards", "duty"):
    permission(f"screen.{_code}", f"open the {_code} screen")

screen("/", module="signin", needs=None, zh="登录", en="Sign in")
screen("/wall", module="wall", needs="screen.wall", zh="大屏", en="Wall")
screen("/desk", module="desk", needs="screen.desk", zh="值班席", en="Desk")
screen("/brief", module="brief", needs="screen.brief", zh="领导简报", en="Brief")
screen("/field", module="field", needs="screen.field", zh="队伍终端", en="Field")
screen("/hazards", module="hazards", needs="screen.hazards", zh="隐患", en="Hazards")
screen("/planner", module="planner", needs="screen.planner", zh="预案", en="Plans")
screen("/duty", module="duty", needs="screen.duty", zh="值班", en="Duty")
screen("/admin", module="admin", needs="screen.admin", zh="管理", en="Administration")
screen("/account", module="account", needs=None, zh="账户安全", en="Account security")
screen("/api/docs", module="docs", needs=None, zh="接口说明", en="Interface")

also("GET /doors", "The county's name, and the doors of the first page while this is a demo on this machine")

DOORS = (
    (
        "wall",
        "wall",
        "/wall",
        "大屏",
        "Wall",
        "全县此刻：人、事件、队伍、断联，八米外可读。",
        "The county now: people, incidents, teams, who is cut off.",
    ),
    (
        "county_duty",
        "county_duty",
        "/desk",
        "县值班席",
        "County desk",
        "接报、定位、派队、催办，全程键盘。",
        "Take the call, send teams, follow them; keyboard only.",
    ),
    (
        "fengzhou_duty",
        "township_duty",
        "/desk",
        "乡镇值班席",
        "Township desk",
        "同一张桌面，只见本乡镇的事。",
        "The same desk, with the township's own scope.",
    ),
    (
        "county_leader",
        "county_leader",
        "/brief",
        "领导手机",
        "Leader's phone",
        "一分钟念完，点一下即批准。",
        "Read aloud in a minute; approve in one tap.",
    ),
    (
        "fengzhou_team1",
        "team",
        "/field",
        "队伍手机",
        "Responder phone",
        "接令、到场、撤收；断网也能用。",
        "Accept, arrive, withdraw; works without a line.",
    ),
    (
        "planner",
        "planner",
        "/planner",
        "预案演练员",
        "Planner",
        "预案库：编制、审批、施行，按级别列出批准人和行动。",
        "The library of plans: levels, who approves them, what is done.",
    ),
)


HERE = ("127.0.0.1", "::1")


def loopback() -> bool:
    """Whether the request comes from this machine, by a name of this machine, and through no proxy."""
    if "X-Forwarded-For" in request.headers:
        return False
    host = request.host.rpartition(":")[0] or request.host
    return request.remote_addr in HERE and host in ("127.0.0.1", "localhost", "[::1]")


def _doors() -> list[dict[str, Any]]:
    return [
        {
            "role": role,
            "label": {"zh": zh, "en": en},
            "say": {"zh": say_zh, "en": say_en},
            "href": f"/enter?as={username}",
        }
        for username, role, _, zh, en, say_zh, say_en in DOORS
    ]


def bind(running: Any) -> None:
    """Mount the doors on a running application."""
    node, web, auth = running.node, running.web, running.auth

    def is_demo() -> bool:
        return running.settings.loopback and bool(
            node.database.read(lambda session: installation.fact(session, "demo"), world=None)
        )

    auth.is_bound = lambda actor, source: actor.may(DISPLAY) and not (source in HERE and is_demo())

    def doors() -> Response:
        open_ = loopback() and is_demo()
        play = getattr(running, "play", None) if open_ else None
        return reply(
            {
                "demo": open_,
                "play": play is not None,
                "playing": play is not None and play.playing,
                "doors": _doors() if open_ else [],
                "county": _county(node),
            }
        )

    def enter() -> Any:
        found = _entering(node, is_demo)
        if found is None:
            raise NotFound(
                "This link was used, or it has ended: make a new one with `fengsui demo links`",
                zh="链接已用过或已过期：用 `fengsui demo links` 另做",
            )
        cookie, _ = auth.open_session(found[0], "door")
        return with_cookie(redirect(found[1]), cookie, secure=False)

    web.app.add_url_rule(PREFIX + "/doors", "doors", doors, methods=["GET"])
    web.app.add_url_rule("/enter", "enter", enter, methods=["GET"])
    _tell(node, is_demo)


def _entering(node: Any, is_demo: Callable[[], bool]) -> tuple[str, str] | None:
    """(user, page) of a single-use link, or of a door of the first page while this is a demo on this machine."""
    if secret := request.args.get("link"):
        return installation.use_link(node, secret)
    if loopback() and is_demo():
        asked = request.args.get("as")
        return next(((user_of(node, door[0]), door[2]) for door in DOORS if door[0] == asked), None)
    return None


def _tell(node: Any, is_demo: Callable[[], bool]) -> None:
    """What GET /session says of where one stands."""
    about("county", lambda signed: _county(node))
    about("demo", lambda signed: is_demo())
    about("now", lambda signed: clock.wire(clock.real()))
    about("lang", lambda signed: signed.actor.lang)
    about(
        "screens",
        lambda signed: [
            {"path": one.path, "label": {"zh": one.zh, "en": one.en}}
            for one in SCREENS.values()
            if one.needs and signed.actor.may(one.needs)
        ],
    )
    about("centre_name", lambda signed: _name(node, signed.actor.centre))


def _county(node: Any) -> dict[str, str]:
    code = node.name[:6]
    return {"code": code, "name": _name(node, code), "name_en": f"{register.county().en} County"}


def _name(node: Any, code: str) -> str:
    row = node.database.read(lambda session: session.get(Centre, code), world=None)
    return row.name if row else code


def user_of(node: Any, username: str) -> str:
    """The account of a name."""

    def job(session: Session) -> str:
        return session.execute(sa.select(User.id).where(User.username == username)).scalar_one()

    found: str = node.database.read(job, world=None)
    return found
