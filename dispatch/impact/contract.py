"""What is asked of an impact."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, field_validator, model_validator
from shapely.geometry.base import BaseGeometry

from command.core.faults import Wrong
from command.core.queries import Wish
from command.incidents.kinds import KINDS
from geo.shapes import BadShape, from_geojson

RADIUS_M = 3000
MOST_RADIUS_M = 50_000
MOST_VERTICES = 300
MOST_DEGREES = 2.0


class OfIncident(Wish):
    """An incident, and how far around it."""

    id: str = Field(max_length=36)
    radius_m: int = Field(RADIUS_M, ge=100, le=MOST_RADIUS_M)


class OfShape(Wish):
    """A drawn shape (a GeoJSON geometry as text), how far around it (an area needs none), and the kind of incident that is feared
    there."""

    shape: str = Field(min_length=2, max_length=7000)
    radius_m: int = Field(0, ge=0, le=MOST_RADIUS_M)
    kind: str | None = Field(None, max_length=40)

    @field_validator("shape")
    @classmethod
    def _shape(cls, value: str) -> str:
        found = drawn(value)
        west, south, east, north = found.bounds
        if max(east - west, north - south) > MOST_DEGREES:
            raise Wrong(f"at most {MOST_DEGREES:g} degrees across", f"跨度不得超过 {MOST_DEGREES:g} 度")
        return value

    @field_validator("kind")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in KINDS:
            raise Wrong("there is no such kind of incident", f"没有事件类型 {value[:40]}")
        return value

    @model_validator(mode="after")
    def _has_an_inside(self) -> OfShape:
        if not self.radius_m and drawn(self.shape).area == 0:
            raise Wrong(
                "radius_m: a point or a line has no inside: say how far around",
                "点和线须给出范围 radius_m（米）",
            )
        return self


def drawn(text: str) -> BaseGeometry:
    """The shape of a GeoJSON geometry as text; Wrong when it is none."""
    try:
        given: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Wrong("a GeoJSON geometry", "须为 GeoJSON 几何对象") from None
    try:
        return from_geojson(given, max_vertices=MOST_VERTICES)
    except BadShape as bad:
        raise Wrong(str(bad), bad.zh) from None
