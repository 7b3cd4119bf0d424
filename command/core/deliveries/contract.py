"""What deliveries take and say."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from command.core.deliveries.channels import CHANNELS
from command.core.events import Event
from command.core.queries import Wish
from command.core.records import Record, Time

OPEN = frozenset({"waiting", "trying"})
DEAD = frozenset({"failed", "missed"})
STATES: dict[str, tuple[str, str]] = {
    "waiting": ("待发", "waiting"),
    "trying": ("重试中", "trying again"),
    "handed": ("已交网关", "handed to the gateway"),
    "confirmed": ("对方已收到", "confirmed"),
    "failed": ("未送出", "not delivered"),
    "missed": ("过时未发", "too old, not sent"),
    "cancelled": ("已撤回", "cancelled"),
    "no_channel": ("无通道", "no channel"),
}


class Call(Wish):
    """What a voice gateway heard of one call: how many seconds of how many were listened to, and which key was pressed, only where
    it says so."""

    result: Literal["answered", "no_answer", "busy", "wrong_number"]
    heard_s: int | None = Field(None, ge=0, le=3600)
    of_s: int | None = Field(None, ge=0, le=3600)
    key: str | None = Field(None, pattern=r"^[0-9*#]$")


class DeliveryOut(Record):
    """What became of one message, without its words and its address."""

    entry: int
    recipient: str
    channel: str
    whom: dict[str, str]
    purpose: str
    about_kind: str
    about_id: str
    centre: str
    gateway: str
    state: str
    reason: dict[str, str]
    tries: int
    urgent: bool
    max_age_s: int
    made_at: Time
    expires_at: Time
    next_at: Time | None
    handed_at: Time | None
    confirmed_at: Time | None
    ended_at: Time | None
    reference: str | None
    call: dict[str, Any] | None = None
    acknowledged_by: str | None
    acknowledged_at: Time | None
    audience: list[str]


class Follow(Wish):
    """Make the deliveries of the journal up to an entry."""

    upto: int = Field(ge=0)


class Settle(Wish):
    """The outcome of an attempt, by the one who holds the lease."""

    lease: str = Field(max_length=36)
    gateway: str = Field(max_length=16)
    outcome: Literal["handed", "confirmed", "again", "refused"]
    reason: dict[str, str] = {}
    reference: str | None = Field(None, max_length=80)
    call: Call | None = None


class CallOff(Wish):
    """The matter is settled, or taken back: nothing of it need be sent any more."""

    about_kind: str = Field(max_length=32)
    about_id: str = Field(max_length=36)


class Confirm(Wish):
    """What a gateway reports later of a message that it took."""

    arrived: bool
    reason: dict[str, str] = {}
    call: Call | None = None


class DeliveryEvent(Event):
    """Heard by those who asked for it to be sent, and their county: never by the recipient's own screens."""

    kind: ClassVar[str] = "delivery"
    record: DeliveryOut

    def topics(self) -> frozenset[str]:
        return frozenset(self.record.audience)

    def text(self) -> dict[str, str]:
        one = self.record
        (zh, en), (zh_by, en_by) = STATES[one.state], CHANNELS[one.channel]
        pretended = ("（模拟）", " (simulated)") if one.gateway == "simulator" else ("", "")
        return {
            "zh": f"{zh_by}{pretended[0]} {one.whom['zh']}：{zh}",
            "en": f"{en_by}{pretended[1]} to {one.whom['en']}: {en}",
        }


class DeliveryMade(DeliveryEvent):
    """It waits to be sent, or no channel reaches the recipient."""

    type: ClassVar[str] = "delivery.made"


class DeliveryTried(DeliveryEvent):
    """An attempt did not get through; there will be another."""

    type: ClassVar[str] = "delivery.tried"


class DeliveryHanded(DeliveryEvent):
    type: ClassVar[str] = "delivery.handed"


class DeliveryConfirmed(DeliveryEvent):
    type: ClassVar[str] = "delivery.confirmed"


class DeliveryFailed(DeliveryEvent):
    type: ClassVar[str] = "delivery.failed"


class DeliveryMissed(DeliveryEvent):
    type: ClassVar[str] = "delivery.missed"


class DeliveryCancelled(DeliveryEvent):
    type: ClassVar[str] = "delivery.cancelled"


class DeliveryRetried(DeliveryEvent):
    """Somebody asked for it to be sent again; a listener may refuse."""

    type: ClassVar[str] = "delivery.retried"


class DeliveryAcknowledged(DeliveryEvent):
    type: ClassVar[str] = "delivery.acknowledged"

    def text(self) -> dict[str, str]:
        one, said = self.record, super().text()
        return {
            "zh": f"{one.acknowledged_by} 已知悉：{said['zh']}",
            "en": f"{one.acknowledged_by} took note: {said['en']}",
        }


class DeliveryClosed(DeliveryEvent):
    """Its matter is settled: it leaves the screens."""

    type: ClassVar[str] = "delivery.closed"

    def text(self) -> dict[str, Any]:
        return {}
