"""The test servers themselves: they keep apart, come back after a kill, and leave nothing behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import redis
from sqlalchemy import create_engine, text

from tests.services import LONG, PostgresCluster, RedisServer

ROOT = Path(__file__).resolve().parents[1]


def test_what_is_dealt_out_first_is_there() -> None:
    assert [one for one in LONG if not (ROOT / one).exists()] == []


def test_it_gives_each_test_an_empty_database_with_postgis(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        metres = connection.scalar(
            text("select st_distance('point(113 36)'::geography, 'point(113 37)'::geography)")
        )
        connection.execute(text("create table left_over (n int)"))
    engine.dispose()
    assert 110_000 < metres < 112_000


@pytest.mark.parametrize("nth", [1, 2])
def test_it_does_not_see_what_another_test_wrote(postgres_url: str, nth: int) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("create table only_mine (n int)"))
    engine.dispose()


def test_it_keeps_fsync_on_and_what_was_committed_over_a_kill(durable_postgres: PostgresCluster) -> None:
    postgres = durable_postgres
    name = postgres.new_database()
    with postgres.connect(name) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (7)")
    postgres.kill()
    postgres.start()
    with postgres.connect(name) as connection:
        assert connection.execute("select n from kept").fetchall() == [(7,)]
    postgres.drop_database(name)


def test_it_takes_redis_away_and_gives_it_back_empty(redis_server: RedisServer, redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("a", 1)
        redis_server.stop()
        with pytest.raises(redis.ConnectionError):
            client.get("a")
        redis_server.start()
        assert client.get("a") is None


def test_it_leaves_no_server_behind_when_the_tests_are_killed() -> None:
    program = (
        "import shutil, sys; from tests.services import RedisServer\n"
        "server = RedisServer(shutil.which('redis-server')); server.start()\n"
        "print(server.server.process.pid, server.server.directory, flush=True); sys.stdin.read()"
    )
    tests = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert tests.stdout
    assert tests.stdin
    pid, directory = tests.stdout.readline().split()
    watched = os.pidfd_open(int(pid))
    tests.send_signal(signal.SIGKILL)
    tests.wait()
    tests.stdin.close()
    tests.stdout.close()

    ended, _, _ = select.select([watched], [], [], 30)
    os.close(watched)
    subprocess.run(["rm", "-r", directory], check=True)
    assert ended, "the server outlived the tests"


def test_it_finds_a_browser_that_runs(chromium: str) -> None:
    said = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=True).stdout
    assert "Chrom" in said
