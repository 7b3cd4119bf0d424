"""Two processes of one node: a right that ends through one ends within a second on the other, over HTTP and on sockets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.live.test_screens import TOWN, account, signed_in
from tests.promptness import Heart
from tests.serving import PATIENCE_S, Live, Served


@pytest.fixture(scope="module")
def pair(module_postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Served]]:
    """Two processes on one PostgreSQL, without Redis."""
    directory = tmp_path_factory.mktemp("pair")
    url = module_postgres_url.replace("+psycopg", "")
    started = [Served(directory, demo=demo, DATABASE_URL=url).start() for demo in (True, False)]
    yield started
    for one in started:
        one.stop()


class Person:
    """Somebody signed in through the first process, with a screen on each and a request to the second."""

    def __init__(self, pair: list[Served], connect: Callable[..., Live]) -> None:
        self.first, self.second = pair
        self.user, name, password = account(self.first)
        self.browser, cookie, self.csrf = signed_in(self.first, name, password)
        self.screens = [connect(server, cookie, self.csrf) for server in pair]
        for screen in self.screens:
            screen.watch("county")
        elsewhere = {"kind": "flash_flood", "village_code": "140429101200"}
        self.thing = self.first.post("hongshui_duty", "/incidents", elsewhere)["id"]
        assert self.status() == 200

    def status(self) -> int:
        """What the second process answers who asks for an incident of a township."""
        return self.browser.get(
            f"{self.second.url}/api/v1/incidents/{self.thing}", timeout=PATIENCE_S
        ).status_code

    def sign_out(self) -> None:
        """Sign out through the first process."""
        answer = self.browser.delete(
            f"{self.first.url}/api/v1/session", headers={"X-CSRF-Token": self.csrf}, timeout=PATIENCE_S
        )
        assert answer.status_code == 200


@pytest.fixture
def person(pair: list[Served]) -> Iterator[Person]:
    """A person of this test's own."""
    opened: list[Live] = []

    def connect(server: Served, cookie: str, csrf: str) -> Live:
        opened.append(Live(server.url, {"csrf": csrf}, {"Cookie": cookie}))
        return opened[-1]

    found = Person(pair, connect)
    yield found
    found.browser.close()
    for one in opened:
        one.close()


@pytest.mark.parametrize("how", ["signed out", "disabled"])
def test_a_right_that_ends_through_one_ends_on_the_other_within_a_second(
    person: Person, heart: Heart, how: str
) -> None:
    if how == "signed out":
        person.sign_out()
    else:
        person.first.post("admin", f"/users/{person.user}/disable")
    answered = time.monotonic()
    while person.status() != 401:
        heart.held(answered, 1.0)
    for screen in person.screens:
        screen.wait(lambda screen=screen: screen.ended)
        heart.held(answered, 1.0, until=screen.ended_at)


def test_a_role_changed_through_one_is_dropped_by_the_other_within_a_second(
    person: Person, heart: Heart
) -> None:
    person.first.post("admin", f"/users/{person.user}/roles", {"role": "township_duty", "centre": TOWN})
    answered = time.monotonic()
    for screen in person.screens:
        heart.held(answered, 1.0, until=screen.event("drop", topic="county")["heard_at"])
    while person.status() != 404:
        heart.held(answered, 1.0)
