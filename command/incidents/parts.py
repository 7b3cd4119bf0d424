"""The pieces of an incident's inputs: casualty numbers, the caller, the contact at the scene, a danger, a place on a road."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from command.core.faults import Wrong
from command.core.queries import Wish
from command.incidents.words import CASUALTY_FIELDS

Count = Field(None, ge=0, le=1_000_000, strict=True)


class Casualties(Wish):
    """Numbers of people; an absent one is not reported, which is not 0."""

    dead: int | None = Count
    missing: int | None = Count
    trapped: int | None = Count
    serious: int | None = Count
    light: int | None = Count
    poisoned: int | None = Count
    rescued: int | None = Count
    evacuated: int | None = Count

    def given(self) -> dict[str, int]:
        """Only what was reported."""
        return {
            name: value
            for name, value in self.model_dump().items()
            if name in CASUALTY_FIELDS and value is not None
        }


class CallerIn(Wish):
    """Who called; kept sealed, never in the journal."""

    name: str | None = Field(None, max_length=60)
    phone: str | None = Field(None, max_length=40)
    unit: str | None = Field(None, max_length=120)
    note: str | None = Field(None, max_length=500)


class OnScene(Wish):
    """The contact at the scene: a post and its number."""

    name: str = Field(max_length=60)
    phone: str | None = Field(None, max_length=40)


class Danger(Wish):
    """A danger to crews."""

    code: Literal["water", "electric", "road", "gas", "collapse", "fire", "other"]
    text: str = Field(max_length=100)


class Road(Wish):
    """A place on a road as a caller reads it from a post: the road's number or name, the kilometre, which way.

    Where the register of posts knows the road, the incident gets the point that follows from it, and says within how many metres;
    else it stands 位置待核 until one is set.
    """

    ref: str | None = Field(None, pattern=r"^[GSXYCZ]\d{1,4}$")
    name: str | None = Field(None, min_length=1, max_length=40)
    km: float = Field(ge=0, le=10_000, strict=True)
    direction: str | None = Field(None, min_length=1, max_length=40)

    @field_validator("ref", mode="before")
    @classmethod
    def _as_on_the_post(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _named(self) -> Road:
        if self.ref is None and self.name is None:
            raise Wrong("ref or name: which road", "请写明道路编号或名称")
        return self

    def words(self) -> str:
        """As it is said: `S322 武墨线 K12+300 往长治`."""
        metres = round(self.km * 1000)
        post = f"K{metres // 1000}+{metres % 1000:03d}"
        return " ".join(filter(None, (self.ref, self.name, post, self.direction)))
