"""Layers in memory: one stock for all who see the same, never a thing more than the lists show; what was made of it is carried on."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from command.core.map.layers import LAYERS, Layer, LayerWish
from command.core.map.layerstock import Stock, Stocks, of_node
from command.core.queries import View
from command.core.records import KINDS
from dispatch.impact import warming
from dispatch.impact.ground import joined
from tests.county import DRILL, NOISE, OTHER, TOWN, County
from tests.layers.test_layers import HERE, placed

THERE = {"type": "Point", "coordinates": [112.95, 36.98]}
EYES = (
    "county_duty",
    "county_leader",
    "planner",
    "water_duty",
    "town_duty",
    "town_leader",
    "other_duty",
    "noise_duty",
)


def told(features: Any) -> list[tuple[Any, ...]]:
    """Features as they can be compared."""
    return sorted((one.id, one.geometry.wkt, tuple(one.properties.items()), one.at) for one in features)


def seen_by(layer: Layer, view: View) -> list[tuple[Any, ...]]:
    """What the layer shows to who looks."""
    return told(layer.features(view, LayerWish()))


def test_a_stock_holds_for_each_what_the_layer_shows_that_one(cast: County) -> None:
    placed(cast, "town_duty", "甲", HERE, centre=TOWN)
    shared = placed(cast, "noise_duty", "乙", THERE, centre=NOISE)
    cast.do("noise_duty", "incident.share", {"id": shared, "centre": OTHER})
    placed(cast, "town_duty", "演练", HERE, centre=TOWN, world=DRILL)
    cast.do("county_duty", "place.create", {"kind": "school", "name": "小学", "location": HERE})
    stocks, compared = Stocks(cast.node), 0
    for who in EYES:
        for world in (0, DRILL):
            actor = cast.actor(who, DRILL)
            for layer in LAYERS.values():
                if layer.needs is not None and not actor.may(layer.needs):
                    continue
                seen = cast.node.look(partial(seen_by, layer), actor, world)
                kept = stocks.of(layer, world, actor).features.values()
                assert told(kept) == seen, (who, world, layer.name)
                compared += len(seen)
    assert compared > 100


def test_all_who_see_the_same_share_one_stock_and_nobody_else(cast: County) -> None:
    stocks, of = Stocks(cast.node), LAYERS["incidents"]
    duty, leader, town = (cast.actor(who) for who in ("county_duty", "county_leader", "town_duty"))
    assert stocks.of(of, 0, duty) is stocks.of(of, 0, leader)
    assert stocks.of(of, 0, town) is not stocks.of(of, 0, duty)
    places = LAYERS["places"]
    assert stocks.of(places, 0, town) is stocks.of(places, DRILL, cast.actor("noise_duty", DRILL))
    assert stocks.of(of, DRILL, cast.actor("county_duty", DRILL)) is not stocks.of(of, 0, duty)


def test_only_registers_are_the_same_in_every_world() -> None:
    kinds = [KINDS[one.of] for one in LAYERS.values() if one.register and one.of]
    assert {one.kind for one in kinds} >= {"place", "area"}
    assert not [one.kind for one in kinds if one.worldly]


def test_what_was_made_of_a_stock_is_carried_on_though_nobody_asked_between(cast: County) -> None:
    stocks, actor, of = Stocks(cast.node), cast.actor("town_duty"), LAYERS["incidents"]
    steps: list[str] = []

    def made(stock: Stock) -> Any:
        def follow(old: str, changed: frozenset[str]) -> str:
            return f"{old} {sorted(changed)}"

        return stock.made("test", lambda: steps.append("anew") or "first", follow)  # type: ignore[func-returns-value]

    assert made(stocks.of(of, 0, actor)) == "first"
    one, two = (placed(cast, "town_duty", name, HERE, centre=TOWN) for name in ("甲", "乙"))
    stocks.of(of, 0, actor)
    three = placed(cast, "town_duty", "丙", HERE, centre=TOWN)
    assert made(stocks.of(of, 0, actor)) == f"first {sorted([one, two, three])}"
    assert steps == ["anew"]


def test_who_can_do_without_is_not_kept_waiting_for_a_layer_to_be_read(cast: County) -> None:
    owed: list[Any] = []
    cast.node.later = lambda run, *given: owed.append((run, given))
    stocks, actor, of = Stocks(cast.node), cast.actor("county_duty"), LAYERS["places"]
    assert stocks.at_hand(of, 0, actor) is None
    assert stocks.at_hand(of, 0, actor) is None
    [(run, given)] = owed  # asked twice, read once
    run(*given)
    found = stocks.at_hand(of, 0, actor)
    assert found is stocks.of(of, 0, actor)
    cast.do("county_duty", "place.create", {"kind": "school", "name": "小学", "location": HERE})
    after = stocks.at_hand(of, 0, actor)
    assert after is not None
    assert "小学" in {one.properties["name"] for one in after.features.values()}
    assert len(owed) == 1


def test_several_layers_are_those_of_one_look_at_the_journal(
    cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    stocks, actor = Stocks(cast.node), cast.actor("county_duty", DRILL)
    layers = joined(actor)
    stocks.all_at_hand(layers, DRILL, actor)
    looks, real = [], cast.node.database.glance
    monkeypatch.setattr(cast.node.database, "glance", lambda job: looks.append(job) or real(job))  # type: ignore[func-returns-value]
    before = stocks.all_at_hand(layers, DRILL, actor)
    assert len(looks) == 1
    cast.do("county_duty", "place.create", {"kind": "school", "name": "小学", "location": HERE})
    here = placed(cast, "town_duty", "演练", HERE, centre=TOWN, world=DRILL)
    after = stocks.all_at_hand(layers, DRILL, actor)
    assert set(after) == set(before) == {one.name for one in layers}
    assert "小学" in {one.properties["name"] for one in after["places"].features.values()}
    assert here in after["incidents"].features
    assert here not in before["incidents"].features


def test_the_county_finds_its_layers_read_when_the_server_has_started(
    cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real: Any = Layer.features

    def counted(layer: Layer, view: Any, wish: LayerWish) -> Any:
        asked.append(layer.name)
        return real(layer, view, wish)

    monkeypatch.setattr(Layer, "features", counted)
    warming.warm(cast.node)
    assert asked.count("places") == 1
    asked.clear()
    for who in ("county_duty", "county_leader"):
        cast.node.ask(
            "impact.of_shape",
            {"shape": '{"type":"Point","coordinates":[112.8,36.8]}', "radius_m": 900},
            cast.actor(who),
        )
    assert asked == []


def test_a_large_layer_is_not_walked_by_the_collector(cast: County, monkeypatch: pytest.MonkeyPatch) -> None:
    import gc

    from command.core.map import layerstock

    monkeypatch.setattr(layerstock, "FREEZE_EVERY", 3)
    before = gc.get_freeze_count()
    try:
        of_node(cast.node).of(LAYERS["areas"], 0, cast.actor("county_duty"))
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_asked_of_few_ids_nobody_sees_more(cast: County) -> None:
    mine = placed(cast, "town_duty", "甲", HERE, centre=TOWN)
    other = placed(cast, "noise_duty", "乙", THERE, centre=NOISE)
    wish = LayerWish(ids=frozenset({mine, other, "nothing"}))
    for who, seen in (
        ("town_duty", {mine}),
        ("noise_duty", {other}),
        ("other_duty", set()),
        ("county_duty", {mine, other}),
    ):
        actor = cast.actor(who)
        found = cast.node.look(
            lambda view: {one.id for one in LAYERS["incidents"].features(view, wish)}, actor
        )
        assert found == seen, who
