"""The journal has no hole under many writers, and `verify` finds whatever was changed, dropped, reordered or cut off."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, due, journal
from command.core.journal import Entry, EntryTopic, Head
from command.core.store import worlds
from command.core.store.db import bulk_insert
from tests.county import DRILL, FLOOD, VILLAGE, County, new_id, open_node

EACH, PROCESSES = 8, 4


def _writers(url: str, directory: str, facts: dict[str, Any], number: int, threads: int) -> list[str]:
    """One process whose threads open incidents; the ids of what it was told is stored."""
    cast = County(open_node(url, Path(directory)), facts)

    def write(turn: int) -> str:
        body = {"kind": FLOOD, "title": f"{number}-{turn}", "village_code": VILLAGE}
        found: str = cast.do("town_duty", "incident.open", body)["id"]
        return found

    try:
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(write, range(EACH * threads)))
    finally:
        cast.close()


@pytest.mark.parametrize(("kind", "writers"), [("sqlite", 8), ("postgres", 16)], indirect=["kind"])
def test_it_has_no_hole_under_many_writers_in_four_processes(
    cast: County, county_url: str, tmp_path: Path, writers: int
) -> None:
    before = cast.end()
    context = multiprocessing.get_context("spawn")
    asked = [
        (county_url, str(tmp_path), cast.facts, number, writers // PROCESSES) for number in range(PROCESSES)
    ]
    with context.Pool(PROCESSES) as pool:
        made = pool.starmap(_writers, asked)
    stored = [one for some in made for one in some]
    rows = cast.entries(after=before)
    assert [row.seq for row in rows] == list(range(before + 1, before + 1 + writers * EACH))
    assert sorted(canonical.load(row.record)["id"] for row in rows) == sorted(stored)
    numbers = [canonical.load(row.record)["number"] for row in rows]
    assert len(set(numbers)) == len(numbers)
    assert cast.flaws() == []


def test_it_gives_a_follower_every_entry_while_others_write(cast: County) -> None:
    """A reader of `seq > last` never passes one by (294 of 1,600 were lost with numbers taken before the commit)."""
    start = cast.end()
    actor = cast.actor("town_duty")
    from command.core.actions import Command

    def write(_: int) -> None:
        cast.node.act(
            Command("incident.open", {"kind": FLOOD, "title": "随", "village_code": VILLAGE}, actor, new_id())
        )

    seen: list[int] = []
    with ThreadPoolExecutor(9) as pool:
        jobs = [pool.submit(write, number) for number in range(80)]
        while not all(job.done() for job in jobs) or seen[-1:] != [cast.end()]:
            seen += [row.seq for row in cast.entries(after=seen[-1] if seen else start)]
        for job in jobs:
            job.result()
    assert seen == list(range(start + 1, start + 81))


def test_it_chains_each_topic_to_its_entry_before(cast: County) -> None:
    incident = cast.open()
    cast.open("noise_duty", village_code="140429105200")
    cast.do("town_duty", "incident.report", {"id": incident["id"], "text": "水到膝盖"})
    topic = f"incident:{incident['id']}"
    query = (
        sa.select(EntryTopic.seq, EntryTopic.prev).where(EntryTopic.topic == topic).order_by(EntryTopic.seq)
    )
    rows = cast.node.database.read(lambda session: list(session.execute(query).all()), world=0)
    assert len(rows) == 2
    assert rows[0].prev == 0
    assert rows[1].prev == rows[0].seq


def test_it_keeps_each_worlds_stream_apart(cast: County) -> None:
    life, drill = cast.end(), cast.end(DRILL)
    cast.open(world=DRILL)
    assert (cast.end(), cast.end(DRILL)) == (life, drill + 1)


Spoil = Callable[[Session, int], None]


def changed(column: str, value: Any) -> Spoil:
    """Change one column of an entry."""
    return lambda s, seq: _run(
        s, sa.update(Entry.__table__).where(Entry.seq == seq, Entry.world == 0).values({column: value})
    )


def _run(session: Session, statement: Any) -> None:
    session.connection().execute(statement)


def dropped(session: Session, seq: int) -> None:
    """Take one entry out of the middle."""
    _run(session, sa.delete(EntryTopic.__table__).where(EntryTopic.seq == seq, EntryTopic.world == 0))
    _run(session, sa.delete(Entry.__table__).where(Entry.seq == seq, Entry.world == 0))


def reordered(session: Session, seq: int) -> None:
    """Let two entries change their places."""
    table: Any = Entry.__table__
    for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        _run(session, sa.update(table).where(table.c.seq == old, table.c.world == 0).values(seq=new))


def unheard(session: Session, seq: int) -> None:
    """Let one audience not have heard it."""
    table: Any = EntryTopic.__table__
    _run(session, sa.delete(table).where(table.c.seq == seq, table.c.world == 0, table.c.topic == "county"))


def overheard(session: Session, seq: int) -> None:
    """Let another have heard it."""
    row = {"world": 0, "topic": "centre:140429208", "seq": seq, "prev": 0, "change": 0}
    _run(session, sa.insert(EntryTopic.__table__).values(row))


def cut_off(session: Session, seq: int) -> None:
    """Forget the newest entries."""
    for table in (EntryTopic.__table__, Entry.__table__):
        _run(session, sa.delete(table).where(table.c.seq >= seq, table.c.world == 0))


def cut_off_and_covered(session: Session, seq: int) -> None:
    """Forget the newest entries and set the head's number back, without its hash."""
    cut_off(session, seq)
    _run(session, sa.update(Head.__table__).where(Head.__table__.c.world == 0).values(seq=seq - 1))


