"""What kilometre posts take and say."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from command.core.events import Event
from command.core.queries import Wish
from command.core.records import Record
from command.core.store.spatial import Point
from geo.crs import Crs

SURVEYED_M = 50.0


Ref = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[GSXYCZgsxycz]\d{1,4}$")]
"""A road's number as it stands on the post, however it was typed."""
Km = Annotated[float, Field(ge=0, le=10_000)]


class EnterPost(Wish):
    """A post: the road's number, its kilometre, where it stands, how far off that may be."""

    ref: Ref
    km: Km
    name: str | None = Field(None, min_length=1, max_length=40)
    location: Point
    basis: Literal["surveyed", "interpolated"] = "surveyed"
    within_m: float = Field(SURVEYED_M, ge=1, le=20_000)
    source: str | None = Field(None, min_length=1, max_length=200)
    source_crs: Crs = Crs.WGS84


class EditPost(Wish):
    """Corrections; what is absent stays."""

    name: str | None = Field(None, min_length=1, max_length=40)
    location: Point | None = None
    within_m: float | None = Field(None, ge=1, le=20_000)
    source: str | None = Field(None, min_length=1, max_length=200)
    source_crs: Crs | None = None


class PostOut(Record):
    """A kilometre post."""

    ref: str
    km: float
    name: str | None
    location: dict[str, Any]
    basis: str
    within_m: float
    source: str
    source_crs: str


def said(ref: str, km: float) -> str:
    """A kilometre as its post says it: `G208 K12+300`."""
    metres = round(km * 1000)
    return f"{ref} K{metres // 1000}+{metres % 1000:03d}"


class PostEvent(Event):
    """Heard where places are heard: the register is long, and only those who look at it need it."""

    kind: ClassVar[str] = "road_post"
    record: PostOut

    def topics(self) -> frozenset[str]:
        return frozenset({"places"})

    def _told(self, zh: str, en: str) -> dict[str, str]:
        which = said(self.record.ref, self.record.km)
        return {"zh": f"公里桩 {which}：{zh}", "en": f"Kilometre post {which}: {en}"}


class PostEntered(PostEvent):
    type: ClassVar[str] = "road_post.entered"

    def text(self) -> dict[str, str]:
        return (
            self._told("登记", "entered")
            if self.record.basis == "surveyed"
            else self._told("沿路推算", "reckoned along the road")
        )


class PostEdited(PostEvent):
    type: ClassVar[str] = "road_post.edited"

    def text(self) -> dict[str, str]:
        return self._told("更新", "changed")


class PostWithdrawn(PostEvent):
    type: ClassVar[str] = "road_post.withdrawn"

    def text(self) -> dict[str, str]:
        return self._told("移出登记", "taken off the register")
