"""The HTTP edge: routes generated from the registries, one order of checks, one form of error (RULES 31)."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response, g, request
from flask.sessions import NullSession, SessionInterface, SessionMixin
from werkzeug.exceptions import HTTPException

from command.core import auth as auth_
from command.core import canonical, clock, ids, listing, records, sight, strict
from command.core.actions import ACTIONS, Action, Command
from command.core.auth import Auth, Signed
from command.core.errors import (
    CsrfMissing,
    Invalid,
    Malformed,
    MethodNotAllowed,
    NotEnrolled,
    NotFound,
    PasswordDue,
    Problem,
    TooLarge,
    TooLate,
    Unauthenticated,
)
from command.core.intake import INTAKES, Intake
from command.core.limits import Limits
from command.core.node import Node
from command.core.pace import TooSlow
from command.core.queries import QUERIES, Download, Query
from command.core.receipts import Answer
from command.core.records import AnyRecord

log = logging.getLogger(__name__)
PREFIX = "/api/v1"
COOKIE = "fengsui"
SAFE = ("GET", "HEAD", "OPTIONS")
CSP = "default-src 'self'; worker-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:"


class NoSession(SessionInterface):
    """Flask's own session cookie, read and written with every request, is not used: a pass of ours says who asks."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        return NullSession()


class Web:
    """The doors of HTTP on one Flask application."""

    def __init__(self, app: Flask, node: Node, auth: Auth, limits: Limits) -> None:
        self.app, self.node, self.auth, self.limits = app, node, auth, limits
        self.vitals: Any = None
        app.session_interface = NoSession()
        app.register_error_handler(Exception, self.refuse)
        app.after_request(_harden)
        app.url_map.strict_slashes = False

    def mount(self) -> None:
        """Make a route of every action, intake, question and record that has an address."""
        for action in ACTIONS.values():
            if action.http:
                self._route(action.http, f"do:{action.name}", self._doing(action))
        for taking in INTAKES.values():
            self._route(taking.http, f"take:{taking.name}", self._taking(taking))
        for query in QUERIES.values():
            if query.http:
                self._route(query.http, f"ask:{query.name}", self._asking(query))
        for kind in records.KINDS.values():
            if kind.path:
                self._route(f"GET /{kind.path}", f"list:{kind.kind}", self._listing(kind))
                self._route(f"GET /{kind.path}/{{id}}", f"read:{kind.kind}", self._reading(kind))

    def _route(self, http: str, name: str, view: Callable[..., Response]) -> None:
        method, path = http.split(" ")
        rule = PREFIX + re.sub(r"\{(\w+)\}", r"<\1>", path)
        self.app.add_url_rule(rule, name, view, methods=[method])

    # who and where

    def signed(self, *, interim: bool = False) -> Signed:
        """Who asks; a cookie's writes carry the CSRF value. `interim`: also who has still to choose a password."""
        found = self._signed()
        if found.interim and not interim:
            raise PasswordDue()
        return found

    def _signed(self) -> Signed:
        if "signed" in g:
            known: Signed = g.signed
            return known
        header = request.headers.get("Authorization", "")
        if header:
            scheme, _, token = header.partition(" ")
            if scheme.lower() != "bearer" or not token.strip():
                raise Unauthenticated()
            found = self.auth.who(token.strip())
        else:
            found = self.auth.who(request.cookies.get(COOKIE, ""))
            given = request.headers.get("X-CSRF-Token", "")
            if request.method not in SAFE and not auth_.same(given, found.csrf):
                raise CsrfMissing()
        g.signed = found
        return found

    def world(self, signed: Signed, named: str | None = None) -> int:
        """The world a request names, in its header or (tiles, OGC) its address; absent = 0; never remembered."""
        text = (named or request.headers.get("Fengsui-World", "0")).strip()
        if not text.isdigit() or len(text) > 9:
            raise Malformed("Fengsui-World: a whole number", zh="Fengsui-World 须为整数")
        if int(text) not in signed.actor.worlds:
            fresh = self.auth.still(
                signed.pass_hash
            )  # a drill that has just begun is not in what we remember
            if fresh is None or int(text) not in fresh.actor.worlds:
                raise NotEnrolled
            self.auth.forget()
            g.signed = fresh
        return int(text)

    def lang(self) -> str:
        """The language of sentences: ?lang, else Accept-Language, else the account's, else Chinese."""
        asked = request.args.get("lang") or request.accept_languages.best_match(["zh", "zh-CN", "en"]) or ""
        if not asked and "signed" in g:
            asked = g.signed.actor.lang
        return "en" if asked.lower().startswith("en") else "zh"

    # the sorts of route

    def _doing(self, action: Action) -> Callable[..., Response]:
        def view(**path: str) -> Response:
            self.limits.check_write(self.signed().actor.id)
            world = self.world(self.signed())
            signed = self.signed()
            body = strict.body_of(request)
            if "id" in path and "id" in body:
                raise Invalid("id: it stands in the address", zh="id 已在地址中，不写在内容里")
            command = Command(
                action.name,
                {**body, **path},
                signed.actor,
                key_of(request),
                world,
                _version(request),
                lang=self.lang(),
            )
            g.command_id = command.id
            answer = self.node.act(command)
            return _answered(answer)

        return view

    def _taking(self, taking: Intake) -> Callable[..., Response]:
        def view() -> Response:
            signed = self.signed()
            self.limits.check_write(signed.actor.id)
            world = self.world(signed)
            items = strict.items_of(request)
            signed.actor.need(taking.needs)
            signed.actor.need_hand()
            return reply(taking.receive(self.node, signed.actor, world, items))

        return view

    def _asking(self, query: Query) -> Callable[..., Response]:
        def view(**path: str) -> Response:
            signed = self.signed()
            self.limits.check_read(signed.actor.id)
            wish: dict[str, Any] = {**request.args.to_dict(), **path}
            for text in wish.values():
                strict.check_text(text)
            wish.pop("lang", None)
            return answered(self.node.ask(query.name, wish, signed.actor, self.world(signed), self))

        return view

    def _listing(self, kind: AnyRecord) -> Callable[..., Response]:
        def view() -> Response:
            signed = self.signed()
            self.limits.check_read(signed.actor.id)
            signed.actor.need(kind.needs)
            asked = listing.parse(kind, request.args.to_dict())
            world = self.world(signed)
            return reply(
                self.node.database.read_long(
                    lambda session: listing.page(session, kind, signed.actor, asked), world=world
                )
            )

        return view

    def _reading(self, kind: AnyRecord) -> Callable[..., Response]:
        def view(id: str) -> Response:
            signed = self.signed()
            self.limits.check_read(signed.actor.id)
            world = self.world(signed)

            def job(session: Any) -> Any:
                row = records.find(session, kind.kind, id, signed.actor)
                signed.actor.need(kind.needs)
                shown = records.fill(session, kind.kind, [records.show(session, kind.kind, row)])[0]
                return sight.told(signed.actor, shown)

            shown = self.node.database.read(job, world=world)
            answer = reply(shown)
            answer.headers["ETag"] = f'"{shown.version}"'
            return answer

        return view

    # refusals

    def refuse(self, error: Exception) -> Response:
        """The web's edge: every error as a problem; what we did not foresee is logged with its command."""
        problem = _problem(error)
        if problem.status >= 500 and not isinstance(error, Problem):
            log.exception("request failed, command %s", g.get("command_id"), exc_info=error)
        answer = reply(problem.body(g.get("command_id"), self.lang()), problem.status)
        answer.content_type = "application/problem+json"
        if problem.status == 401:
            answer.headers["WWW-Authenticate"] = "Bearer"
        if "retry_after" in problem.extra:
            answer.headers["Retry-After"] = str(problem.extra["retry_after"])
        return answer


