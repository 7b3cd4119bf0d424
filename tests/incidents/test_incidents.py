"""Incidents in use: home centre, levels suggested and never set, competing figures, states, command taken by a higher authority."""

from __future__ import annotations

from typing import Any

import pytest

from command.core import canonical
from command.core.errors import Invalid
from tests.county import COUNTY, OTHER, POINT, TOWN, VILLAGE, County


def newest(cast: County, kind: str) -> dict[str, Any]:
    """The last record of a kind that the journal told."""
    found: dict[str, Any] = next(
        canonical.load(row.record) for row in reversed(cast.entries()) if row.kind == kind
    )
    return found


def test_it_finds_its_home_centre(cast: County) -> None:
    """Stated centre before village before the county, which must confirm; a schematic cell only proposes."""
    stated = cast.open("county_duty", centre=OTHER)
    assert (stated["centre"], stated["to_confirm"]) == (OTHER, False)
    village = cast.open("county_duty")
    assert (village["centre"], village["to_confirm"]) == (TOWN, False)
    point = cast.open("county_duty", village_code=None, location=POINT)
    assert (point["centre"], point["to_confirm"]) == (COUNTY, True)
    assert point["proposed_centre"] is not None
    own = cast.open("town_duty", village_code=None, location=POINT)
    assert (own["centre"], own["to_confirm"]) == (TOWN, False)


def test_it_has_no_place_when_only_the_village_is_known(cast: County) -> None:
    opened = cast.open()
    assert opened["location"] is None
    assert opened["location_basis"] == "village"
    assert opened["schematic_anchor"]["type"] == "Point"
    put = cast.do("town_duty", "incident.edit", {"id": opened["id"], "location": POINT}, version=1)
    assert (put["location"], put["location_basis"], put["schematic_anchor"]) == (POINT, "point", None)


def test_it_marks_estimates_while_the_place_is_not_known(cast: County) -> None:
    opened = cast.open()

    def ask() -> Any:
        return cast.node.ask("incident.suggestions", {"id": opened["id"]}, cast.actor("county_duty"))

    assert ask()["basis"]["schematic"] is True
    assert all(one["estimate"] for one in ask()["items"])
    cast.do("town_duty", "incident.edit", {"id": opened["id"], "location": POINT}, version=1)
    assert ask()["basis"]["schematic"] is False


def test_it_numbers_by_centre_and_day(cast: County) -> None:
    first, second, other = cast.open(), cast.open(), cast.open("other_duty", village_code="140429101200")
    assert first["number"].startswith(f"{TOWN}-")
    assert int(second["number"][-3:]) == int(first["number"][-3:]) + 1
    assert other["number"].startswith(f"{OTHER}-")
    assert other["number"].endswith("-001")


def test_it_suggests_levels_from_figures_and_sets_none(cast: County) -> None:
    opened = cast.open(kind="roof", casualties={"missing": 2})
    assert opened["level"] is None
    first = opened["level_suggested"]
    worse = cast.do(
        "town_duty",
        "incident.casualties",
        {"id": opened["id"], "dead": 3, "confirmed": True, "source": "县医院"},
    )
    assert worse["level"] is None
    assert worse["level_suggested"]["confirmed"] == "III"
    assert worse["level_suggested"] != first
    assert worse["level_suggested"]["because"]
    graded = cast.do("town_duty", "incident.grade", {"id": opened["id"], "level": "III"})
    assert graded["level"] == "III"
    most = cast.do(
        "town_duty",
        "incident.casualties",
        {"id": opened["id"], "dead": 30, "confirmed": True, "source": "县医院"},
    )
    assert (most["level"], most["level_suggested"]["confirmed"]) == ("III", "I")


def test_it_counts_missing_people_only_as_possible(cast: County) -> None:
    opened = cast.open(kind="roof", casualties={"missing": 10})
    assert opened["level_suggested"]["confirmed"] != opened["level_suggested"]["possible"]
    assert opened["level_suggested"]["possible"] in ("I", "II")


def test_it_lowers_a_level_only_with_a_reason(cast: County) -> None:
    thing = cast.open()["id"]
    cast.do("town_duty", "incident.grade", {"id": thing, "level": "II"})
    for lower in ("III", None):
        with pytest.raises(Invalid):
            cast.do("town_duty", "incident.grade", {"id": thing, "level": lower})
    assert (
        cast.do("town_duty", "incident.grade", {"id": thing, "level": "III", "reason": "核减"})["level"]
        == "III"
    )
    assert cast.do("town_duty", "incident.grade", {"id": thing, "level": "I"})["level"] == "I"


def test_it_gives_social_security_kinds_no_level(cast: County) -> None:
    from command.incidents.kinds import KINDS

    kind = next(code for code, one in KINDS.items() if not one.graded)
    opened = cast.open(kind=kind)
    assert opened["level"] is None
    with pytest.raises(Invalid):
        cast.do("town_duty", "incident.grade", {"id": opened["id"], "level": "II"})


