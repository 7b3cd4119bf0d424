"""Casualty figures: statements stand side by side, one is chosen for reports; levels are suggested, never set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from command.core import clock
from command.core.actions import Tx
from command.incidents import late, levels
from command.incidents.events import FigureChanged, FigureStated
from command.incidents.kinds import KINDS
from command.incidents.models import Figure, Incident
from command.incidents.queries import FIGURES, followers
from command.incidents.words import CASUALTY_FIELDS

Latest = dict[tuple[str, str | None, str | None], Figure]
"""The newest statement of each field by each who says it."""


def state(
    tx: Tx,
    incident: Incident,
    numbers: dict[str, int],
    *,
    as_of: datetime | None,
    source: str | None,
    confirmed: bool,
) -> None:
    """Write statements. The same source corrects itself; another source stands beside until a person chooses."""
    at = as_of or tx.at
    for name, value in numbers.items():
        old = [one for one in _statements(tx, incident.id, name) if not one.beyond]
        row = tx.add(
            Figure(
                incident_id=incident.id,
                came_from=None,
                field=name,
                value=value,
                as_of=at,
                source=source,
                confirmed=confirmed,
                chosen=False,
                beyond=late.beyond(incident, at),
                by=tx.actor.name,
                at=tx.at,
            )
        )
        if not row.beyond and _corrects(row, old):
            choose(tx, row, quiet=True)
        tx.say(FigureStated(record=tx.show(FIGURES, row), parties=followers(tx.session, incident.id)))


def _corrects(row: Figure, old: list[Figure]) -> bool:
    """Whether a new statement takes the place of the reporting one: the first does, and the same source's later word."""
    chosen = next((one for one in old if one.chosen), None)
    if chosen is None:
        return not old or speaker(row) in {speaker(one) for one in old}
    return speaker(chosen) == speaker(row) and chosen.as_of <= row.as_of


def speaker(row: Figure) -> tuple[str | None, str | None]:
    """Who says a figure: the source that is named, else the one who entered it."""
    return (row.source, None) if row.source else (None, row.by)


def choose(tx: Tx, figure: Figure, *, quiet: bool = False) -> None:
    """Make this statement the one that is reported."""
    for other in _statements(tx, figure.incident_id, figure.field):
        if other.chosen and other.id != figure.id:
            other.chosen = False
            _changed(tx, other)
    figure.chosen = True
    if quiet:
        tx.session.flush()
        return
    _changed(tx, figure)


def _changed(tx: Tx, figure: Figure) -> None:
    tx.touch(figure)
    heard = followers(tx.session, figure.incident_id)
    tx.say(FigureChanged(record=tx.show(FIGURES, figure), parties=heard))


def look_again(tx: Tx, incident: Incident) -> None:
    """The window was set anew: each statement lies within it or beyond, and what lies beyond is not reported."""
    for field in CASUALTY_FIELDS:
        rows = _statements(tx, incident.id, field)
        for row in rows:
            if row.beyond != late.beyond(incident, row.as_of):
                row.beyond = not row.beyond
                row.chosen = row.chosen and not row.beyond
                _changed(tx, row)
        within = [row for row in rows if not row.beyond]
        if within and not any(row.chosen for row in within):
            choose(tx, max(within, key=lambda row: (row.as_of, row.id)))


def _statements(tx: Tx, incident_id: str, field: str) -> list[Figure]:
    query = (
        sa.select(Figure).where(Figure.incident_id == incident_id, Figure.field == field).order_by(Figure.id)
    )
    return list(tx.session.execute(query).scalars())


def summarise(tx: Tx, incident: Incident, *, told: bool = False) -> None:
    """Bring the incident's summary up to date: the reporting figures, what competes, both suggested levels, 较大涉险.
    `told`: what they are now is no change of a report, because none was given yet, or they went with an incident."""
    before = dict(incident.casualties)
    query = sa.select(Figure).where(Figure.incident_id == incident.id).order_by(Figure.as_of, Figure.id)
    rows = [row for row in tx.session.execute(query).scalars() if not row.beyond]
    latest: Latest = {(row.field, *speaker(row)): row for row in rows}
    chosen = {row.field: row for row in rows if row.chosen}
    incident.casualties = {name: chosen[name].value if name in chosen else None for name in CASUALTY_FIELDS}
    incident.figures = {name: _summary(row, latest) for name, row in chosen.items()}
    if not told:
        late.note(tx, incident, before)
    weigh(incident, chosen, latest)
    tx.session.flush()


AT_RISK = ("missing", "trapped")


def endanger(incident: Incident, stated: dict[str, int], before: dict[str, int | None]) -> dict[str, Any]:
    """More people missing or trapped than were to be reported `before`: their lives are at risk, whatever was said of that. A
    figure that only stands beside makes it possible where nobody was in danger. A person takes it back; no figure does.
    Returns what the timeline adds."""
    now, old = (sum(numbers.get(name) or 0 for name in AT_RISK) for numbers in (incident.casualties, before))
    beside = incident.life_risk == "none" and any(stated.get(name) for name in AT_RISK)
    risk = "people" if now > old else "possible" if beside else incident.life_risk
    if risk == incident.life_risk:
        return {}
    incident.life_risk = risk
    return {"life_risk": risk}


def nothing_said(incident: Incident) -> None:
    """The summary of an incident of which no figure was stated: every number not reported."""
    incident.casualties, incident.figures = dict.fromkeys(CASUALTY_FIELDS), {}
    weigh(incident, {}, {})


def _summary(row: Figure, latest: Latest) -> dict[str, Any]:
    others = sorted(
        {
            one.value
            for (name, *_), one in latest.items()
            if name == row.field and one.id != row.id and one.value != row.value
        }
    )
    return {
        "value": row.value,
        "as_of": clock.wire(row.as_of),
        "source": row.source,
        "confirmed": row.confirmed,
        "figure_id": row.id,
        "others": others,
    }


def weigh(incident: Incident, chosen: dict[str, Figure], latest: Latest) -> None:
    """Suggest levels from the figures: confirmed ones only, and the worst that is said."""
    sure = {name: levels.Figure(row.value, row.confirmed) for name, row in chosen.items()}
    worst = dict(sure)
    for (name, *_), row in latest.items():
        if name not in worst or row.value > worst[name].value:
            worst[name] = levels.Figure(row.value, row.confirmed)
    for name in ("loss_wan", "area_ha", "magnitude"):
        if (value := getattr(incident, name)) is not None:
            sure[name] = worst[name] = levels.Figure(value, True)
    kind = KINDS[incident.kind]
    one, other = levels.suggest(kind, sure), levels.suggest(kind, worst)
    because = [*one.because, *(say for say in other.because if say not in one.because)]
    incident.level_suggested = {
        "confirmed": one.confirmed,
        "possible": other.possible,
        "because": [{"zh": say.zh, "en": say.en} for say in because],
    }
    incident.dangerous = bool(levels.dangerous(worst))
