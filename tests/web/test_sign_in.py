"""Signing in: wrong tries cost time and never lock, a browser's writes carry its key, codes serve once, rights end at once."""

from __future__ import annotations

import dataclasses
import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from werkzeug.test import Client, TestResponse

import wsgi
from command.core import auth as auth_
from command.core import clock, credentials
from command.core.credentials import Pass
from command.core.live.hub import KEEP_S
from tests.county import FLOOD, PASSWORD, VILLAGE, County
from tests.doors import Doors
from tests.promptness import Heart

BODY = {"kind": FLOOD, "village_code": VILLAGE}
WHO = "town_duty"


@pytest.fixture
def browser_of(running: wsgi.Running, cast: County) -> Client:
    """A browser's side of HTTP: it keeps cookies."""
    return running.app.test_client()


def sign_in(
    browser: Client, who: str = WHO, password: str | None = None, source: str = "10.0.0.1", **more: Any
) -> TestResponse:
    """Try a name and a password from an address."""
    body = {"username": who, "password": password or f"{PASSWORD} {who}", **more}
    return browser.post("/api/v1/session", json=body, environ_base={"REMOTE_ADDR": source})


def test_it_signs_in_with_a_cookie_that_scripts_cannot_read(browser_of: Client) -> None:
    answer = sign_in(browser_of)
    assert answer.status_code == 200
    assert answer.json["actor"]["role"] == "township_duty"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert browser_of.get("/api/v1/session").json["csrf"] == answer.json["csrf"]


def test_it_says_the_same_of_a_wrong_name_and_a_wrong_password(browser_of: Client) -> None:
    name, password = sign_in(browser_of, "nobody"), sign_in(browser_of, password="wrong password")
    assert name.status_code == password.status_code == 401
    assert name.json == password.json
    assert "Set-Cookie" not in name.headers


def test_it_wants_the_pages_key_on_a_browsers_writes(browser_of: Client) -> None:
    csrf = sign_in(browser_of).json["csrf"]
    for headers in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": ""}):
        refused = browser_of.post("/api/v1/incidents", json=BODY, headers=headers)
        assert refused.status_code == 401
        assert refused.json["type"].endswith("csrf")
    assert browser_of.post("/api/v1/incidents", json=BODY, headers={"X-CSRF-Token": csrf}).status_code == 201
    assert browser_of.get("/api/v1/incidents").status_code == 200
    assert browser_of.delete("/api/v1/session").status_code == 401


