"""Finding a place as a caller says it and one hand types it.

`ngc`, `nangao` and `南皋` find 南皋村; `jz ngc`, `jzngc` and `jianzhang nangao` find the one in 监漳镇.
A mistyped letter in pinyin is forgiven when little better is there. All in memory, built once.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from command.places import register
from command.places.register import Place

MAX_QUERY = 40
MAX_HITS = 500
"""Matches looked at for one way of matching; a query with more is too short to rank in full."""
FEW = 3
"""Answers below which a typing mistake is considered."""
MIN_TYPO = 4
"""Letters below which a typo is not guessed at."""


@dataclass(frozen=True)
class Hit:
    """One place found, its township, and how well it matched (1 is exact)."""

    place: Place
    township: Place | None
    score: float

    def as_row(self) -> dict[str, object]:
        """The row that `GET /places` answers with."""
        t = self.place if self.place.kind == "township" else self.township
        return {
            "code": self.place.code,
            "name": self.place.name,
            "kind": self.place.kind,
            "township_code": t.code if t else None,
            "township": t.name if t else None,
            "initials": self.place.initials,
            "score": round(self.score, 3),
        }


class _Keys:
    """Sorted spellings, each with the number of the place it leads to."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        rows = sorted(set(pairs))
        self.words = [word for word, _ in rows]
        self.places = [n for _, n in rows]

    def starting(self, q: str, limit: int = MAX_HITS) -> Iterator[tuple[str, int]]:
        """Spellings that begin with q, the shortest continuations not necessarily first."""
        i = bisect_left(self.words, q)
        end = min(len(self.words), i + limit)
        while i < end and self.words[i].startswith(q):
            yield self.words[i], self.places[i]
            i += 1


class Gazetteer:
    """An index over places; `parents` gives the township of each code that is a parent."""

    def __init__(self, places: Iterable[Place], parents: dict[str, Place]) -> None:
        self._places = list(places)
        self._towns = [parents.get(p.parent or "") for p in self._places]
        pairs = list(enumerate(zip(self._places, self._towns, strict=True)))
        self._initials = _Keys((w, n) for n, (p, t) in pairs for w in _initials(p, t))
        self._spelled = _Keys((w, n) for n, (p, t) in pairs for w in _spellings(p, t))
        self._starts: list[int] = []
        parts: list[str] = []
        at = 0
        for _, (p, t) in pairs:
            self._starts.append(at)
            parts.append("\n".join(_han(p, t)) + "\n\n")
            at += len(parts[-1])
        self._text = "\n" + "".join(parts)

    def search(self, text: str, limit: int = 10, prefer: str | None = None) -> list[Hit]:
        """The best matches, best first; a township code in `prefer` lifts its own among equals."""
        words = _normal(text)
        q = "".join(words)
        if not q or limit < 1:
            return []
        scores: dict[int, float] = {}
        self._exactly(q, scores)
        if not scores and len(words) > 1:
            self._word_by_word(words, scores)
        if len(scores) < FEW and max(scores.values(), default=0) < 1 and len(q) >= MIN_TYPO and q.isascii():
            self._with_a_typo(q, scores)
        order = sorted(scores, key=lambda n: self._rank(n, scores[n], prefer))
        return [Hit(self._places[n], self._towns[n], scores[n]) for n in order[:limit]]

    def _rank(self, n: int, score: float, prefer: str | None) -> tuple[float, bool, bool, int, str]:
        p = self._places[n]
        own = prefer is not None and prefer in (p.parent, p.code)
        return -round(score, 2), not own, p.kind != "township", len(p.name), p.code

    def _exactly(self, q: str, scores: dict[int, float], weight: float = 1.0) -> None:
        if q.isascii():
            for keys in (self._initials, self._spelled):
                for word, n in keys.starting(q):
                    score = 1.0 if word == q else 0.6 + 0.35 * len(q) / len(word)
                    scores[n] = max(scores.get(n, 0.0), weight * score)
        else:
            for n, share in self._han_hits(q):
                scores[n] = max(scores.get(n, 0.0), weight * share)

    def _han_hits(self, q: str) -> Iterator[tuple[int, float]]:
        i = self._text.find(q)
        for _ in range(MAX_HITS):
            if i < 0:
                return
            starts = self._text[i - 1] == "\n"
            end = self._text.index("\n", i)
            begin = self._text.rindex("\n", 0, i) + 1
            share = len(q) / (end - begin)
            whole = 1.0 if share == 1 else (0.6 if starts else 0.4) + 0.35 * share
            yield self._number_at(i - 1), whole
            i = self._text.find(q, i + 1)

    def _number_at(self, at: int) -> int:
        i = bisect_left(self._starts, at)
        return i if i < len(self._starts) and self._starts[i] == at else i - 1

    def _word_by_word(self, words: list[str], scores: dict[int, float]) -> None:
        """Mixed ways of writing: the last word names the place, the ones before it its township."""
        found: dict[int, float] = {}
        self._exactly(words[-1], found, 0.9)
        for n, score in found.items():
            town = self._towns[n]
            if town is not None and all(_names(town, w) for w in words[:-1]):
                scores[n] = score

    def _with_a_typo(self, q: str, scores: dict[int, float]) -> None:
        for variant in _one_off(q):
            for word, n in self._spelled.starting(variant, limit=20):
                near = 0.55 if len(word) == len(variant) else 0.3 + 0.2 * len(variant) / len(word)
                scores[n] = max(scores.get(n, 0.0), near)


