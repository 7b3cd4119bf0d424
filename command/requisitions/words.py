"""The words of requisitions, in Chinese and English."""

from __future__ import annotations

from command.core.faults import label
from command.core.flow import Flow
from command.incidents.words import Word

REQUISITION_FLOW = Flow(
    name="requisition",
    zh={"in_use": "征用中", "returned": "已返还待结清", "lost": "毁损灭失待补偿", "settled": "已结清", "cancelled": "误登已销"},
    en={
        "in_use": "In use",
        "returned": "Returned, to be settled",
        "lost": "Lost or destroyed, to be compensated",
        "settled": "Settled",
        "cancelled": "Entered by mistake",
    },
    transitions=(
        ("in_use", "returned"), ("in_use", "lost"), ("returned", "settled"), ("lost", "settled"), ("in_use", "cancelled"),
    ),
    initial=("in_use",),
)  # fmt: skip
OVER = ("settled", "cancelled")
SORTS: dict[str, Word] = {
    "vehicle": Word("交通工具", "Vehicle"),
    "equipment": Word("设备", "Equipment"),
    "site": Word("场地设施", "Site or building"),
    "supplies": Word("物资", "Supplies"),
    "other": Word("其他", "Other"),
}
"""突发事件应对法 art. 12: 设备、设施、场地、交通工具和其他物资."""
CONDITIONS: dict[str, Word] = {"intact": Word("完好", "Intact"), "damaged": Word("有损坏", "Damaged")}
SETTLEMENTS: dict[str, Word] = {
    "paid": Word("已补偿", "Compensated"),
    "waived": Word("权利人书面放弃", "Waived in writing"),
}
label(
    {
        "what": "名称", "unit": "计量单位", "quantity": "数量", "owner_kind": "权利人类别", "owner": "权利人", "owner_phone": "权利人电话",
        "authority": "决定单位及负责人", "basis": "依据文书", "worth_yuan": "估值（元）", "condition": "返还时状况",
        "received_by": "接收人", "amount_yuan": "补偿金额（元）", "paper": "凭证", "lost": "毁损灭失",
    }
)  # fmt: skip


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of requisitions for `GET /words`."""
    tables = {
        "requisition_sorts": SORTS,
        "requisition_conditions": CONDITIONS,
        "requisition_settlements": SETTLEMENTS,
    }
    found = {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
    return {"states.requisition": REQUISITION_FLOW.labels(), **found}
