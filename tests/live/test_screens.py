"""Screens hear what is committed: in order, exactly once, within a second; what they may not hear, they never do."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import socketio.exceptions
import websocket

from tests.county import new_id
from tests.promptness import Heart
from tests.serving import PATIENCE_S, Live, Served

TOWN, OTHER = "140429100", "140429101"
BODY = {"kind": "flash_flood", "title": "屏", "village_code": "140429100003"}
Connect = Callable[..., Live]


def told_once_and_in_order(screen: Live, topic: str) -> None:
    """Numbers rise, none twice, and each names the one before it on the topic."""
    numbers = [int(one["cursor"].rsplit(".", 1)[1]) for one in screen.items]
    assert numbers == sorted(set(numbers))
    for before, after in itertools.pairwise(one for one in screen.items if topic in one["prev"]):
        assert after["prev"][topic] == before["cursor"]


def test_it_tells_every_screen_in_order_once_and_within_a_second(
    server: Served, live: Connect, heart: Heart
) -> None:
    screens = [live(server, "county_duty"), live(server, "wall"), live(server, "planner")]
    for screen in screens:
        assert screen.watch("county")["county"]["snapshot"]["items"]

    def post(number: int) -> tuple[str, float]:
        record = server.post("fengzhou_duty", "/incidents", {**BODY, "title": f"屏{number}"})
        return record["id"], time.monotonic()

    with ThreadPoolExecutor(4) as pool:
        posted = dict(pool.map(post, range(24)))
    for screen in screens:
        for thing, answered in posted.items():
            item = screen.item("incident.opened", id=thing)
            heart.held(answered, 1.0, until=screen.arrived[item["cursor"]])
        told_once_and_in_order(screen, "county")
    orders = [[one["cursor"] for one in screen.items if one["record"]["id"] in posted] for screen in screens]
    assert orders[0] == orders[1] == orders[2]


def test_it_tells_the_one_who_acted_by_the_same_entry(server: Served, live: Connect) -> None:
    desk = live(server, "fengzhou_duty")
    desk.watch(f"centre:{TOWN}")
    key = new_id()
    answer = desk.do("incident.open", BODY, key)
    item = desk.item("incident.opened", id=answer["result"]["id"])
    assert answer["ok"] is True
    assert item["record"] == answer["result"]
    assert (item["cursor"], item["command"]) == (answer["cursor"], key)
    again = desk.do("incident.open", BODY, key)
    assert again["result"] == answer["result"]
    assert {"at", "received_at", "type", "kind", "text", "actor", "cause", "world", "prev"} <= set(item)


def test_it_settles_a_command_by_its_answer_alone(server: Served, live: Connect) -> None:
    desk = live(server, "fengzhou_duty")
    for message, status in (
        ({"name": "incident.open", "payload": {"kind": "dragon"}, "command_id": new_id()}, 422),
        ({"name": "no.such", "payload": {}, "command_id": new_id()}, 404),
        ({"name": "incident.admit", "payload": {}, "command_id": new_id()}, 404),
        ({"name": "user.create", "payload": {}, "command_id": new_id()}, 403),
        ({"name": "incident.open", "payload": BODY, "command_id": "1"}, 422),
        ({"name": "incident.open", "payload": BODY, "command_id": new_id(), "world": 7}, 403),
        ({"name": 5}, 400), ([], 400), ("x", 400), (None, 400),
    ):  # fmt: skip
        answer = desk.io.call("do", message, namespace="/live", timeout=PATIENCE_S)
        assert answer["ok"] is False
        assert answer["problem"]["status"] == status, (message, answer)
    assert desk.do("incident.open", BODY, new_id())["ok"] is True


def test_it_gives_a_screen_that_returns_just_what_it_missed(server: Served, live: Connect) -> None:
    first = live(server, "county_duty")
    held = first.watch("county")["county"]["cursor"]
    first.close()
    missed = [server.post("fengzhou_duty", "/incidents", BODY)["id"] for _ in range(5)]
    back = live(server, "county_duty")
    answer = back.watch_from({"county": held})["county"]
    assert answer["snapshot"] is None
    back.item("incident.opened", id=missed[-1])
    assert [one["record"]["id"] for one in back.items if one["type"] == "incident.opened"] == missed
    assert back.items[0]["prev"]["county"] == held
    told_once_and_in_order(back, "county")


@pytest.mark.parametrize("held", ["x", "", "0.5", 7, [], {}, "aaaa.99999999", "..", "9" * 40])
def test_it_gives_a_snapshot_for_a_cursor_that_is_not_of_this_stream(
    server: Served, live: Connect, held: Any
) -> None:
    answer = live(server, "county_duty").watch_from({"county": held})["county"]
    assert answer["snapshot"]["items"]


def test_it_gives_a_snapshot_that_replaces_the_topic(server: Served, live: Connect) -> None:
    thing = server.post("fengzhou_duty", "/incidents", BODY)
    desk = live(server, "county_duty")
    told = desk.watch(f"incident:{thing['id']}")[f"incident:{thing['id']}"]["snapshot"]
    assert [one["record"] for one in told["items"] if one["type"] == "incident"] == [thing]
    assert [one["type"] for one in told["timeline"]] == ["incident.opened"]


def test_it_answers_alike_for_what_may_not_be_heard_and_what_is_not(server: Served, live: Connect) -> None:
    thing = server.post("county_duty", "/incidents", {**BODY, "village_code": "140429105200"})["id"]
    desk = live(server, "fengzhou_duty")
    asked = ["county", f"centre:{OTHER}", f"incident:{thing}", f"incident:{new_id()}", "centre:999999999", "team:x", "admin",
             "world:7", "", "x" * 90]  # fmt: skip
    told = desk.watch_from({**dict.fromkeys(asked), f"centre:{TOWN}": None})
    assert told.pop(f"centre:{TOWN}")["snapshot"]["items"]
    assert {str(one) for one in told.values()} == {str(told["county"])}
    assert told["county"]["status"] == 404
    assert desk.watch_from({"county": None}, world=7)["status"] == 403  # as over HTTP


def test_it_lets_a_township_hear_nothing_of_another(server: Served, live: Connect) -> None:
    desk = live(server, "fengzhou_duty")
    desk.watch(f"centre:{TOWN}", "county", f"centre:{OTHER}")
    canary = f"金丝雀{new_id()}"
    there = server.post(
        "hongshui_duty", "/incidents", {**BODY, "village_code": "140429101200", "title": canary}
    )
    server.post("hongshui_duty", f"/incidents/{there['id']}/reports", {"text": canary})
    here = server.post("fengzhou_duty", "/incidents", BODY)
    desk.item("incident.opened", id=here["id"])
    told = "".join(desk.raw)
    assert canary not in told
    assert there["id"] not in told


def test_it_resyncs_who_gains_a_thing_and_buries_it_for_who_loses_it(server: Served, live: Connect) -> None:
    """Gain: watch again, all of it. Loss: a tombstone with the id alone, and the thing's own topic is dropped."""
    thing = server.post("fengzhou_duty", "/incidents", {**BODY, "title": f"金丝雀{new_id()}"})
    desk, topic = live(server, "hongshui_duty"), f"centre:{OTHER}"
    desk.watch(topic)
    server.post("fengzhou_duty", f"/incidents/{thing['id']}/shares", {"centre": OTHER})
    desk.event("resync", topic=topic)
    told = desk.watch(topic, f"incident:{thing['id']}")
    assert thing["id"] in {one["record"]["id"] for one in told[topic]["snapshot"]["items"]}
    heard = len(desk.raw)
    server.post("fengzhou_duty", f"/incidents/{thing['id']}/unshare", {"centre": OTHER})
    gone = desk.item("scope.ended", id=thing["id"])
    assert gone["record"] == {"id": thing["id"]}
    desk.event("drop", topic=f"incident:{thing['id']}")
    server.post("fengzhou_duty", f"/incidents/{thing['id']}/reports", {"text": "其后的话"})
    end = server.post("hongshui_duty", "/incidents", {**BODY, "village_code": "140429101200"})
    desk.item("incident.opened", id=end["id"])
    assert thing["title"] not in "".join(desk.raw[heard:])
    assert "其后的话" not in "".join(desk.raw)
    assert desk.watch(f"incident:{thing['id']}")[f"incident:{thing['id']}"]["status"] == 404


