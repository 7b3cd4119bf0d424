"""Texts whose encoding nobody names: UTF-8 with or without its mark, UTF-16 with its mark, GB 18030 (which holds GBK)."""

from __future__ import annotations

import codecs

from geo.readers.source import BadFile

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(raw: bytes) -> str:
    """The encoding of a text's bytes. BadFile when it is none that we know."""
    for mark, name in MARKS:
        if raw.startswith(mark):
            return name
    for name in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(name)().decode(raw)
        except UnicodeDecodeError:
            continue
        if b"\x00" not in raw:
            return name
    raise BadFile("文字编码无法识别：请另存为 UTF-8", "no encoding that we know: save it as UTF-8")


def decoded(raw: bytes) -> str:
    """A whole text."""
    try:
        return raw.decode(encoding_of(raw))
    except UnicodeDecodeError as error:
        raise BadFile("文字编码有误：请另存为 UTF-8", "its encoding is broken: save it as UTF-8") from error
