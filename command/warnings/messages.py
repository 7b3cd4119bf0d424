"""Warnings as CAP messages: what this house writes of its own, and the keeping of what it wrote or took in."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from shapely.geometry import MultiPolygon, Polygon, shape
from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core.actions import Tx
from command.core.clock import LOCAL
from command.core.settings import setting
from command.incidents.kinds import KINDS
from command.warnings import ground
from command.warnings.cap.reading import Alert
from command.warnings.cap.writing import wire
from command.warnings.contract import title_of
from command.warnings.events import CapMessageKept, CapMessagePassed
from command.warnings.models import CapMessage, WarningRow
from command.warnings.queries import MESSAGES
from command.warnings.words import SEVERITY
from geo.holes import cut_open

SENDER_CODE = setting(
    "warning.sender_code", str, "00000000",
    zh="预警编号中的行业与扩展码（8 位）", en="Industry and extension digits in a warning's number (8)",
)  # fmt: skip
DIVISION = "CN-division"
"""How this house names division codes (GB/T 2260 and its statistical extension) in a geocode."""
CAP_CATEGORY = {
    "meteorological": "Met", "flood_drought": "Met", "geological": "Geo", "earthquake": "Geo", "wildfire": "Fire",
    "fire": "Fire", "environment": "Env", "infrastructure": "Infra", "hazchem": "CBRNE", "road_traffic": "Transport",
}  # fmt: skip
CLASS_CATEGORY = {"natural": "Env", "accident": "Safety", "health": "Health", "social": "Security"}


def new_identifier(tx: Tx) -> str:
    """A number as the national rule shapes it (ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N): division, sender, local time, sequence."""
    code = (str(SENDER_CODE(tx.session, tx.node)) + "0" * 8)[:8]
    stem = f"{tx.node[:6]}{code}_{tx.now.astimezone(LOCAL):%Y%m%d%H%M%S}_"
    taken = sa.select(CapMessage.identifier).where(CapMessage.identifier.startswith(stem, autoescape=True))
    held = set(tx.session.execute(taken).scalars())
    named = sa.select(WarningRow.identifier).where(WarningRow.identifier.startswith(stem, autoescape=True))
    held |= set(tx.session.execute(named).scalars())
    return next(f"{stem}{n}" for n in range(1, 10_000) if f"{stem}{n}" not in held)


def keep(tx: Tx, row: WarningRow, alert: Alert, *, out: bool, passed: bool) -> CapMessage:
    """Keep a message beside its warning."""
    from datetime import datetime

    message: CapMessage = tx.add(
        CapMessage(
            warning_id=row.id, sender=alert["sender"], identifier=alert["identifier"],
            sent=datetime.fromisoformat(alert["sent"]), out=out, alert=alert,
            passed_at=tx.now if passed else None, taken_at=tx.now, taken_by=tx.actor.name, live=True,
        )
    )  # fmt: skip
    tx.say(CapMessageKept(record=tx.show(MESSAGES, message)))
    return message


def of_warning(session: Session, warning_id: str) -> list[CapMessage]:
    """The messages of a warning, the oldest first."""
    wanted = sa.select(CapMessage).where(CapMessage.warning_id == warning_id)
    return list(session.execute(wanted.order_by(CapMessage.sent, CapMessage.id)).scalars())


def pass_on(tx: Tx, row: WarningRow, msg_type: str) -> None:
    """What a person passed on goes into the feed: the source's own messages as they came, else one that this house writes."""
    held = of_warning(tx.session, row.id)
    if row.channel == "cap":
        for message in held:
            if message.passed_at is None:
                message.passed_at = tx.now
                tx.touch(message)
                tx.say(CapMessagePassed(record=tx.show(MESSAGES, message)))
        if msg_type != "Cancel" or any(one.alert["msgType"] == "Cancel" for one in held):
            return
    keep(tx, row, compose(tx, row, msg_type, held), out=True, passed=True)


def compose(tx: Tx, row: WarningRow, msg_type: str, before: list[CapMessage]) -> Alert:
    """The CAP message that says what a warning says now; a drill's says Exercise."""
    own = tx.session.get(Centre, tx.node)
    sender = f"fengsui-{tx.node}"
    first = not any(one.identifier == row.identifier for one in before)
    alert: Alert = {
        "identifier": row.identifier if first else new_identifier(tx),
        "sender": sender,
        "sent": wire(tx.now),
        "status": "Exercise" if tx.world else "Actual",
        "msgType": msg_type,
        "source": own.name if own else tx.node,
        "scope": "Public",
    }
    if row.relay:
        alert["note"] = f"转发：{row.issuer}"
    if msg_type != "Alert":
        alert["references"] = " ".join(f"{one.sender},{one.identifier},{one.alert['sent']}" for one in before)
        if not before:
            alert["msgType"] = "Alert"
            del alert["references"]
    alert["info"] = [_info(tx, row, "zh", msg_type)]
    if row.texts.get("en"):
        alert["info"].append(_info(tx, row, "en", msg_type))
    return alert


def _info(tx: Tx, row: WarningRow, lang: str, msg_type: str) -> Alert:
    said: dict[str, Any] = row.texts.get(lang) or row.texts.get("zh") or row.texts.get("en") or {}
    found = KINDS.get(row.category or "")
    title = title_of(row.category, row.event, row.level)[lang]
    info: Alert = {
        "language": "zh-CN" if lang == "zh" else "en-US",
        "category": [_cap_category(row.category)],
        "event": (found.zh if lang == "zh" else found.en) if found else row.event,
        "urgency": "Past" if msg_type == "Cancel" else "Immediate" if row.start_at <= tx.now else "Expected",
        "severity": SEVERITY.get(row.level or "", "Unknown"),
        "certainty": "Likely",
        "effective": wire(row.issued_at or tx.now),
        "onset": wire(row.start_at),
        "expires": wire(row.ends_at) if row.ends_at else None,
        "senderName": row.issuer,
        "headline": said.get("headline") or f"{row.issuer} {title}",
        "description": said.get("advice"),
        "instruction": said.get("measures"),
        "parameter": [{"valueName": "warningLevel", "value": row.level}] if row.level else None,
        "area": [_area(row, lang, said)],
    }
    if msg_type == "Cancel":
        info["responseType"] = ["AllClear"]
    return {name: value for name, value in info.items() if value is not None}


def _cap_category(category: str | None) -> str:
    found = KINDS.get(category or "")
    if found is None:
        return "Other"
    return CAP_CATEGORY.get(found.code) or CAP_CATEGORY.get(found.parent or "") or CLASS_CATEGORY[found.klass]


def _area(row: WarningRow, lang: str, said: dict[str, Any]) -> Alert:
    codes = row.area.get("codes") or row.struck
    joint = "、" if lang == "zh" else ", "
    area: Alert = {"areaDesc": said.get("area") or joint.join(ground.name_of(code, lang) for code in codes)}
    if row.area.get("shape"):
        drawn = shape(row.area["shape"])
        area["polygon"] = [
            " ".join(f"{lat:.6f},{lon:.6f}" for lon, lat in part.exterior.coords)
            for part in cut_open(cast("Polygon | MultiPolygon", drawn))
        ]  # a polygon of CAP has no holes
    if codes:
        area["geocode"] = [{"valueName": DIVISION, "value": code.ljust(12, "0")} for code in codes]
    return area
