"""Accounts: each keeper its own centre's, secrets shown once, passwords hashed before the writer is asked for."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa

import wsgi
from command.core import credentials
from command.core.auth import Auth
from command.core.credentials import Credential, Pass, RecoveryCode, hashed
from command.core.receipts import Receipt
from command.founding.demo import open_account
from tests.centres.test_posts import keeper
from tests.county import COUNTY, OTHER, PASSWORD, TOWN, VILLAGE, County, new_id
from tests.doors import Doors
from tests.promptness import Heart

NEW = {"username": "fresh", "name": "新席", "role": "township_duty", "centre": TOWN, "password": PASSWORD}


def test_it_lets_a_townships_keeper_open_accounts_of_its_own_only(client: Doors, cast: County) -> None:
    who = keeper(client, cast)
    assert client.post(who, "/users", NEW).status_code == 201
    assert (
        client.post(
            who, "/users", {**NEW, "username": "fresh2", "centre": VILLAGE, "role": "village"}
        ).status_code
        == 201
    )
    for centre in (OTHER, COUNTY):
        assert client.post(who, "/users", {**NEW, "username": "fresh3", "centre": centre}).status_code == 403
    assert client.post(who, "/users", {**NEW, "username": "fresh4", "role": "auditor"}).status_code == 422
    names = {one["username"] for one in client.get(who, "/users?limit=1000").json["items"]}
    assert {"town_duty", "fresh", "fresh2"} <= names
    assert not {"other_duty", "county_duty", "admin"} & names


@pytest.mark.parametrize("name", ["disable", "password", "roles", "sign-out", "codes-off", "tokens"])
def test_it_hides_other_centres_accounts_from_a_townships_keeper(
    client: Doors, cast: County, name: str
) -> None:
    who = keeper(client, cast)
    body: dict[str, Any] = {
        "password": {"password": PASSWORD}, "roles": {"role": "keeper"}, "codes-off": {"reason": "丢失"}, "tokens": {"label": "x"},
    }.get(name, {})  # fmt: skip
    before = cast.end()
    answers = [client.post(who, f"/users/{one}/{name}", body) for one in (cast.users["other_duty"], new_id())]
    assert [one.status_code for one in answers] == [404, 404]
    assert cast.end() == before
    own = client.post(
        who, f"/users/{cast.users['town_duty']}/roles", {"role": "township_duty", "centre": OTHER}
    )
    assert own.status_code == 403, "nor may it move its own account to another centre"


def test_it_tells_both_centres_keepers_when_an_account_moves(client: Doors, cast: County) -> None:
    user = cast.users["town_duty"]
    client.post("admin", f"/users/{user}/roles", {"role": "township_duty", "centre": OTHER})
    assert cast.topics(cast.end()) == {"admin": 0, f"admin:{TOWN}": 1, f"admin:{OTHER}": 2}


def test_it_shows_a_token_once_and_keeps_its_hash_alone(client: Doors, cast: County) -> None:
    key, path = new_id(), f"/users/{cast.users['town_team']}/tokens"
    made = client.post("admin", path, {"label": "定位器"}, key=key)
    token = made.json["token"]
    client.tokens = {**client.tokens, "tracker": token}
    assert client.get("tracker", "/session").json["actor"]["role"] == "team"
    assert client.post("admin", path, {"label": "定位器"}, key=key).status_code == 422, (
        "it cannot be shown again"
    )
    assert client.post("security", path, {"label": "x"}).status_code == 403
    assert client.post("admin", path, {"label": "x", "sealed": "AAAA"}).status_code == 422
    by_hand = cast.node.database.read(
        lambda s: repr([*s.execute(sa.select(Receipt.__table__)), *s.execute(sa.select(Pass.__table__))]),
        world=None,
    )
    assert token not in by_hand
    assert hashed(token) in by_hand


def test_it_ends_one_login_by_its_handle_or_all_of_a_kind(client: Doors, cast: County, heart: Heart) -> None:
    user = cast.users["town_duty"]
    handle = hashed(cast.tokens["town_duty"])[:12]
    assert client.get("town_duty", "/incidents").status_code == 200
    assert client.post("security", f"/users/{user}/sign-out", {"handle": handle}).status_code == 200
    began = time.monotonic()
    while client.get("town_duty", "/incidents").status_code != 401:
        heart.held(began, 1.0)
    assert client.post("security", f"/users/{user}/sign-out", {"kind": "token"}).status_code == 409


def test_it_hashes_a_password_before_the_writer_is_asked_for(
    cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One slow hash inside the only writer of SQLite would hold up every order of the county."""
    inside: list[bool] = []
    writing = {"now": False}
    real_write, real_hash = cast.node.database.write, credentials.hash_of

    def write(job: Any, **options: Any) -> Any:
        writing["now"] = True
        try:
            return real_write(job, **options)
        finally:
            writing["now"] = False

    def hash_of(password: str) -> str:
        inside.append(writing["now"])
        return real_hash(password)

    monkeypatch.setattr(cast.node.database, "write", write)
    monkeypatch.setattr(credentials, "hash_of", hash_of)
    made = cast.do("admin", "user.create", NEW)
    cast.do("admin", "user.password", {"id": made["id"], "password": "another horse battery"})
    assert inside == [False, False]
    assert cast.act("security", "user.create", {**NEW, "username": "other"}).status == 403
    assert inside == [False, False], "nobody without the right makes it work"
    row = cast.node.database.read(lambda s: s.get(Credential, made["id"]), world=None)
    assert credentials.verify(row.password_hash, "another horse battery")


