"""Ranking, pure: candidates in, order and reasons out. Life risk weighs more than level; nothing is hidden in a score.

`shortlist.py` finds among thousands those whom this has to weigh; both must see the same order (a test compares them).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dispatch.teams.words import ORDER_MODES, READINESS, SKILLS
from geo import straight

STALE = timedelta(minutes=15)
FAR_S = 3600
# What the most useful skill is worth against the next: minutes of driving, so that water rescue goes before a nearer medic.
SKILL_STEP_S = 480
Say = dict[str, str]
TURNOUT_S = {"L1": 60, "L2": 180, "L3": 480}
UNKNOWN_S = 10**6
# Why a team is not proposed, in the order in which it is asked.
LEFT_OUT: dict[str, Say] = {
    "here": {"zh": "已派往本事件", "en": "already sent here"},
    "off_duty": {"zh": "未备勤", "en": "off duty"},
    "unskilled": {"zh": "无所需能力", "en": "lacks the skills needed"},
    "busy": {"zh": "在办其他任务", "en": "busy elsewhere"},
    "far": {"zh": "路程超过 60 分", "en": "over 60 min away"},
    "after": {"zh": "排在其后", "en": "ranked after these"},
}


@dataclass(frozen=True)
class Need:
    """What an incident asks for: where, which skills, how grave; `schematic`: the place is only its township's anchor."""

    lon: float
    lat: float
    schematic: bool
    township: str | None
    skills: tuple[str, ...]
    life_risk: str
    level: str | None


@dataclass(frozen=True)
class Drive:
    """How a team gets there: seconds and metres, None where no open road leads; `basis`: road, sketch or straight."""

    seconds: float | None
    metres: float | None
    basis: str


@dataclass(frozen=True)
class Candidate:
    """A team as the ranking sees it. `busy` names what it does now; `spare`: that has no life at risk; `drive`: its way by the
    roads, where somebody knows them."""

    id: str
    name: str
    centre: str
    skills: frozenset[str]
    readiness: str
    mode: str
    on_duty: bool
    busy: str | None = None
    spare: bool = False
    here: bool = False
    lon: float | None = None
    lat: float | None = None
    at: datetime | None = None
    drive: Drive | None = None


@dataclass(frozen=True)
class Ranked:
    """A team worth sending: how far, how long, on what that rests (`road`, `sketch`, `straight`, None), why."""

    candidate: Candidate
    distance_m: int | None
    eta_s: int | None
    estimate: bool
    basis: str | None
    reasons: tuple[Say, ...]
    key: tuple[float, float, float, str] = field(compare=False)


@dataclass(frozen=True)
class Left:
    """A team not proposed: the reason's code (`LEFT_OUT`), and it in words with the team's own figures."""

    candidate: Candidate
    code: str
    say: Say


@dataclass(frozen=True)
class Outcome:
    """The order of those worth sending, why the others are not, and what nobody can do."""

    ranked: list[Ranked]
    left_out: list[Left]
    shortfalls: list[Say]


def rank(need: Need, candidates: Iterable[Candidate], now: datetime) -> Outcome:
    """Order candidates: capable before not, free before busy, sooner before later; own township first when the place is schematic."""
    ranked: list[Ranked] = []
    left_out: list[Left] = []
    known = list(candidates)
    for one in known:
        found = _weigh(need, one, now)
        if isinstance(found, Ranked):
            ranked.append(found)
        else:
            left_out.append(found)
    ranked.sort(key=lambda one: one.key)
    return Outcome(ranked, left_out, shortfalls(need, _able(need, known)))


def _weigh(need: Need, one: Candidate, now: datetime) -> Ranked | Left:
    fit = [skill for skill in need.skills if skill in one.skills]
    distance, eta, basis = _travel(need, one)
    code = _why_not(need, one, fit, eta)
    if code is not None:
        return Left(one, code, _figures(code, one, eta))
    own = one.centre == need.township
    reasons = [*_fit_reasons(fit), *_place_reasons(need, one, now, own), *_state_reasons(one)]
    best = need.skills.index(fit[0]) if fit else len(need.skills)
    key = (
        1.0 if one.busy else 0.0,
        1.0 if need.schematic and not own else 0.0,
        float(UNKNOWN_S if eta is None else eta) + SKILL_STEP_S * best,
        one.id,
    )
    return Ranked(one, distance, eta, need.schematic or basis != "road", basis, tuple(reasons), key)


