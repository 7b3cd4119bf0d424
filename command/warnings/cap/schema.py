"""What CAP 1.2 lets stand where: every element in its order, how often, with which values (OASIS CAP-v1.2, §3.2 and its schema)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURES = "http://www.w3.org/2000/09/xmldsig#"
OLDER = {
    "urn:oasis:names:tc:emergency:cap:1.1": "1.1",
    "http://www.incident.com/cap/1.0": "1.0",
}

STATUS = ("Actual", "Exercise", "System", "Test", "Draft")
MSG_TYPES = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPES = ("Public", "Restricted", "Private")
CATEGORIES = (
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other",
)  # fmt: skip
RESPONSES = (
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None",
)  # fmt: skip
URGENCIES = ("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITIES = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CERTAINTIES = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_WHOLE = re.compile(r"[-+]?\d+")


def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_decimal(text: str) -> bool:
    try:
        return Decimal(text).is_finite() and "e" not in text.lower()
    except InvalidOperation:
        return False


@dataclass(frozen=True)
class Text:
    """What a text must be; `collapsed`: white space around it does not count."""

    says: str
    fits: Callable[[str], bool] = lambda text: True
    collapsed: bool = False


def one_of(values: tuple[str, ...]) -> Text:
    """A text from a closed list."""
    return Text(" | ".join(values), lambda text: text in values)


STRING = Text("text")
TIME = Text("2026-07-21T18:03:00+08:00", _is_time, collapsed=True)
LANGUAGE = Text("zh-CN", lambda text: bool(_LANGUAGE.fullmatch(text)), collapsed=True)
URI = Text("URI", collapsed=True)
WHOLE = Text("whole number", lambda text: bool(_WHOLE.fullmatch(text)), collapsed=True)
DECIMAL = Text("number", _is_decimal, collapsed=True)


@dataclass(frozen=True)
class Part:
    """One element: its name, what stands in it, whether it must be there, whether it may be there more than once."""

    name: str
    holds: Text | tuple[Part, ...]
    must: bool = False
    many: bool = False


PAIR = (Part("valueName", STRING, must=True), Part("value", STRING, must=True))
RESOURCE = (
    Part("resourceDesc", STRING, must=True),
    Part("mimeType", STRING, must=True),
    Part("size", WHOLE),
    Part("uri", URI),
    Part("derefUri", STRING),
    Part("digest", STRING),
)
AREA = (
    Part("areaDesc", STRING, must=True),
    Part("polygon", STRING, many=True),
    Part("circle", STRING, many=True),
    Part("geocode", PAIR, many=True),
    Part("altitude", DECIMAL),
    Part("ceiling", DECIMAL),
)
INFO = (
    Part("language", LANGUAGE),
    Part("category", one_of(CATEGORIES), must=True, many=True),
    Part("event", STRING, must=True),
    Part("responseType", one_of(RESPONSES), many=True),
    Part("urgency", one_of(URGENCIES), must=True),
    Part("severity", one_of(SEVERITIES), must=True),
    Part("certainty", one_of(CERTAINTIES), must=True),
    Part("audience", STRING),
    Part("eventCode", PAIR, many=True),
    Part("effective", TIME),
    Part("onset", TIME),
    Part("expires", TIME),
    Part("senderName", STRING),
    Part("headline", STRING),
    Part("description", STRING),
    Part("instruction", STRING),
    Part("web", URI),
    Part("contact", STRING),
    Part("parameter", PAIR, many=True),
    Part("resource", RESOURCE, many=True),
    Part("area", AREA, many=True),
)
ALERT = (
    Part("identifier", STRING, must=True),
    Part("sender", STRING, must=True),
    Part("sent", TIME, must=True),
    Part("status", one_of(STATUS), must=True),
    Part("msgType", one_of(MSG_TYPES), must=True),
    Part("source", STRING),
    Part("scope", one_of(SCOPES), must=True),
    Part("restriction", STRING),
    Part("addresses", STRING),
    Part("code", STRING, many=True),
    Part("note", STRING),
    Part("references", STRING),
    Part("incidents", STRING),
    Part("info", INFO, many=True),
)
