"""What each slice of the night hands over when a shift ends: its own open things to whom they concern, and nothing of another's."""

from __future__ import annotations

from typing import Any

from command.core import clock
from command.core.access import system_actor
from command.core.queries import View
from command.duty.matters import gather
from tests.county import COUNTY, NOISE, OTHER, TOWN, County
from tests.instructions import orders
from tests.plans import library
from tests.sitreps import ground as reports
from tests.sitreps.papers import ASKS
from tests.warnings import ground as warnings


def told(cast: County, centre: str, sort: str) -> dict[str, str]:
    """What a centre's desk would hand over now of one sort: the thing's id → its words."""

    def ask(session: Any) -> list[dict[str, Any]]:
        return gather(View(session, system_actor(cast.node.name), 0, cast.node.name, clock.real()), centre)

    items = cast.node.database.read(ask, world=0)
    assert len({one["key"] for one in items}) == len(items), "nothing is told twice"
    assert all(one["en"] and not set(one["en"]) & set("（）：；") for one in items if one["sort"] == sort)
    return {one["about"]["id"]: one["zh"] for one in items if one["sort"] == sort}


def test_warnings_in_force_go_to_the_county_and_the_struck_drafts_to_whose_they_are(cast: County) -> None:
    force = warnings.enter(cast)["id"]
    warnings.move(cast, "county_duty", force, "relayed")
    waits = warnings.enter(cast, area={"codes": [OTHER]})["id"]
    draft = cast.do("county_duty", "warning.enter", warnings.own(area={"codes": [TOWN]}))["id"]
    over = warnings.enter(cast)["id"]
    warnings.move(cast, "county_duty", over, "relayed")
    warnings.move(cast, "county_duty", over, "cancelled", reason="大风已过")
    county = told(cast, COUNTY, "warning")
    assert set(county) == {force, waits, draft}
    assert county[force] == "大风黄色预警（已转发，4 项未落实）"
    assert county[draft] == "滑坡橙色预警（拟发）"
    assert told(cast, TOWN, "warning") == {force: "大风黄色预警（已转发）"}
    assert told(cast, NOISE, "warning") == {}


def test_an_update_that_waits_is_said_with_its_warning(cast: County) -> None:
    one = warnings.enter(cast)
    moved = warnings.move(cast, "county_duty", one["id"], "relayed")
    cast.do("county_duty", "warning.edit", {"id": one["id"], "level": "red"}, version=moved["version"])
    assert told(cast, COUNTY, "warning")[one["id"]] == "大风黄色预警（已转发，更新待发，4 项未落实）"


def test_instructions_go_to_who_waits_for_them_and_to_who_owes_them(cast: County) -> None:
    fresh = orders.issue(cast, text="未签收的一项")
    kept = orders.at(cast, "accepted", text="在办的一项")
    late = orders.lapse(cast, orders.at(cast, "accepted", text="过时的一项"), 90)
    cast.do("system", "instruction.look", {"id": late})
    draft = orders.issue(cast, text="草拟的一项", draft=True)
    done = orders.at(cast, "done")
    over = orders.at(cast, "done")
    orders.move(cast, "county_duty", over, "verified")
    orders.issue(cast, "noise_duty", to=NOISE, text="噪声镇自己的")
    county = told(cast, COUNTY, "instruction")
    assert set(county) == {fresh, late, draft, done}, "what is under way in time waits for nobody"
    assert "超时" in county[late]
    assert "指令" not in str(told(cast, COUNTY, "alarm").values()), (
        "what is late is said once, with its instruction"
    )
    town = told(cast, TOWN, "instruction")
    assert set(town) == {fresh, kept, late}
    assert "草拟" not in str(town)
    assert told(cast, OTHER, "instruction") == {}


def test_responses_go_with_their_term_and_the_words_that_nobody_has_signed(cast: County) -> None:
    plan = library.in_force(cast)
    waits = library.propose(cast, plan, areas=[TOWN], matter="待批的")
    spoken = library.by_word(cast, library.propose(cast, plan, areas=[TOWN], matter="口头的"))
    other = library.by_word(cast, library.propose(cast, plan, areas=[OTHER], matter="别镇的"))
    cast.do("county_leader", "response.confirm", {"id": other})
    refused = library.propose(cast, plan, areas=[TOWN], matter="不启动的")
    cast.do("county_leader", "response.transition", {"id": refused, "to": "rejected", "reason": "不需要"})
    ended = library.by_word(cast, library.propose(cast, plan, areas=[TOWN], matter="结束的"))
    cast.do("county_leader", "response.transition", {"id": ended, "to": "ended", "reason": "险情解除"})
    assert told(cast, COUNTY, "response") == {
        waits: "待批的：四级响应（待审批）",
        spoken: "口头的：四级响应（已启动，口头批准 1 次待补签）",
        other: "别镇的：四级响应（已启动）",
        ended: "结束的：四级响应（已终止，口头批准 1 次待补签）",
    }
    assert told(cast, TOWN, "response") == {
        waits: "待批的：四级响应（待审批）",
        spoken: "口头的：四级响应（已启动）",
    }
    assert told(cast, NOISE, "response") == {}


def test_reports_owed_written_unsigned_and_unreceived_go_to_who_reports(cast: County) -> None:
    made = reports.incident(cast, title="二人遇难")
    assert told(cast, COUNTY, "deadline")[made["id"]].startswith("二人遇难：应向市级总值班室首报（电话）；")
    assert told(cast, TOWN, "deadline") == {}, "the county's own call is the county's to report"
    draft = reports.draft(cast, made["id"])["id"]
    assert told(cast, COUNTY, "deadline")[draft] == "二人遇难：首报（草稿）"
    cast.do("county_duty", "sitrep.transition", {"id": draft, "to": "reviewing"})
    cast.do("county_leader", "sitrep.approve", {"id": draft})
    wish = {"id": draft, "to": "signed", "name": "王建国", "post": "副县长"}
    cast.do("county_leader", "sitrep.transition", wish)
    assert told(cast, COUNTY, "deadline")[draft] == "二人遇难：首报（已签发）"
    cast.do("county_duty", "sitrep.send", {"id": draft, **reports.CITY})
    county = told(cast, COUNTY, "deadline")
    assert county[draft] == "二人遇难：首报（已报出，上级未签收）"
    assert made["id"] not in county or "市级总值班室首报" not in county[made["id"]]
    received = {"id": draft, "to": "received_by_superior", "person": "市值班员李"}
    cast.do("county_duty", "sitrep.transition", received)
    assert draft not in told(cast, COUNTY, "deadline")


def test_who_asked_for_information_and_was_not_called_back_is_handed_over(cast: County) -> None:
    made = reports.incident(cast)
    asked = cast.do("county_duty", "info_request.take", {"incident_id": made["id"], **ASKS})
    assert told(cast, COUNTY, "promise") == {asked["id"]: f"来电查询待回拨核实：{ASKS['office']}"}
    assert told(cast, TOWN, "promise") == {}
    cast.do("county_duty", "info_request.check", {"id": asked["id"], "asked": False, "reached": "市值班室"})
    assert told(cast, COUNTY, "promise") == {}