def rewritten(session: Session, seq: int) -> None:
    """Change the content and its digest, as somebody would who knows the digest but not the chain."""
    table: Any = Entry.__table__
    row = session.connection().execute(sa.select(table).where(table.c.seq == seq, table.c.world == 0)).one()
    record = row.record.replace("漫堤".encode(), "无事".encode())
    values = {"record": record, "digest": canonical.digest(record, row.text)}
    _run(session, sa.update(table).where(table.c.seq == seq, table.c.world == 0).values(values))


def rehashed(session: Session, seq: int) -> None:
    """The same, with the entry's own hash made right: the next one does not follow it any more."""
    rewritten(session, seq)
    table: Any = Entry.__table__
    row = session.connection().execute(sa.select(table).where(table.c.seq == seq, table.c.world == 0)).one()
    values = dict(row._mapping)
    from command.core.clock import UTC

    for name in ("at", "received_at"):
        values[name] = values[name] if values[name].tzinfo else values[name].replace(tzinfo=UTC)
    _run(
        session,
        sa.update(table)
        .where(table.c.seq == seq, table.c.world == 0)
        .values(hash=journal.entry_hash(values)),
    )


SPOILS = [
    changed("record", b'{"id":"x"}'), changed("text", b"{}"), changed("actor", "somebody"), changed("type", "incident.moved"),
    changed("hlc", 1), changed("command", "0"), changed("topics", b"{}"), dropped, reordered, unheard, overheard, cut_off,
    cut_off_and_covered, rewritten, rehashed,
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda one: getattr(one, "__name__", "changed"))
def test_it_finds_what_was_spoiled(cast: County, spoil: Spoil) -> None:
    """Design rule 8: the log is append-only, who, when and what (生产安全事故应急条例 art. 24)."""
    for _ in range(4):
        cast.open()
    seq = cast.end() - 2
    assert cast.flaws() == []
    database = cast.node.database
    with database.engine.connect() as connection, connection.begin():
        if database.sqlite:
            worlds.register_function(connection)
            worlds.enter(0)
        with Session(connection) as session:
            spoil(session, seq)
            session.flush()
    flaws = cast.flaws()
    assert flaws, "nothing was found"
    first = min(int(one.split(":")[0]) for one in flaws)
    assert first in (seq - 1, seq, seq + 1, cast.end())


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_writes_every_commit_to_the_disk(cast: County) -> None:
    """FULL (2): a kill alone could not tell it from NORMAL, a power cut could."""

    def pragmas(session: Session) -> tuple[int, str, int]:
        read = [
            session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("synchronous", "journal_mode", "foreign_keys")
        ]
        return read[0], read[1], read[2]

    assert cast.node.database.write(pragmas, world=0) == (2, "wal", 1)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_writes_every_commit_to_the_disk_when_it_is_served(cast: County, county_url: str) -> None:
    from command.core.store.database import Database

    served = Database(county_url, cooperative=True)
    try:
        level = served.write(
            lambda s: s.connection().exec_driver_sql("PRAGMA synchronous").scalar_one(), world=0
        )
    finally:
        served.close()
    assert level == 2


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_costs_as_much_in_a_long_journal_as_in_a_short_one(cast: County) -> None:
    cast.open("county_duty")
    lanes: Any = cast.node.database.lanes

    def steps(job: Callable[[], object], connection: Any) -> int:
        """How many hundred steps of its machine SQLite takes for a job."""
        counted = []
        connection.set_progress_handler(lambda: counted.append(1), 100)
        try:
            job()
        finally:
            connection.set_progress_handler(None, 0)
        return len(counted)

    def look() -> None:
        rows = cast.entries(after=cast.end() - 1)
        assert cast.node.database.glance(lambda session: journal.heard_on(session, 0, rows))

    def cost() -> tuple[int, int]:
        writing = steps(lambda: cast.open("county_duty"), lanes.writer.connection.driver_connection)
        return writing, steps(look, lanes._reader().connection.driver_connection)

    before = cost()
    cast.node.database.write(_make_long, world=0)
    writing, looking = cost()
    assert writing < before[0] * 1.5 + 20
    assert looking < before[1] * 1.5 + 20


def _make_long(session: Session) -> None:
    """A history of 20,000 entries of the county's topic, as far as what is looked up goes."""
    rows = [
        {"world": 0, "topic": "county", "seq": -number, "prev": 0, "change": 0} for number in range(20_000)
    ]
    bulk_insert(session, journal.TOPIC, rows)


def test_it_tells_the_keeper_of_promises_when_one_is_due(cast: County) -> None:
    told: list[datetime] = []
    incident = cast.open()["id"]
    cast.node.keepers.append(told.append)
    cast.do("town_duty", "incident.report", {"id": incident, "text": "水位上涨"})
    assert told == []
    task = cast.order("town_duty", incident, "town_team")[0]
    keys = (f"task.overdue:{task['id']}", f"reporting.follow:{incident}")
    first = sa.select(sa.func.min(due.Due.at)).where(due.Due.key.in_(keys))
    assert told == [cast.node.database.read(lambda s: s.execute(first).scalar_one(), world=0)]
