"""The webhook on real sockets: it reaches only what was allowed, and no other side can hold it up, lead it on or flood it."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from command.core import clock, outbound, webhook
from command.core.gateways import Message, Outcome, Route
from tests.gateways.receiver import Receiver, certificate

SECRET = "a secret of the gateway"
LOOPBACK = ("127.0.0.0/8",)
NAME = "sms.wuxiang.internal"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A gateway on this machine."""
    made = Receiver()
    yield made
    made.close()


def message(text: str = "调派令") -> Message:
    now = clock.real()
    return Message("01a2-m", 0, "sms", "13900000001", text, "order", now, now + timedelta(minutes=10))


def route(receiver: Receiver, **more: Any) -> Route:
    given: dict[str, Any] = {
        "directory": Path(), "secret": SECRET, "url": receiver.url(), "hosts": ("127.0.0.1",), "networks": LOOPBACK,
        "deadline_s": 2.0,
    }  # fmt: skip
    return Route(**(given | more))


def test_it_hands_over_what_the_gateway_needs_signed_and_named(receiver: Receiver) -> None:
    outcome = webhook.post(message(), route(receiver))
    assert outcome == Outcome("handed", reference="g1")
    (body,), (headers,) = receiver.taken, receiver.headers
    assert (body["id"], body["to"], body["text"], body["drill"]) == ("01a2-m", "13900000001", "调派令", False)
    assert headers["Idempotency-Key"] == "01a2-m"
    signed = webhook.sign(SECRET, headers["Fengsui-Time"], receiver.bodies[0])
    assert headers["Fengsui-Signature"] == f"v1={signed}"


@pytest.mark.parametrize(
    ("how", "kind"),
    [("take", "handed"), ("deliver", "confirmed"), ("words", "handed"), ("fail", "again"), ("busy", "again"),
     ("refuse", "refused"), ("redirect", "refused"), ("hang", "again"), ("drip", "again")],
)  # fmt: skip
def test_it_reads_each_answer_and_never_waits_past_its_deadline(
    receiver: Receiver, how: str, kind: str
) -> None:
    receiver.how = how
    begun = time.monotonic()
    outcome = webhook.post(message(), route(receiver))
    assert outcome.kind == kind
    assert time.monotonic() - begun < 12, "two seconds were given; the machine may be slow"
    assert len(receiver.taken) == 1, "it asks once, and follows nobody"
    assert kind in ("handed", "confirmed") or (outcome.reason["zh"] and outcome.reason["en"])


def test_it_reads_no_more_of_an_answer_than_it_must(receiver: Receiver) -> None:
    receiver.how = "flood"
    assert webhook.post(message(), route(receiver)).kind == "handed"


def test_it_says_that_nobody_listens() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        outcome = webhook.post(message(), Route(Path(), SECRET, url, ("127.0.0.1",), LOOPBACK, 2.0))
    assert outcome.kind == "again"


@pytest.mark.parametrize(
    ("why", "more"),
    [
        ("未配置网关密钥", {"secret": ""}),
        ("未设置网关地址", {"url": None}),
        ("网关主机未获准", {"hosts": ()}),
        ("网关主机未获准", {"hosts": ("127.0.0.2", "127.0.0.1:1")}),
        ("网关地址属内网或非加密，未获准", {"networks": ()}),
        ("网关地址属内网或非加密，未获准", {"networks": ("10.0.0.0/8",)}),
    ],
)
def test_it_refuses_what_was_not_allowed_without_a_word_to_it(
    receiver: Receiver, why: str, more: dict[str, Any]
) -> None:
    outcome = webhook.post(message(), route(receiver, **more))
    assert (outcome.kind, outcome.zh) == ("refused", why)
    assert receiver.taken == []


def resolving(monkeypatch: pytest.MonkeyPatch, answers: Callable[[int], list[str]]) -> list[int]:
    """Let names resolve as the test says; each question is counted."""
    asked: list[int] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(port)
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in answers(len(asked))
        ]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", resolve)
    return asked


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_it_refuses_an_allowed_name_that_leads_inside(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    resolving(monkeypatch, lambda _: [address])
    asked = route(receiver, url=receiver.url(NAME, "https"), hosts=(NAME,), networks=())
    assert webhook.post(message(), asked).kind == "refused"
    assert receiver.taken == []


def test_it_refuses_to_speak_in_the_clear_to_the_outside(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    resolving(monkeypatch, lambda _: ["93.184.216.34"])
    asked = route(receiver, url=f"http://{NAME}/sms", hosts=(NAME,))
    assert webhook.post(message(), asked).kind == "refused"


def test_it_goes_to_the_address_that_it_checked_whatever_the_name_says_next(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the name is asked once; the second answer would be another machine, and is never heard."""
    asked = resolving(monkeypatch, lambda number: ["127.0.0.1"] if number == 1 else ["10.9.9.9"])
    outcome = webhook.post(message(), route(receiver, url=receiver.url(NAME), hosts=(NAME,)))
    assert outcome.kind == "handed"
    assert receiver.headers[0]["Host"] == f"{NAME}:{receiver.port}"
    assert asked == [receiver.port], "asked once"


def test_it_trusts_a_certificate_of_the_countys_own_authority_for_this_name_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`SSL_CERT_FILE` names the authority; the name in the certificate must be the gateway's although a number is dialled."""
    right, wrong = (
        certificate(tmp_path / "right", NAME),
        certificate(tmp_path / "wrong", "other.wuxiang.internal"),
    )
    for directory, trusted, kind in (
        (right, right, "handed"),
        (right, wrong, "again"),
        (wrong, wrong, "again"),
    ):
        served = Receiver(tls=directory)
        try:
            monkeypatch.setenv("SSL_CERT_FILE", str(trusted / "gateway.crt"))
            resolving(monkeypatch, lambda _: ["127.0.0.1"])
            asked = route(served, url=served.url(NAME, "https"), hosts=(f"{NAME}:{served.port}",))
            assert webhook.post(message(), asked).kind == kind, (directory.name, trusted.name)
            assert len(served.taken) == (1 if kind == "handed" else 0)
        finally:
            served.close()


def test_it_caps_what_it_sends(receiver: Receiver) -> None:
    webhook.post(message("汉" * 100_000), route(receiver))
    assert len(json.loads(receiver.bodies[0])["text"]) == webhook.MOST_TEXT
