"""The figures of a call-out, each a setting: minutes until it climbs, tries, who is called, how many are called again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from command.core.settings import setting

Minutes = Annotated[int, Field(ge=1, le=240)]
Titles = Annotated[list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=30)]
# 长治市水旱灾害防御预警“叫应”机制（试行）: woken within five minutes; a robo-call norm (勉县): three calls in five minutes. Neither was
# read in the original: defaults, and no law (docs/decisions/callout.md).
ANSWER_MIN = setting(
    "callout.answer_min", Minutes, 5,
    zh="叫应应答时限（到时升级）", en="Call-out: climbs to the superior after", unit="min",
)  # fmt: skip
TRIES = setting(
    "callout.tries", Annotated[int, Field(ge=1, le=10)], 3,
    zh="叫应未接几次即升级", en="Call-out: climbs after so many unanswered calls",
)  # fmt: skip
SUPERIOR_MIN = setting(
    "callout.superior_min", Minutes, 5,
    zh="叫应升级后上门时限", en="Call-out: from the superior to the door after", unit="min",
)  # fmt: skip
SAMPLE_SHARE = setting(
    "callout.sample_share", Annotated[int, Field(ge=1, le=100)], 10,
    zh="抽查复叫比例", en="Call-out: share called again as a sample", unit="%",
)  # fmt: skip
KEEPERS = setting(
    "callout.keeper_titles", Titles, ["包保", "网格员", "巡查员"],
    zh="叫应：哪些岗位名开头是包保人", en="Call-out: posts whose title begins so are household keepers",
)  # fmt: skip
CALLERS = setting(
    "callout.caller_titles", Titles, ["值班"],
    zh="叫应：哪些岗位名开头不叫（他们负责叫）", en="Call-out: posts whose title begins so call others and are not called",
)  # fmt: skip
