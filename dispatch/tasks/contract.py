"""What tasks take and say."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from command.core.access import team_party
from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Moment, Wish
from command.core.records import Record, Time
from command.core.store.spatial import Point
from dispatch.tasks.flow import TASK_FLOW
from dispatch.teams.words import ORDER_MODES


class Terms(Wish):
    """What an invitation must say: the task area, the insurance, the contact."""

    task_area: str | None = Field(None, max_length=200)
    insurance: str | None = Field(None, max_length=200)
    contact: str | None = Field(None, max_length=120)


class OrderTeams(Wish):
    """Teams to send, and the order in words. `reserve`: hold them without ordering yet (预派)."""

    team_ids: list[str] = Field(min_length=1, max_length=50)
    order: str | None = Field(None, max_length=1000)
    terms: Terms | None = None
    reserve: bool = False

    @field_validator("team_ids")
    @classmethod
    def _each_once(cls, value: list[str]) -> list[str]:
        if len(set(value)) != len(value):
            raise Wrong("each team once", "同一支队伍只写一次")
        return value


SAID_BY_DESK = "desk"


class Proxy(Wish):
    """Who said it, by which channel: a state entered for another (代报)."""

    person: str = Field(min_length=1, max_length=60)
    channel: str = Field(min_length=1, max_length=40)
    number: str | None = Field(None, max_length=40)


class StepTask(Wish):
    """The next state of a task; with `at`, a step passed over may be filled in."""

    to: str = Field(max_length=12)
    at: Moment | None = None
    reason: str | None = Field(None, max_length=500)
    by_proxy: Proxy | None = None
    released_by: str | None = Field(None, max_length=60)


class Verb(Wish):
    """A step by its own name (task.accept …): the state is in the name."""

    at: Moment | None = None
    reason: str | None = Field(None, max_length=500)
    by_proxy: Proxy | None = None
    released_by: str | None = Field(None, max_length=60)


class Hint(Wish):
    """What the team's positions say: the state it seems to be in, since when, how far from the place."""

    to: Literal["enroute", "on_scene", "withdrawn"]
    at: Moment
    metres: int = Field(ge=0, le=1_000_000)


class Reassign(Wish):
    """The incident that the team goes to instead."""

    incident_id: str = Field(max_length=36)
    order: str | None = Field(None, max_length=1000)
    reason: str | None = Field(None, max_length=500)


class AskHelp(Wish):
    """What a team lacks: people, vehicles, supplies, or in its own words."""

    people: int | None = Field(None, ge=1, le=10_000)
    vehicles: int | None = Field(None, ge=1, le=1_000)
    supplies: str | None = Field(None, max_length=200)
    text: str | None = Field(None, max_length=500)

    @model_validator(mode="after")
    def _something(self) -> AskHelp:
        if not (self.people or self.vehicles or self.supplies or self.text):
            raise Wrong("say what is needed", "请写明需要什么")
        return self

    def wanted(self) -> tuple[str, str]:
        """The wish in a line, in Chinese and English."""
        given = [
            (f"人 {self.people}", f"people {self.people}", self.people),
            (f"车 {self.vehicles}", f"vehicles {self.vehicles}", self.vehicles),
            (f"物 {self.supplies}", f"supplies {self.supplies}", self.supplies),
            (self.text, self.text, self.text),
        ]
        return "，".join(zh for zh, _, v in given if v and zh), ", ".join(
            en for _, en, v in given if v and en
        )


class Tell(Wish):
    """A team's own words. `why`: a report; a queued step that was not taken (refused); or the team insists on its time."""

    text: str = Field(min_length=1, max_length=2000)
    why: Literal["report", "refused", "insist"] = "report"


class Mayday(Wish):
    """Where the team is, as its device knows it: a point, how exact, and when; or nothing."""

    location: Point | None = None
    accuracy_m: float | None = Field(None, ge=0, le=1e6)
    fixed_at: Moment | None = None

    def where(self) -> tuple[str, str]:
        """The position in words, in Chinese and English."""
        if self.location is None:
            return "位置未知", "position unknown"
        lon, lat = self.location.coordinates
        near = f" ±{self.accuracy_m:.0f}" if self.accuracy_m is not None else ""
        return (
            f"{lat:.5f}, {lon:.5f}{near + ' 米' if near else ''}",
            f"{lat:.5f}, {lon:.5f}{near + ' m' if near else ''}",
        )


