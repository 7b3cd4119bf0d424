"""Questions about places: the gazetteer and the base map."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from command.core.access import permission
from command.core.queries import Nothing, View, Wish, query
from command.places import gazetteer, register

permission("layer.read", "see the map's layers")


class Typed(Wish):
    """What was typed, without an input method if need be: `jz ngc` finds 监漳镇 南皋村."""

    q: str = Field(min_length=1, max_length=60)
    limit: int = Field(8, ge=1, le=50)


@query("places.search", wish=Typed, http="GET /places", output=dict[str, Any])
def search(view: View, wish: Typed) -> dict[str, Any]:
    """Villages and townships by initials, pinyin or Han, the actor's own township first."""
    prefer = view.actor.centre[:9] if len(view.actor.centre) >= 9 else None
    return {
        "items": [hit.as_row() for hit in gazetteer.search(wish.q, wish.limit, prefer=prefer)],
        "next": None,
    }


@query("map.base", wish=Nothing, http="GET /map/base", output=dict[str, Any])
def base_map(view: View, wish: Nothing) -> dict[str, Any]:
    """The base map: outline, neighbours, rivers, schematic cells (示意·非法定界线)."""
    return register.base_map()
