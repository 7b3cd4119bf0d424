"""Alarms: one cause is one bundle; taken by name; a life at risk again sounds again; over when the cause is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.county import COUNTY, TOWN, County


def raised(cast: County, **body: Any) -> dict[str, Any]:
    """An alarm raised by the system for the township and the county."""
    title = {"zh": "漫水", "en": "Flooding"}
    parties = ["county", f"centre:{TOWN}"]
    wish = {"cause": "test:1", "rank": 2, "title": title, "centre": TOWN, "parties": parties, **body}
    return cast.do("system", "alarm.raise", wish)


def test_it_is_one_bundle_of_one_cause_with_the_gravest_rank(cast: County) -> None:
    first, second = raised(cast), raised(cast, rank=1)
    assert (second["id"], second["count"], second["rank"]) == (first["id"], 2, 1)
    assert raised(cast, cause="test:2")["id"] != first["id"]


def test_it_is_taken_by_name_once_and_stays_until_its_cause_ends(cast: County) -> None:
    alarm = raised(cast)["id"]
    taken = cast.do("town_duty", "alarm.acknowledge", {"id": alarm})
    assert (taken["acknowledged_by"], taken["live"]) == (cast.actor("town_duty").name, True)
    again = cast.act("county_duty", "alarm.acknowledge", {"id": alarm})
    assert again.status == 409
    cast.do("system", "alarm.clear", {"cause": "test:1"})
    assert json.loads(cast.entries()[-1].record)["live"] is False


@pytest.mark.parametrize(("life_risk", "taken"), [(True, False), (False, True)])
def test_it_sounds_again_when_a_life_is_at_risk_again(cast: County, life_risk: bool, taken: bool) -> None:
    alarm = raised(cast, life_risk=life_risk)["id"]
    cast.do("town_duty", "alarm.acknowledge", {"id": alarm})
    repeated = raised(cast, life_risk=life_risk)
    assert (repeated["acknowledged_by"] is not None) is taken


def test_it_begins_anew_after_it_was_over(cast: County) -> None:
    first = raised(cast)["id"]
    cast.do("system", "alarm.clear", {"cause": "test:1"})
    assert raised(cast)["id"] != first


def test_it_is_unseen_by_another_township(cast: County) -> None:
    alarm = raised(cast)["id"]
    assert cast.act("other_duty", "alarm.acknowledge", {"id": alarm}).status == 404


@pytest.mark.parametrize("who", ["county_duty", "admin"])
def test_it_is_raised_by_the_system_alone(cast: County, who: str) -> None:
    from command.core.errors import NotFound

    with pytest.raises(NotFound):
        cast.act(who, "alarm.raise", {"cause": "x", "rank": 1, "title": {}, "centre": COUNTY, "parties": []})
