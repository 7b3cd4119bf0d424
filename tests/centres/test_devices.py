"""The wall's account opens on enrolled displays only: a code once, then a cookie that shows and never acts, until it is taken back."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import wsgi
from command.centres.models import Invitation
from command.core import clock, installation
from command.core.credentials import Pass, hashed
from tests.county import FLOOD, PASSWORD, VILLAGE, County
from tests.doors import Doors
from tests.promptness import Heart

WALL = {"username": "wall", "password": f"{PASSWORD} wall"}


def invite(client: Doors, cast: County, who: str = "admin", account: str = "wall") -> Any:
    """Ask for a display's code."""
    return client.post(who, "/devices", {"name": "指挥大厅", "user_id": cast.users[account]})


def show(running: wsgi.Running, code: str) -> tuple[Any, Any]:
    """A display's browser shows a code: (browser, answer)."""
    browser = running.app.test_client()
    return browser, browser.post("/api/v1/session/display", json={"code": code})


def test_it_refuses_the_walls_password_on_a_device_that_is_not_enrolled(
    running: wsgi.Running, cast: County
) -> None:
    refused = running.app.test_client().post("/api/v1/session", json=WALL)
    assert refused.status_code == 403
    assert refused.json["bound"] is True
    assert "注册码" in refused.json["said"]["zh"]
    assert "Set-Cookie" not in refused.headers
    wrong = running.app.test_client().post("/api/v1/session", json={**WALL, "password": "wrong password"})
    assert wrong.status_code == 401, "whether the password is right is told to nobody else"


def test_it_lets_the_demos_wall_in_from_this_machine_only(running: wsgi.Running, cast: County) -> None:
    cast.node.database.write(lambda session: installation.set_fact(session, "demo", True), world=0)
    for source, status in (("127.0.0.1", 200), ("10.0.0.9", 403)):
        answer = running.app.test_client().post(
            "/api/v1/session", json=WALL, environ_base={"REMOTE_ADDR": source}
        )
        assert answer.status_code == status, source


def test_it_enrols_with_a_code_once_and_holds_a_cookie_from_then_on(
    running: wsgi.Running, client: Doors, cast: County
) -> None:
    made = invite(client, cast)
    code = made.json["code"]
    assert made.status_code == 201
    assert len(code.replace("-", "")) * 5 >= 80, "at least 80 bits"
    browser, answer = show(running, code.lower().replace("-", " "))
    assert answer.status_code == 201, answer.text
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "Max-Age=34560000" in cookie
    assert browser.get("/api/v1/session").json["home"] == "/wall"
    assert client.get("admin", f"/devices/{made.json['id']}").json["state"] == "enrolled"
    again, refused = show(running, code)
    assert refused.status_code == 403
    assert again.get("/api/v1/session").status_code == 401
    held = browser.get_cookie("fengsui")
    assert held is not None
    rows = cast.node.database.read(lambda s: repr(s.execute(sa.select(Pass.__table__)).all()), world=None)
    assert held.value not in rows
    assert hashed(held.value) in rows
    told = "".join(bytes(one.record).decode() + bytes(one.text).decode() for one in cast.entries())
    assert code not in told


def test_it_refuses_a_code_after_fifteen_minutes_and_one_that_never_was(
    running: wsgi.Running, client: Doors, cast: County
) -> None:
    code = invite(client, cast).json["code"]
    over = clock.real() - timedelta(seconds=1)
    cast.node.database.write(lambda s: s.execute(sa.update(Invitation).values(ends_at=over)), world=0)
    for tried in (code, "ABCD-EFGH-IJKL-MNOP-QRST"):
        _, refused = show(running, tried)
        assert refused.status_code == 403
        assert "15" in refused.json["detail"]


def enrolled(running: wsgi.Running, client: Doors, cast: County) -> tuple[Any, str, str]:
    """A display that is enrolled: (browser, csrf, id)."""
    made = invite(client, cast).json
    browser, answer = show(running, made["code"])
    return browser, answer.json["csrf"], made["id"]


def test_it_never_acts_from_a_display(running: wsgi.Running, client: Doors, cast: County) -> None:
    """Not even where somebody gave its role a right."""
    browser, csrf, _ = enrolled(running, client, cast)
    cast.node.database.write(lambda session: _give(session, "incident.open", "team.position"), world=0)
    running.auth.forget()
    headers = {"X-CSRF-Token": csrf}
    before = cast.end()
    body = {"kind": FLOOD, "village_code": VILLAGE}
    for path, sent in (("/incidents", body), ("/positions", [])):
        refused = browser.post(f"/api/v1{path}", json=sent, headers=headers)
        assert refused.status_code == 403, path
    assert browser.delete("/api/v1/session", headers=headers).status_code == 403
    assert cast.end() == before
    assert browser.get("/api/v1/incidents").status_code == 200


def _give(session: Any, *rights: str) -> None:
    from command.centres.models import Role

    row = session.get(Role, "wall")
    row.permissions = [*row.permissions, *rights]


def test_it_has_no_idle_end(running: wsgi.Running, client: Doors, cast: County) -> None:
    browser, _, _ = enrolled(running, client, cast)
    long_ago = clock.real() - timedelta(days=20)
    cast.node.database.write(lambda s: s.execute(sa.update(Pass).values(seen_at=long_ago)), world=0)
    running.auth.forget()
    assert browser.get("/api/v1/session").status_code == 200


@pytest.mark.parametrize("how", ["revoke", "disable", "role"])
def test_it_ends_within_a_second_when_it_is_taken_back(
    running: wsgi.Running, client: Doors, cast: County, heart: Heart, how: str
) -> None:
    browser, _, device = enrolled(running, client, cast)
    assert browser.get("/api/v1/session").status_code == 200
    wall = cast.users["wall"]
    asked: dict[str, Callable[[], Any]] = {
        "revoke": lambda: client.post("security", f"/devices/{device}/revoke"),
        "disable": lambda: client.post("security", f"/users/{wall}/disable"),
        "role": lambda: client.post("admin", f"/users/{wall}/roles", {"role": "planner"}),
    }
    assert asked[how]().status_code == 200
    began = time.monotonic()
    while browser.get("/api/v1/session").status_code != 401:
        heart.held(began, 1.0)
    if how != "role":
        assert client.get("admin", f"/devices/{device}").json["state"] == "revoked"


def test_it_keeps_a_display_over_a_new_password(running: wsgi.Running, client: Doors, cast: County) -> None:
    browser, _, _ = enrolled(running, client, cast)
    path = f"/users/{cast.users['wall']}/password"
    assert client.post("admin", path, {"password": "another horse battery"}).status_code == 200
    running.auth.forget()
    assert browser.get("/api/v1/session").status_code == 200


def test_it_is_invited_by_those_who_keep_displays_and_for_a_wall_only(client: Doors, cast: County) -> None:
    for who in ("auditor", "county_duty", "town_duty", "wall", "planner"):
        assert invite(client, cast, who).status_code == 403, who
    assert invite(client, cast, account="planner").status_code == 422
    assert invite(client, cast, "security").status_code == 201
    assert client.get("county_duty", "/devices").status_code == 403


def test_it_serves_no_code_of_a_display_that_was_taken_back(
    running: wsgi.Running, client: Doors, cast: County
) -> None:
    made = invite(client, cast).json
    assert client.post("admin", f"/devices/{made['id']}/revoke").status_code == 200
    assert show(running, made["code"])[1].status_code == 403
    assert client.post("admin", f"/devices/{made['id']}/revoke").status_code == 409
