"""What the register of cameras takes and says."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record, Time
from command.core.store.spatial import Point
from command.places.cameras.words import STATES
from geo.crs import Crs

ROOM = "cameras:"
"""Cameras have rooms of their own, `cameras:<party>`: a desk is not sent a whole register unless it looks at it."""
Protocol = Literal["hls", "mjpeg", "webrtc"]
State = Literal["online", "offline"]
CENTRE = r"^\d{6}(\d{3}|-[a-z]+)?$"


class CameraBody(Wish):
    """What may be said of a camera; `facing`: degrees clockwise from north."""

    name: str | None = Field(None, min_length=1, max_length=80)
    village_code: str | None = Field(None, pattern=r"^\d{12}$")
    location: Point | None = None
    place_text: str | None = Field(None, max_length=200)
    facing: int | None = Field(None, ge=0, le=359)
    owner: str | None = Field(None, max_length=80)
    source: str | None = Field(None, min_length=1, max_length=200)
    source_crs: Crs | None = None


class AddCamera(CameraBody):
    """A new camera; `centre`: whose it is, else the township where it stands, else one's own."""

    name: str = Field(min_length=1, max_length=80)
    centre: str | None = Field(None, pattern=CENTRE)

    @model_validator(mode="after")
    def _somewhere(self) -> AddCamera:
        if self.location is None and self.village_code is None:
            raise Wrong("location or village_code: where it stands", "位置、村至少要有一项")
        return self


class EditCamera(CameraBody):
    """Corrections; what is absent stays."""


class SetAddress(Wish):
    """Where the picture comes from; without both there is none any more. `{token}` and `{expires}` in the address are filled in
    each time somebody may watch (docs/decisions/cameras.md)."""

    protocol: Protocol | None = None
    address: str | None = Field(None, min_length=8, max_length=1000)

    @model_validator(mode="after")
    def _both(self) -> SetAddress:
        if (self.protocol is None) != (self.address is None):
            raise Wrong("protocol and address go together", "画面类型与地址须同时填写")
        return self


class Settle(Wish):
    """What a look at a camera found."""

    state: State
    reason: str | None = Field(None, max_length=16)


class CameraOut(Record):
    """A camera. `state`: online, offline, unknown (never looked at) or none (no stream), since `state_at`; `checked_at`: when it was
    looked at last, only over HTTP. Its address is in no record."""

    name: str
    centre: str
    village_code: str | None
    location: dict[str, Any] | None
    place_text: str | None
    facing: int | None
    owner: str | None
    protocol: str | None
    commitment: str | None
    state: str
    state_at: Time | None
    reason: str | None
    checked_at: Time | None = None
    source: str
    source_crs: str
    synthetic: bool


class CameraEvent(Event):
    """Heard by those who look at the register of the county, or of the camera's centre."""

    kind: ClassVar[str] = "camera"
    record: CameraOut

    def topics(self) -> frozenset[str]:
        return frozenset({f"{ROOM}county", f"{ROOM}centre:{self.record.centre}"})

    def _told(self, zh: str, en: str) -> dict[str, str]:
        return {"zh": f"摄像头 {self.record.name}：{zh}", "en": f"Camera {self.record.name}: {en}"}


class CameraAdded(CameraEvent):
    type: ClassVar[str] = "camera.added"

    def text(self) -> dict[str, str]:
        return self._told("登记", "entered")


class CameraEdited(CameraEvent):
    type: ClassVar[str] = "camera.edited"

    def text(self) -> dict[str, str]:
        return self._told("更正", "corrected")


class CameraAddressed(CameraEvent):
    type: ClassVar[str] = "camera.addressed"

    def text(self) -> dict[str, str]:
        return (
            self._told("更换画面地址", "another stream")
            if self.record.protocol
            else self._told("画面停用", "no stream any more")
        )


class CameraSettled(CameraEvent):
    type: ClassVar[str] = "camera.settled"

    def text(self) -> dict[str, str]:
        word = STATES[self.record.state]
        return self._told(word.zh, word.en.lower())


class CameraRetired(CameraEvent):
    type: ClassVar[str] = "camera.retired"

    def text(self) -> dict[str, str]:
        return self._told("移出登记", "taken off the register")
