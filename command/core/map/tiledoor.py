"""The door of vector tiles: `/tiles/{layer}/{z}/{x}/{y}.mvt`. A tile shows what its asker's lists show, in the world that
its address or header names. Cut beside the hub, kept under layer, world, rights and the stock's stamp."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from flask import Response, request

from command.core.errors import Invalid, NotFound
from command.core.map import layerstock
from command.core.map.layers import Layer, find_layer
from command.core.map.layerstock import Stock
from command.core.web import Web

MEDIA = "application/vnd.mapbox-vector-tile"
MOST_KEPT = 64 * 2**20
DEEPEST = 22


class Tiles:
    """Tiles that were cut, the most recently asked first; a changed stock has another stamp, so nothing old is found."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int, int, int], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def find(self, stamp: str, z: int, x: int, y: int) -> bytes | None:
        """A tile that was cut before."""
        with self._lock:
            found = self._kept.get((stamp, z, x, y))
            if found is not None:
                self._kept.move_to_end((stamp, z, x, y))
            return found

    def keep(self, stamp: str, z: int, x: int, y: int, tile: bytes) -> None:
        """Keep a tile, and let go of those that nobody asked for in a long time."""
        with self._lock:
            if (stamp, z, x, y) not in self._kept:
                self._size += len(tile) + 200
            self._kept[stamp, z, x, y] = tile
            while self._size > MOST_KEPT:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone) + 200


def mount(web: Web) -> None:
    """Mount the door."""
    stocks, tiles = layerstock.of_node(web.node), Tiles()

    def tile(layer: str, z: int, x: int, y: int) -> Response:
        signed = web.signed()
        web.limits.check_read(signed.actor.id)
        world = web.world(signed, request.args.get("world"))
        found = find_layer(layer)
        signed.actor.need(found.needs)
        if not (z <= DEEPEST and x < 1 << z and y < 1 << z):
            raise NotFound()
        stock = layerstock.narrowed(stocks.of(found, world, signed.actor), _filters(found))
        answer = Response(content_type=MEDIA)
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers["Vary"] = "Authorization, Cookie, Fengsui-World"
        etag = _etag(stock, z, x, y)
        answer.set_etag(etag)
        if etag in request.if_none_match:
            answer.status_code = 304
            return answer
        answer.set_data(_cut(web, tiles, stock, z, x, y))
        return answer

    rule = "/tiles/<layer>/<int:z>/<int:x>/<int:y>.mvt"
    web.app.add_url_rule(rule, "tile", tile, methods=["GET"])


def _filters(layer: Layer) -> dict[str, str]:
    """The columns that the address filters by: counts are made of what is left, so no screen could do it afterwards."""
    given = {name: value for name, value in request.args.to_dict().items() if name not in ("world", "lang")}
    for name in given:
        if layer.column(name) is None:
            known = [one.name for one in layer.columns]
            raise Invalid(
                f"{name[:40]}: filters are {', '.join(known)}",
                zh=f"没有筛选项 {name[:40]}：可用 {'、'.join(known)}",
            )
    return given


def _cut(web: Web, tiles: Tiles, stock: Stock, z: int, x: int, y: int) -> bytes:
    found = tiles.find(stock.stamp, z, x, y)
    if found is None:
        found = bytes(web.node.beside(layerstock.cut, stock, z, x, y))
        tiles.keep(stock.stamp, z, x, y, found)
    return found


def _etag(stock: Stock, z: int, x: int, y: int) -> str:
    return hashlib.sha256(f"{stock.stamp}/{z}/{x}/{y}".encode()).hexdigest()[:24]
