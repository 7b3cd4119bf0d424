"""What a snapshot keeps of its records from one time to the next: only what changed is built anew, and nothing else is told."""

from __future__ import annotations

import dataclasses
from typing import Any

import orjson
import pytest

from command.core import canonical, records
from command.core.live import built
from command.core.store import spatial
from tests.county import County


def look(cast: County, kept: built.Built, topic: str = "county") -> list[Any]:
    """What is told of a topic, and that it is what stands in the database."""
    told = cast.node.database.read(
        lambda s: [orjson.loads(orjson.dumps(one)) for one in kept.items(s, topic)], world=0
    )
    true = cast.node.database.read(
        lambda s: canonical.load(canonical.dump(records.snapshot(s, topic))), world=0
    )
    assert told == true
    return told


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many teams were built, each time some were."""
    spec, counts = records.KINDS["team"], []

    def show(session: Any, rows: Any) -> Any:
        counts.append(len(rows))
        return spec.show(session, rows)

    monkeypatch.setitem(records.KINDS, "team", dataclasses.replace(spec, show=show))
    return counts


def test_only_what_changed_is_built_anew(cast: County, made: list[int]) -> None:
    kept = built.Built()
    teams = [one for one in look(cast, kept) if one["type"] == "team"]
    del made[:]
    look(cast, kept)
    assert made == [len(teams)]  # for what it is held against; of what is kept nothing
    del made[:]
    # its state changes, not its row
    cast.do("town_team", "team.duty", {"id": cast.teams["town_team"], "on_duty": False})
    told = look(cast, kept)
    assert sorted(made) == [1, len(teams)]
    assert [x["record"]["on_duty"] for x in told if x["record"]["id"] == cast.teams["town_team"]] == [False]
    with_incident = len(look(cast, kept))
    cast.open("town_duty")
    assert len(look(cast, kept)) > with_incident


def test_it_keeps_no_more_than_it_may(cast: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "MOST_BYTES", 2000)
    kept = built.Built()
    for _ in range(2):
        look(cast, kept)
        assert 0 < sum(len(raw) for _, raw in kept._held.values()) == kept._bytes <= 2000


def test_a_point_is_read_as_shapely_reads_it(cast: County) -> None:
    from geoalchemy2.shape import to_shape

    from dispatch.teams.models import Team

    def points(session: Any) -> list[Any]:
        rows = session.query(Team.base).filter(Team.base.is_not(None)).all()
        return [(spatial.shown(one), list(to_shape(one).coords[0])) for (one,) in rows]

    found = cast.node.database.read(points, world=0)
    assert found
    assert all(told == {"type": "Point", "coordinates": true} for told, true in found)
