"""Requisitioned things to test on: an excavator taken for an incident, as it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.county import County

OWNER, PHONE = "郝铁牛", "13955556666"
DIGGER: dict[str, Any] = {
    "sort": "equipment", "what": "挖掘机", "quantity": 1, "unit": "台", "owner_kind": "person", "owner": OWNER,
    "owner_phone": PHONE, "authority": "县人民政府 赵县长", "basis": "武应急征〔2026〕3 号", "worth_yuan": 480_000,
}  # fmt: skip
BACK = {"condition": "damaged", "received_by": "车主本人", "note": "铲斗变形"}
PAID = {"how": "paid", "amount_yuan": 12_500, "paper": "补偿决定 3 号"}


def take(cast: County, incident: str, who: str = "town_duty", **more: Any) -> str:
    """One thing."""
    return str(cast.do(who, "requisition.take", {"id": incident, **DIGGER, **more})["id"])


def back(cast: County, thing: str, **more: Any) -> str:
    """Returned, damaged."""
    cast.do("town_duty", "requisition.give_back", {"id": thing, **BACK, **more})
    return thing


def night(cast: County, things: dict[str, str]) -> Iterator[str]:
    """Everything that can be said of requisitions, one command at a time."""
    things["zy"] = str(cast.open("town_duty")["id"])
    one = take(cast, things["zy"])
    yield "an excavator is taken"
    back(cast, one)
    cast.do("town_duty", "requisition.settle", {"id": one, **PAID})
    yield "returned and paid"
    lost = take(cast, things["zy"], what="冲锋舟")
    cast.do("town_duty", "requisition.give_back", {"id": lost, "condition": "lost", "note": "被洪水冲走"})
    wrong = take(cast, things["zy"], what="发电机")
    cast.do("town_duty", "requisition.cancel", {"id": wrong, "reason": "重复登记"})
    yield "one lost, one never taken"
