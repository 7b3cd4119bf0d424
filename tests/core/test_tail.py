"""What a process hands to its tail is what the journal says, in its order, once, whatever came between."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest

from command.core.appending import Appended
from command.core.live.tail import LOOK_S, Tail, _read
from command.core.live.wire import Said
from tests.county import DRILL, FLOOD, OTHER, TOWN, VILLAGE, County, new_id


class Told:
    """A tail that tells when it is asked to, and what it told."""

    def __init__(self, cast: County) -> None:
        self.cast, self.entries, self.looks = cast, [], 0
        self.tail = Tail(cast.node, self.hear)
        self.tail._enter(0)
        self.began = self.tail.at[0]
        self.tail.must_look, self.tail.looked_at = False, float("inf")  # not yet time to look by itself
        look = self.tail.look

        def counted() -> None:
            self.looks += 1
            look()
            self.tail.looked_at = float("inf")

        self.tail.look = counted  # type: ignore[method-assign]

    entries: list[Said]

    def hear(self, world: int, entries: Sequence[Said]) -> None:
        self.entries += [one for one in entries if world == 0]

    def stored(self) -> list[Said]:
        """What the journal says of life since the tail began."""
        return self.cast.node.database.read(lambda s: _read(s, 0, self.began, 500), world=None)


@pytest.fixture
def told(cast: County) -> Iterator[Told]:
    found = Told(cast)
    yield found
    found.tail.stop()


def _some_commands(cast: County) -> None:
    incident = cast.open(title="甲")
    cast.do("town_duty", "incident.share", {"id": incident["id"], "centre": OTHER})
    cast.do("town_duty", "incident.unshare", {"id": incident["id"], "centre": OTHER})
    cast.open(title="乙")


def test_it_tells_what_was_handed_over_as_the_journal_says_it(told: Told, cast: County) -> None:
    _some_commands(cast)
    told.tail.tell()
    assert told.looks == 0
    assert len(told.entries) >= 4
    assert {change for one in told.entries for change, _ in one.topics.values()} == {0, 1, 2}
    assert told.entries == told.stored()


def test_it_tells_in_order_and_once_what_comes_out_of_order_or_again(told: Told, cast: County) -> None:
    _some_commands(cast)
    told.tail.handed.reverse()
    told.tail.handed += told.tail.handed[:2]
    told.tail.tell()
    assert told.entries == told.stored()


def test_it_reads_the_journal_where_something_of_another_came_between(told: Told, cast: County) -> None:
    _some_commands(cast)
    del told.tail.handed[1]  # as if another process had committed it
    told.tail.tell()
    assert told.looks == 1
    assert told.entries == told.stored()


def test_it_reads_a_world_that_it_has_not_followed(told: Told, cast: County) -> None:
    cast.open("county_duty", title="演", world=DRILL)
    assert not told.tail.handed
    told.tail.tell()
    assert told.looks == 1
    assert DRILL in told.tail.at
    assert told.entries == []


def test_it_looks_by_itself_even_while_it_is_handed_things(told: Told, cast: County) -> None:
    _some_commands(cast)
    told.tail.looked_at = time.monotonic() - LOOK_S
    told.tail.tell()
    assert told.looks == 1
    assert told.entries == told.stored()


def test_nothing_is_handed_over_of_what_was_refused_or_was_done_before(cast: County) -> None:
    handed: list[Appended | None] = []
    key, body = new_id(), {"kind": FLOOD, "title": "甲", "village_code": VILLAGE}
    incident = cast.do("town_duty", "incident.open", body, command_id=key)["id"]
    cast.node.wakers.append(handed.append)
    assert cast.do("town_duty", "incident.open", body, command_id=key)["id"] == incident
    assert not cast.act("town_duty", "incident.share", {"id": incident, "centre": TOWN}).ok
    assert handed == []
