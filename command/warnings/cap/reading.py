"""From the text of an XML document to an alert as plain values, or a refusal that says where and why.

An alert is a dict by the elements' own names: texts as they stood, what may repeat as a list. No document type, no entities, nothing
from outside is ever read: defusedxml refuses them before they do anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from command.warnings.cap.schema import ALERT, NAMESPACE, OLDER, SIGNATURES, Part, Text

Alert = dict[str, Any]
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 1_000_000
"""Bytes of one alert: with a picture inside; ten times what any example has."""
INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_KNOWN = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig", "us-ascii": "ascii", "ascii": "ascii", "iso-8859-1": "latin-1", "utf-16": "utf-16",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
}  # fmt: skip


class BadCap(ValueError):
    """Why a text is no CAP 1.2 alert that can be taken, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def decoded(raw: bytes) -> str:
    """The text of a document's bytes, as its declaration says (UTF-8 when it says nothing)."""
    if len(raw) > MOST:
        raise BadCap(f"CAP 不得超过 {MOST // 1000} KB", f"a CAP alert may have at most {MOST // 1000} kB")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        name = "utf-16"
    else:
        said = _DECLARED.match(raw.removeprefix(b"\xef\xbb\xbf"))
        name = said.group(1).decode().lower() if said else "utf-8"
    if name not in _KNOWN:
        raise BadCap("编码不认识，请用 UTF-8", "the encoding is not known: send UTF-8")
    try:
        return raw.decode(_KNOWN[name])
    except UnicodeDecodeError:
        raise BadCap(
            f"不是有效的 {name.upper()} 文字", f"the bytes are not {name.upper()} as declared"
        ) from None


def read(text: str) -> Alert:
    """The alert in a document; BadCap when it is none."""
    if len(text) > MOST or len(text.encode("utf-8", "replace")) > MOST:
        raise BadCap(f"CAP 不得超过 {MOST // 1000} KB", f"a CAP alert may have at most {MOST // 1000} kB")
    try:
        root: Element = fromstring(text.removeprefix("\ufeff"), forbid_dtd=True)
    except DefusedXmlException:
        raise BadCap(
            "含有文档类型或实体声明，一律不收", "it declares a document type or entities: never taken"
        ) from None
    except ParseError as error:
        line, column = error.position
        raise BadCap(
            f"不是完整的 XML（第 {line} 行第 {column} 列）",
            f"not well-formed XML (line {line}, column {column})",
        ) from None
    except (ValueError, LookupError):
        raise BadCap("XML 的编码无法读取", "the XML's encoding cannot be read") from None
    return _alert(root)


def _alert(root: Element) -> Alert:
    space, name = _name(root)
    if space in OLDER:
        version = OLDER[space]
        raise BadCap(f"这是 CAP {version}：只收 CAP 1.2", f"this is CAP {version}: only CAP 1.2 is taken")
    if (space, name) != (NAMESPACE, "alert"):
        raise BadCap(
            f"根元素不是 CAP 1.2 的 alert（命名空间 {space[:80] or '无'}）",
            f"the root is no CAP 1.2 alert (namespace {space[:80] or 'none'})",
        )
    return _read(root, ALERT, "alert")


def _name(element: Element) -> tuple[str, str]:
    space, _, name = element.tag.rpartition("}")
    return space.removeprefix("{"), name


def _read(element: Element, parts: tuple[Part, ...], where: str) -> Alert:
    """The parts of one element, in the order that the schema demands."""
    _plain(element, where)
    if _between(element).strip():
        raise BadCap(f"{where} 里有多余的文字", f"{where} has text between its elements")
    found: Alert = {}
    at = 0
    for child in _ours(element, where):
        name = _name(child)[1]
        place = next((n for n in range(at, len(parts)) if parts[n].name == name), None)
        if place is None:
            raise _misplaced(name, parts, found, where)
        part, at = parts[place], place if parts[place].many else place + 1
        value = _value(child, part, f"{where}/{name}")
        if part.many:
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    for part in parts:
        if part.must and part.name not in found:
            raise BadCap(f"{where} 缺少 {part.name}", f"{where} has no {part.name}")
    return found


def _ours(element: Element, where: str) -> Iterator[Element]:
    """The children that are CAP's own; a signature may stand at the end of an alert, nothing else from elsewhere may."""
    signed = False
    for child in element:
        space, name = _name(child)
        if space == SIGNATURES and where == "alert":
            signed = True
            continue
        if space != NAMESPACE or signed:
            raise BadCap(f"{where} 里的 {name[:40]} 不属于 CAP 1.2", f"{where}/{name[:40]} is not of CAP 1.2")
        yield child


def _misplaced(name: str, parts: tuple[Part, ...], found: Alert, where: str) -> BadCap:
    if all(part.name != name for part in parts):
        return BadCap(f"{where} 里没有 {name[:40]} 这一项", f"CAP 1.2 has no {name[:40]} in {where}")
    if name in found:
        return BadCap(f"{where} 里的 {name} 重复或次序不对", f"{where}/{name} stands twice, or out of order")
    return BadCap(f"{where} 里 {name} 的次序不对", f"{where}/{name} stands out of order")


def _value(child: Element, part: Part, where: str) -> Any:
    if not isinstance(part.holds, Text):
        return _read(child, part.holds, where)
    _plain(child, where)
    if len(child):
        raise BadCap(f"{where} 里不能有别的元素", f"{where} may hold text only")
    text = child.text or ""
    text = text.strip() if part.holds.collapsed else text
    if not part.holds.fits(text):
        raise BadCap(f"{where} 的值不对，应为：{part.holds.says}", f"{where} should be: {part.holds.says}")
    return text


def _plain(element: Element, where: str) -> None:
    if any(not name.startswith(INSTANCE) for name in element.attrib):
        raise BadCap(f"{where} 不能有属性", f"{where} may have no attributes")


def _between(element: Element) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def time_of(text: str) -> datetime:
    """A CAP time."""
    return datetime.fromisoformat(text)
