"""Many teams as columns of numbers: what a first look over all of them needs, within a millisecond at ten thousand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch.suggest.ranking import turnout_s
from dispatch.teams.words import SKILLS

BIT = {skill: np.uint32(1 << place) for place, skill in enumerate(SKILLS)}


class Row(NamedTuple):
    """What a first look needs of one team; `lon`, `lat`: its base."""

    id: str
    centre: str
    skills: Sequence[str]
    mode: str
    readiness: str
    on_duty: bool
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class Columns:
    """Teams side by side. Never changed: `with_rows` makes new ones, so that readers in other threads need no lock."""

    ids: tuple[str, ...]
    place: dict[str, int]
    centre: NDArray[np.object_]
    skills: NDArray[np.uint32]
    turnout_s: NDArray[np.float64]
    on_duty: NDArray[np.bool_]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    by_id: NDArray[np.int64]
    """The place of each team in the order of ids."""

    def __len__(self) -> int:
        return len(self.ids)

    def with_rows(self, rows: Iterable[Row]) -> Columns:
        """These teams with some changed or added."""
        changed = {row.id: row for row in rows}
        fresh = [row for row in changed.values() if row.id not in self.place]
        known = [row for row in changed.values() if row.id in self.place]
        places = [self.place[row.id] for row in known]
        mended = {name: getattr(self, name).copy() for name in VALUES}
        for name, values in _values(known).items():
            mended[name][places] = values
        if not fresh:
            return Columns(self.ids, self.place, by_id=self.by_id, **mended)
        more = _values(fresh)
        joined = {name: np.concatenate([mended[name], more[name]]) for name in VALUES}
        return _named((*self.ids, *(row.id for row in fresh)), joined)


VALUES = ("centre", "skills", "turnout_s", "on_duty", "lon", "lat")


def columns_of(rows: Iterable[Row]) -> Columns:
    """Teams as columns."""
    known = list(rows)
    return _named(tuple(row.id for row in known), _values(known))


def _named(ids: tuple[str, ...], values: dict[str, Any]) -> Columns:
    by_id = np.empty(len(ids), dtype=np.int64)
    by_id[np.argsort(np.array(ids, dtype=np.str_), kind="stable")] = np.arange(len(ids))
    return Columns(ids, {one: place for place, one in enumerate(ids)}, by_id=by_id, **values)


def _values(rows: Sequence[Row]) -> dict[str, NDArray[Any]]:
    centre = np.empty(len(rows), dtype=np.object_)
    centre[:] = [row.centre for row in rows]
    return {
        "centre": centre,
        "skills": np.array([mask(row.skills) for row in rows], dtype=np.uint32),
        "turnout_s": np.array([turnout_s(row.mode, row.readiness) for row in rows], dtype=np.float64),
        "on_duty": np.array([row.on_duty for row in rows], dtype=np.bool_),
        "lon": np.array([np.nan if row.lon is None else row.lon for row in rows], dtype=np.float64),
        "lat": np.array([np.nan if row.lat is None else row.lat for row in rows], dtype=np.float64),
    }


def mask(skills: Iterable[str]) -> int:
    """Skills as bits; a word that is no skill has none."""
    found = 0
    for skill in skills:
        found |= int(BIT.get(skill, 0))
    return found
