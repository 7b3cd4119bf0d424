"""Reminders mark what is past its time, by the setting of the centre; they do nothing else, and a later act takes the mark away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from command.core import clock
from command.core.due import Due
from command.core.rebuild import settle
from tests.county import COUNTY, TOWN, County
from tests.duty.test_matters import told
from tests.sitreps.reading import rows
from tests.tracks import ground


def later(hours: float) -> Any:
    return patch.object(clock, "real", return_value=clock.real() + timedelta(hours=hours))


def look(cast: County, kind: str, thing: str) -> bool:
    return bool(cast.do("system", "tracks.look", {"kind": kind, "id": thing})["late"])


def promised(cast: County) -> list[Any]:
    """When which thing is looked at."""
    query = sa.select(Due.key, Due.at).where(Due.action == "tracks.look").order_by(Due.key)
    return [tuple(one) for one in cast.node.database.read(lambda s: s.execute(query).all(), world=0)]


def test_a_family_that_was_told_nothing_for_too_long_is_marked_and_no_more_when_it_is_told(
    cast: County,
) -> None:
    incident = ground.roof_fall(cast)
    family = ground.family(cast, incident)
    cast.do("admin", "setting.set", {"name": "tracks.family_hours", "centre": COUNTY, "value": 6})
    cast.do("county_duty", "family.tell", {"id": family, "text": "已看到救援通道"})
    with later(5):
        assert not look(cast, "family", family)
    with later(6.5):
        before = cast.end()
        assert look(cast, "family", family)
        assert not look(cast, "family", family), "once"
        assert [one.type for one in cast.entries(after=before)] == ["family.late"]
        assert "久未通报" in told(cast, TOWN, "other")[family]
        done = cast.do("county_duty", "family.tell", {"id": family, "text": "通道已打通"})
    assert done["late_since"] is None


def test_tracks_opinion_items_and_care_have_their_dates(cast: County) -> None:
    incident = ground.roof_fall(cast)
    by = clock.wire(clock.real() + timedelta(hours=2))
    track = cast.do(
        "county_duty",
        "track.set",
        {"id": incident, "sort": "aftermath", "owner_post": "善后组", "due_at": by},
    )
    item = cast.do("publicity_duty", "opinion.note",
                   {"id": incident, "seen_where": "抖音", "claim": "井下死了十个", "due_at": by})  # fmt: skip
    case = ground.care(cast, incident, next_at=by)
    things = (("track", track["id"]), ("opinion", item["id"]), ("care_case", case))
    for kind, thing in things:
        assert not look(cast, kind, thing), kind
    with later(3):
        for kind, thing in things:
            assert look(cast, kind, thing), kind
        assert {one["late_since"] for kind, _ in things for one in rows(cast, kind)} == {by}
        assert set(told(cast, COUNTY, "deadline")) >= {track["id"], item["id"]}
        cast.do("county_duty", "track.set", {"id": incident, "sort": "aftermath", "state": "done"})
        cast.do("publicity_duty", "opinion.settle", {"id": item["id"], "to": "answered", "text": "已公布"})
        cast.do("carer", "care.hold", {"id": case, "note": "睡眠好转"})
        assert all(one["late_since"] is None for kind, _ in things for one in rows(cast, kind))
    assert not {track["id"], item["id"]} & set(told(cast, COUNTY, "deadline"))


def test_what_is_promised_follows_from_the_rows_again(cast: County) -> None:
    incident = ground.roof_fall(cast)
    ground.family(cast, incident)
    by = clock.wire(clock.real() + timedelta(hours=2))
    cast.do("county_duty", "track.set", {"id": incident, "sort": "lawful", "due_at": by})
    before = promised(cast)
    assert len(before) == 2
    cast.node.database.write(lambda s: s.execute(sa.delete(Due).where(Due.action == "tracks.look")), world=0)
    cast.node.database.write(settle, world=0)
    assert promised(cast) == before
