"""What the Traccar Client and OsmAnd send: `?id=…&lat=…&lon=…&timestamp=…` (speed in knots), or JSON with `device_id` and
`location.coords` (speed in metres a second, negative when unknown). The id is the pass of the team's account.

Sources: traccar.org/osmand (OsmAnd protocol), the JSON of Traccar Client 9.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from command.core import clock, trackers
from command.core.access import Actor
from command.core.errors import Forbidden, Invalid, Malformed

KNOT = 1852 / 3600
MS_FROM = 100_000_000_000  # a larger number of seconds would be after the year 5000: milliseconds
KEYS = ("id", "deviceid")


def read(arguments: dict[str, str], body: Any) -> tuple[str, list[dict[str, Any]]]:
    """(the device's key, its rows without the team)."""
    if body is not None:
        return _of_json(body)
    key = next((arguments[name] for name in KEYS if arguments.get(name)), None)
    if key is None:
        raise Malformed("id: the key of the device", zh="缺少设备钥匙 id")
    lat, lon = arguments.get("lat"), arguments.get("lon")
    if lat is None and "location" in arguments:
        lat, _, lon = arguments["location"].partition(",")
    speed = _number(arguments.get("speed"), "speed")
    row = {
        "lon": _number(lon, "lon"),
        "lat": _number(lat, "lat"),
        "at": _time(arguments.get("timestamp")),
        "speed": None if speed is None else speed * KNOT,
        "heading": _number(arguments.get("bearing", arguments.get("heading")), "bearing"),
        "accuracy": _number(arguments.get("accuracy"), "accuracy"),
    }
    return key, [_known(row)]


def _of_json(body: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    key, places = body.get("device_id"), body.get("location")
    if not isinstance(key, str) or not key:
        raise Malformed("device_id: the key of the device", zh="缺少设备钥匙 device_id")
    rows = []
    for place in places if isinstance(places, list) else [places]:
        coords = place.get("coords") if isinstance(place, dict) else None
        if not isinstance(place, dict) or not isinstance(coords, dict):
            raise Malformed("location.coords: an object", zh="缺少 location.coords")
        row = {"lon": coords.get("longitude"), "lat": coords.get("latitude"), "at": _time(place.get("timestamp")),
               "speed": coords.get("speed"), "heading": coords.get("heading"), "accuracy": coords.get("accuracy")}  # fmt: skip
        rows.append(_known(row))
    return key, rows


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Apps say a negative number for what they do not know."""
    for name in ("speed", "heading", "accuracy"):
        value = row[name]
        if isinstance(value, int | float) and value < 0:
            row[name] = None
    return row


def _number(text: str | None, name: str) -> float | None:
    if text is None or not text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        raise Invalid(f"{name}: a number", zh=f"“{name}”应为数字") from None


def _time(given: Any) -> str:
    """Seconds or milliseconds since 1970, or a time in words; none: now."""
    if given is None or given == "":
        return clock.wire(clock.real())
    try:
        number = float(given)
        return clock.wire(datetime.fromtimestamp(number / 1000 if number > MS_FROM else number, UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        try:
            at = datetime.fromisoformat(str(given))
        except ValueError:
            raise Invalid("timestamp: a time", zh="“timestamp”应为时间") from None
        return clock.wire(at if at.tzinfo else at.replace(tzinfo=UTC))


def _of_team(actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if actor.team_id is None:
        raise Forbidden("A device is a team's", zh="设备须属于一支队伍")
    return [{"team_id": actor.team_id, **row} for row in rows]


def bind(running: Any) -> None:
    """Mount the door."""
    trackers.mount(
        running.web,
        "osmand",
        "positions",
        read,
        _of_team,
        lambda given: any(given.get(name) for name in KEYS),
    )
