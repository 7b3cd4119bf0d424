"""The journal, applied to an empty database of the other sort, gives the same rows (RULES 9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.alarms.models import Alarm
from command.core import canonical, first, records
from command.core.access import Audience
from command.core.due import Due
from command.core.node import Node
from command.core.rebuild import apply, settle
from command.core.store import spatial
from command.incidents.models import Counter
from dispatch.teams.models import TeamState
from tests.county import County, open_node
from tests.history import History

OTHER_SORT = {"sqlite": "postgres", "postgres": "sqlite"}
FOUNDED = ("centre", "link", "area", "role")  # every installation makes these by itself, at a time of its own


def _plain(row: Any) -> dict[str, Any]:
    values = {one.key: getattr(row, one.key) for one in sa.inspect(type(row)).column_attrs}
    if "location" in values or "base" in values:
        place = "base" if "base" in values else "location"
        if not isinstance(values[place], dict | str):
            values[place] = spatial.shown(values[place])
    return values


def _rows(node: Node, world: int, told: set[tuple[str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Every row that the records of a world are made of, in an order of its own."""

    def read(session: Session) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[Any]] = {}
        for kind in records.KINDS.values():
            rows = session.execute(sa.select(kind.model).order_by(kind.model.id)).scalars()
            found[kind.kind] = [
                one for one in rows if kind.kind not in FOUNDED or (kind.kind, one.id) in told
            ]
        audience = sa.select(Audience).order_by(Audience.kind, Audience.id, Audience.party)
        found["audience"] = list(session.execute(audience).scalars())
        states = session.execute(sa.select(TeamState).order_by(TeamState.team_id)).scalars()
        found["team_state"] = [one for one in states if ("team", one.team_id) in told]
        return {name: [_plain(row) for row in rows] for name, rows in found.items()}

    return node.database.read(read, world=world)


@pytest.fixture(scope="module", params=OTHER_SORT)
def sort(request: pytest.FixtureRequest) -> str:
    """The sort of database in which the night happens."""
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def night(
    sort: str, templates: Any, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[County]:
    """The county after its night: played once for all tests, which only look at it."""
    cluster = request.getfixturevalue("postgres") if sort == "postgres" else None
    directory = tmp_path_factory.mktemp("night")
    url, facts = templates.copy(sort, directory)
    cast = County(open_node(url, directory), facts)
    history = History(cast)
    for _ in history.play():
        pass
    assert history.never_said() == set()
    yield cast
    cast.close()
    if cluster is not None:
        cluster.drop_database(url.rsplit("/", 1)[1])


@pytest.fixture(scope="module")
def rebuilt(
    night: County, sort: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Node]:
    """A node of the other sort into which every entry of the night's journal was applied."""
    directory = tmp_path_factory.mktemp("other")
    url = f"sqlite:///{directory / 'empty.db'}"
    if sort == "sqlite":
        url = request.getfixturevalue("module_postgres_url")
    node = open_node(url, directory)
    first.bring_up(node)
    for world in (0, 7):
        for entry in night.entries(world=world):
            assert node.database.write(lambda s, entry=entry: apply(s, entry), world=world) in (True, False)
        node.database.write(settle, world=world)
    yield node
    node.database.close()


def test_it_gives_the_same_rows_in_the_other_sort_of_database(night: County, rebuilt: Node) -> None:
    for world in (0, 7):
        entries = night.entries(world=world)
        told = {(entry.kind, canonical.load(entry.record)["id"]) for entry in entries}
        wanted, got = _rows(night.node, world, told), _rows(rebuilt, world, told)
        for name, rows in wanted.items():
            assert got[name] == rows, name
        assert all(
            wanted[name] for name in ("incident", "figure", "report", "task", "team", "alarm", "audience")
        )
    _again_and_backwards(night, rebuilt)


def _again_and_backwards(night: County, rebuilt: Node) -> None:
    """Applied again, and in the wrong order, an entry changes nothing: a row never goes backwards."""
    before = _rows(rebuilt, 0, set())
    for entry in reversed(night.entries()):
        assert rebuilt.database.write(lambda s, entry=entry: apply(s, entry), world=0) is False
    assert _rows(rebuilt, 0, set()) == before


def _promises(node: Node, but: set[str]) -> dict[str, tuple[Any, ...]]:
    """What is promised in life, but for things named."""
    rows = node.database.read(
        lambda s: s.execute(sa.select(Due).where(Due.world == 0)).scalars().all(), world=0
    )
    return {
        row.key: (row.at, row.action, row.payload) for row in rows if not any(one in row.key for one in but)
    }


def _counted(node: Node) -> list[tuple[Any, ...]]:
    found = sa.select(Counter.home, Counter.centre, Counter.day, Counter.last).order_by(
        Counter.centre, Counter.day
    )
    return [tuple(row) for row in node.database.read(lambda s: s.execute(found).all(), world=0)]


def test_it_derives_numbers_and_promises_from_the_rows_and_again_the_same(
    night: County, rebuilt: Node
) -> None:
    """The noise's promises were taken away where tests are made; those of the night must all be there again."""
    noise = set(night.noise.values()) | _alarms_of(night, night.noise["incident"])
    wanted = _promises(night.node, noise)
    assert {key.split(":")[0] for key in wanted} >= {
        "incident.late",
        "unshare",
        "task.overdue",
        "alarm.clear",
        "alarm.escalate",
    }
    for _ in range(2):
        assert _promises(rebuilt, noise) == wanted
        assert _counted(rebuilt) == _counted(night.node)
        rebuilt.database.write(settle, world=0)


def _alarms_of(night: County, incident: str) -> set[str]:
    query = sa.select(Alarm.id).where(Alarm.incident_id == incident)
    return set(night.node.database.read(lambda s: s.execute(query).scalars().all(), world=0))


def test_it_refuses_an_entry_in_another_world(cast: County) -> None:
    entry = cast.entries(world=7)[0]
    with pytest.raises(ValueError, match="world 7"):
        cast.node.database.write(lambda session: apply(session, entry), world=0)


def test_it_brings_back_nothing_private(night: County, rebuilt: Node) -> None:
    tables = ("caller", "incident_key", "credential", "pass", "receipt", "delivery_addressed", "reply_words")
    for table in tables:
        count = sa.text(f"select count(*) from {table}")
        assert rebuilt.database.read(lambda s, count=count: s.execute(count).scalar_one(), world=None) == 0, (
            table
        )
