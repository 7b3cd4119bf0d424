"""Cameras as tests need them: invented, on media servers that tests allow."""

from __future__ import annotations

from typing import Any

from tests.county import COUNTY, POINT, County

MEDIA = "media.wuxiang.example"
MARKER = "k3y-marker-of-a-stream"
ADDRESS = f"https://{MEDIA}/live/{{token}}/{{expires}}/cam01/index.m3u8?{MARKER}"
CAMERA: dict[str, Any] = {"name": "丰州桥头", "location": POINT, "facing": 90, "owner": "公安"}
STREAM = {"protocol": "hls", "address": ADDRESS}


def point(up: float = 0.0, along: float = 0.0) -> dict[str, Any]:
    """A point so many degrees from the middle."""
    lon, lat = POINT["coordinates"]
    return {"type": "Point", "coordinates": [lon + along, lat + up]}


def allow(cast: County, *hosts: str, **more: Any) -> None:
    """Let the settings allow media servers; `camera_…=value` gives other settings a value."""
    values = {"camera.allow_hosts": list(hosts), **{f"camera.{name}": value for name, value in more.items()}}
    for name, value in values.items():
        cast.do("system", "setting.set", {"name": name, "centre": COUNTY, "value": value})


def camera(cast: County, who: str = "town_duty", *, stream: dict[str, Any] | None = None, **body: Any) -> str:
    """A camera of somebody's, with a stream where one is given."""
    made: str = cast.do(who, "camera.add", {**CAMERA, **body})["id"]
    if stream is not None:
        cast.do(who, "camera.address", {"id": made, **stream})
    return made


def watched(cast: County, who: str = "town_duty", **body: Any) -> tuple[str, str]:
    """(camera, viewing): somebody watches one."""
    allow(cast, MEDIA)
    made = camera(cast, who, stream=STREAM)
    return made, cast.do(who, "camera.view", {"id": made, "purpose": "weather", **body})["id"]
