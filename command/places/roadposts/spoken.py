"""A road and a kilometre as they are typed: `G208 K12+300`, `208国道12公里300米`, `S322 12.3km`."""

from __future__ import annotations

import re
import unicodedata

LETTER = {"国道": "G", "省道": "S", "县道": "X", "乡道": "Y", "村道": "C"}
_SORT = "|".join(LETTER)
_NUMBER = r"(\d{1,4})(?!\d)"
_ROAD = re.compile(rf"^(?:([GSXYCZ]) ?{_NUMBER}(?:线|{_SORT})?|({_SORT}) ?{_NUMBER}线?|{_NUMBER} ?({_SORT}))")
_KM = re.compile(
    r"^ ?第?(?:K ?(\d{1,4})(?:\.(\d{1,3})| ?\+ ?(\d{3})米?)?|(\d{1,4})(?:\.(\d{1,3}))? ?(?:公里|千米|KM)(?: ?\+? ?(\d{1,3})(?:米|M))?)处?$"
)


def road_and_km(typed: str) -> tuple[str, float] | None:
    """(number, kilometre) where the words say both in one way only."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", typed[:60]).upper()).strip()
    road = _ROAD.match(text)
    post = _KM.match(text[road.end() :]) if road else None
    if road is None or post is None:
        return None
    letter, number, before, second, third, after = road.groups()
    k, part, metres, far, far_part, far_metres = post.groups()
    whole, share, rest = k or far, part or far_part, metres or far_metres
    if share and rest:
        return None
    ref = f"{letter or LETTER[before or after]}{number or second or third}"
    return ref, float(f"{whole}.{share or (rest or '').zfill(3)}")
