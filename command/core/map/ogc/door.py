"""The OGC door over HTTP, at `/ogc/`: the same sign-in, scope and worlds as everywhere; what a layer does not know is 400, as
the standard wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Response, request

from command.core import clock
from command.core.auth import Signed
from command.core.errors import Invalid, Malformed, NotFound
from command.core.listing import MOST
from command.core.map import features
from command.core.map.layers import Layer, find_layer, layers_of
from command.core.map.ogc import described, documents, pages
from command.core.map.ogc.links import GEOJSON, HTML, JSON, OPENAPI, Place
from command.core.queries import View
from command.core.web import Web, reply

OURS = frozenset({"f", "world"})


def mount(web: Web) -> None:
    """Mount the doors."""
    door = Door(web)
    for rule, name in (
        ("/ogc", "landing"),
        ("/ogc/api", "api"),
        ("/ogc/conformance", "conformance"),
        ("/ogc/collections", "collections"),
        ("/ogc/collections/<layer>", "collection"),
        ("/ogc/collections/<layer>/items", "items"),
        ("/ogc/collections/<layer>/items/<path:thing>", "item"),
    ):
        web.app.add_url_rule(rule, f"ogc.{name}", getattr(door, name), methods=["GET"], strict_slashes=False)
    web.app.add_url_rule("/ogc/", "ogc.root", door.landing, methods=["GET"])


class Door:
    """The documents, each as JSON or as a page."""

    def __init__(self, web: Web) -> None:
        self.web = web

    def landing(self) -> Response:
        """Where to begin."""
        _, place, lang = self._asked("/")
        return _form(lambda: documents.landing(place, lang), lambda: pages.landing(place, lang))

    def api(self) -> Response:
        """The description for programs."""
        signed, place, lang = self._asked("/api")
        return _as(reply(described.document(place, layers_of(signed.actor), lang)), OPENAPI)

    def conformance(self) -> Response:
        """What of the standard holds."""
        _, place, lang = self._asked("/conformance")
        return _form(
            documents.conformance,
            lambda: pages.listing(place, documents.CONFORMS, pages.WORDS[lang]["conformance"], lang),
        )

    def collections(self) -> Response:
        """The layers that may be seen."""
        signed, place, lang = self._asked("/collections")
        seen = layers_of(signed.actor)
        return _form(
            lambda: documents.collections(place, seen, lang), lambda: pages.collections(place, seen, lang)
        )

    def collection(self, layer: str) -> Response:
        """One layer."""
        signed, place, lang = self._asked(f"/collections/{layer}")
        found = _seen(layer, signed)
        return _form(
            lambda: documents.collection(place, found, lang), lambda: pages.collection(place, found, lang)
        )

    def items(self, layer: str) -> Response:
        """A page of a layer's features."""
        signed, place, lang = self._asked(f"/collections/{layer}/items", known=None)
        found = _seen(layer, signed)
        try:
            wish = features.parse(found, request.args.to_dict(), ignore=OURS)
        except Invalid as refused:
            raise Malformed(refused.detail, zh=refused.said) from None
        if "limit" not in request.args:
            wish = replace(wish, limit=MOST)
        page = self._look(signed, lambda view: features.page(view, found, wish))
        return _form(
            lambda: documents.items(place, found, page, clock.real()),
            lambda: pages.items(place, found, page, lang),
            GEOJSON,
        )

    def item(self, layer: str, thing: str) -> Response:
        """One feature."""
        signed, place, lang = self._asked(f"/collections/{layer}/items/{thing}")
        found = _seen(layer, signed)
        one = self._look(signed, lambda view: found.find(view, thing))
        return _form(
            lambda: documents.item(place, found, one), lambda: pages.item(place, found, one, lang), GEOJSON
        )

    def _asked(self, path: str, known: frozenset[str] | None = frozenset()) -> tuple[Signed, Place, str]:
        """Who asks, from where links go, and in which language; an argument that means nothing here is refused."""
        signed = self.web.signed()
        self.web.limits.check_read(signed.actor.id)
        asked = request.args.to_dict()
        if known is not None and (strange := set(asked) - known - OURS - {"lang"}):
            raise Malformed(f"{min(strange)[:40]}: not known here", zh=f"此处没有参数 {min(strange)[:40]}")
        if asked.get("f", "json") not in ("json", "html"):
            raise Malformed("f: json or html", zh="f 须为 json 或 html")
        return signed, Place(request.url_root, path, asked), self.web.lang()

    def _look(self, signed: Signed, job: Callable[[View], Any]) -> Any:
        world = self.web.world(signed, request.args.get("world"))
        return self.web.node.look(job, self.web.signed().actor, world, self.web, long=True)


def _seen(name: str, signed: Signed) -> Layer:
    """A layer that the role may see; another is not there, for it is in no list either."""
    found = find_layer(name)
    if found.needs is not None and not signed.actor.may(found.needs):
        raise NotFound()
    return found


def _form(value: Callable[[], Any], page: Callable[[], str], media: str = JSON) -> Response:
    """A document in the form that is asked for: `f`, else what the client prefers, else JSON."""
    wanted = request.args.get("f")
    html = wanted == "html" or (
        wanted is None and request.accept_mimetypes.best_match([media, JSON, HTML]) == HTML
    )
    return _as(Response(page()), f"{HTML}; charset=utf-8") if html else _as(reply(value()), media)


def _as(answer: Response, media: str) -> Response:
    answer.content_type = media
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Vary"] = "Accept, Authorization, Cookie, Accept-Language"
    return answer
