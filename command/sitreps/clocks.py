"""Clocks of reports, without a database: which an incident sets going, what stops them, and how late a report was.

A clock is `{key, report, to, channel, basis, starts_at, due_at, levels, rules, state, met, cuts, why}`; several rules that ask for
the same thing are one clock, due by the strictest, and each keeps its own due time, so that "late by our rule, in time by law" is
answered. A minute limit includes its last moment (民法典第一千二百五十九条: 以内包括本数): who tells at the due time is in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from command.core import clock

Clock = dict[str, Any]
Figures = Mapping[str, int | None]
OPEN = frozenset({"pending", "running", "overdue"})
NEXT = {"township": "county", "county": "city"}
WRITTEN = frozenset({"fax", "network", "file", "print", "gateway"})
SAME = {"zh": "报出数与上次报送一致", "en": "the figures are again as reported"}
OTHERWISE = {"zh": "级别或规则已变，不再适用", "en": "level or rule changed: it applies no more"}
OVER = {"zh": "事件已按误报办结", "en": "it was dismissed"}
ENDED = {"zh": "应急响应已结束，转为补报", "en": "the response ended: a supplementary report instead"}


@dataclass(frozen=True)
class Facts:
    """What clocks depend on: the incident as one reporter has it."""

    reporter: str
    klass: str
    kinds: frozenset[str]
    level: str | None
    possible: frozenset[str]
    learned: datetime
    occurred: datetime
    changed: datetime
    gone: bool
    over: bool


def applies(rule: Mapping[str, Any], facts: Facts) -> str | None:
    """ "running" where a rule asks for a report now, "pending" where it would if the level were set as it is suggested."""
    if not rule["on"] or rule["frm"] not in (facts.reporter, "each"):
        return None
    if rule["klass"] not in ("any", facts.klass) or (rule["kinds"] and not facts.kinds & set(rule["kinds"])):
        return None
    if not rule["levels"] or facts.level in rule["levels"]:
        return "running"
    return "pending" if facts.level is None and facts.possible & set(rule["levels"]) else None


def recipient(rule: Mapping[str, Any], reporter: str) -> str | None:
    """To whom a rule sends this reporter."""
    to: str | None = NEXT.get(reporter) if rule["to"] == "next" else rule["to"]
    return to


def wanted(rules: Iterable[Mapping[str, Any]], facts: Facts, report: str) -> dict[tuple[str, str], Clock]:
    """The clocks that the rules ask for, by recipient and channel; what any channel serves goes with the telephone."""
    starts = {"occurred": facts.occurred, "changed": facts.changed}
    found: dict[tuple[str, str], Clock] = {}
    asked = [
        (one, applies(one, facts), recipient(one, facts.reporter)) for one in rules if one["report"] == report
    ]
    calls = {
        to for one, state, to in asked if state == "running" and one["channel"] == "phone" and one["minutes"]
    }
    for rule, state, to in sorted(asked, key=lambda row: row[1] != "running"):
        if state is None or to is None or rule["minutes"] is None:
            continue
        channel = (
            "phone" if rule["channel"] == "any" and state == "running" and to in calls else rule["channel"]
        )
        one = found.setdefault((to, channel), _fresh(report, to, channel, state, rule))
        if one["state"] == state:  # what waits for a level hurries nothing that runs
            one["rules"].append(_asks(rule, starts.get(rule["clock"], facts.learned)))
    for one in found.values():
        one["rules"].sort(key=lambda rule: (rule["due_at"], rule["code"]))
        first = one["rules"][0]
        one.update(basis=first["clock"], starts_at=first["starts_at"], due_at=first["due_at"])
    return found


def _fresh(report: str, to: str, channel: str, state: str, rule: Mapping[str, Any]) -> Clock:
    return {
        "report": report, "to": to, "channel": channel, "rules": [], "state": state, "levels": list(rule["levels"]),
        "met": None, "cuts": [], "why": None,
    }  # fmt: skip


def _asks(rule: Mapping[str, Any], start: datetime) -> dict[str, Any]:
    said = {name: rule[name] for name in ("code", "minutes", "source", "mark", "clock")}
    due = start + timedelta(minutes=rule["minutes"])
    return {**said, "starts_at": clock.wire(start), "due_at": clock.wire(due)}


def too(rules: Iterable[Mapping[str, Any]], facts: Facts) -> list[str]:
    """Who is told too, without a clock."""
    found = [
        recipient(one, facts.reporter)
        for one in rules
        if one["minutes"] is None and applies(one, facts) == "running"
    ]
    return sorted({to for to in found if to})


def differing(told: Figures, now: Figures) -> dict[str, dict[str, int | None]]:
    """Which figures are other than they were told."""
    names = [*told, *(name for name in now if name not in told)]
    return {
        name: {"from": told.get(name), "to": now.get(name)}
        for name in names
        if told.get(name) != now.get(name)
    }


def follow(
    clocks: Sequence[Clock],
    rules: Sequence[Mapping[str, Any]],
    facts: Facts,
    last: Mapping[str, Any],
    figures: Figures,
) -> list[Clock]:
    """The clocks after the incident, its figures or the rules changed."""
    kept = [dict(one) for one in clocks]
    if facts.gone:
        return [_close(one, "dropped", OVER) if one["state"] in OPEN else one for one in kept]
    firsts = wanted(rules, facts, "first")
    for one in kept:
        if one["report"] == "first":
            _renew(one, firsts.pop((one["to"], one["channel"]), None))
    if not facts.over or any(one["report"] == "first" for one in kept):
        kept += [{"key": f"first:{to}:{channel}", **one} for (to, channel), one in firsts.items()]
    return _changes(kept, rules, facts, last, figures)


def _renew(one: Clock, wish: Clock | None) -> None:
    if one["state"] not in OPEN:
        return
    if wish is None:
        _close(one, "dropped", OTHERWISE)
        return
    state = one["state"] if one["state"] == "overdue" and one["due_at"] == wish["due_at"] else wish["state"]
    one.update({**wish, "state": state, "cuts": one["cuts"]})


def _changes(
    kept: list[Clock],
    rules: Sequence[Mapping[str, Any]],
    facts: Facts,
    last: Mapping[str, Any],
    figures: Figures,
) -> list[Clock]:
    report = "supplement" if facts.over else "followup"
    asks = wanted(rules, facts, report)
    for to, told in last.items():
        differs = differing(told["figures"], figures)
        for one in kept:
            if one["to"] == to and one["report"] != "first" and one["state"] in OPEN:
                if not differs:
                    _close(one, "dropped", SAME)
                elif one["report"] != report:
                    _close(one, "dropped", ENDED if facts.over else OTHERWISE)
        running = {
            (one["to"], one["channel"]) for one in kept if one["report"] == report and one["state"] in OPEN
        }
        for (whom, channel), wish in asks.items():
            if differs and whom == to and (whom, channel) not in running:
                count = sum(one["report"] == report and one["to"] == to for one in kept)
                kept.append({"key": f"{report}:{to}:{channel}:{count + 1}", **wish})
    return kept


def _close(one: Clock, state: str, why: dict[str, str] | None) -> Clock:
    one["state"], one["why"] = state, why
    return one


def serves(one: Clock, channel: str) -> bool:
    """Whether a report by this channel is what the clock asks for: words on paper serve also where a call was asked for."""
    return one["channel"] != "written" or channel in WRITTEN


def lateness(one: Clock, at: datetime, *, proxy: bool) -> dict[str, Any]:
    """How late a report was that was given at a time: by the strictest rule, by each, and why it does not count, if so."""
    each = [
        {
            "code": rule["code"],
            "source": rule["source"],
            "mark": rule["mark"],
            "late_s": _late(at, rule["due_at"]),
        }
        for rule in one["rules"]
    ]
    late_s = _late(at, one["due_at"])
    excluded = None
    if late_s:
        excluded = "proxy" if proxy else "cut" if cut_within(one, at) else None
    return {"late_s": late_s, "each": each, "excluded": excluded}


def _late(at: datetime, due: str) -> int:
    over = (at - datetime.fromisoformat(due)).total_seconds()
    return 0 if over <= 0 else max(1, int(over))


def cut_within(one: Clock, at: datetime) -> bool:
    """Whether the line was cut at some moment between the start of the clock and its due time."""
    starts, due = datetime.fromisoformat(one["starts_at"]), datetime.fromisoformat(one["due_at"])
    for cut in one["cuts"]:
        began, ended = datetime.fromisoformat(cut["from"]), cut["to"] and datetime.fromisoformat(cut["to"])
        if began < min(due, at) and (ended is None or ended > starts):
            return True
    return False


def next_due(clocks: Iterable[Clock]) -> datetime | None:
    """When the next running clock runs out."""
    times = [datetime.fromisoformat(one["due_at"]) for one in clocks if one["state"] == "running"]
    return min(times, default=None)
