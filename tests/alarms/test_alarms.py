"""Alarms: one cause is one bundle; taken by name; a life at risk again sounds again; over when the cause is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.county import COUNTY, TOWN, County
from tests.doors import Doors


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


def test_it_sounds_again_when_it_got_worse_and_says_the_newest_word(cast: County) -> None:
    alarm = raised(cast)["id"]
    cast.do("town_duty", "alarm.acknowledge", {"id": alarm})
    worse = raised(
        cast, rank=1, title={"zh": "决口", "en": "Breach"}, detail={"zh": "下游三村", "en": "three villages"}
    )
    assert (worse["acknowledged_by"], worse["rank"], worse["count"]) == (None, 1, 2)
    assert (worse["title"]["zh"], worse["detail"]["zh"]) == ("决口", "下游三村")


def test_it_is_silenced_by_one_name_and_what_is_over_is_neither_silenced_nor_taken(cast: County) -> None:
    alarm = raised(cast)["id"]
    assert cast.do("town_duty", "alarm.silence", {"id": alarm})["silenced_by"] == cast.actor("town_duty").name
    assert cast.act("county_duty", "alarm.silence", {"id": alarm}).status == 409
    cast.do("system", "alarm.clear", {"cause": "test:1"})
    for name in ("acknowledge", "silence"):
        assert cast.act("county_duty", f"alarm.{name}", {"id": alarm}).status == 409


def waiting(client: Doors, who: str = "town_duty") -> tuple[list[str], int, list[str]]:
    """(causes of what stands to be taken, how many more, titles of life at risk among these)."""
    told = client.get(who, "/alarms/waiting").json
    return (
        [one["cause"] for one in told["items"]],
        told["more"],
        [one["title"]["zh"] for one in told["more_life_risk"]],
    )


def test_three_at_once_are_to_be_taken_and_the_rest_is_a_count(client: Doors, cast: County) -> None:
    """Life at risk first, then the rank, then the oldest; who is taken makes room for the next."""
    for cause, rank in (("late:1", 3), ("late:2", 2), ("grave:1", 1), ("late:3", 2)):
        raised(cast, cause=cause, rank=rank)
    assert waiting(client) == (["grave:1", "late:2", "late:3"], 1, [])
    life = raised(cast, cause="life:1", rank=1, life_risk=True)
    assert waiting(client) == (["life:1", "grave:1", "late:2"], 2, [])
    cast.do("town_duty", "alarm.acknowledge", {"id": life["id"]})
    assert waiting(client) == (["grave:1", "late:2", "late:3"], 1, [])
    assert waiting(client, "other_duty") == ([], 0, [])
    assert client.get("keeper", "/alarms/waiting").status_code == 403


def test_a_life_at_risk_is_never_a_number_alone(client: Doors, cast: County) -> None:
    for n in range(5):
        raised(cast, cause=f"life:{n}", rank=1, life_risk=True, title={"zh": f"遇险{n}", "en": f"Mayday {n}"})
    raised(cast, cause="late:1", rank=2)
    assert waiting(client) == (["life:0", "life:1", "life:2"], 3, ["遇险3", "遇险4"])
