"""Who left and who arrived, person by person. Names are written by different hands at night: two that agree in all that both say may
be one person; where more than one could be meant, it is said so and decided by nobody here. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

AGES_APART = 1
"""Counted by year of birth or by birthday: a year is no contradiction."""


class Someone(NamedTuple):
    """A person as a list has them; `of`: the zone or the place whose list it is."""

    name: str
    number: str | None
    age: int | None
    help: str | None
    state: str | None
    of: str


class Met(NamedTuple):
    """Pairs (place in the list of those listed, in that of those who arrived), and groups in which it is not clear who is who."""

    pairs: list[tuple[int, int]]
    unclear: list[tuple[list[int], list[int]]]


def folded(name: str) -> str:
    """A name without what differs from hand to hand."""
    return "".join(one for one in unicodedata.normalize("NFKC", name).casefold() if one.isalnum())


def alike(one: Someone, other: Someone) -> bool:
    """Whether nothing that both say speaks against one person."""
    if folded(one.name) != folded(other.name):
        return False
    numbers = (_digits(one.number), _digits(other.number))
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    return one.age is None or other.age is None or abs(one.age - other.age) <= AGES_APART


def known(lists: Sequence[Sequence[Someone]]) -> list[Someone]:
    """The people of several lists, each once: a later list adds to what an earlier one said; within one list nobody is another."""
    found: list[Someone] = []
    for given in lists:
        used: set[int] = set()
        for one in given:
            at = next(
                (i for i, old in enumerate(found) if i not in used and old.of == one.of and alike(old, one)),
                None,
            )
            if at is None:
                used.add(len(found))
                found.append(one)
            else:
                used.add(at)
                found[at] = _later(found[at], one)
    return found


def match(listed: Sequence[Someone], arrived: Sequence[Someone]) -> Met:
    """Who of those listed is who of those who arrived."""
    here: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, people in enumerate((listed, arrived)):
        for at, one in enumerate(people):
            here[folded(one.name)][side].append(at)
    met = Met([], [])
    for gone, came in here.values():
        _pair(listed, arrived, gone, came, met)
    return Met(sorted(met.pairs), met.unclear)


def _pair(
    listed: Sequence[Someone], arrived: Sequence[Someone], gone: list[int], came: list[int], met: Met
) -> None:
    """One name: those with the same number, then those who can only be each other, then groups of which all have come."""
    gone, came = list(gone), list(came)

    def same_number(i: int, j: int) -> bool:
        number = _digits(listed[i].number)
        return bool(number) and number == _digits(arrived[j].number) and alike(listed[i], arrived[j])

    def may(i: int, j: int) -> bool:
        return alike(listed[i], arrived[j])

    for test in (same_number, may):
        while (pair := _only(gone, came, test)) is not None:
            met.pairs.append(pair)
            gone.remove(pair[0])
            came.remove(pair[1])
    while gone and came:
        group = _together(gone, came, may)
        if group is None:
            return
        mine, theirs = group
        if len(mine) == len(theirs) and all(may(i, j) for i in mine for j in theirs):
            met.pairs.extend(zip(mine, theirs, strict=True))
        else:
            met.unclear.append(group)
        gone, came = [i for i in gone if i not in mine], [j for j in came if j not in theirs]


def _only(gone: list[int], came: list[int], test: Callable[[int, int], bool]) -> tuple[int, int] | None:
    for i in gone:
        for_i = [j for j in came if test(i, j)]
        if len(for_i) == 1 and [k for k in gone if test(k, for_i[0])] == [i]:
            return i, for_i[0]
    return None


def _together(
    gone: list[int], came: list[int], may: Callable[[int, int], bool]
) -> tuple[list[int], list[int]] | None:
    """Those who could be one another, by whichever chain."""
    start = next((i for i in gone if any(may(i, j) for j in came)), None)
    if start is None:
        return None
    mine, theirs = {start}, {j for j in came if may(start, j)}
    while True:
        more = {i for i in gone if any(may(i, j) for j in theirs)}
        wide = {j for j in came if any(may(i, j) for i in more)}
        if more == mine and wide == theirs:
            return sorted(mine), sorted(theirs)
        mine, theirs = more, wide


def _later(old: Someone, new: Someone) -> Someone:
    state = old.state if new.state in (None, "unknown") else new.state
    return old._replace(number=new.number or old.number, age=new.age if new.age is not None else old.age,
                        help=new.help or old.help, state=state)  # fmt: skip


def _digits(number: str | None) -> str:
    return "".join(one for one in number or "" if one.isdigit())
