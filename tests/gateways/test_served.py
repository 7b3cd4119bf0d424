"""Deliveries of a real server through a real gateway: at once, beside the hub, told live; and what a kill in the middle does."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from command.core import clock
from tests.gateways.receiver import Receiver
from tests.serving import Live, Served

SECRET = "a secret of the gateway, for tests"
NUMBER = "13900000001"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A gateway on this machine."""
    made = Receiver()
    yield made
    made.close()


SORTS = ["sqlite", "postgres"]
ONE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
BOTH = pytest.mark.parametrize("house", SORTS, indirect=True)


@pytest.fixture
def house(request: pytest.FixtureRequest, serve: Callable[..., Served], receiver: Receiver) -> Served:
    """A served demo county whose SMS go to the receiver, on each sort of database."""
    env = {"GATEWAY_SECRET": SECRET}
    if request.param == "postgres":
        env["DATABASE_URL"] = request.getfixturevalue("postgres_url").replace("+psycopg", "")
    served = serve(**env)
    chosen = {
        "gateway.sms": "webhook", "gateway.sms.url": receiver.url(), "gateway.allow_hosts": ["127.0.0.1"],
        "gateway.allow_networks": ["127.0.0.0/8"], "gateway.deadline_s": 4, "delivery.retry_s": [1],
    }  # fmt: skip
    for name, value in chosen.items():
        served.post("admin", "/settings", {"name": name, "centre": "140429", "value": value})
    team = served.account("fengzhou_team1")["team_id"]
    served.post("fengzhou_duty", f"/teams/{team}/leaders", {"leaders": [{"name": "队长", "number": NUMBER}]})
    return served


def order(served: Served, title: str = "漫堤") -> dict[str, Any]:
    """The township's first team is ordered to a fresh incident."""
    body = {"kind": "flash_flood", "village_code": "140429100003", "title": title}
    incident = served.post("fengzhou_duty", "/incidents", body)["id"]
    team = served.account("fengzhou_team1")["team_id"]
    made = served.post("fengzhou_duty", f"/incidents/{incident}/tasks", {"team_ids": [team]})
    task: dict[str, Any] = made["items"][0]
    return task


def of(served: Served, task: str) -> dict[str, Any]:
    """The delivery of a task's order."""
    items = served.get("fengzhou_duty", f"/deliveries?about_id={task}")["items"]
    assert len(items) == 1, items
    found: dict[str, Any] = items[0]
    return found


def told(screen: Live, task: str, state: str) -> dict[str, Any]:
    """The delivery in a state, as the screen hears it."""

    def look() -> dict[str, Any] | None:
        for one in screen.items:
            if (
                one["kind"] == "delivery"
                and one["record"]["about_id"] == task
                and one["record"]["state"] == state
            ):
                found: dict[str, Any] = one["record"]
                return found
        return None

    heard: dict[str, Any] = screen.wait(look, 60)
    return heard


@ONE
def test_it_sends_an_order_at_once_and_the_desk_hears_what_became_of_it(
    house: Served, receiver: Receiver, live: Callable[..., Live]
) -> None:
    screen = live(house, "fengzhou_duty")
    screen.watch("centre:140429100")
    task = order(house)
    handed = told(screen, task["id"], "handed")
    (taken,) = receiver.wait(1)
    assert (taken["to"], taken["id"], taken["drill"]) == (NUMBER, handed["id"], False)
    assert handed["reference"] == "g1"
    _report(house, handed["id"], "delivered")
    assert told(screen, task["id"], "confirmed")["confirmed_at"]
    _write(house, {"id": "in-1", "from": f"+86{NUMBER}", "text": "收到"})
    assert screen.wait(lambda: _accepted(screen, task["id"]), 30) == "短信（未验证）"
    assert len(house.get("fengzhou_duty", "/replies?live=false")["items"]) == 1, "brought twice, taken once"
    assert NUMBER not in "".join(screen.raw)


def _accepted(screen: Live, task: str) -> str | None:
    """By which channel the acceptance came that the screen heard."""
    for one in screen.items:
        if one["kind"] == "task" and one["record"]["id"] == task and one["record"]["state"] == "accepted":
            channel: str = one["record"]["steps"][-1]["by_proxy"]["channel"]
            return channel
    return None


