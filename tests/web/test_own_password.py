"""A password that somebody else made opens one thing, its change; what one changes of one's own account is journaled."""

from __future__ import annotations

import re
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

import wsgi
from command.core import canonical
from tests.centres.test_accounts import enrol
from tests.county import FLOOD, PASSWORD, TOWN, VILLAGE, County
from tests.doors import Doors

GIVEN, OWN = "given 12345", "my own horse 7"
ALLOWED = {("GET", "/api/v1/session"), ("DELETE", "/api/v1/session"), ("POST", "/api/v1/session/password")}
WITHOUT_PASS = {"/api/v1/session/display", "/api/v1/doors", "/api/v1/demo/play", "/api/v1/wall/public", "/api/openapi.json"}  # fmt: skip


class Person:
    """Somebody with a browser who was given an account."""

    def __init__(self, running: wsgi.Running, password: str, who: str = "fresh") -> None:
        self.browser: Client = running.app.test_client()
        self.session = self.browser.post("/api/v1/session", json={"username": who, "password": password})
        assert self.session.status_code == 200, self.session.text
        self.headers = {"X-CSRF-Token": self.session.json["csrf"]}

    def renew(self, password: str, fresh: str) -> TestResponse:
        """Choose another password."""
        body = {"password": password, "fresh": fresh}
        return self.browser.post("/api/v1/session/password", json=body, headers=self.headers)

    def open(self) -> int:
        """Try to report an incident; the status."""
        body = {"kind": FLOOD, "village_code": VILLAGE}
        return self.browser.post("/api/v1/incidents", json=body, headers=self.headers).status_code


@pytest.fixture
def user(client: Doors) -> str:
    """An account whose password the administrator made."""
    body = {"username": "fresh", "name": "新席", "role": "township_duty", "centre": TOWN, "password": GIVEN}
    made = client.post("admin", "/users", body)
    assert made.status_code == 201, made.text
    found: str = made.json["id"]
    return found


@pytest.fixture
def person(running: wsgi.Running, user: str) -> Person:
    """Who signed in with it."""
    return Person(running, GIVEN)


def routes(running: wsgi.Running) -> list[tuple[str, str]]:
    """Every (method, path) of the interface that asks who is there."""
    rules = [one for one in running.app.url_map.iter_rules() if one.rule.startswith("/api/v1/")]
    every = {(method, one.rule) for one in rules for method in (one.methods or set()) - {"HEAD", "OPTIONS"}}
    return sorted(one for one in every if one[1] not in WITHOUT_PASS and one != ("POST", "/api/v1/session"))


def test_it_opens_nothing_but_the_change_of_the_password(running: wsgi.Running, person: Person) -> None:
    assert person.session.json["password_due"] is True
    tried = [one for one in routes(running) if one not in ALLOWED]
    assert len(tried) > 100
    for method, rule in tried:
        path = re.sub(r"<[^>]+>", "x", rule)
        answer = person.browser.open(path, method=method, json={}, headers=person.headers)
        assert answer.status_code == 403, (method, rule, answer.text)
        assert answer.json["type"].endswith("password-due"), (method, rule)
    assert "一次性密码" in answer.json["detail"]
    page = person.browser.get("/desk")
    assert (page.status_code, page.headers["Location"]) == (302, "/?next=/desk")


def test_it_opens_all_once_the_password_is_ones_own(
    running: wsgi.Running, person: Person, cast: County, user: str
) -> None:
    elsewhere = Person(running, GIVEN)
    assert person.open() == 403
    assert person.renew(GIVEN, OWN).json == {"changed": True}
    assert person.open() == 201
    assert person.browser.get("/api/v1/session").json["password_due"] is False
    assert person.browser.get("/desk").status_code == 200
    assert elsewhere.browser.get("/api/v1/session").status_code == 401, "other sessions end"
    assert Person(running, OWN).session.json["password_due"] is False
    told = cast.entries()[-2]
    assert (told.type, told.actor) == ("user.password_renewed", user)
    assert "新席" in told.actor_name
    assert not any(one in repr([bytes(e.record) for e in cast.entries()]) for one in (GIVEN, OWN))


