"""The doors of layers over HTTP: the list of them with their legends, and each one's features as pages of GeoJSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request

from command.core.map import features
from command.core.map.layers import LAYERS, Layer
from command.core.queries import View
from command.core.web import PREFIX, Web, reply


def mount(web: Web) -> None:
    """Make a route of every layer."""

    def listed() -> Response:
        signed = web.signed()
        web.limits.check_read(signed.actor.id)
        web.world(signed)
        return reply(features.listed(signed.actor))

    web.app.add_url_rule(f"{PREFIX}/layers", "layers", listed, methods=["GET"])
    for layer in LAYERS.values():
        rule = f"{PREFIX}/layers/{layer.name}"
        web.app.add_url_rule(rule, f"layer:{layer.name}", _reading(web, layer), methods=["GET"])


def _reading(web: Web, layer: Layer) -> Callable[[], Response]:
    def view() -> Response:
        signed = web.signed()
        web.limits.check_read(signed.actor.id)
        world = web.world(signed)
        signed.actor.need(layer.needs)
        wish = features.parse(layer, request.args.to_dict())

        def job(view: View) -> dict[str, Any]:
            return features.collection(layer, features.page(view, layer, wish))

        answer = reply(web.node.look(job, signed.actor, world, web, long=True))
        answer.content_type = "application/geo+json"
        return answer

    return view
