"""How a name is spelled in pinyin, so that it is found without an input method."""

from __future__ import annotations

import re
from functools import lru_cache


def _latin(signs: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", signs.lower()))


@lru_cache(maxsize=4096)
def spelled(name: str) -> str:
    """Syllables with spaces, in lower case, without tones; Latin letters and figures stand as they are."""
    from pypinyin import lazy_pinyin  # here: its dictionary takes most of a second to load

    said = " ".join(lazy_pinyin(name, errors=_latin))
    return re.sub(r"[^a-z0-9 ]+", "", said.lower().replace("ü", "v")).strip()