def _problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, TooSlow):
        return TooLate()
    if isinstance(error, HTTPException):
        known: dict[int | None, type[Problem]] = {
            404: NotFound,
            405: MethodNotAllowed,
            413: TooLarge,
            400: Malformed,
        }
        return known.get(error.code, Malformed)()
    return Problem()


def key_of(asked: Request) -> str:
    """The command id that the request gives, else a fresh one."""
    key = asked.headers.get("Idempotency-Key")
    if key is None:
        return ids.new_id()
    if not ids.is_uuid(key.strip('"')):
        raise Malformed("Idempotency-Key: a UUID", zh="Idempotency-Key 须为 UUID")
    return key.strip('"').lower()


def _version(asked: Request) -> int | None:
    text = asked.headers.get("If-Match")
    if text is None:
        return None
    text = text.strip().removeprefix("W/").strip('"')
    if not text.isdigit() or len(text) > 9:
        raise Malformed("If-Match: the version you saw", zh="If-Match 须为所见版本号")
    return int(text)


def _answered(answer: Answer) -> Response:
    response = Response(
        answer.body,
        answer.status,
        content_type="application/json" if answer.ok else "application/problem+json",
    )
    return response


def answered(value: Any) -> Response:
    """What a question is answered with: JSON, or a file."""
    if not isinstance(value, Download):
        return reply(value)
    kept = {"Content-Disposition": f'attachment; filename="{value.name}"'}
    return Response(value.whole(), content_type=value.media, headers=kept)


def reply(value: Any, status: int = 200) -> Response:
    """A value as canonical JSON."""
    return Response(canonical.dump(value), status, content_type="application/json")


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Permissions-Policy"] = "geolocation=(self), camera=(self), microphone=()"
    if request.path.startswith(("/api", "/readyz", "/healthz")):
        response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Fengsui-Now"] = clock.wire(clock.real())
    return response
