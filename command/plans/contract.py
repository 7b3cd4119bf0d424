"""What the library of plans takes and says: a plan's levels with their ladder of approvers, groups, actions; its editions."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from command.core.events import Event
from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.records import Record, Time
from command.incidents.kinds import CLASSES, KINDS
from command.instructions.contract import CENTRE, MOST_MINUTES, UrgencyCode
from command.plans.words import PLAN_FLOW

TOPIC = "plans"
"""All who may read plans hear here of those that are approved; drafts are told in the room of their owner, `plans:<centre>`."""
Level = Literal["R1", "R2", "R3", "R4"]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")]
Line = Annotated[str, Field(min_length=1, max_length=120)]


class Rung(Wish):
    """Who may activate a level: a post by its title; `role`: the role whose accounts may where nobody is on record in that post."""

    post: str = Field(min_length=1, max_length=40)
    role: str | None = Field(None, max_length=32)


class LevelIn(Wish):
    """One response level: when, who approves, for how long, what is done (处置措施)."""

    level: Level
    trigger: str = Field(min_length=1, max_length=1000)
    incident_levels: list[Literal["I", "II", "III", "IV"]] = Field(default=[], max_length=4)
    warnings: list[Literal["red", "orange", "yellow", "blue"]] = Field(default=[], max_length=4)
    people: bool = False
    approvers: list[Rung] = Field(min_length=1, max_length=6)
    measures: str = Field(min_length=1, max_length=4000)
    hours: int | None = Field(None, ge=1, le=24 * 60)


class Member(Wish):
    """A member of a group: a centre of the register, or a house by name; and its post."""

    centre: str | None = Field(None, pattern=CENTRE)
    name: str | None = Field(None, min_length=1, max_length=60)
    post: str | None = Field(None, min_length=1, max_length=60)

    @model_validator(mode="after")
    def _named(self) -> Member:
        if self.centre is None and self.name is None:
            raise Wrong("centre or name: who it is", "请写明单位（代码或名称）")
        return self


class GroupIn(Wish):
    """A group (工作组) with who leads it."""

    code: Code
    name: str = Field(min_length=1, max_length=40)
    lead: Member
    members: list[Member] = Field(default=[], max_length=40)
    duty: str | None = Field(None, max_length=1000)


class ActionIn(Wish):
    """What is done at which levels. `to`: a centre, `home` (the township of the incident), or `areas` (each township concerned)."""

    code: Code
    levels: list[Level] = Field(min_length=1, max_length=4)
    text: str = Field(min_length=1, max_length=1000)
    to: str = Field(pattern=r"^(home|areas|\d{6}(\d{3})?(-[a-z]+)?)$")
    post: str | None = Field(None, min_length=1, max_length=60)
    group: Code | None = None
    urgency: UrgencyCode = "urgent"
    within_min: int = Field(ge=1, le=MOST_MINUTES)
    checklist: list[Line] = Field(default=[], max_length=30)
    needs_proof: bool = False


class PlanBody(Wish):
    """What may be written in a draft."""

    title: str | None = Field(None, min_length=1, max_length=120)
    basis: str | None = Field(None, max_length=500)
    kinds: list[str] | None = Field(None, min_length=1, max_length=60)
    areas: list[str] | None = Field(None, max_length=40)
    model: Literal["hierarchy", "county_internal"] | None = None
    levels: list[LevelIn] | None = Field(None, min_length=1, max_length=4)
    groups: list[GroupIn] | None = Field(None, max_length=30)
    actions: list[ActionIn] | None = Field(None, max_length=200)

    @field_validator("kinds")
    @classmethod
    def _known(cls, value: list[str] | None) -> list[str] | None:
        strange = sorted(set(value or ()) - set(KINDS) - {one.code for one in CLASSES})
        if strange:
            raise Wrong(f"kinds: not known: {', '.join(strange)}", f"没有这些事件类型：{'、'.join(strange)}")
        return value

    @field_validator("levels", "groups", "actions")
    @classmethod
    def _once(cls, value: list[Any] | None) -> list[Any] | None:
        codes = [getattr(one, "level", None) or one.code for one in value or ()]
        twice = sorted({one for one in codes if codes.count(one) > 1})
        if twice:
            raise Wrong(f"each code once: {', '.join(twice)}", f"编号重复：{'、'.join(twice)}")
        return value


class DraftPlan(PlanBody):
    """A new plan, as a draft; the body of an import too. `code` names the plan through all its editions."""

    code: Code
    title: str = Field(min_length=1, max_length=120)
    kinds: list[str] = Field(min_length=1, max_length=60)
    levels: list[LevelIn] = Field(min_length=1, max_length=4)
    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3})?$")
    synthetic: bool = False


class EditPlan(PlanBody):
    """Corrections to a draft; what is absent stays."""


class Revise(Wish):
    """Why a new edition is begun (应急条例 art. 6: law, headquarters, risk, resources, a drill or a real event)."""

    reason: str = Field(min_length=1, max_length=500)


class MovePlan(Wish):
    """The next state: approved by whom with which paper, put in force, or withdrawn with a reason."""

    to: str = Field(max_length=12)
    name: str | None = Field(None, min_length=1, max_length=60)
    post: str | None = Field(None, min_length=1, max_length=60)
    document: str | None = Field(None, min_length=1, max_length=120)
    reason: str | None = Field(None, min_length=1, max_length=500)


class PlanOut(Record):
    """One edition of a plan."""

    code: str
    edition: int
    title: str
    centre: str
    basis: str | None
    kinds: list[str]
    areas: list[str]
    model: str
    levels: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    state: str
    reason: str | None
    drafted_by: str
    approved: dict[str, Any] | None
    in_force_at: Time | None
    ended_at: Time | None
    synthetic: bool


class PlanEvent(Event):
    kind: ClassVar[str] = "plan"
    record: PlanOut

    def topics(self) -> frozenset[str]:
        told = {TOPIC} if self.record.approved else set()
        return frozenset({f"{TOPIC}:{self.record.centre}", *told})

    def name(self) -> str:
        """Its title with its edition."""
        return f"《{self.record.title}》第 {self.record.edition} 版"


class PlanDrafted(PlanEvent):
    type: ClassVar[str] = "plan.drafted"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"起草 {self.name()}",
            "en": f"Plan drafted: {self.record.title}, edition {self.record.edition}",
        }


class PlanEdited(PlanEvent):
    type: ClassVar[str] = "plan.edited"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"修改 {self.name()}",
            "en": f"Plan edited: {self.record.title}, edition {self.record.edition}",
        }


class PlanMoved(PlanEvent):
    type: ClassVar[str] = "plan.moved"

    def text(self) -> dict[str, str]:
        zh, en = PLAN_FLOW.zh[self.record.state], PLAN_FLOW.en[self.record.state]
        return {
            "zh": f"{self.name()} {zh}",
            "en": f"Plan {self.record.title}, edition {self.record.edition}: {en.lower()}",
        }
