"""What the law asks for at a level, drafted as instructions to the houses struck: a person issues them, nothing is asked twice.

Design rule 5: red and orange open the list of art. 67, yellow and blue that of art. 66."""

from __future__ import annotations

from typing import Any

import pytest

from command.core import canonical
from command.core.errors import Invalid
from command.warnings.ordering import OVER, REPLACED
from tests.county import NOISE, OTHER, TOWN, County
from tests.doors import Doors
from tests.sitreps.ground import settle
from tests.warnings import ground

HOUSES = {f"140429-{one}" for one in ("police", "power", "publicity", "reserves", "transport")}


def drafts(client: Doors, warning: str, who: str = "county_duty", **more: str) -> dict[str, dict[str, Any]]:
    """The instructions of a warning that somebody sees and that are not taken back: house → instruction."""
    asked = "&".join(
        f"{name}={value}" for name, value in {"warning_id": warning, "live": "true", **more}.items()
    )
    items = client.get(who, f"/instructions?{asked}").json["items"]
    found = {one["to_centre"]: one for one in items}
    assert len(found) == len(items), "a house has one"
    return found


def lines(one: dict[str, Any]) -> list[str]:
    return [item["text"] for item in one["checklist"]]


def passed_on(cast: County, **more: Any) -> str:
    """A warning in force, with what time has promised done; and another elsewhere, which must not be met."""
    for body in ({"area": {"codes": [NOISE]}, "level": "red"}, more):
        made: str = ground.enter(cast, **body)["id"]
        ground.move(cast, "county_duty", made, "relayed")
    settle(cast)
    return made


def change(cast: County, warning: str, **body: Any) -> None:
    """An update, written by one and passed on."""
    version = cast.do("county_duty", "warning.check", {"id": warning, "code": "plan"})["version"]
    cast.do("county_duty", "warning.edit", {"id": warning, **body}, version=version)
    ground.move(cast, "county_duty", warning, "updated")
    settle(cast)


def test_design_rule_5_red_drafts_the_list_of_art_67_and_yellow_that_of_art_66(
    cast: County, client: Doors
) -> None:
    yellow = passed_on(cast)
    found = drafts(client, yellow)
    assert set(found) == {TOWN, "140429-publicity"}
    assert {one["urgency"] for one in found.values()} == {"routine"}
    assert lines(found[TOWN]) == ["加强监测、值守和信息报告"]
    red = passed_on(cast, level="red", area={"codes": [TOWN, OTHER]})
    found = drafts(client, red)
    assert set(found) == {TOWN, OTHER, *HOUSES}
    assert {(one["state"], one["urgency"], one["issued_at"]) for one in found.values()} == {
        ("draft", "flash", None)
    }
    assert lines(found[OTHER]) == [
        "加强监测、值守和信息报告", "队伍和负有职责人员待命，动员后备", "物资、设备、避难场所就绪",
        "转移、疏散并安置受威胁人员", "关闭或限制易受危害场所，控制聚集活动",
    ]  # fmt: skip
    assert "丰州镇" in found["140429-police"]["text"]


def test_the_machine_drafts_and_a_person_issues_all_of_them_by_one_act(cast: County, client: Doors) -> None:
    red = passed_on(cast, level="red")
    assert drafts(client, red, "town_duty") == {}, "a draft is the house's that writes it"
    for who, status in (("town_duty", 403), ("county_leader", 200)):
        answer = client.post(who, f"/warnings/{red}/orders", {})
        assert answer.status_code == status, answer.json
        if status == 403:
            assert {one["state"] for one in drafts(client, red).values()} == {"draft"}
    found = drafts(client, red)
    assert {(one["state"], one["issued_by"]) for one in found.values()} == {("issued", "甲 county_leader")}
    assert set(drafts(client, red, "town_duty")) == {TOWN}
    assert drafts(client, red, "other_duty") == {}
    said = [canonical.load(one.text)["zh"] for one in cast.entries() if one.type == "warning.ordered"]
    assert len(said) == 1
    assert said[0].startswith(f"下达预警期指令 {len(found)} 项（大风红色预警）：")
    refused = client.post("county_duty", f"/warnings/{red}/orders", {})
    assert (refused.status_code, refused.json["said"]["zh"]) == (409, "没有待下达的指令")


