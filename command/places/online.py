"""Pictures of the ground from outside (天地图 and others), by a setting and never needed: the map stands on its own ground without.

A screen asks this server, and this server the other one: the screens' policy stays closed, the key stays here (FENGSUI_MAP_KEY),
and a county whose desks have no way out needs one machine that has. Only what is set is asked, at a public address or in a network
that is allowed. Sources in GCJ-02 or BD-09 would stand some hundred metres off and have no place here.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from command.core.faults import Wrong
from command.core.outbound import network
from command.core.queries import Nothing, View, query
from command.core.settings import setting
from command.places.queries import READ

PLACES = ("{z}", "{x}", "{y}")


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Wrong("url: http(s)://host/…", "网址须为 http(s)://主机/…")
    if not all(one in value for one in PLACES) or "{" in (parts.netloc or ""):
        raise Wrong(
            "url: {z}, {x} and {y} must be in its path or query", "网址的路径或参数中须有 {z}、{x}、{y}"
        )
    return value


class Source(BaseModel):
    """A source of pictures in Web Mercator (WGS-84 or CGCS2000): `{key}` in its address is FENGSUI_MAP_KEY."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
    zh: Annotated[str, Field(min_length=1, max_length=40)]
    en: Annotated[str, Field(min_length=1, max_length=40)]
    url: Annotated[str, Field(max_length=500), AfterValidator(_address)]
    credit: Annotated[str, Field(min_length=1, max_length=120)]
    """Whose it is, with its 审图号: shown on the map."""
    max_zoom: Annotated[int, Field(ge=1, le=20)] = 18


SOURCES = setting(
    "map.online", Annotated[list[Source], Field(max_length=8)], [],
    zh="在线底图（天地图等，可不设）", en="Online pictures of the ground (none is needed)",
)  # fmt: skip
NETWORKS = setting(
    "map.allow_networks", Annotated[list[Annotated[str, AfterValidator(network)]], Field(max_length=20)], [],
    zh="在线底图服务器所在内网网段", en="Private networks where servers of online pictures may be",
)  # fmt: skip


def sources(view: View) -> list[Source]:
    """What the county set."""
    kept = SOURCES(view.session, view.node[:6])
    return [one if isinstance(one, Source) else Source.model_validate(one) for one in kept]


@query("map.online", wish=Nothing, needs=READ, http="GET /map/online", output=dict[str, Any])
def online(view: View, wish: Nothing) -> dict[str, Any]:
    """The sources of pictures that were set, without their addresses."""
    shown = [one.model_dump(include={"id", "zh", "en", "credit", "max_zoom"}) for one in sources(view)]
    return {"items": shown, "next": None}
