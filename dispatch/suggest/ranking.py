"""Ranking, pure: candidates in, order and reasons out. Life risk weighs more than level; nothing is hidden in a score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dispatch.teams.words import ORDER_MODES, READINESS, SKILLS
from geo.distance import metres

ROAD_FACTOR = 1.4
SPEED_MS = 40 / 3.6
STALE = timedelta(minutes=15)
FAR_S = 3600
# What the most useful skill is worth against the next: minutes of driving, so that water rescue goes before a nearer medic.
SKILL_STEP_S = 480
Say = dict[str, str]
TURNOUT_S = {"L1": 60, "L2": 180, "L3": 480}


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
class Candidate:
    """A team as the ranking sees it. `busy` names what it does now; `spare`: that has no life at risk."""

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


@dataclass(frozen=True)
class Ranked:
    """A team worth sending: how far, how long, why."""

    candidate: Candidate
    distance_m: int | None
    eta_s: int | None
    estimate: bool
    reasons: tuple[Say, ...]
    key: tuple[float, ...] = field(compare=False)


@dataclass(frozen=True)
class Outcome:
    """The order of those worth sending, why the others are not, and what nobody can do."""

    ranked: list[Ranked]
    left_out: list[tuple[Candidate, Say]]
    shortfalls: list[Say]


def rank(need: Need, candidates: Iterable[Candidate], now: datetime) -> Outcome:
    """Order candidates: capable before not, free before busy, sooner before later; own township first when the place is schematic."""
    ranked: list[Ranked] = []
    left_out: list[tuple[Candidate, Say]] = []
    known = list(candidates)
    for one in known:
        found = _weigh(need, one, now)
        if isinstance(found, Ranked):
            ranked.append(found)
        else:
            left_out.append((one, found))
    ranked.sort(key=lambda one: one.key)
    return Outcome(ranked, left_out, _shortfalls(need, known))


def _weigh(need: Need, one: Candidate, now: datetime) -> Ranked | Say:
    if one.here:
        return {"zh": "已派往本事件", "en": "already sent here"}
    if not one.on_duty:
        return {"zh": "未备勤", "en": "off duty"}
    fit = [skill for skill in need.skills if skill in one.skills]
    if need.skills and not fit:
        return {"zh": "无所需能力", "en": "lacks the skills needed"}
    if one.busy and not (need.life_risk == "people" and one.spare):
        return {"zh": f"在办 {one.busy}", "en": f"busy with {one.busy}"}
    distance, eta = _travel(need, one)
    if eta is not None and eta > FAR_S and need.life_risk != "people":
        return {"zh": f"路程约 {eta // 60} 分，超过 60 分", "en": f"about {eta // 60} min away, over 60"}
    own = one.centre == need.township
    reasons = [*_fit_reasons(fit), *_place_reasons(need, one, now, own), *_state_reasons(one)]
    estimate = True
    home_first = 0.0 if need.schematic and own else 1.0 if need.schematic else 0.0
    best = need.skills.index(fit[0]) if fit else len(need.skills)
    key = (
        1.0 if one.busy else 0.0,
        home_first,
        float(eta if eta is not None else 10**6) + SKILL_STEP_S * best,
        len(one.id),
    )
    return Ranked(one, distance, eta, estimate, tuple(reasons), key)


def _travel(need: Need, one: Candidate) -> tuple[int | None, int | None]:
    """(road metres, seconds until it is there): straight line × factor, and the time its order mode and readiness take."""
    turnout = ORDER_MODES[one.mode].accept_s + TURNOUT_S.get(one.readiness, 480)
    if one.lon is None or one.lat is None:
        return None, None
    distance = metres(one.lon, one.lat, need.lon, need.lat) * ROAD_FACTOR
    return round(distance), round(distance / SPEED_MS + turnout)


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


def _shortfalls(need: Need, known: Sequence[Candidate]) -> list[Say]:
    """Skills that nobody on duty has, or only the busy have."""
    found: list[Say] = []
    for skill in need.skills:
        able = [one for one in known if skill in one.skills and one.on_duty]
        label = SKILLS[skill]
        if not able:
            found.append(
                {"zh": f"{label.zh} 0 支，可报上级请调", "en": f"{label.en}: none, ask the level above"}
            )
        elif all(one.busy for one in able):
            found.append(
                {"zh": f"{label.zh} {len(able)} 支均在办", "en": f"{label.en}: all {len(able)} busy"}
            )
    return found
