"""How often PostgreSQL is waited for, and that nothing is lost by not waiting."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any, cast

import gevent
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import kept
from command.core.access import Audience
from command.core.actions import Command
from command.core.node import Node
from command.core.settings import value_of
from command.core.store.database import Database
from command.core.store.db import bulk_insert
from command.core.store.postgres import READ, Cooperative
from tests.county import COUNTY, TOWN, VILLAGE, County, new_id, open_node
from tests.serving import PATIENCE_S

AUDIENCE = cast(sa.Table, Audience.__table__)
INCIDENT = {"kind": "flash_flood", "title": "漫堤", "village_code": VILLAGE}


@pytest.fixture
def kind() -> str:
    """What stands here is PostgreSQL's alone."""
    return "postgres"


@pytest.fixture
def served(cast: County, county_url: str) -> Iterator[Node]:
    """The same county as a server under gevent has it."""
    node = Node(cast.node.name, Database(county_url, cooperative=True), cast.node.data_dir, cast.node.secret)
    yield node
    node.database.close()


def _parties(node: Node) -> set[str]:
    query = sa.select(Audience.party).where(Audience.kind == "thing")
    return set(node.database.read(lambda session: session.execute(query).scalars().all(), world=0))


def _add(session: Session, *parties: str) -> None:
    rows = [{"world": 0, "kind": "thing", "id": "one", "party": party} for party in parties]
    bulk_insert(session, AUDIENCE, rows)


