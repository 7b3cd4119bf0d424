"""The demo county's plans: two, invented, each marked as such (示意). The county's own are not known here: thresholds, approvers and
minutes are what a county would write, not what Wuxiang has decreed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from command.core import ids
from command.core.access import system_actor

DUTY, WATER, POLICE = "140429", "140429-water", "140429-police"
HEALTH, TRANSPORT, POWER, RESERVES, PUBLICITY = (
    f"140429-{code}" for code in ("health", "transport", "power", "reserves", "publicity")
)
# The demo's one leader's account stands for all four rungs: posts have no holders there.
LADDER = {"R4": "县应急局局长", "R3": "分管副县长", "R2": "县长", "R1": "县委书记"}


def _level(level: str, trigger: str, measures: str, hours: int, **more: Any) -> dict[str, Any]:
    approvers = [{"post": LADDER[level], "role": "county_leader"}]
    return {
        "level": level,
        "trigger": trigger,
        "measures": measures,
        "hours": hours,
        "approvers": approvers,
        **more,
    }


def _act(
    code: str, levels: str, to: str, post: str | None, minutes: int, text: str, *checklist: str, **more: Any
) -> dict[str, Any]:
    named = [f"R{one}" for one in levels]
    return {"code": code, "levels": named, "to": to, "post": post, "within_min": minutes, "text": text, "checklist": list(checklist), **more}  # fmt: skip


def _group(code: str, name: str, lead: str, *members: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "lead": {"centre": lead},
        "members": [{"centre": one} for one in members],
    }


FLOOD: dict[str, Any] = {
    "code": "flood", "title": "【示意】防汛抗洪应急预案", "basis": "示意数据，非武乡县正式预案",
    "kinds": ["flood_drought", "rainstorm", "geological"], "model": "county_internal", "synthetic": True,
    "levels": [
        _level("R4", "蓝色暴雨预警，或一般洪涝事件", "加密值守和巡查，通知受影响乡镇做好转移准备", 12,
               incident_levels=["IV"], warnings=["blue"]),
        _level("R3", "黄色暴雨预警，或较大洪涝事件", "危险区群众转移，抢险队伍前置，会商研判", 24,
               incident_levels=["III"], warnings=["yellow"]),
        _level("R2", "橙色暴雨预警，或重大洪涝事件，或有人员失联被困", "全力转移避险和搜救，启用避难场所，调用储备物资", 48,
               incident_levels=["II"], warnings=["orange"], people=True),
        _level("R1", "红色暴雨预警，或特别重大洪涝事件", "县指挥部全面指挥，请求市里支援，停产停课停业", 72,
               incident_levels=["I"], warnings=["red"]),
    ],
    "groups": [
        _group("rescue", "抢险救援组", WATER, POLICE, TRANSPORT), _group("medical", "医疗防疫组", HEALTH),
        _group("move", "疏散安置组", DUTY, RESERVES, POLICE), _group("power", "通信保障组", POWER),
        _group("news", "宣传舆情组", PUBLICITY),
    ],
    "actions": [
        _act("watch", "4321", WATER, "值班室", 30, "加密雨水情监测，每小时报一次", "水库水位", "河道断面", "淤地坝", group="rescue"),
        _act("move", "321", "home", "乡镇长", 60, "转移危险区群众，逐户核实", "清点人数", "切断电源", "老弱病残先走", "登记去向",
             urgency="flash", needs_proof=True, group="move"),
        _act("road", "321", TRANSPORT, "值班室", 45, "排查并封控进出道路，标明绕行路线", "漫水桥", "临崖临水路段", group="rescue"),
        _act("medic", "21", HEALTH, "值班室", 40, "派出医疗救护力量到现场待命", group="medical"),
        _act("stock", "21", RESERVES, "值班室", 90, "备好帐篷、棉被、食品并装车", "帐篷", "棉被", "食品饮水", needs_proof=True, group="move"),
        _act("power", "21", POWER, "值班室", 60, "保障现场和安置点供电，切断危险区电源", urgency="flash", group="power"),
        _act("news", "21", PUBLICITY, "新闻发言人", 120, "拟定首次信息发布口径，报县指挥部审定", group="news"),
    ],
}  # fmt: skip
FIRE: dict[str, Any] = {
    "code": "wildfire", "title": "【示意】森林草原火灾应急预案", "basis": "示意数据，非武乡县正式预案",
    "kinds": ["wildfire", "forest_fire"], "model": "hierarchy", "synthetic": True,
    "levels": [
        _level("R4", "明火 4 小时未灭，或一般森林火灾", "就近扑救，增派专业队，警戒封山", 12, incident_levels=["IV"]),
        _level("R3", "较大森林火灾，或威胁居民点", "转移受威胁群众，请求市级增援", 24, incident_levels=["III"], people=True),
    ],
    "groups": [_group("rescue", "抢险救援组", POLICE, HEALTH), _group("supply", "物资保障组", RESERVES, TRANSPORT)],
    "actions": [
        _act("close", "43", "home", "乡镇长", 40, "封控上山路口，疏散林区人员", "路口设卡", "喊话清山", urgency="flash", group="rescue"),
        _act("order", "43", POLICE, "值班室", 45, "维护火场外围秩序，查找起火原因", group="rescue"),
        _act("water", "43", RESERVES, "值班室", 60, "组织风力灭火机、水泵和给养上山", needs_proof=True, group="supply"),
        _act("medic", "3", HEALTH, "值班室", 40, "设现场医疗点", group="rescue"),
    ],
}  # fmt: skip


def load(running: Any, data_dir: Path) -> None:
    """Write both plans, approve them as a demo and put them in force."""
    actor = system_actor(running.node.name)
    for body in (FLOOD, FIRE):
        plan = running.node.do("plan.draft", body, actor, ids.new_id())
        signed = {"name": "示意", "post": "演示数据", "document": "示意"}
        running.node.do(
            "plan.transition", {"id": plan["id"], "to": "approved", **signed}, actor, ids.new_id()
        )
        running.node.do("plan.transition", {"id": plan["id"], "to": "in_force"}, actor, ids.new_id())
