"""Zones and evacuations to test on: registered, opened by a named decision, counted, refused, arrived."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

from command.core import clock, records
from tests.county import OTHER_VILLAGE, VILLAGE, County

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[112.86, 36.83], [112.87, 36.83], [112.87, 36.84], [112.86, 36.84], [112.86, 36.83]]],
}
ZONE: dict[str, Any] = {
    "name": "西沟口", "sort": "flash_flood", "village_code": VILLAGE, "shape": SQUARE, "households": 14, "people": 42,
    "vulnerable": 5, "counted_on": "2026-05-20", "responsible": "村党支部书记", "route": "沿村道向东上坡",
    "destination": {"name": "镇中心小学", "location": {"type": "Point", "coordinates": [112.88, 36.84]}},
}  # fmt: skip
HEAD = {"name": "赵镇长", "post": "镇长、防汛指挥长"}
BY_PHONE = {"person": "李支书", "channel": "电话", "number": "8011"}


def ago(minutes: float) -> str:
    """A time so many minutes back."""
    return clock.wire(clock.real() - timedelta(minutes=minutes))


def ahead(minutes: float) -> str:
    """A time so many minutes from now."""
    return ago(-minutes)


def decided(minutes: float = 3) -> dict[str, Any]:
    """Who decided, and when."""
    return {"decided_by": HEAD, "decided_at": ago(minutes)}


def zone(cast: County, who: str = "town_duty", **more: Any) -> str:
    """A zone of the register, by default of the township."""
    made: str = cast.do(who, "evacuation_zone.register", {**ZONE, **more})["id"]
    return made


def opened(cast: County, who: str = "town_duty", *zones: str, world: int = 0, **more: Any) -> dict[str, Any]:
    """An evacuation that somebody decided."""
    body = {"reason": "山洪红色预警", "zones": list(zones), **decided(), **more}
    return cast.do(who, "evacuation.open", body, world=world)


def parts(cast: County, evacuation: str, who: str = "county_duty", world: int = 0) -> list[dict[str, Any]]:
    """The zones of an evacuation as somebody sees them, by name."""

    actor, kind = cast.actor(who), records.of_kind("evacuated_zone")

    def read(session: Any) -> list[dict[str, Any]]:
        rows = session.query(kind.model).filter(kind.model.evacuation_id == evacuation, kind.visible(actor))
        return [one.model_dump(mode="json") for one in kind.show(session, rows.all())]

    found: list[dict[str, Any]] = cast.node.database.read(read, world=world)
    return sorted(found, key=lambda one: str(one["name"]))


class Moving:
    """An evacuation of one zone of the township, with what the table of actions names; made when first asked for."""

    def __init__(self, cast: County) -> None:
        self.cast = cast

    @cached_property
    def zone(self) -> str:
        """In the register."""
        return zone(self.cast)

    @cached_property
    def evacuation(self) -> str:
        """Under way."""
        found: str = opened(self.cast, "town_duty", self.zone)["id"]
        return found

    @cached_property
    def wide(self) -> str:
        """Of two townships, by the county."""
        both = (
            zone(self.cast, name="南湾"),
            zone(self.cast, "other_duty", village_code=OTHER_VILLAGE, name="东沟"),
        )
        found: str = opened(self.cast, "county_duty", *both)["id"]
        return found

    @cached_property
    def part(self) -> str:
        """Its zone."""
        found: str = parts(self.cast, self.evacuation)[0]["id"]
        return found

    @cached_property
    def destination(self) -> str:
        """Where its people go."""
        found: str = parts(self.cast, self.evacuation)[0]["destination_id"]
        return found

    def counted(self, **numbers: Any) -> dict[str, Any]:
        """A count of its zone, and the statement behind it."""
        body = {"id": self.part, "source": "村委会", **(numbers or {"people_done": 30})}
        return self.cast.do("town_duty", "evacuation.count", body)

    @cached_property
    def count(self) -> str:
        """A statement."""
        found: str = self.counted()["figures"]["people_done"]["count_id"]
        return found

    @cached_property
    def refusal(self) -> str:
        """A household that will not go."""
        body = {
            "id": self.part,
            "people": 2,
            "reason": "livestock",
            "next_visit_at": ahead(30),
            "visitor": "包户干部",
        }
        found: str = self.cast.do("town_duty", "evacuation.refuse", body)["id"]
        return found

    @cached_property
    def over(self) -> str:
        """Ended."""
        self.cast.do("town_duty", "evacuation.end", {"id": self.evacuation, "reason": "预警解除"})
        return self.evacuation