def test_it_keeps_not_reported_apart_from_none(cast: County) -> None:
    opened = cast.open(casualties={"missing": 0})
    assert opened["casualties"]["missing"] == 0
    assert opened["casualties"]["dead"] is None


def test_it_lets_competing_figures_stand_until_one_is_chosen(cast: County) -> None:
    thing = cast.open(casualties={"missing": 2}, source="村民")["id"]
    second = cast.do("county_duty", "incident.casualties", {"id": thing, "missing": 5, "source": "乡镇"})
    assert second["casualties"]["missing"] == 2
    assert second["figures"]["missing"]["others"] == [5]
    figure = newest(cast, "figure")
    assert (figure["value"], figure["chosen"]) == (5, False)
    chosen = cast.do("town_duty", "incident.choose_figure", {"id": thing, "figure_id": figure["id"]})
    assert chosen["casualties"]["missing"] == 5
    assert chosen["figures"]["missing"]["others"] == [2]
    later = cast.do("county_duty", "incident.casualties", {"id": thing, "missing": 6, "source": "乡镇"})
    assert later["casualties"]["missing"] == 6
    assert later["figures"]["missing"]["others"] == [2]


def test_it_names_the_figure_that_is_confirmed(cast: County) -> None:
    thing = cast.open()["id"]
    told = cast.do(
        "town_duty", "incident.casualties", {"id": thing, "dead": 1, "source": "县医院", "confirmed": True}
    )
    figure = told["figures"]["dead"]
    assert (figure["value"], figure["source"], figure["confirmed"]) == (1, "县医院", True)
    assert figure["as_of"].endswith("Z")


def test_it_counts_figures_that_a_raw_report_brings(cast: County) -> None:
    thing = cast.open()["id"]
    cast.do(
        "town_duty",
        "incident.report",
        {"id": thing, "text": "两人失联", "casualties": {"missing": 2}, "source": "村民"},
    )
    assert newest(cast, "incident")["casualties"]["missing"] == 2
    assert newest(cast, "report")["casualties"] == {"missing": 2}


def test_it_ends_only_with_a_reason(cast: County) -> None:
    thing = cast.open()["id"]
    cast.do("town_duty", "incident.transition", {"id": thing, "to": "verifying"})
    with pytest.raises(Invalid):
        cast.do("town_duty", "incident.transition", {"id": thing, "to": "dismissed"})
    gone = cast.do("town_duty", "incident.transition", {"id": thing, "to": "dismissed", "reason": "误报"})
    assert gone["live"] is False
    again = cast.do("town_duty", "incident.transition", {"id": thing, "to": "verifying"})
    assert again["live"] is True


def test_it_is_opened_again_after_it_was_under_control(cast: County) -> None:
    thing = cast.open()["id"]
    for to in ("responding", "controlled", "responding"):
        moved = cast.do("town_duty", "incident.transition", {"id": thing, "to": to})
    assert moved["state"] == "responding"


def test_it_is_handed_over_and_its_old_home_keeps_what_it_opened(cast: County) -> None:
    mine = cast.open()["id"]
    cast.do("town_duty", "incident.handover", {"id": mine, "centre": OTHER, "reason": "在其辖区"})
    moved = newest(cast, "incident")
    assert moved["centre"] == OTHER
    assert set(moved["audience"]) == {"county", f"centre:{OTHER}", f"centre:{TOWN}"}
    assert cast.act("town_duty", "incident.transition", {"id": mine, "to": "verifying"}).status == 403
    assert cast.act("other_duty", "incident.transition", {"id": mine, "to": "verifying"}).status == 200
    countys = cast.open("county_duty")["id"]
    cast.do("town_duty", "incident.handover", {"id": countys, "centre": OTHER})
    assert f"centre:{TOWN}" not in newest(cast, "incident")["audience"]


def test_it_records_that_a_higher_authority_commands(cast: County) -> None:
    thing = cast.open()["id"]
    taken = cast.do(
        "county_duty", "incident.take_command", {"id": thing, "authority": "市指挥部", "who": "副市长"}
    )
    assert taken["command"]["authority"] == "市指挥部"
    assert taken["command"]["role"] == "配合"


def test_it_takes_fields_of_its_kind_and_no_others(cast: County) -> None:
    opened = cast.open(extra={"water_depth_m": 1.2})
    assert opened["extra"] == {"water_depth_m": 1.2}
    with pytest.raises(Invalid):
        cast.open(extra={"gas": 1})


def test_it_finds_likely_the_same_call(cast: County) -> None:
    first = cast.open()["id"]
    cast.open("other_duty", village_code="140429101200")
    wish = {"kind": "flash_flood", "village_code": VILLAGE}
    found = cast.node.ask("incidents.similar", wish, cast.actor("town_duty"))["items"]
    assert [one["incident"].id for one in found] == [first]
    assert found[0]["why"]
    assert cast.node.ask("incidents.similar", {"kind": "flash_flood"}, cast.actor("town_duty"))["items"] == []