def test_it_makes_wrong_tries_wait_longer_and_longer(
    browser_of: Client, running: wsgi.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = {"s": 0.0}
    shifted = SimpleNamespace(monotonic=lambda: time.monotonic() + passed["s"], time=time.time)
    monkeypatch.setattr(auth_, "time", shifted)
    for _ in range(5):
        assert sign_in(browser_of, password="wrong password").status_code == 401
    waits = []
    for _ in range(9):
        told = sign_in(browser_of, password="wrong password")
        assert told.status_code == 429
        waits.append(int(told.headers["Retry-After"]))
        assert sign_in(browser_of).status_code == 429, "also the right password waits"
        passed["s"] += waits[-1] + 1
        assert sign_in(browser_of, password="wrong password").status_code == 401
    assert waits == sorted(waits)
    assert waits[0] <= 2
    assert waits[-1] == 60
    passed["s"] += 61
    assert sign_in(browser_of).status_code == 200, "never a hard lock"
    assert sign_in(browser_of, password="wrong password").status_code == 401, "and the count began again"


def test_it_lets_an_attacker_lock_nobody_out(browser_of: Client, client: Doors) -> None:
    """The wait belongs to the account and the address it is tried from; open sessions and tokens do not feel it."""
    for _ in range(6):
        sign_in(browser_of, password="wrong password", source="10.6.6.6")
    assert sign_in(browser_of, source="10.6.6.6").status_code == 429
    assert sign_in(browser_of, source="10.0.0.2").status_code == 200
    assert client.get(WHO, "/incidents").status_code == 200


def test_it_takes_a_proxys_word_only_where_one_stands_in_front(running: wsgi.Running, cast: County) -> None:
    """Behind nginx the wait belongs to the client that nginx names, not to a name that the client gave itself."""
    behind = dataclasses.replace(running.settings, proxies=1)
    for settings, waits in ((running.settings, True), (behind, False)):
        app = wsgi.create_app(settings, cooperative=False)
        browser = app.app.test_client()

        def ask(forwarded: str, password: str | None = None, browser: Client = browser) -> int:
            body = {"username": WHO, "password": password or f"{PASSWORD} {WHO}"}
            headers = {"X-Forwarded-For": forwarded}
            found: int = browser.post("/api/v1/session", json=body, headers=headers).status_code
            return found

        for number in range(6):
            ask(f"10.9.9.{number}, 10.6.6.6", "wrong password")
        assert ask("10.0.0.2, 10.6.6.6") == 429
        assert (ask("10.6.6.6, 10.0.0.2") == 429) is waits
        assert not browser.get("/api/v1/doors", headers={"X-Forwarded-For": "127.0.0.1"}).json["doors"]
        app.node.database.close()


def enrol(browser: Client) -> str:
    """Turn one-time codes on; the seed."""
    headers = {"X-CSRF-Token": sign_in(browser).json["csrf"]}
    password = f"{PASSWORD} {WHO}"
    seed: str = browser.post("/api/v1/session/otp", json={"password": password}, headers=headers).json["seed"]
    code = pyotp.TOTP(seed).at(credentials.time.time() - 30)
    body = {"password": password, "seed": seed, "otp": code}
    assert browser.put("/api/v1/session/otp", json=body, headers=headers).status_code == 200
    return seed


def test_it_takes_each_one_time_code_once(browser_of: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"at": float(int(time.time()) // 30 * 30 + 5)}
    monkeypatch.setattr(credentials, "time", SimpleNamespace(time=lambda: now["at"]))
    seed = pyotp.TOTP(enrol(browser_of))
    needed = sign_in(browser_of)
    assert (needed.status_code, needed.json["otp"]) == (401, True)
    assert sign_in(browser_of, otp="000000").status_code == 401
    code = seed.at(now["at"])
    assert sign_in(browser_of, otp=code).status_code == 200
    assert sign_in(browser_of, otp=code).status_code == 401
    now["at"] += 30
    assert sign_in(browser_of, otp=code).status_code == 401, "nor in the next half minute"
    assert sign_in(browser_of, otp=seed.at(now["at"])).status_code == 200
    now["at"] += 90
    assert sign_in(browser_of, otp=seed.at(now["at"] - 90)).status_code == 401, "nor an old one"


def test_it_keeps_no_seed_or_token_in_plain_words(browser_of: Client, cast: County) -> None:
    seed = enrol(browser_of)

    def every_row(session: Any) -> list[str]:
        tables = (credentials.Credential.__table__, Pass.__table__)
        return [
            repr(tuple(row)) for table in tables for row in session.connection().execute(sa.select(table))
        ]

    rows = cast.node.database.read(every_row, world=None)
    told = "\n".join(rows)
    assert seed not in told
    assert PASSWORD not in told
    assert not any(token in told for token in cast.tokens.values())


def enrol_display(browser: Client, cast: County) -> None:
    """This browser becomes a display of the wall."""
    body = {"name": "大厅", "user_id": cast.users["wall"]}
    headers = {"Authorization": f"Bearer {cast.tokens['admin']}"}
    code = browser.post("/api/v1/devices", json=body, headers=headers).json["code"]
    assert browser.post("/api/v1/session/display", json={"code": code}).status_code == 201


def test_it_ends_an_idle_session_but_never_the_walls(
    browser_of: Client, running: wsgi.Running, cast: County
) -> None:
    long_ago = clock.real() - timedelta(hours=3)

    def idle() -> None:
        cast.node.database.write(
            lambda s: s.execute(sa.update(Pass).values(seen_at=long_ago)),
            world=0,
        )
        running.auth.forget()

    sign_in(browser_of)
    assert browser_of.get("/api/v1/session").status_code == 200
    idle()
    assert browser_of.get("/api/v1/session").status_code == 401
    enrol_display(browser_of, cast)
    idle()
    assert browser_of.get("/api/v1/session").status_code == 200


def test_it_keeps_a_session_whose_screen_is_open(
    browser_of: Client, running: wsgi.Running, cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that only watches through the night is not idle."""
    begun: dict[float, Any] = {}
    monkeypatch.setattr(running.hub, "repeat", begun.__setitem__)
    monkeypatch.setattr(running.hub, "on_start", [])
    monkeypatch.setattr(running.hub.tail, "start", lambda: None)
    running.hub.start()
    sign_in(browser_of)
    secret = browser_of.get_cookie("fengsui")
    assert secret is not None
    running.hub.connected("screen", running.auth.who(secret.value))
    nearly = clock.real() - timedelta(hours=1, minutes=58)
    cast.node.database.write(lambda s: s.execute(sa.update(Pass).values(seen_at=nearly)), world=0)
    begun[KEEP_S]()
    seen = cast.node.database.read(
        lambda s: s.execute(sa.select(Pass.seen_at).where(Pass.kind == "session")).scalar_one(), world=None
    )
    assert clock.real() - seen < timedelta(minutes=10)


def test_it_ends_every_session_in_the_end(browser_of: Client, running: wsgi.Running, cast: County) -> None:
    enrol_display(browser_of, cast)
    over = clock.real() - timedelta(seconds=1)
    cast.node.database.write(lambda s: s.execute(sa.update(Pass).values(ends_at=over)), world=0)
    running.auth.forget()
    assert browser_of.get("/api/v1/session").status_code == 401


def test_it_signs_out(browser_of: Client) -> None:
    csrf = sign_in(browser_of).json["csrf"]
    secret = browser_of.get_cookie("fengsui")
    assert secret is not None
    assert browser_of.delete("/api/v1/session", headers={"X-CSRF-Token": csrf}).status_code == 200
    browser_of.set_cookie("fengsui", secret.value)
    assert browser_of.get("/api/v1/session").status_code == 401


@pytest.mark.parametrize("name", ["user.disable", "user.password", "user.roles"])
def test_it_makes_a_change_of_rights_felt_within_a_second(
    client: Doors, cast: County, heart: Heart, name: str
) -> None:
    payload = {
        "id": cast.users[WHO],
        **{"user.password": {"password": "another long one"}, "user.roles": {"role": "keeper"}}.get(name, {}),
    }
    assert client.get(WHO, "/incidents").status_code == 200
    cast.do("admin", name, payload)
    began = time.monotonic()
    wanted = 403 if name == "user.roles" else 401
    while client.get(WHO, "/incidents").status_code != wanted:
        heart.held(began, 1.0)
    assert client.post(WHO, "/incidents", BODY).status_code == wanted


def test_it_takes_no_other_scheme_and_no_broken_token(client: Doors, running: wsgi.Running) -> None:
    for header in ("Basic dDp0", "Bearer", "Bearer ", "Bearer x", "bearer fs_" + "x" * 5000, "Token x"):
        answer = running.app.test_client().get("/api/v1/incidents", headers={"Authorization": header})
        assert answer.status_code == 401, header
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_it_opens_no_doors_where_the_data_is_not_the_demos(browser_of: Client) -> None:
    told = browser_of.get("/api/v1/doors").json
    assert (told["demo"], told["doors"]) == (False, [])
    assert browser_of.get("/enter?as=county_duty").status_code == 404
    assert browser_of.get("/enter?link=x").status_code == 404