def _write(house: Served, message: dict[str, str]) -> None:
    """The gateway brings what a telephone wrote, twice; unsigned it is not heard."""
    _knock(house, "replies", json.dumps(message).encode())
    _knock(house, "replies", json.dumps(message).encode())


def _report(house: Served, delivery: str, state: str) -> None:
    """The gateway says later what became of it."""
    _knock(house, "receipts", json.dumps({"id": delivery, "state": state}).encode())


def _knock(house: Served, door: str, body: bytes) -> None:
    """Who cannot sign is not heard; who can, is."""
    at = clock.wire(clock.real())
    right = "v1=" + hmac.new(SECRET.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    old = "2020-01-01T00:00:00.000Z"
    stale = "v1=" + hmac.new(SECRET.encode(), old.encode() + b"." + body, hashlib.sha256).hexdigest()
    for when, signature, status in (
        (at, "v1=00", 401),
        (at, "", 401),
        (old, stale, 401),
        ("", right, 401),
        (at, right, 204),
    ):
        headers = {"Fengsui-Time": when, "Fengsui-Signature": signature, "Content-Type": "application/json"}
        answer = requests.post(f"{house.url}/gateways/{door}", data=body, headers=headers, timeout=30)
        assert answer.status_code == status, answer.text


@ONE
def test_it_keeps_answering_while_a_gateway_hangs_and_sends_what_is_urgent_past_it(
    house: Served, receiver: Receiver, live: Callable[..., Live]
) -> None:
    screen = live(house, "fengzhou_duty")
    screen.watch("centre:140429100")
    receiver.how = "hang"
    first = [order(house, f"挂起 {number}") for number in range(2)]
    receiver.wait(2, 60)
    slowest = 0.0
    for _ in range(20):
        begun = time.monotonic()
        house.get("fengzhou_duty", "/incidents")
        slowest = max(slowest, time.monotonic() - begun)
    assert slowest < 3, "two hanging attempts of four seconds hold nobody up"
    receiver.how = "take"
    house.post("fengzhou_duty", f"/tasks/{first[0]['id']}/transition", {"to": "recalled", "reason": "改派"})

    def recalled() -> bool:
        return any(one["purpose"] == "recall" for one in receiver.taken)

    with receiver.changed:
        assert receiver.changed.wait_for(recalled, 60)


@BOTH
@pytest.mark.parametrize("kills", [2])
def test_it_loses_nothing_and_sends_at_most_once_more_for_each_kill(
    house: Served, receiver: Receiver, live: Callable[..., Live], kills: int
) -> None:
    """The gateway has the message, the server dies before it can write so."""
    house.demo = False
    receiver.how = "hang"
    task = order(house)
    for number in range(1, kills + 1):
        receiver.wait(number, 90)
        house.kill()
        receiver.how = "take" if number == kills else "hang"
        house.start()
    screen = live(house, "fengzhou_duty")
    screen.watch("centre:140429100")

    def done() -> bool:
        return bool(of(house, task["id"])["state"] == "handed")

    with receiver.changed:
        assert receiver.changed.wait_for(lambda: len(receiver.taken) > kills, 90)
    until = time.monotonic() + 60
    while not done() and time.monotonic() < until:
        screen.io.sleep(0.2)
    assert done()
    assert {one["id"] for one in receiver.taken} == {of(house, task["id"])["id"]}, "the same id each time"
    assert len(receiver.taken) <= 1 + kills
    assert house.fengsui("verify").returncode == 0


@BOTH
def test_it_makes_what_was_ordered_while_the_sender_was_dead(house: Served, receiver: Receiver) -> None:
    """Killed right after the order was acknowledged, at whatever place the follower stood."""
    house.demo = False
    tasks = []
    for number in range(2):
        tasks.append(order(house, f"断电 {number}"))
        house.kill()
        house.start()
    with receiver.changed:
        assert receiver.changed.wait_for(lambda: len({one["id"] for one in receiver.taken}) >= 2, 90)
    for task in tasks:
        of(house, task["id"])
    for one in {one["id"] for one in receiver.taken}:
        assert sum(1 for taken in receiver.taken if taken["id"] == one) <= 2
