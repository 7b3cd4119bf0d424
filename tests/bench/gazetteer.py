"""A search among 100,000 named places: as said, in part, by initials, by alias, mistyped, and what nobody is called."""

from __future__ import annotations

import random
import time
from typing import Any

from command.places.names import Named, Names
from command.places.spelling import spelled
from tests.bench.measure import median, quantile
from tests.bench.report import Row

PLACES = 100_000
SIGNS = "东西南北上下大小前后红青白黑石土李王张赵刘杨桥沟坡岭庄河湾坪洼寨堡窑店铺关口峪崖"
KINDS = ("煤矿", "水库", "小学", "卫生院", "大桥", "隧道", "养老院", "加油站", "村")


def run(quick: bool) -> tuple[list[Row], dict[str, Any]]:
    """Each question as it is asked while somebody types."""
    chance = random.Random(7)
    began = time.perf_counter()
    places = [_place(chance, number) for number in range(PLACES)]
    spelled_s, began = time.perf_counter() - began, time.perf_counter()
    names = Names(places)
    made_s = time.perf_counter() - began
    asked = [_asked(chance, chance.choice(places)) for _ in range(300 if quick else 3000)]
    names.search("红石乔煤矿")  # what is loaded on first use is loaded
    took = []
    for typed in asked:
        began = time.perf_counter()
        names.search(typed)
        took.append((time.perf_counter() - began) * 1000)
    whole = places[:200]
    found = sum(one.id in [hit.place.id for hit in names.search(one.name, 50)] for one in whole) / len(whole)
    rows = [
        Row(f"search among {PLACES} named places, p50", median(took), "ms"),
        Row("the same, p99", quantile(took, 0.99), "ms", at_most=30),
        Row("named in full, found", found, at_least=1.0),
        Row(
            "making the index once",
            made_s,
            "s",
            note=f"pinyin of the names before it {spelled_s:.0f} s, kept in the register",
        ),
    ]
    return rows, {"asked": len(asked)}


def _place(chance: random.Random, number: int) -> Named:
    name = "".join(chance.choices(SIGNS, k=chance.choice((2, 3, 4)))) + chance.choice(KINDS)
    aliases = (f"村{chance.choice(SIGNS)}头老{chance.choice(KINDS)}",) if number % 5 == 0 else ()
    return Named(f"{number:06d}", name, "other", "140429100", None, spelled(name), aliases, 112.8, 36.8)


def _asked(chance: random.Random, place: Named) -> str:
    sounds = place.pinyin.split()
    cut = chance.randrange(1, len(place.name) + 1)
    swapped = place.name[:1] + chance.choice(SIGNS) + place.name[2:]
    letters = list("".join(sounds))
    letters[chance.randrange(1, len(letters))] = "x"
    ways = (place.name, place.name[:cut], place.name[-cut:], "".join(one[0] for one in sounds), "".join(sounds), swapped,
            "".join(letters), "丰州" + place.name[:cut], "没有这个地方")  # fmt: skip
    return chance.choice(ways)