@cache
def county_gazetteer() -> Gazetteer:
    """The gazetteer of the county: townships, zones, villages and communities."""
    towns = register.townships() + register.zones()
    return Gazetteer([*towns, *register.villages()], {t.code: t for t in towns})


def search(text: str, limit: int = 10, prefer: str | None = None) -> list[Hit]:
    """Places of the county for what was typed, best first."""
    return county_gazetteer().search(text, limit, prefer)


def _normal(text: str) -> list[str]:
    """Words in lower case, wide letters made narrow, tone marks and apostrophes gone."""
    wide = unicodedata.normalize("NFKC", text[: MAX_QUERY * 4]).lower().replace("ü", "v")
    bare = "".join(c for c in unicodedata.normalize("NFD", wide) if not unicodedata.combining(c))
    kept = re.sub(r"[^0-9a-z\u3400-\u9fff]+", " ", re.sub(r"['’`]", "", bare))
    return kept[:MAX_QUERY].split()


def _bare_count(p: Place) -> int:
    """How many syllables the name has without 镇, 乡, 村, 社区."""
    return len(p.short)


def _initials(p: Place, town: Place | None) -> Iterator[str]:
    bare = p.initials[: _bare_count(p)]
    ways = {p.initials, bare} | {"".join(s[0] for s in way.split()) for way in p.also}
    for own in ways:
        yield own
        if town is not None:
            yield town.initials[: _bare_count(town)] + own
            yield town.initials + own


def _spellings(p: Place, town: Place | None) -> Iterator[str]:
    ways = {p.pinyin, *p.also}
    for way in ways:
        syllables = way.split()
        for own in {"".join(syllables), "".join(syllables[: _bare_count(p)])}:
            yield own
            if town is not None:
                heard = town.pinyin.split()
                bare = "".join(heard[: _bare_count(town)])
                yield bare + own
                yield bare + heard[-1] + own
                yield town.initials[: _bare_count(town)] + own
    if town is not None:
        yield town.joined + p.initials


def _han(p: Place, town: Place | None) -> Iterator[str]:
    yield p.name
    if p.short != p.name:
        yield p.short
    if town is not None:
        yield town.name + p.name
        yield town.short + p.name
        yield town.short + p.short


def _names(town: Place, word: str) -> bool:
    """True if the word is the beginning of the township's name in any writing."""
    spelled = town.pinyin.replace(" ", "")
    return any(w.startswith(word) for w in (town.name, spelled, town.initials))


def _one_off(q: str) -> Iterator[str]:
    """Every string one typing mistake away: a letter left out, added, changed, or two swapped."""
    for i in range(len(q) + 1):
        head, tail = q[:i], q[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for c in ascii_lowercase:
            yield head + c + tail
            if tail:
                yield head + c + tail[1:]