def test_it_tells_a_team_its_task_and_takes_it_away(server: Served, live: Connect) -> None:
    team = server.account("fengzhou_team1")["team_id"]
    phone, topic = live(server, "fengzhou_team1"), f"team:{team}"
    phone.watch(topic)
    thing = server.post("fengzhou_duty", "/incidents", BODY)["id"]
    task = server.post("fengzhou_duty", f"/incidents/{thing}/tasks", {"team_ids": [team]})["items"][0]
    phone.event("resync", topic=topic)
    kinds = {one["type"] for one in phone.watch(topic)[topic]["snapshot"]["items"]}
    assert {"incident", "task", "team"} <= kinds
    server.post("fengzhou_duty", f"/tasks/{task['id']}/transition", {"to": "cancelled", "reason": "误派"})
    phone.item("scope.ended", id=thing)
    left = phone.watch(topic)[topic]["snapshot"]["items"]
    assert thing not in {one["record"]["id"] for one in left}
    assert task["id"] not in {one["record"]["id"] for one in left}


def test_it_says_upto_where_it_is_even_when_nothing_happens(server: Served, live: Connect) -> None:
    desk = live(server, "county_duty")
    desk.watch("county")

    def beat() -> Any:
        return next((told for name, told in desk.events if name == "entries" and not told["items"]), None)

    told = desk.wait(beat)
    assert told["upto"].count(".") == 1
    assert told["now"].endswith("Z")