def _why_not(need: Need, one: Candidate, fit: Sequence[str], eta: int | None) -> str | None:
    if one.here:
        return "here"
    if not one.on_duty:
        return "off_duty"
    if need.skills and not fit:
        return "unskilled"
    if one.busy and not (need.life_risk == "people" and one.spare):
        return "busy"
    if eta is not None and eta > FAR_S and need.life_risk != "people":
        return "far"
    return None


def _figures(code: str, one: Candidate, eta: int | None) -> Say:
    if code == "busy":
        return {"zh": f"在办 {one.busy}", "en": f"busy with {one.busy}"}
    if code == "far" and eta is not None:
        return {"zh": f"路程约 {eta // 60} 分，超过 60 分", "en": f"about {eta // 60} min away, over 60"}
    return LEFT_OUT[code]


def turnout_s(mode: str, readiness: str) -> int:
    """Seconds until a team that is asked in this mode sets out."""
    return ORDER_MODES[mode].accept_s + TURNOUT_S.get(readiness, 480)


def _travel(need: Need, one: Candidate) -> tuple[int | None, int | None, str | None]:
    """(road metres, seconds until it is there, basis): by the roads, else straight line × factor; and the time that its order
    mode and readiness take."""
    if one.lon is None or one.lat is None:
        return None, None, None
    if one.drive is None:
        distance, seconds = straight.travel(one.lon, one.lat, need.lon, need.lat)
        return round(distance), round(seconds + turnout_s(one.mode, one.readiness)), "straight"
    if one.drive.seconds is None or one.drive.metres is None:
        return None, None, one.drive.basis
    eta = round(one.drive.seconds + turnout_s(one.mode, one.readiness))
    return round(one.drive.metres), eta, one.drive.basis


def _fit_reasons(fit: Sequence[str]) -> list[Say]:
    if not fit:
        return []
    return [
        {
            "zh": "、".join(SKILLS[one].zh for one in fit[:3]),
            "en": ", ".join(SKILLS[one].en for one in fit[:3]),
        }
    ]


def _place_reasons(need: Need, one: Candidate, now: datetime, own: bool) -> list[Say]:
    reasons: list[Say] = []
    if own:
        reasons.append({"zh": "本乡镇队伍", "en": "of the township itself"})
    if need.schematic:
        reasons.append(
            {"zh": "位置示意，路程时间为估计", "en": "place schematic, distance and time estimated"}
        )
    if one.drive is not None and one.drive.seconds is None:
        reasons.append({"zh": "道路不通（封路）", "en": "no open road leads there"})
    if one.lon is None:
        reasons.append({"zh": "队伍位置未知", "en": "position unknown"})
    elif one.at is None:
        reasons.append({"zh": "按驻地估算", "en": "from its base"})
    elif now - one.at > STALE:
        minutes = int((now - one.at).total_seconds() // 60)
        reasons.append({"zh": f"位置为 {minutes} 分前", "en": f"position {minutes} min old"})
    else:
        reasons.append({"zh": "按实时位置", "en": "from its live position"})
    return reasons


def _state_reasons(one: Candidate) -> list[Say]:
    if one.busy:
        return [
            {
                "zh": f"在办 {one.busy}（无人员危险），可改派",
                "en": f"busy with {one.busy} (no life at risk): may be reassigned",
            }
        ]
    ready = READINESS[one.readiness]
    return [{"zh": f"待命・{ready.zh}", "en": f"free, {ready.en.lower()}"}]


def _able(need: Need, known: Sequence[Candidate]) -> dict[str, tuple[int, int]]:
    able = {}
    for skill in need.skills:
        having = [one for one in known if skill in one.skills and one.on_duty]
        able[skill] = len(having), sum(1 for one in having if not one.busy)
    return able


def shortfalls(need: Need, able: Mapping[str, tuple[int, int]]) -> list[Say]:
    """Skills that nobody on duty has, or only the busy have; `able`: skill → (teams on duty that have it, free ones)."""
    found: list[Say] = []
    for skill in need.skills:
        have, free = able[skill]
        label = SKILLS[skill]
        if not have:
            found.append(
                {"zh": f"{label.zh} 0 支，可报上级请调", "en": f"{label.en}: none, ask the level above"}
            )
        elif not free:
            found.append({"zh": f"{label.zh} {have} 支均在办", "en": f"{label.en}: all {have} busy"})
    return found