@pytest.mark.parametrize(
    ("password", "fresh", "status"),
    [("wrong one 1", OWN, 401), (GIVEN, GIVEN, 422), (GIVEN, "short 1", 422), (GIVEN, "onlyletters", 422),
     (GIVEN, "the fresh 12345", 422), (GIVEN, "x" * 201, 422)],
)  # fmt: skip
def test_it_takes_no_wrong_and_no_weak_password(
    person: Person, cast: County, password: str, fresh: str, status: int
) -> None:
    before = cast.end()
    refused = person.renew(password, fresh)
    assert (refused.status_code, cast.end()) == (status, before), refused.text
    assert fresh not in refused.text
    assert person.open() == 403


def test_a_reset_makes_it_due_again_and_tokens_work_throughout(
    running: wsgi.Running, client: Doors, person: Person, user: str
) -> None:
    person.renew(GIVEN, OWN)
    assert client.post("admin", f"/users/{user}/password", {"password": GIVEN}).status_code == 200
    assert person.browser.get("/api/v1/session").status_code == 401
    again = Person(running, GIVEN)
    assert again.open() == 403
    token = client.post("admin", f"/users/{user}/tokens", {"label": "程序"}).json["token"]
    client.tokens = {**client.tokens, "fresh": token}
    assert client.post("fresh", "/incidents", {"kind": FLOOD, "village_code": VILLAGE}).status_code == 201
    ended = client.post("security", f"/users/{user}/sign-out", {"kind": "session"})
    assert ended.status_code == 200
    running.auth.forget()  # what the tail does in a served process
    assert again.browser.get("/api/v1/session").status_code == 401


def test_only_the_machine_itself_sets_a_lasting_password(client: Doors, cast: County, user: str) -> None:
    body = {"username": "other", "name": "乙", "role": "planner", "centre": "140429", "password": GIVEN, "lasting": True}  # fmt: skip
    assert client.post("admin", "/users", body).status_code == 403
    lasting = {"password": GIVEN, "lasting": True}
    assert client.post("admin", f"/users/{user}/password", lasting).status_code == 403
    assert cast.do("system", "user.create", body)["username"] == "other"


def test_it_opens_no_live_line(running: wsgi.Running, person: Person) -> None:
    from command.core.errors import PasswordDue
    from command.core.live import sockets

    environ = {"HTTP_COOKIE": f"fengsui={person.browser.get_cookie('fengsui').value}"}
    with pytest.raises(PasswordDue):
        sockets._who(running.auth, environ, {"csrf": person.session.json["csrf"]})


def history(client: Doors, user: str) -> list[dict[str, Any]]:
    """What the account's keeper reads of it, newest first."""
    items: list[dict[str, Any]] = client.get("admin", f"/history?kind=user&id={user}").json["items"]
    return items


def test_it_journals_ones_own_codes_without_a_secret(
    running: wsgi.Running, client: Doors, cast: County
) -> None:
    browser, headers, codes, seed = enrol(running)
    password = {"password": f"{PASSWORD} town_duty"}
    fresh = browser.post("/api/v1/session/otp/recovery", json=password, headers=headers).json["recovery"]
    assert browser.delete("/api/v1/session/otp", json=password, headers=headers).status_code == 200
    assert browser.delete("/api/v1/session/otp", json=password, headers=headers).status_code == 409
    told = history(client, cast.users["town_duty"])
    assert [one["type"] for one in told[:3]] == [
        "user.codes_dropped",
        "user.recovery_renewed",
        "user.codes_on",
    ]
    assert {one["actor"] for one in told[:3]} == {cast.users["town_duty"]}
    assert "动态码" in told[0]["text"]["zh"]
    written = "".join(canonical.dump(one).decode() for one in told)
    assert not any(one in written for one in (seed, *codes, *fresh, password["password"]))
    other = history(client, cast.users["other_duty"])
    assert not {"user.codes_on", "user.codes_dropped"} & {one["type"] for one in other}