def test_it_waits_four_times_for_an_incident_that_is_opened(
    cast: County, served: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, asked = cast.actor("town_duty"), 0

    def open_one() -> None:
        assert served.act(Command("incident.open", INCIDENT, actor, new_id())).ok

    for _ in range(8):  # statements are prepared, registers known
        open_one()
    ready = Cooperative._ready

    def counted(self: Cooperative, wanted: int) -> Any:
        nonlocal asked
        asked += wanted == READ
        return ready(self, wanted)

    monkeypatch.setattr(Cooperative, "_ready", counted)
    open_one()
    assert asked <= 4 + 1, (
        "with the receipt, for the number, for the head, at the COMMIT; one answer may come in two pieces"
    )


def test_it_stores_nothing_when_what_was_only_sent_on_fails(served: Node) -> None:
    def twice(session: Session) -> str:
        _add(session, "county")
        _add(session, "county")
        return "done"

    with pytest.raises(sa.exc.IntegrityError):
        served.database.write(twice, world=0)
    assert _parties(served) == set()
    served.database.write(lambda session: _add(session, "county", "team:1"), world=0)
    assert _parties(served) == {"county", "team:1"}, "the connection serves again"


def test_it_counts_the_rows_that_a_change_of_many_met(served: Node) -> None:
    served.database.write(lambda session: _add(session, "county", "team:1", "team:2"), world=0)

    def rename(session: Session) -> None:
        for row in session.execute(sa.select(Audience).where(Audience.kind == "thing")).scalars():
            row.id = "two"

    served.database.write(rename, world=0)
    query = sa.select(sa.func.count()).where(Audience.kind == "thing", Audience.id == "two")
    assert served.database.read(lambda session: session.execute(query).scalar_one(), world=0) == 3


def test_it_lets_a_savepoint_fail_and_keeps_the_rest(served: Node) -> None:
    def some(session: Session) -> None:
        _add(session, "county")
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            _add(session, "county")
        _add(session, "team:1")

    served.database.write(some, world=0)
    assert _parties(served) == {"county", "team:1"}


def test_it_goes_on_when_the_driver_drops_what_it_prepared_too_much_of(served: Node) -> None:
    """psycopg keeps the 100 statements that were prepared last; here one, so that each drops the one before."""

    def some(session: Session) -> list[int]:
        raw: Any = session.connection().connection.driver_connection
        raw.prepared_max, raw.prepare_threshold = 1, 0
        found = []
        for number in range(6):
            found.append(session.execute(sa.text(f"SELECT {number} + :one"), {"one": 1}).scalar_one())
            assert kept.marks(session)
            _add(session, f"team:{number}")
            kept.look(session)
        return found

    with gevent.Timeout(PATIENCE_S):
        assert served.database.write(some, world=0) == [1, 2, 3, 4, 5, 6]
    assert len(_parties(served)) == 6


def test_its_statements_are_there_again_after_whatever_was_undone(served: Node) -> None:
    def some(session: Session, number: int, fails: str) -> None:
        for _ in range(3):  # so often that psycopg prepares it
            session.execute(sa.select(Audience.party).where(Audience.id == f"one {number}")).all()
        _add(session, f"team:{number}")
        if fails == "savepoint":
            with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
                _add(session, f"team:{number}")
        if fails == "all":
            _add(session, f"team:{number}")
        if fails == "behind":
            _add(session, f"team:{number}")
            kept.look(session)  # sent on, for the first time, behind what fails
            raise KeyError
        assert kept.marks(session)

    endings = ["behind", "", "savepoint", "", "all", ""]
    for number, fails in enumerate(endings * 3):
        with contextlib.suppress(KeyError, sa.exc.IntegrityError):
            served.database.write(lambda session, n=number, f=fails: some(session, n, f), world=0)
    stayed = {f"team:{number}" for number, fails in enumerate(endings * 3) if fails in ("", "savepoint")}
    assert _parties(served) == stayed


def test_it_tells_a_refusal_of_another_world_though_nobody_waited(served: Node) -> None:
    def stray(session: Session) -> None:
        connection = session.connection()
        connection.execute(
            sa.insert(AUDIENCE).values(world=1, kind="thing", id="one", party="county").inline()
        )

    with pytest.raises(sa.exc.ProgrammingError):
        served.database.write(stray, world=0)


def test_it_gives_way_to_others_while_the_database_works(served: Node) -> None:
    import gevent

    steps: list[str] = []

    def slow() -> None:
        served.database.read(
            lambda session: session.execute(sa.select(sa.func.pg_sleep(0.4))).all(), world=None
        )
        steps.append("slept")

    waiting = gevent.spawn(slow)
    gevent.sleep(0.05)
    steps.append("meanwhile")
    waiting.get(timeout=20)
    assert steps == ["meanwhile", "slept"]


def test_it_says_that_the_database_went_away_and_comes_back(cast: County, served: Node) -> None:
    def end_all() -> None:
        ending = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()"
        with cast.node.database.engine.connect() as connection:
            connection.exec_driver_sql(ending)

    served.database.glance(lambda session: session.execute(sa.select(sa.literal(1))).scalar_one())
    end_all()
    with pytest.raises(sa.exc.DBAPIError):
        served.database.glance(lambda session: session.execute(sa.select(sa.literal(1))).scalar_one())
    assert served.database.glance(lambda session: session.execute(sa.select(sa.literal(2))).scalar_one()) == 2


def test_it_knows_at_once_what_another_process_changed_in_a_register(
    cast: County, served: Node, county_url: str
) -> None:
    def value() -> Any:
        return served.database.read(
            lambda session: value_of(session, "task.accept_s.township", TOWN), world=None
        )

    before = value()
    other = open_node(county_url, cast.node.data_dir)
    change = {"name": "task.accept_s.township", "centre": COUNTY, "value": before + 60}
    assert other.act(Command("setting.set", change, cast.actor("admin"), new_id())).ok
    other.database.close()
    assert value() == before + 60


def test_what_works_for_long_on_what_it_reads_leaves_the_hub_alone(served: Node) -> None:
    hub, seen, ticks = threading.get_native_id(), [], 0

    def job(session: Session) -> list[int]:
        seen.append(threading.get_native_id())
        until = time.monotonic() + 0.3
        found = []
        while time.monotonic() < until:  # works, and asks again: on the hub it would keep all others waiting
            found.append(session.execute(sa.text("select 7")).scalar_one())
            sum(range(20_000))
        return found

    def tick() -> None:
        nonlocal ticks
        while not seen or not done.ready():
            gevent.sleep(0.005)
            ticks += 1

    done = gevent.spawn(served.database.read_long, job, world=0)
    gevent.joinall([done, gevent.spawn(tick)], timeout=PATIENCE_S)
    assert set(done.value) == {7}
    assert hub not in seen
    assert ticks > 5


def test_what_fails_in_a_long_job_is_told_and_its_connection_serves_on(served: Node) -> None:
    def broken(session: Session) -> None:
        session.execute(sa.text("select 1 / 0"))

    for _ in range(20):  # more often than there are connections
        with pytest.raises(sa.exc.DataError):
            served.database.read_long(broken, world=0)
    assert served.database.read_long(lambda s: s.execute(sa.text("select 7")).scalar_one(), world=0) == 7
    assert served.database.read(lambda s: s.execute(sa.text("select 8")).scalar_one(), world=0) == 8
    with pytest.raises(sa.exc.DBAPIError):
        served.database.read_long(lambda s: _add(s, "county"), world=0)
