"""How often an account may come in a second: counted by one process, and by several together where Redis is."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import orjson
import pytest
import redis
import requests

from command.core import limits as limits_
from command.core.errors import TooMany
from command.core.limits import STRANGERS, WRITES, Limits
from tests.services import RedisServer
from tests.serving import PATIENCE_S, ROOT, Served

EACH = 400
"""Within the limit for one process, over it for two."""
TURNS = 30


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let it be a second that the test names."""

    def be(at: int) -> None:
        monkeypatch.setattr(limits_.time, "time", lambda: at + 0.5)

    be(1000)
    return be


def test_it_refuses_who_comes_too_often_and_nobody_else(second: Callable[[int], None]) -> None:
    counted = Limits()
    for _ in range(WRITES):
        counted.check_write("a")
    with pytest.raises(TooMany) as refused:
        counted.check_write("a")
    assert refused.value.extra["retry_after"] == 1
    counted.check_write("b")
    counted.check_read("a")
    second(1001)
    counted.check_write("a")


def test_it_adds_what_others_counted_in_the_same_second_once(second: Callable[[int], None]) -> None:
    counted, other = Limits(), Limits()
    assert counted.news() is None
    for number in (100, 250):
        for _ in range(number):
            other.check_write("a")
        told = other.news()
        counted.hear(told)
        counted.hear(told)
    assert other.news() is None, "nothing is told twice"
    for _ in range(WRITES - 350):
        counted.check_write("a")
    with pytest.raises(TooMany):
        counted.check_write("a")
    second(1001)
    counted.hear(told)
    for _ in range(WRITES):
        counted.check_write("a")


class Counting:
    """Two processes that count the same account."""

    def __init__(self, url: str | None) -> None:
        command = [sys.executable, "-m", "tests.core.limits_process", *([url] if url else [])]
        pipe = subprocess.PIPE
        self.processes = [
            subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) for _ in range(2)
        ]

    def refused(self) -> list[int] | None:
        """How many each refused when both counted in one second, the other half a second later; None when they did not."""
        at = int(time.time()) + 2
        for process, moment in zip(self.processes, (at + 0.05, at + 0.6), strict=True):
            assert process.stdin is not None
            process.stdin.write(f"{EACH} {moment}\n")
            process.stdin.flush()
        told = []
        for process in self.processes:
            assert process.stdout is not None
            told.append([int(word) for word in process.stdout.readline().split()])
        return [many for _, many in told] if {began for began, _ in told} == {at} else None

    def until(self, wanted: list[int]) -> None:
        """Until both counted in one second, as wanted: a busy machine may miss the second, or the half of it."""
        seen = []
        for _ in range(TURNS):
            seen.append(self.refused())
            if seen[-1] == wanted:
                return
        raise AssertionError(seen)

    def end(self) -> None:
        """End both."""
        for process in self.processes:
            process.kill()
            process.communicate()


@pytest.fixture
def counting() -> Iterator[Callable[[str | None], Counting]]:
    """Start two processes: `counting(redis_url)`."""
    started: list[Counting] = []

    def start(url: str | None) -> Counting:
        started.append(Counting(url))
        return started[-1]

    yield start
    for one in started:
        one.end()


def test_two_processes_count_together_and_each_alone_while_redis_is_away(
    counting: Callable[[str | None], Counting], redis_url: str, redis_server: RedisServer
) -> None:
    both = counting(redis_url)
    together, alone = [0, 2 * EACH - WRITES], [0, 0]
    both.until(together)
    redis_server.stop()
    both.until(alone)
    assert both.refused() in (alone, None), (
        "without Redis nobody is refused who would be served by one process"
    )
    redis_server.start()
    both.until(together)


def test_a_server_tells_what_it_counts_and_heeds_what_it_hears(
    serve: Callable[..., Served], redis_url: str, redis_server: RedisServer
) -> None:
    served = serve(REDIS_URL=redis_url)

    def knock() -> int:
        return requests.post(f"{served.url}/api/v1/session", json={}, timeout=PATIENCE_S).status_code

    channel, until = "fengsui:140429:limits", time.monotonic() + 2 * PATIENCE_S
    with redis.Redis.from_url(redis_url) as client, client.pubsub(ignore_subscribe_messages=True) as heard:
        heard.subscribe(channel)
        message = None
        while message is None:
            assert time.monotonic() < until, "it told nothing"
            assert knock() == 422
            message = heard.get_message(timeout=0.001)
        ((kind, who, count),) = orjson.loads(message["data"])[1][2]
        assert (kind, count >= 5) == ("stranger", True)
        said = 422
        while said == 422:
            assert time.monotonic() < until, "it heeds nothing"
            told = ["another", ["another", int(time.time()), [[kind, who, STRANGERS]]]]
            client.publish(channel, orjson.dumps(told))
            said = knock()
        assert said == 429
    redis_server.stop()
    time_of_grace = int(time.time()) + 1
    while int(time.time()) <= time_of_grace:
        assert knock() in (422, 429)
    assert knock() == 422, "without Redis nobody is refused"
    redis_server.start()