def test_some_of_the_drafts_may_go_out_and_no_others_instruction_with_them(
    cast: County, client: Doors
) -> None:
    red = passed_on(cast, level="red")
    found = drafts(client, red)
    foreign = cast.do("county_duty", "instruction.issue", {"to": OTHER, "text": "别的", "draft": True})["id"]
    with pytest.raises(Invalid, match="no draft of this warning"):
        cast.act("county_duty", "warning.order", {"id": red, "orders": [found[TOWN]["id"], foreign]})
    cast.do("county_duty", "warning.order", {"id": red, "orders": [found[TOWN]["id"]]})
    states = {house: one["state"] for house, one in drafts(client, red).items()}
    assert states.pop(TOWN) == "issued"
    assert set(states.values()) == {"draft"}


def test_an_update_doubles_nothing_and_asks_only_for_what_is_new(cast: County, client: Doors) -> None:
    warning = passed_on(cast)
    before = drafts(client, warning)
    change(cast, warning, advice="阵风9级")
    assert drafts(client, warning) == before, "nothing that is asked for has changed"
    cast.do("county_duty", "warning.order", {"id": warning, "orders": [before[TOWN]["id"]]})
    change(cast, warning, level="red")
    town = client.get("county_duty", f"/instructions?warning_id={warning}&to={TOWN}").json["items"]
    assert [(one["state"], len(lines(one))) for one in town] == [("issued", 1), ("draft", 4)]
    assert not set(lines(town[0])) & set(lines(town[1]))
    told = client.get("county_duty", f"/instructions?warning_id={warning}&to=140429-publicity").json["items"]
    assert [(one["state"], one["steps"][-1]["reason"]) for one in told] == [
        ("cancelled", REPLACED),
        ("draft", None),
    ]
    change(cast, warning, area={"codes": [OTHER]})
    found = {
        one["to_centre"]: one["state"]
        for one in client.get("county_duty", f"/instructions?warning_id={warning}&live=true").json["items"]
    }
    assert (found[TOWN], found[OTHER]) == ("issued", "draft"), "what was issued is a person's to take back"


def test_what_a_person_put_aside_is_not_drafted_again(cast: County, client: Doors) -> None:
    warning = passed_on(cast, level="red")
    aside = drafts(client, warning)["140429-police"]["id"]
    cast.do("county_duty", "instruction.transition", {"id": aside, "to": "cancelled", "reason": "已电话通知"})
    change(cast, warning, advice="阵风9级")
    change(cast, warning, level="orange")
    assert "140429-police" not in drafts(client, warning)


def test_drafts_of_a_warning_that_is_over_are_closed_with_a_note(cast: County, client: Doors) -> None:
    by_hand, by_clock = (passed_on(cast, level="red") for _ in range(2))
    issued = drafts(client, by_hand)[TOWN]["id"]
    cast.do("county_duty", "warning.order", {"id": by_hand, "orders": [issued]})
    ground.move(cast, "county_duty", by_hand, "cancelled", reason="大风已过")
    ground.let_end(cast, by_clock)
    cast.do("system", "warning.expire", {"id": by_clock})
    settle(cast)
    assert {house: one["state"] for house, one in drafts(client, by_hand).items()} == {TOWN: "issued"}
    assert drafts(client, by_clock) == {}
    closed = client.get("county_duty", f"/instructions?warning_id={by_clock}").json["items"]
    assert {one["steps"][-1]["reason"] for one in closed} == {OVER}
    assert cast.act("county_duty", "warning.order", {"id": by_clock}).status == 409


def test_the_county_says_which_houses_are_told(cast: County, client: Doors) -> None:
    row = {
        "code": "look", "levels": ["yellow"], "law": "本县规定", "zh": "巡查河道", "en": "Walk the river", "post_zh": "河长",
        "post_en": "River chief", "to": ["water", "nobody"],
    }  # fmt: skip
    cast.do("system", "setting.set", {"name": "warning.duties", "centre": "140429", "value": [row]})
    urgency = {"yellow": "flash"}
    cast.do("system", "setting.set", {"name": "warning.order_urgency", "centre": "140429", "value": urgency})
    found = drafts(client, passed_on(cast))
    assert {house: (one["urgency"], lines(one)) for house, one in found.items()} == {
        "140429-water": ("flash", ["巡查河道"])
    }