def test_it_hears_at_most_64_topics_on_one_socket(server: Served, live: Connect) -> None:
    desk = live(server, "county_duty")
    many = {f"incident:{new_id()}": None for _ in range(65)}
    assert desk.watch_from(many)["status"] == 429
    for bad in (
        {"topics": []},
        {"topics": {"x" * 97: None}},
        {},
        [],
        None,
        "x",
        {"topics": {"county": None}, "world": "0"},
    ):
        answer = desk.io.call("watch", bad, namespace="/live", timeout=PATIENCE_S)
        assert answer["status"] in (400, 403), bad
    assert desk.watch("county")["county"]["snapshot"]["items"]


def account(server: Served, role: str = "county_duty", centre: str = "140429") -> tuple[str, str, str]:
    """A new account of this test's own: (id, name, password)."""
    name, password = f"t{new_id()[:8]}", new_id()
    body = {"username": name, "name": "甲", "role": role, "centre": centre, "password": password}
    return server.post("admin", "/users", body)["id"], name, password


def signed_in(server: Served, name: str, password: str) -> tuple[requests.Session, str, str]:
    """A browser's session, its cookie and its key; a one-time password is changed first, as it must be."""
    browser = requests.Session()
    answer = browser.post(
        f"{server.url}/api/v1/session", json={"username": name, "password": password}, timeout=PATIENCE_S
    )
    assert answer.status_code == 200, answer.text
    if answer.json()["password_due"]:
        changed = browser.post(
            f"{server.url}/api/v1/session/password", json={"password": password, "fresh": f"{password}-own"},
            headers={"X-CSRF-Token": answer.json()["csrf"]}, timeout=PATIENCE_S,
        )  # fmt: skip
        assert changed.status_code == 200, changed.text
    return browser, f"fengsui={browser.cookies['fengsui']}", answer.json()["csrf"]


@pytest.fixture
def screen_of(server: Served) -> Any:
    """A screen of a browser that signed in with a password."""
    opened: list[Any] = []

    def connect(cookie: str, csrf: str) -> Live:
        opened.append(Live(server.url, {"csrf": csrf}, {"Cookie": cookie}))
        return opened[-1]

    yield connect
    for one in opened:
        one.close()


@pytest.mark.parametrize("how", ["signed out", "disabled", "new password"])
def test_it_closes_a_screen_within_a_second_when_its_right_ends(
    server: Served, screen_of: Any, heart: Heart, how: str
) -> None:
    user, name, password = account(server)
    browser, cookie, csrf = signed_in(server, name, password)
    screen = screen_of(cookie, csrf)
    screen.watch("county")
    if how == "signed out":
        assert (
            browser.delete(
                f"{server.url}/api/v1/session", headers={"X-CSRF-Token": csrf}, timeout=PATIENCE_S
            ).status_code
            == 200
        )
    elif how == "disabled":
        server.post("admin", f"/users/{user}/disable")
    else:
        server.post("admin", f"/users/{user}/password", {"password": new_id()})
    answered = time.monotonic()
    while browser.get(f"{server.url}/api/v1/session", timeout=PATIENCE_S).status_code != 401:
        heart.held(answered, 1.0)
    screen.wait(lambda: screen.ended)
    heart.held(answered, 1.0, until=screen.ended_at)
    with pytest.raises(socketio.exceptions.ConnectionError):
        screen_of(cookie, csrf)
    browser.close()


