"""From an alert as plain values to its XML document: every field as it stood, in the order of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from command.core.clock import LOCAL
from command.warnings.cap.reading import Alert
from command.warnings.cap.schema import ALERT, NAMESPACE, Part, Text

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MEDIA = "application/cap+xml"
ATOM = "http://www.w3.org/2005/Atom"
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def wire(at: datetime) -> str:
    """A time as CAP writes it: the county's local time with its offset, no fractions."""
    return at.astimezone(LOCAL).replace(microsecond=0).isoformat()


def written(alert: Alert) -> str:
    """The document of an alert."""
    return HEAD + _element("alert", "".join(_parts(alert, ALERT, 1)) + "\n", f' xmlns="{NAMESPACE}"') + "\n"


def _parts(values: Alert, parts: tuple[Part, ...], depth: int) -> Iterator[str]:
    for part in parts:
        if part.name not in values:
            continue
        found = values[part.name]
        for one in found if part.many else [found]:
            yield "\n" + "  " * depth
            if isinstance(part.holds, Text):
                yield _element(part.name, text(one))
            else:
                inner = "".join(_parts(one, part.holds, depth + 1))
                yield _element(part.name, inner + "\n" + "  " * depth)


def _element(name: str, inner: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{inner}</{name}>"


def text(value: str) -> str:
    """A text as it may stand in XML: signs that no XML can hold left out, a carriage return as a reference, so that it stays one."""
    return escape(_UNWRITABLE.sub("", value), {"\r": "&#13;"})


def feed(title: str, own: str, updated: datetime, alerts: Iterable[tuple[Alert, str]]) -> str:
    """An Atom feed (RFC 4287) of alerts, each with its address."""
    lines = [
        f'{HEAD}<feed xmlns="{ATOM}" xml:lang="zh-CN">',
        f"  <id>{text(own)}</id>",
        f"  <title>{text(title)}</title>",
        f"  <updated>{wire(updated)}</updated>",
        f'  <link rel="self" type="application/atom+xml" href="{_quoted(own)}"/>',
        *(line for alert, address in alerts for line in _entry(alert, address)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(alert: Alert, address: str) -> list[str]:
    info = (alert.get("info") or [{}])[0]
    title = info.get("headline") or info.get("event") or alert["identifier"]
    author = info.get("senderName") or alert["sender"]
    return [
        "  <entry>",
        f"    <id>{text(address)}</id>",
        f"    <title>{text(title)}</title>",
        f"    <updated>{text(alert['sent'])}</updated>",
        f"    <author><name>{text(author)}</name></author>",
        f"    <summary>{text(info.get('description') or title)}</summary>",
        f'    <category term="{_quoted(alert["msgType"])}"/>',
        f'    <link rel="alternate" type="{MEDIA}" href="{_quoted(address)}"/>',
        "  </entry>",
    ]


def _quoted(value: str) -> str:
    return text(value).replace('"', "&quot;")
