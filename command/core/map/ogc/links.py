"""Links between the documents of the OGC door: absolute, in the world and the language that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
KEPT = ("world", "lang")
FORMATS = {"json": JSON, "html": HTML}


@dataclass(frozen=True)
class Place:
    """Where a document stands: the root of the server's addresses, its own path below /ogc, and what was asked of it."""

    root: str
    path: str
    asked: Mapping[str, str]

    def url(self, path: str, **more: str | None) -> str:
        """The address of another document; world and language go along."""
        given = {name: self.asked[name] for name in KEPT if name in self.asked}
        given |= {name: value for name, value in more.items() if value is not None}
        return f"{self.root}ogc{quote(path)}" + (f"?{urlencode(given)}" if given else "")

    def link(self, rel: str, path: str, media: str, title: str, **more: str | None) -> dict[str, Any]:
        """A link as the standard writes it."""
        return {"href": self.url(path, **more), "rel": rel, "type": media, "title": title}

    def own(self, media: str, other: str) -> list[dict[str, Any]]:
        """The document itself and its other form, with all that was asked of it."""
        rest = {name: value for name, value in self.asked.items() if name not in (*KEPT, "f")}
        forms = [media, HTML] if other == HTML else [HTML, media]
        names = {HTML: "html", JSON: "json", GEOJSON: "json"}
        return [
            self.link(rel, self.path, form, form, **rest, f=names[form])
            for rel, form in zip(("self", "alternate"), forms, strict=True)
        ]
