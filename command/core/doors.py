"""Signing in and out over HTTP, who one is, and the pages of the screens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from flask import Response, abort, redirect, request, send_from_directory
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from command.core import strict
from command.core.auth import DEVICE_LASTS, Signed
from command.core.errors import Forbidden, NotFound, Unauthenticated
from command.core.queries import Wish, parse
from command.core.web import COOKIE, PREFIX, Web, reply

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
ABOUT: dict[str, Callable[[Signed], Any]] = {}


@dataclass(frozen=True)
class Screen:
    """A page: its address, its bundle, and the permission that it needs."""

    path: str
    module: str
    needs: str | None
    zh: str
    en: str


SCREENS: dict[str, Screen] = {}


def screen(path: str, *, module: str, needs: str | None, zh: str, en: str) -> None:
    """Register a screen; its TypeScript is static/src/screens/<module>/main.ts."""
    SCREENS[path] = Screen(path, module, needs, zh, en)


R_ = TypeVar("R_", bound=AnyResponse)


def about(name: str, tell: Callable[[Signed], Any]) -> None:
    """Let a slice add a member to GET /session."""
    ABOUT[name] = tell


class SignIn(Wish):
    """Name, password, and the one-time code, or a recovery code, where the account has one."""

    username: str = Field(max_length=64)
    password: str = Field(max_length=200)
    otp: str | None = Field(None, max_length=24)


def mount(web: Web, *, secure: bool) -> None:
    """Sign-in routes, pages, built files."""
    app = web.app

    def sign_in() -> Response:
        source = request.remote_addr or "?"
        web.limits.check_stranger(source)
        wish = parse(SignIn, strict.body_of(request, 10_000))
        secret, signed = web.auth.sign_in(wish.username, wish.password, wish.otp, source)
        return with_cookie(reply(who(signed)), secret, secure=secure)

    def read_session() -> Response:
        signed = web.signed(interim=True)
        web.limits.check_read(signed.actor.id)
        answer = reply(who(signed))
        if signed.device:  # its cookie lasts as long as it is used
            return with_cookie(answer, request.cookies[COOKIE], secure=secure, lasts=DEVICE_LASTS)
        return answer

    def sign_out() -> Response:
        signed = web.signed(interim=True)
        if signed.device:
            raise Forbidden(
                "An enrolled display is not signed out here: an administrator takes it back",
                zh="已注册的大屏设备不能在本机退出：请管理员在“设备”中收回",
            )
        web.auth.sign_out(signed.pass_hash)
        answer = reply({"ok": True})
        answer.delete_cookie(COOKIE)
        return answer

    app.add_url_rule(PREFIX + "/session", "session.in", sign_in, methods=["POST"])
    app.add_url_rule(PREFIX + "/session", "session.read", read_session, methods=["GET"])
    app.add_url_rule(PREFIX + "/session", "session.out", sign_out, methods=["DELETE"])
    _mount_pages(web)


def who(signed: Signed) -> dict[str, Any]:
    """What a screen needs to know of who is signed in."""
    actor = signed.actor
    told: dict[str, Any] = {
        "actor": {
            "id": actor.id,
            "name": actor.name,
            "role": actor.role,
            "centre": actor.centre,
            "team_id": actor.team_id,
            "parties": sorted(actor.parties),
            "permissions": sorted(actor.permissions),
        },
        "csrf": signed.csrf,
        "password_due": signed.interim,
        "home": home_of(signed),
    }
    told.update({name: tell(signed) for name, tell in ABOUT.items()})
    return told


def home_of(signed: Signed) -> str:
    """The first screen of a role."""
    actor = signed.actor
    if actor.may("screen.wall.device"):
        return "/wall"
    for path in ("/field", "/desk", "/wall", "/admin"):
        if path in SCREENS and actor.may(SCREENS[path].needs or ""):
            return path
    return "/"


def with_cookie(answer: R_, secret: str, *, secure: bool, lasts: timedelta = timedelta(days=7)) -> R_:
    """The answer with the session's cookie."""
    age = int(lasts.total_seconds())
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="Lax", secure=secure, path="/", max_age=age)
    return answer


def _mount_pages(web: Web) -> None:
    app = web.app

    def page(path: str) -> AnyResponse:
        shown = SCREENS.get(path)
        if shown is None:
            raise NotFound()
        if shown.needs is not None and (elsewhere := _elsewhere(web, path, shown.needs)):
            return redirect(elsewhere)
        return Response(
            shell(shown), content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"}
        )

    for path in SCREENS:
        app.add_url_rule(path, f"page:{path}", page, defaults={"path": path}, methods=["GET"])

    def asset(name: str) -> Response:
        answer = send_from_directory(DIST / "assets", name)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    def root_file(name: str) -> Response:
        if not (DIST / name).is_file():
            abort(404)
        answer = send_from_directory(DIST, name)
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    app.add_url_rule("/assets/<path:name>", "asset", asset, methods=["GET"])
    for name in ("sw.js", "manifest.webmanifest", "icon.svg", "favicon.svg", "icon-192.png", "icon-512.png"):
        app.add_url_rule(f"/{name}", f"file:{name}", root_file, defaults={"name": name}, methods=["GET"])


def _elsewhere(web: Web, path: str, needs: str) -> str | None:
    """Where somebody is sent who may not open a page (yet). The phone's page opens without a line and without a pass: it shows
    nothing of its own."""
    try:
        signed = web.auth.who(request.cookies.get(COOKIE, ""))
    except Unauthenticated:
        return None if path == "/field" else f"/?next={path}"
    if signed.interim:
        return f"/?next={path}"
    return None if signed.actor.may(needs) else home_of(signed)


def shell(shown: Screen) -> str:
    """The page of a screen: an element and its bundle; no inline script."""
    found = json.loads((DIST / ".vite" / "manifest.json").read_text())
    entry = found.get(f"src/screens/{shown.module}/main.ts") or found.get(
        f"static/src/screens/{shown.module}/main.ts"
    )
    if entry is None:
        raise NotFound()
    styles = "".join(f'<link rel="stylesheet" href="/{one}">' for one in _styles(found, entry, set()))
    preloads = "".join(
        f'<link rel="modulepreload" href="/{found[one]["file"]}">' for one in entry.get("imports", ())
    )
    extra = (
        '<link rel="manifest" href="/manifest.webmanifest">'
        if (DIST / "manifest.webmanifest").exists()
        else ""
    )
    extra += '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>烽燧 · {shown.zh}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">'
        f'<meta name="theme-color" content="#0a101c">{extra}{styles}{preloads}</head>'
        f'<body><div id="app"></div><script type="module" src="/{entry["file"]}"></script></body></html>'
    )


def _styles(found: dict[str, Any], entry: dict[str, Any], seen: set[str]) -> list[str]:
    """The stylesheets of an entry and of all that it imports, in order, each once."""
    styles: list[str] = []
    for name in entry.get("imports", ()):
        if name not in seen:
            seen.add(name)
            styles += _styles(found, found[name], seen)
    return [*dict.fromkeys([*styles, *entry.get("css", ())])]
