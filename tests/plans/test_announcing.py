"""A plan that an incident or a warning calls for is announced to the house whose plan it is; nothing begins by it.

Design rule 1: levels of incident, warning, response and risk are four; one only suggests another."""

from __future__ import annotations

from typing import Any

from command.core import canonical
from command.plans.models import Response
from tests.county import DRILL, OTHER, TOWN, County
from tests.doors import Doors
from tests.plans.library import WORD, by_word, in_force, level, propose
from tests.sitreps.ground import settle
from tests.warnings import ground as warnings


def announced(client: Doors, who: str = "county_duty") -> dict[str, dict[str, Any]]:
    """What is suggested at somebody's desk now: the title → the alarm."""
    items = client.get(who, "/alarms?live=true&limit=500").json["items"]
    return {one["title"]["zh"]: one for one in items if one["cause"].startswith("plan_suggested:")}


def test_an_incident_that_a_level_fits_calls_with_reasons_and_starts_nothing(
    cast: County, client: Doors
) -> None:
    """Design rule 1: the level of the incident only suggests one of the response."""
    in_force(cast)
    in_force(cast, code="noise", title="噪声预案", kinds=["wildfire"])
    quiet = cast.open(title="没有人员")["id"]
    assert announced(client) == {}, "no condition holds: a person judges"
    made = cast.open(title="有人失联", life_risk="people")
    ((title, one),) = announced(client).items()
    assert (title, one["rank"], one["incident_id"]) == ("建议启动二级响应・有人失联", 3, made["id"])
    assert one["detail"]["zh"] == "防汛预案 二级（有人员失联、被困或生命危险）。由人决定，不自动启动"
    assert "Level 2 (people are missing" in one["detail"]["en"]
    assert announced(client, "town_duty") == {}, "the county's plan is the county's to begin"
    assert announced(client, "noise_duty") == {}
    assert cast.node.database.read(lambda s: s.query(Response).count(), world=0) == 0
    graded = cast.do("county_duty", "incident.grade", {"id": quiet, "level": "IV", "reason": "现场核实"})
    assert graded["level"] == "IV"
    assert announced(client)["建议启动四级响应・没有人员"]["detail"]["zh"].startswith(
        "防汛预案 四级（事件定级：一般）"
    )
    before = announced(client)["建议启动四级响应・没有人员"]
    cast.do("county_duty", "incident.casualties", {"id": quiet, "evacuated": 12, "source": "镇政府"})
    assert announced(client)["建议启动四级响应・没有人员"]["count"] == before["count"], (
        "nothing new, nothing said"
    )


def test_it_is_silent_once_somebody_took_it_up_until_a_graver_level_fits(cast: County, client: Doors) -> None:
    plan = in_force(cast)
    made = cast.open(title="定级的")["id"]
    cast.do("county_duty", "incident.grade", {"id": made, "level": "IV", "reason": "现场核实"})
    assert len(announced(client)) == 1
    refused = propose(cast, plan, incident_id=made)
    assert announced(client) == {}
    cast.do("county_leader", "response.transition", {"id": refused, "to": "rejected", "reason": "已控制"})
    cast.do("county_duty", "incident.edit", {"id": made, "title": "又改名的"}, version=_version(client, made))
    assert announced(client) == {}, "decided against is decided"
    cast.do("county_duty", "incident.grade", {"id": made, "level": "III", "reason": "水涨"})
    assert list(announced(client)) == ["建议启动三级响应・又改名的"]
    by_word(cast, propose(cast, plan, incident_id=made, level="R4"))
    assert list(announced(client)) == ["建议启动三级响应・又改名的"], (
        "a lesser level is not what is called for"
    )
    for to in ("verifying", "dismissed"):
        cast.do("county_duty", "incident.transition", {"id": made, "to": to, "reason": "误报"})
    assert announced(client) == {}


def _version(client: Doors, incident: str) -> int:
    version: int = client.get("county_duty", f"/incidents/{incident}").json["version"]
    return version


def test_a_townships_own_plan_calls_at_its_own_desk(cast: County, client: Doors) -> None:
    plan: dict[str, Any] = {"levels": [level("R4", people=True)], "actions": []}
    thing = in_force(cast, code="town", title="镇预案", **plan)
    cast.node.database.write(lambda s: _given_to(s, thing, TOWN), world=0)
    cast.open(title="镇上有人", life_risk="people")
    assert list(announced(client, "town_duty")) == ["建议启动四级响应・镇上有人"]
    assert announced(client, "other_duty") == {}


def _given_to(session: Any, plan: str, centre: str) -> None:
    from command.plans.models import Plan

    row = session.get(Plan, plan)
    row.centre = centre


def test_a_warning_calls_by_its_colour_and_falls_silent_when_it_is_over(cast: County, client: Doors) -> None:
    plan = in_force(cast, kinds=["meteorological"])
    blue = warnings.enter(cast, level="blue")["id"]
    red = warnings.enter(cast, level="red", area={"codes": [TOWN, OTHER]})["id"]
    assert announced(client) == {}, "what nobody passed on calls for nothing"
    for one in (blue, red):
        warnings.move(cast, "county_duty", one, "relayed")
    settle(cast)
    assert list(announced(client)) == ["建议启动二级响应・大风红色预警"]
    assert announced(client)["建议启动二级响应・大风红色预警"]["detail"]["zh"].startswith(
        "防汛预案 二级（红色预警）"
    )
    version = cast.do("county_duty", "warning.check", {"id": blue, "code": "plan"})["version"]
    cast.do("county_duty", "warning.edit", {"id": blue, "level": "yellow"}, version=version)
    warnings.move(cast, "county_duty", blue, "updated")
    settle(cast)
    assert set(announced(client)) == {"建议启动二级响应・大风红色预警", "建议启动四级响应・大风黄色预警"}
    taken = propose(cast, plan, warning_id=red, areas=[TOWN], level="R2")
    cast.do(
        "county_duty",
        "response.transition",
        {"id": taken, "to": "active", "spoken": {**WORD, "post": "县长"}},
    )
    warnings.move(cast, "county_duty", blue, "cancelled", reason="大风已过")
    settle(cast)
    assert announced(client) == {}


def test_a_drill_calls_in_its_own_world(cast: County, client: Doors) -> None:
    in_force(cast)
    cast.do(
        "town_duty", "incident.open", {"kind": "flash_flood", "title": "演练", "village_code": "140429100003",
        "life_risk": "people"}, world=DRILL,
    )  # fmt: skip
    said = [
        canonical.load(entry.record) for entry in cast.entries(world=DRILL) if entry.type == "alarm.raised"
    ]
    assert "建议启动二级响应・演练" in [one["title"]["zh"] for one in said]
    assert announced(client) == {}
