"""Writes the second half of docs/words.md: every label of the code in Chinese and English.

python scripts/make_words.py          writes
python scripts/make_words.py --check  exits 1 if the page differs
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from command.core.flow import Flow
from command.dangers import words as danger
from command.hazards import kinds as hazard_kinds
from command.hazards import words as hazard
from command.incidents import words as incident
from command.incidents.kinds import classes
from command.places.cameras import words as camera
from command.roads import words as road
from command.sitreps import words as sitrep
from dispatch.tasks.flow import TASK_FLOW
from dispatch.teams import words as team

PAGE = ROOT / "docs" / "words.md"
MARK = "<!-- From here on made from the code by scripts/make_words.py; a test compares. -->\n"
Row = tuple[str, str, str]
HAZARD_TABLES = {
    "Hazards: types": hazard_kinds.TYPES,
    **{f"Hazards: forms of {hazard_kinds.TYPES[c].en}": rows for c, rows in hazard_kinds.ITEMS.items()},
    "Hazards: grades": hazard.LEVELS,
    "Hazards: sources": hazard.SOURCES,
    "Hazards: the five fulfilments": hazard.FIVE,
    "Hazards: the three duties": hazard.DUTIES,
    "Hazards: interim measures": hazard.INTERIM,
    "Hazards: photos by stage": hazard.STAGES,
    "Hazards: how closed": hazard.CLOSED_HOW,
    "Hazards: reminders": hazard.CLIMB,
    "Hazards: papers": hazard.NOTICES,
    "Risk colours": hazard.COLOURS,
}


SITREP_TABLES = {
    "Reports: kinds": sitrep.KINDS,
    "Reports: recipients": sitrep.RECIPIENTS,
    "Reports: channels": sitrep.CHANNELS,
    "Reports: states of a clock": sitrep.CLOCK_STATES,
    "Reports: what a clock counts from": sitrep.BASES,
    "Reports: evidence of a rule": sitrep.MARKS,
    "Reports: sections": sitrep.SECTIONS,
    "Reports: not counted as late": sitrep.EXCLUDED,
    "Requests for information": sitrep.REQUEST_STATES,
}


def page(before: str) -> str:
    """The whole page: what people wrote, then the tables."""
    head = before.split(MARK)[0]
    return head + MARK + "".join(f"\n## {title}\n{_table(rows)}" for title, rows in _tables())


def _tables() -> Iterator[tuple[str, Iterable[Row]]]:
    yield "States of an incident", _flow(incident.INCIDENT_FLOW)
    yield "States of a task", _flow(TASK_FLOW)
    yield "Incident levels", [(w.zh, w.en, c) for c, w in incident.LEVELS.items()]
    yield "Life risk", [(w.zh, w.en, c) for c, w in incident.LIFE_RISK.items()]
    yield "Casualties", [(w.zh, w.en, c) for c, w in incident.CASUALTY_FIELDS.items()]
    yield "Other figures", [(w.zh, w.en, c) for c, w in incident.SIZE_FIELDS.items()]
    for title, table in (("Vehicles", road.VEHICLES), ("Why a road is closed", road.CAUSES), ("States of a closure", road.CLOSURE_STATES),
                         ("On what a time rests", road.BASIS), ("Roads", road.ROAD_CLASSES)):  # fmt: skip
        yield title, [(w.zh, w.en, c) for c, w in table.items()]
    yield "Danger areas", [(w.zh, w.en, c) for c, w in danger.SORTS.items()]
    yield "What to do in a danger area", [(w.zh, w.en, c) for c, w in danger.ADVICE.items()]
    yield "States of a danger area", [(w.zh, w.en, c) for c, w in danger.STATES.items()]
    for title, seen in (("States of a camera", camera.STATES), ("Why somebody watches a camera", camera.PURPOSES),
                        ("Why a camera gives no picture", camera.REASONS)):  # fmt: skip
        yield title, [(w.zh, w.en, c) for c, w in seen.items()]
    yield "Order modes", [(m.zh, m.en, c) for c, m in team.ORDER_MODES.items()]
    yield "Team types", [(t.zh, t.en, c) for c, t in team.TEAM_TYPES.items()]
    yield "Skills", [(w.zh, w.en, c) for c, w in team.SKILLS.items()]
    yield "Readiness and status", [(w.zh, w.en, c) for c, w in (team.READINESS | team.TEAM_STATUS).items()]
    yield "States of a hazard", _flow(hazard.HAZARD_FLOW)
    for title, table in HAZARD_TABLES.items():
        yield title, [(w.zh, w.en, c) for c, w in table.items()]
    yield "States of a report", _flow(sitrep.REPORT_FLOW)
    for title, table in SITREP_TABLES.items():
        yield title, [(w.zh, w.en, c) for c, w in table.items()]
    for klass, types in classes():
        rows = [(klass.zh, klass.en, klass.code)]
        for head, subtypes in types:
            rows += [(k.zh, k.en, k.code) for k in (head, *subtypes)]
        yield f"Kinds: {klass.en}", rows


def _flow(flow: Flow) -> list[Row]:
    return [(flow.zh[s], flow.en[s], s) for s in flow.states]


def _table(rows: Iterable[Row]) -> str:
    return "| zh | en | code |\n|---|---|---|\n" + "".join(f"| {zh} | {en} | `{c}` |\n" for zh, en, c in rows)


if __name__ == "__main__":
    now = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        sys.exit(0 if page(now) == now else "docs/words.md differs: run python scripts/make_words.py")
    PAGE.write_text(page(now), encoding="utf-8")
