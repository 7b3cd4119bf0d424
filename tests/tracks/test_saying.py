"""Which figures a text states: as people write them, in digits and in Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command.tracks.saying import FATES, figures_said, number

TEMPLATES = (
    "事故造成{n}人{fate}。",
    "截至18时，{fate}{n}人，救援正在进行。",
    "{n}名矿工{fate}，现场通风良好。",
    "{fate}人数为{n}人。",
    "目前，{n}位群众不幸{fate}；第3次会商已召开。",
)
DIGITS = "零一二三四五六七八九"


def han(value: int) -> str:
    """A number below a thousand as it is written in Chinese."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and not tens and ones:
        said += "零"
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    return said + (DIGITS[ones] if ones or not value else "")


@given(
    fate=st.sampled_from(
        [(code, word) for code, words in FATES.items() for word in words if "者" not in word]
    ),
    value=st.integers(0, 999),
    template=st.sampled_from(TEMPLATES),
    chinese=st.booleans(),
)
def test_a_figure_is_read_however_it_is_written(
    fate: tuple[str, str], value: int, template: str, chinese: bool
) -> None:
    said = figures_said(template.format(n=han(value) if chinese else value, fate=fate[1]))
    assert (said.figures, said.twice, said.unread) == ({fate[0]: value}, {}, [])


@given(st.integers(0, 999))
def test_a_number_in_chinese_is_the_same_number(value: int) -> None:
    assert number(han(value)) == value


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("事故造成2人死亡、3人被困，1人重伤", {"dead": 2, "trapped": 3, "serious": 1}),
        ("死亡2人、失联3人，转移群众1,200人", {"dead": 2, "missing": 3, "evacuated": 1200}),
        ("2人死亡1人失联", {"dead": 2, "missing": 1}),
        ("死亡2人1人失联", {"dead": 2, "missing": 1}),
        ("两名矿工遇难，四人获救", {"dead": 2, "rescued": 4}),
        ("截至目前无人员伤亡", {"dead": 0, "injured": 0}),
        ("５人受伤", {"injured": 5}),
        ("第2名专家到场，事故发生于2号井", {}),
    ],
)
def test_it_reads_what_papers_say(text: str, figures: dict[str, int]) -> None:
    assert figures_said(text).figures == figures


def test_it_says_what_it_cannot_assign_and_what_contradicts_itself() -> None:
    said = figures_said("现场有120人参与救援。死亡2人，其中3人死亡")
    assert len(said.unread) == 1
    assert "120人" in said.unread[0]
    assert said.twice == {"dead": [2, 3]}
