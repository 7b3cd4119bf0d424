"""What warnings take: entering, correcting, moving on, ticking off, taking a CAP message. What they are like, seen from outside."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from command.core.faults import Wrong, label
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.incidents.kinds import KINDS
from command.warnings.cap.reading import MOST
from command.warnings.ground import known
from command.warnings.words import LEVELS, MANDATORY
from geo.shapes import BadShape, from_geojson

Level = Literal["red", "orange", "yellow", "blue"]
Source = Literal[
    "weather", "water", "land", "forest", "emergency", "quake", "health", "police", "environment", "power", "other"
]  # fmt: skip
Text = Field(None, min_length=1, max_length=2000)
WEATHER = "meteorological"
MOST_POINTS = 2000

label(
    {
        "category": "类别", "start_at": "起始时间", "ends_at": "结束时间", "area": "影响范围", "advice": "警示事项",
        "measures": "应采取的措施", "issuer": "发布单位", "issued_at": "发布时间", "codes": "区划代码", "shape": "范围图形",
        "headline": "标题", "relay": "转发", "identifier": "预警编号", "xml": "CAP 文本", "done": "已落实",
    }
)  # fmt: skip


def is_weather(category: str) -> bool:
    """Whether only the weather service may warn of it (气象灾害防御条例 art.30)."""
    found = KINDS.get(category)
    return found is not None and WEATHER in (found.code, found.parent)


class AreaIn(Wish):
    """Where: division codes (6, 9 or 12 digits), a shape drawn by hand or given, and the words for it."""

    codes: list[str] = Field(default_factory=list, max_length=60)
    shape: dict[str, Any] | None = None
    text: str | None = Field(None, min_length=1, max_length=500)

    @field_validator("codes")
    @classmethod
    def _ours(cls, value: list[str]) -> list[str]:
        found = [known(code) for code in value]
        if None in found:
            code = value[found.index(None)][:12]
            raise Wrong(f"{code}: no division of this county", f"{code}：不是本县的区划代码")
        return sorted({code for code in found if code})

    @field_validator("shape")
    @classmethod
    def _drawn(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        try:
            if value is not None:
                from_geojson(value, kinds=("Polygon", "MultiPolygon"), max_vertices=MOST_POINTS)
        except BadShape as bad:
            raise Wrong(str(bad), bad.zh) from None
        return value

    @model_validator(mode="after")
    def _somewhere(self) -> AreaIn:
        if not self.codes and self.shape is None:
            raise Wrong("area: codes or a shape", "影响范围须给出区划代码或画出范围")
        return self


class English(Wish):
    """The same in English."""

    headline: str | None = Field(None, min_length=1, max_length=160)
    advice: str | None = Text
    measures: str | None = Text
    area: str | None = Field(None, min_length=1, max_length=500)


class Content(Wish):
    """What a warning says; what is absent stays, or is not known yet."""

    category: str | None = Field(None, max_length=24)
    level: Level | None = None
    start_at: Moment | None = None
    ends_at: Moment | None = None
    area: AreaIn | None = None
    headline: str | None = Field(None, min_length=1, max_length=160)
    advice: str | None = Text
    measures: str | None = Text
    issuer: str | None = Field(None, min_length=1, max_length=120)
    issued_at: Moment | None = None
    en: English | None = None

    @field_validator("category")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and (value not in KINDS or KINDS[value].hidden):
            raise Wrong("category: a kind of the taxonomy", "没有这个类别")
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Content:
        if self.start_at and self.ends_at and self.ends_at <= self.start_at:
            raise Wrong("ends_at: after start_at", "结束时间须晚于起始时间")
        return self


class EnterWarning(Content):
    """A warning that another issued and that is relayed (`relay`), or a draft of the county's own. Of weather only the weather service
    warns: there is no draft of it."""

    relay: bool | None = None
    source: Source
    channel: Literal["phone", "fax", "paper", "other"] = "phone"
    identifier: str | None = Field(None, pattern=r"^[^\s,<&]{3,80}$")

    @model_validator(mode="after")
    def _whole(self) -> EnterWarning:
        weather = self.source == "weather" or (self.category is not None and is_weather(self.category))
        if self.relay is None:
            self.relay = weather
        if weather and not self.relay:
            raise Wrong(
                "Weather warnings are the weather service's: relay them",
                "气象预警只能由气象台站发布：请按转发登记",
            )
        needed = [name for name in MANDATORY if name != "issued_at" or self.relay]
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise Wrong(
                "missing: " + ", ".join(MANDATORY[one].en for one in missing),
                "还缺：" + "、".join(MANDATORY[one].zh for one in missing),
            )
        return self


class EditWarning(Content):
    """Other contents: of what is not passed on yet at once, of what is in force as an update that waits for a person."""


class MoveWarning(Wish):
    """Where a warning goes; why, when it is sent back or ended before its time."""

    to: str = Field(max_length=12)
    reason: str | None = Field(None, min_length=1, max_length=200)


class TickCheck(Wish):
    """A line of the list is done, or was not after all."""

    code: str = Field(max_length=24)
    done: bool = True
    note: str | None = Field(None, min_length=1, max_length=200)


class TakeCap(Wish):
    """A CAP 1.2 message as text."""

    xml: str = Field(min_length=1, max_length=MOST)


class WarningOut(Record):
    """A warning. `missing`: which of the eight of art.64 it lacks; `pending`: an update that nobody passed on yet."""

    identifier: str
    state: str
    relay: bool
    channel: str
    status: str
    scope: str
    source: str
    category: str | None
    event: str
    title: dict[str, str]
    level: str | None
    start_at: Time
    ends_at: Time | None
    area: dict[str, Any]
    struck: list[str]
    texts: dict[str, Any]
    issuer: str
    issued_at: Time | None
    centre: str
    entered_by: str
    entered_by_id: str
    signed: list[dict[str, Any]]
    pending: dict[str, Any] | None
    checks: list[dict[str, Any]]
    missing: list[str]
    ended_at: Time | None
    ended_how: str | None
    ended_reason: str | None


class CapMessageOut(Record):
    """A CAP message by its own fields."""

    warning_id: str
    sender: str
    identifier: str
    sent: Time
    out: bool
    alert: dict[str, Any]
    passed_at: Time | None
    taken_at: Time
    taken_by: str


def title_of(category: str | None, event: str, level: str | None) -> dict[str, str]:
    """What a warning is called: 暴雨红色预警, red rainstorm warning; by its own word where its category is not known."""
    found = KINDS.get(category or "")
    zh, en = (found.zh, found.en) if found else (event, event)
    if level is None:
        return {"zh": f"{zh}预警（未定级）" if found else zh, "en": f"{en}: warning, no level"}
    word = LEVELS[level]
    return {"zh": f"{zh}{word.zh}预警", "en": f"{word.en} warning: {en}"}