def enrol(running: wsgi.Running, who: str = "town_duty") -> tuple[Any, dict[str, str], list[str], str]:
    """A browser that turned one-time codes on: (browser, headers, recovery codes, seed)."""
    browser, password = running.app.test_client(), f"{PASSWORD} {who}"
    signed = browser.post("/api/v1/session", json={"username": who, "password": password})
    headers = {"X-CSRF-Token": signed.json["csrf"]}
    begun = browser.post("/api/v1/session/otp", json={"password": password}, headers=headers).json
    assert begun["qr"].startswith("data:image/svg+xml")
    assert begun["seed"] in begun["uri"]
    body = {"password": password, "seed": begun["seed"], "otp": pyotp.TOTP(begun["seed"]).now()}
    confirmed = browser.put("/api/v1/session/otp", json=body, headers=headers)
    assert confirmed.status_code == 200, confirmed.text
    return browser, headers, confirmed.json["recovery"], begun["seed"]


def sign_in(running: wsgi.Running, otp: str | None, who: str = "town_duty") -> int:
    """Try to sign in; the status."""
    body = {"username": who, "password": f"{PASSWORD} {who}", **({"otp": otp} if otp else {})}
    return running.app.test_client().post("/api/v1/session", json=body).status_code


def test_it_takes_each_recovery_code_once(running: wsgi.Running, cast: County) -> None:
    browser, headers, codes, _ = enrol(running)
    assert len(set(codes)) == 10
    assert (sign_in(running, None), sign_in(running, codes[0].lower()), sign_in(running, codes[0])) == (
        401,
        200,
        401,
    )
    assert browser.get("/api/v1/session/otp").json == {"on": True, "recovery_left": 9}
    stored = cast.node.database.read(
        lambda s: repr(s.execute(sa.select(RecoveryCode.hash)).all()), world=None
    )
    assert not any(code in stored for code in codes)
    password = {"password": f"{PASSWORD} town_duty"}
    fresh = browser.post("/api/v1/session/otp/recovery", json=password, headers=headers).json["recovery"]
    assert (sign_in(running, codes[1]), sign_in(running, fresh[0])) == (401, 200), (
        "the old ones serve no more"
    )
    assert browser.delete("/api/v1/session/otp", json=password, headers=headers).json == {"otp": False}
    assert sign_in(running, None) == 200


def test_it_is_no_code_of_somebody_else(running: wsgi.Running) -> None:
    _, _, codes, _ = enrol(running)
    enrol(running, "other_duty")
    assert sign_in(running, codes[0], "other_duty") == 401
    assert sign_in(running, codes[0]) == 200


def test_an_administrator_takes_lost_codes_off_with_a_reason(
    running: wsgi.Running, client: Doors, cast: County
) -> None:
    enrol(running)
    path = f"/users/{cast.users['town_duty']}/codes-off"
    assert client.post("admin", path, {}).status_code == 422
    assert client.post("security", path, {"reason": "手机丢失"}).status_code == 403
    assert client.post("admin", path, {"reason": "手机丢失"}).status_code == 200
    assert sign_in(running, None) == 200
    said = cast.entries()[-1]
    assert said.type == "user.codes_off"
    assert "手机丢失" in bytes(said.text).decode()
    assert client.post("admin", path, {"reason": "手机丢失"}).status_code == 409


def test_only_the_demos_random_passwords_are_hashed_quickly(cast: County) -> None:
    running = SimpleNamespace(node=cast.node, auth=Auth(cast.node))
    row = {"username": "invented", "role": "planner", "name": "虚构", "centre": COUNTY}
    demo = open_account(running, row)
    made = cast.do("admin", "user.create", NEW)

    def stored(name: str) -> Any:
        query = sa.select(Credential).where(Credential.username == name)
        return cast.node.database.read(lambda s: s.execute(query).scalar_one(), world=None)

    quick, slow = stored("invented"), stored(made["username"])
    assert credentials.verify(quick.password_hash, demo["password"])
    assert not credentials.verify(quick.password_hash, PASSWORD)
    cost = [int(one.password_hash.split("$m=")[1].split(",")[0]) for one in (quick, slow)]
    assert cost[0] <= 8 * 1024 < 64 * 1024 <= cost[1], "KiB of memory that one try needs"
    assert (quick.one_time, slow.one_time) == (False, True)
