"""Names that people give to places, found as they are said or typed: whole, in part, by pinyin, by initials, by alias, with a
township before them, or nearly so. An index of a hundred thousand answers within some milliseconds."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from command.places import register
from command.places.spelling import spelled

MOST = 200
"""Matches looked at for one way of matching: a query with more is too short to rank in full."""
FEW = 3
LEAST_FUZZY = 3
PLAIN = re.compile(r"[0-9a-z\u3400-\u9fff]*")
NEAR = 68.0
"""How like a name must be (0–100, rapidfuzz) to be offered without being asked for."""


class Named(NamedTuple):
    """A named place as it is looked for."""

    id: str
    name: str
    kind: str
    centre: str | None
    village_code: str | None
    pinyin: str
    aliases: tuple[str, ...]
    lon: float | None
    lat: float | None


class Found(NamedTuple):
    """A place and how well it matched (1 is exact); `alias` is the name it was found by, where that is another."""

    place: Named
    score: float
    alias: str | None

    def as_row(self) -> dict[str, Any]:
        """The row that `GET /places` answers with."""
        one = self.place
        town = register.township(one.centre) if one.centre else None
        at = None if one.lon is None else {"type": "Point", "coordinates": [one.lon, one.lat]}
        return {
            "code": one.id, "name": one.name, "kind": one.kind, "township_code": one.centre,
            "township": town.name if town else None, "initials": _initials(one.pinyin), "score": round(self.score, 3),
            "place_id": one.id, "alias": self.alias, "location": at, "village_code": one.village_code,
        }  # fmt: skip


class Names:
    """An index over named places; it is made once and not changed."""

    def __init__(self, places: Iterable[Named]) -> None:
        self.places = list(places)
        self._said: list[str] = []
        self._of: list[int] = []
        keys: list[tuple[str, int]] = []
        signs: dict[str, list[int]] = {}
        self._alike: dict[tuple[str, int], tuple[list[str], list[int]]] = {}
        for number, place in enumerate(self.places):
            for name in (place.name, *place.aliases):
                at = len(self._said)
                self._said.append(folded(name))
                self._of.append(number)
                sounds = place.pinyin if name == place.name else spelled(name)
                heard = sounds.replace(" ", "")
                keys.append((heard, at))
                keys.append((_initials(sounds), at))
                self._keep_alike(heard, at)
                for sign in set(self._said[at]):
                    signs.setdefault(sign, []).append(at)
        self._signs = {sign: np.array(found, np.int32) for sign, found in signs.items()}
        keys.sort()
        self._keys, self._leads = [one for one, _ in keys], [at for _, at in keys]
        self._text = "\n" + "\n".join(self._said) + "\n"
        self._starts: list[int] = []
        begin = 1
        for one in self._said:
            self._starts.append(begin)
            begin += len(one) + 1

    def _keep_alike(self, said: str, at: int) -> None:
        """What may be like something typed in Latin letters: of about its length, and of its first letter."""
        words, leads = self._alike.setdefault((said[:1], len(said)), ([], []))
        words.append(said)
        leads.append(at)

    def search(
        self, text: str, limit: int = 10, prefer: str | None = None, less: frozenset[str] = frozenset()
    ) -> list[Found]:
        """The best matches, best first; a township in `prefer` lifts its own among equals; ids in `less` are left out."""
        typed = folded(text)
        if not typed or limit < 1:
            return []
        scores: dict[int, float] = {}
        self._look(typed, None, scores)
        for town, rest in towns_before(typed):
            self._look(rest, town, scores)
        if len(scores) < FEW and max(scores.values(), default=0.0) < 0.9 and len(typed) >= LEAST_FUZZY:
            self._nearly(typed, scores)
        return self._best(scores, limit, prefer, less)

    def _best(
        self, scores: dict[int, float], limit: int, prefer: str | None, less: frozenset[str]
    ) -> list[Found]:
        best: dict[int, tuple[float, int]] = {}
        for at, score in scores.items():
            number = self._of[at]
            if self.places[number].id not in less and score > best.get(number, (0.0, 0))[0]:
                best[number] = (score, at)

        def rank(number: int) -> tuple[float, bool, int, str]:
            place = self.places[number]
            return -round(best[number][0], 2), place.centre != prefer, len(place.name), place.id

        found = []
        for number in sorted(best, key=rank)[:limit]:
            place, (score, at) = self.places[number], best[number]
            alias = next((one for one in place.aliases if folded(one) == self._said[at]), None)
            found.append(Found(place, score, None if self._said[at] == folded(place.name) else alias))
        return found

    def _look(self, typed: str, town: str | None, scores: dict[int, float]) -> None:
        for at, score in (*self._by_sound(typed), *self._by_sign(typed)):
            if town is None or self.places[self._of[at]].centre == town:
                scores[at] = max(scores.get(at, 0.0), score)

    def _by_sound(self, typed: str) -> Iterator[tuple[int, float]]:
        if not typed.isascii():
            return
        i = bisect_left(self._keys, typed)
        for at in range(i, min(len(self._keys), i + MOST)):
            key = self._keys[at]
            if not key.startswith(typed):
                return
            yield self._leads[at], 1.0 if key == typed else 0.6 + 0.35 * len(typed) / len(key)

    def _by_sign(self, typed: str) -> Iterator[tuple[int, float]]:
        i = self._text.find(typed)
        for _ in range(MOST):
            if i < 0:
                return
            at = bisect_left(self._starts, i + 1) - 1
            share = len(typed) / len(self._said[at])
            begins = i == self._starts[at]
            yield at, 1.0 if share == 1 else (0.6 if begins else 0.45) + 0.35 * share
            i = self._text.find(typed, i + 1)

    def _nearly(self, typed: str, scores: dict[int, float]) -> None:
        """What is said a little otherwise: a sign more, less or another."""
        from rapidfuzz import fuzz, process  # here: seldom needed

        for words, leads in self._likely(typed):
            least = NEAR + 8 if typed.isascii() else NEAR
            for _, score, index in process.extract(
                typed, words, scorer=fuzz.ratio, score_cutoff=least, limit=20
            ):
                scores[leads[index]] = max(scores.get(leads[index], 0.0), 0.6 * score / 100)

    def _likely(self, typed: str) -> Iterator[tuple[list[str], list[int]]]:
        """Names among which one that is like it may be: not all are looked at one by one."""
        if typed.isascii():
            for length in range(max(1, len(typed) - 2), len(typed) + 3):
                yield self._alike.get((typed[0], length), ([], []))
            return
        shared = [self._signs[sign] for sign in set(typed) if sign in self._signs]
        if not shared:
            return
        counts = np.bincount(np.concatenate(shared), minlength=len(self._said))
        leads: list[int] = []
        for least in range(len(shared), max(0, len(set(typed)) - 3), -1):  # those that share most come first
            leads = np.flatnonzero(counts >= least)[: MOST * 5].tolist()
            if len(leads) >= MOST:
                break
        yield [self._said[at] for at in leads], leads


def folded(text: str) -> str:
    """A name without what one types or leaves out by chance: width, case, spaces, marks, tones."""
    if PLAIN.fullmatch(text):  # as nearly all that stands in a register is
        return text[:60]
    wide = unicodedata.normalize("NFKC", text[:160]).lower().replace("ü", "v")
    bare = "".join(one for one in unicodedata.normalize("NFD", wide) if not unicodedata.combining(one))
    return re.sub(r"[^0-9a-z\u3400-\u9fff]+", "", bare)[:60]


def _initials(pinyin: str) -> str:
    return "".join(one[0] for one in pinyin.split())


def towns_before(typed: str) -> Iterator[tuple[str, str]]:
    """(township, what is left) when what was typed begins with the name of a township in any writing."""
    for code, ways in _towns():
        for way in ways:
            if len(typed) > len(way) and typed.startswith(way):
                yield code, typed[len(way) :]
                break


@cache
def _towns() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for one in register.townships():
        ways = {
            one.name,
            one.short,
            one.pinyin.replace(" ", ""),
            one.joined,
            one.initials,
            one.initials[: len(one.short)],
        }
        found.append((one.code, tuple(sorted(ways, key=len, reverse=True))))
    return tuple(found)