class CancelMayday(Wish):
    """Pressed by mistake (误触), or out of danger (脱险)."""

    why: Literal["mistake", "safe"] = "mistake"


class TaskOut(Record):
    """A task as those may see it who see its incident, and its team."""

    number: str
    incident_id: str
    came_from: str | None
    incident_title: str
    team_id: str
    team_name: str
    centre: str
    state: str
    order: str | None
    mode: str
    via: str | None
    call: dict[str, Any] | None
    terms: dict[str, Any] | None
    ordered_by: str
    ordered_centre: str
    ordered_at: Time | None
    accept_due_at: Time | None
    alarm_at: Time | None
    times: dict[str, str]
    steps: list[dict[str, Any]]
    refused_reason: str | None
    replaces: str | None
    suggestion: dict[str, Any] | None
    hint: dict[str, Any] | None
    open: bool
    eta: dict[str, Any] | None = None


class TasksOut(Wish):
    """The tasks that one order made."""

    items: list[TaskOut]


class TaskEvent(Event):
    """Heard by those who see the incident, its own team among them, but no other team."""

    kind: ClassVar[str] = "task"
    record: TaskOut

    def topics(self) -> frozenset[str]:
        own = team_party(self.record.team_id)
        others = {party for party in self.parties if party == own or not party.startswith("team:")}
        incidents = {f"incident:{one}" for one in (self.record.incident_id, self.record.came_from) if one}
        return frozenset(others | incidents)


class TaskOrdered(TaskEvent):
    type: ClassVar[str] = "task.ordered"

    def text(self) -> dict[str, str]:
        mode, name = ORDER_MODES[self.record.mode], self.record.team_name
        order = f"：{self.record.order}" if self.record.order else ""
        return {"zh": f"{mode.zh} {name}{order}", "en": f"{mode.en}: {name}{order}"}


class TaskReserved(TaskEvent):
    type: ClassVar[str] = "task.reserved"

    def text(self) -> dict[str, str]:
        return {"zh": f"预派 {self.record.team_name}", "en": f"Reserved: {self.record.team_name}"}


def _channel(code: str) -> str:
    """By which channel somebody said it; the desk's own word has no channel."""
    return "值班席" if code == SAID_BY_DESK else code


class TaskStepped(TaskEvent):
    """A step was taken, or one passed over was filled in. `said`: state, before, filled."""

    type: ClassVar[str] = "task.stepped"

    def text(self) -> dict[str, str]:
        step = self.said.get("step", {})
        zh, en = TASK_FLOW.zh[step["state"]], TASK_FLOW.en[step["state"]]
        proxy = step.get("by_proxy")
        zh_by, en_by = (
            (f"代报 {proxy['person']} {_channel(proxy['channel'])}：", f"proxy {proxy['person']}: ")
            if proxy
            else ("", "")
        )
        reason = f"（{step['reason']}）" if step.get("reason") else ""
        filled = ("补记 ", "filled in: ") if self.said.get("filled") else ("", "")
        return {
            "zh": f"{zh_by}{filled[0]}{self.record.team_name} {zh}{reason}",
            "en": f"{en_by}{filled[1]}{self.record.team_name}: {en}{reason}",
        }


class TaskHinted(TaskEvent):
    """By its positions the team seems to be in a later state; a person says whether it is. `no`: somebody said that it is not."""

    type: ClassVar[str] = "task.hinted"

    def text(self) -> dict[str, str]:
        hint = self.record.hint or {}
        zh, en = TASK_FLOW.zh[hint["to"]], TASK_FLOW.en[hint["to"]]
        name = self.record.team_name
        if hint.get("no"):
            return {"zh": f"{name} 并非{zh}", "en": f"{name}: not {en.lower()}"}
        return {
            "zh": f"{name} 按位置似已{zh}，待确认",
            "en": f"{name}: {en.lower()} by its position, to be confirmed",
        }


class TaskMoved(TaskEvent):
    """The task went with its incident into another, or back."""

    type: ClassVar[str] = "task.moved"

    def text(self) -> dict[str, str]:
        return {}