def test_it_closes_a_screen_within_a_second_when_its_token_is_given_back(
    server: Served, heart: Heart
) -> None:
    _, name, _ = account(server)
    issued = server.fengsui("token", name)
    token = issued.stdout.strip()
    assert token.startswith("fs_"), issued.stderr
    screen = Live(server.url, {"token": token})
    screen.watch("county")
    answer = requests.delete(
        f"{server.url}/api/v1/session", headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE_S
    )
    assert answer.status_code == 200
    answered = time.monotonic()
    screen.wait(lambda: screen.ended)
    heart.held(answered, 1.0, until=screen.ended_at)
    screen.close()


def test_it_drops_within_a_second_what_a_new_role_may_not_hear(
    server: Served, screen_of: Any, heart: Heart
) -> None:
    user, name, password = account(server)
    browser, cookie, csrf = signed_in(server, name, password)
    screen = screen_of(cookie, csrf)
    thing = server.post("hongshui_duty", "/incidents", {**BODY, "village_code": "140429101200"})["id"]
    screen.watch("county", f"incident:{thing}")
    server.post("admin", f"/users/{user}/roles", {"role": "township_duty", "centre": TOWN})
    answered = time.monotonic()
    for topic in ("county", f"incident:{thing}"):
        heart.held(answered, 1.0, until=screen.event("drop", topic=topic)["heard_at"])
    canary = server.post("hongshui_duty", "/incidents", {**BODY, "village_code": "140429101200"})["id"]
    screen.watch(f"centre:{TOWN}")
    mine = server.post("fengzhou_duty", "/incidents", BODY)["id"]
    screen.item("incident.opened", id=mine)
    assert canary not in "".join(screen.raw)
    assert screen.ended is False
    browser.close()


def test_it_drops_within_a_second_what_a_role_may_no_longer_hear(
    server: Served, screen_of: Any, heart: Heart
) -> None:
    code = f"r{new_id()[:8]}"
    server.post("security", "/roles", {"code": code, "zh": "值班长", "en": "lead", "like": "county_duty"})
    _, name, password = account(server, role=code)
    browser, cookie, csrf = signed_in(server, name, password)
    screen, other = screen_of(cookie, csrf), Live(server.url, {"token": server.tokens["county_duty"]})
    for one in (screen, other):
        one.watch("county", "centres")
    taken = server.ask("security", "PATCH", f"/roles/{code}", {"take": ["incident.read"]}, version="1")
    assert taken.status_code == 200, taken.text
    answered = time.monotonic()
    heart.held(answered, 1.0, until=screen.event("drop", topic="county")["heard_at"])
    while browser.get(f"{server.url}/api/v1/incidents", timeout=PATIENCE_S).status_code != 403:
        heart.held(answered, 1.0)
    mine = server.post("fengzhou_duty", "/incidents", BODY)["id"]
    other.item("incident.opened", id=mine)
    assert mine not in "".join(screen.raw)
    assert not [name for name, _ in other.events if name == "drop"]
    other.close()
    browser.close()


def test_it_lets_nobody_in_without_a_pass_a_key_or_from_elsewhere(server: Served) -> None:
    _, name, password = account(server)
    browser, cookie, csrf = signed_in(server, name, password)
    here = {"Cookie": cookie}
    for auth, headers in (
        ({}, {}), ({"token": "fs_x"}, {}), ({"token": 5}, {}), ({}, here), ({"csrf": "x"}, here), ({"csrf": csrf}, {}),
    ):  # fmt: skip
        with pytest.raises(
            (socketio.exceptions.ConnectionError, ValueError)
        ):  # a foreign origin hears only a close
            Live(server.url, auth, headers)
    Live(server.url, {"csrf": csrf}, here).close()
    browser.close()


def first_words(server: Served, origin: str) -> str:
    """What a page of an origin hears first on the line; nothing when it is shut out."""
    address = f"{server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket"
    try:
        line = websocket.create_connection(address, origin=origin, timeout=PATIENCE_S)
    except websocket.WebSocketBadStatusException:
        return ""
    try:
        return str(line.recv())
    finally:
        line.shutdown()  # close() would leave open what the server was first to end


def test_it_opens_the_line_to_its_own_pages_only(server: Served) -> None:
    assert first_words(server, server.url).startswith("0{")
    for origin in ("http://elsewhere.example", "null", f"{server.url}.elsewhere.example"):
        assert not first_words(server, origin).startswith("0{"), origin
