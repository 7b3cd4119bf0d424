"""The rule table of reports: class × level × from × to × channel × minutes, each row with its source. A setting, never a constant.

What is law, what is an excerpt nobody compared with its text, and what is the county's own rule is said by `mark`; whoever may
change settings changes rows, and the journal keeps what they were (参考: 国务院令493号第九至十三条, 突发公共卫生事件应急条例第二十条).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from command.core.faults import Wrong
from command.core.queries import Wish
from command.core.settings import setting
from command.incidents.kinds import KINDS
from command.sitreps.words import RECIPIENTS

Words = Annotated[str, Field(min_length=1, max_length=200)]
Recipient = Literal["county", "county_health", "city", "province", "mine_safety", "forestry"]
Reporter = Literal["unit", "facility", "township", "county", "city", "each"]


class Rule(Wish):
    """Who tells whom by which channel within how many minutes of what. No minutes: it is told too, without a clock."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    klass: Literal["any", "natural", "accident", "health", "social"] = "any"
    kinds: list[str] = Field(default_factory=list, max_length=40)
    levels: list[Literal["I", "II", "III", "IV"]] = Field(default_factory=list, max_length=4)
    report: Literal["first", "followup", "supplement"] = "first"
    frm: Reporter
    to: Recipient | Literal["next"]
    channel: Literal["phone", "written", "any"] = "any"
    minutes: int | None = Field(None, ge=1, le=100_000)
    clock: Literal["learned", "received", "occurred", "found", "changed"] = "learned"
    source: Words
    mark: Literal["V", "E", "G", "P"]
    on: bool = True


def _sound(rules: list[Rule]) -> list[Rule]:
    if len({one.code for one in rules}) < len(rules):
        raise Wrong("each code once", "代码不能重复")
    if unknown := sorted({kind for one in rules for kind in one.kinds} - set(KINDS)):
        raise Wrong(f"kinds: there is no kind {unknown[0]}", f"没有类别 {unknown[0]}")
    for one in rules:
        if (one.report == "first") is (one.clock == "changed"):
            raise Wrong(
                f"{one.code}: a first report counts from the event, others from the change",
                f"{one.code}：首报自获知、接报、发生、发现起算，续报补报自变化起算",
            )
    return rules


def _row(
    code: str, frm: str, to: str, minutes: int | None, source: str, mark: str, **more: Any
) -> dict[str, Any]:
    row = {"code": code, "frm": frm, "to": to, "minutes": minutes, "source": source, "mark": mark, **more}
    return Rule.model_validate(row).model_dump()


D493 = "国务院令493号"
SHANXI = "晋政发〔2007〕27号"
HEALTH = "突发公共卫生事件应急条例第二十条"
OWN = "出厂默认"
AFTER = f"{D493}第十三条（及时补报；分钟数为本县规定）"
HEAVY = ["I", "II"]
DEFAULT = [
    _row("township_phone", "township", "county", 15, OWN, "P", channel="phone"),
    _row("township_written", "township", "county", 30, OWN, "P", channel="written"),
    _row("county_phone", "county", "city", 30, OWN, "P", channel="phone"),
    _row("county_written", "county", "city", 60, OWN, "P", channel="written"),
    _row("accident_unit", "unit", "county", 60, f"{D493}第九条", "V", klass="accident", clock="received"),
    _row("accident_county", "county", "city", 120, f"{D493}第十一条", "V", klass="accident", clock="received"),
    _row("accident_city", "city", "province", 120, f"{D493}第十条、第十一条", "V", klass="accident", clock="received",
         levels=["I", "II", "III"]),
    _row("grave_province", "county", "province", 60, SHANXI, "E", levels=HEAVY),
    _row("each_level", "each", "next", 120, SHANXI, "E", clock="received"),
    _row("natural_city", "county", "city", 120, "自然灾害情况统计调查制度", "E", klass="natural", channel="written",
         clock="occurred"),
    _row("health_facility", "facility", "county_health", 120, HEALTH, "V", klass="health", clock="found"),
    _row("health_county", "county", "city", 120, HEALTH, "V", klass="health", clock="received"),
    _row("mines_too", "county", "mine_safety", None, OWN, "P", kinds=["coal_mine", "noncoal_mine"]),
    _row("forests_too", "county", "forestry", None, OWN, "P", kinds=["wildfire"]),
    _row("township_followup", "township", "county", 30, OWN, "P", report="followup", clock="changed"),
    _row("county_followup", "county", "city", 60, OWN, "P", report="followup", clock="changed"),
    _row("grave_followup", "county", "province", 60, OWN, "P", report="followup", clock="changed", levels=HEAVY),
    _row("township_supplement", "township", "county", 60, AFTER, "P", report="supplement", clock="changed"),
    _row("county_supplement", "county", "city", 120, AFTER, "P", report="supplement", clock="changed", channel="written"),
    _row("grave_supplement", "county", "province", 120, AFTER, "P", report="supplement", clock="changed", levels=HEAVY),
]  # fmt: skip
RULES = setting(
    "sitrep.rules", Annotated[list[Rule], Field(max_length=200), AfterValidator(_sound)], DEFAULT,
    zh="信息报送时限规则表", en="Rule table of report deadlines",
)  # fmt: skip


class Office(Wish):
    """An office that is told: its recipient's code, its name here, its number (the one that is called back)."""

    code: Recipient
    zh: Words
    en: Words
    numbers: list[Annotated[str, Field(pattern=r"^[0-9+\- ]{3,20}$")]] = Field(
        default_factory=list, max_length=6
    )


OFFICES = setting(
    "sitrep.offices", Annotated[list[Office], Field(max_length=40)],
    [{"code": code, "zh": word.zh, "en": word.en, "numbers": []} for code, word in RECIPIENTS.items()],
    zh="报送对象及值班电话", en="Offices reported to, with numbers",
)  # fmt: skip
SIGNER_OTHER = setting(
    "sitrep.signer_other", bool, True, zh="签发人不得为起草人", en="The signer is another than the drafter"
)
REVIEWER_OTHER = setting(
    "sitrep.reviewer_other",
    bool,
    False,
    zh="审核人不得为起草人",
    en="The reviewer is another than the drafter",
)
Hour = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
NIL_AT = setting(
    "sitrep.nil_at", Annotated[list[Hour], Field(max_length=4)], ["18:00"],
    zh="零报告时刻（班次截止）", en="Nil report: ends of the shifts",
)  # fmt: skip
NIL_MINUTES = setting(
    "sitrep.nil_minutes",
    Annotated[int, Field(ge=1, le=1440)],
    60,
    zh="零报告时限",
    en="Nil report due within",
    unit="min",
)
