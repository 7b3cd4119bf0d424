"""Casualty figures: statements stand side by side, one is chosen for reports; levels are suggested, never set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from command.core import clock
from command.core.actions import Tx
from command.incidents import levels
from command.incidents.events import FigureChanged, FigureStated
from command.incidents.kinds import KINDS
from command.incidents.models import Figure, Incident
from command.incidents.queries import FIGURES, parties
from command.incidents.words import CASUALTY_FIELDS


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
    for name, value in numbers.items():
        old = _statements(tx, incident.id, name)
        same = [one for one in old if one.source == source]
        chosen = not old or any(one.chosen for one in same)
        row = tx.add(
            Figure(
                incident_id=incident.id,
                came_from=None,
                field=name,
                value=value,
                as_of=as_of or tx.at,
                source=source,
                confirmed=confirmed,
                chosen=False,
                by=tx.actor.name,
                at=tx.at,
            )
        )
        if chosen:
            choose(tx, row, quiet=True)
        tx.say(FigureStated(record=tx.show(FIGURES, row), parties=parties(tx.session, incident.id)))


def choose(tx: Tx, figure: Figure, *, quiet: bool = False) -> None:
    """Make this statement the one that is reported."""
    for other in _statements(tx, figure.incident_id, figure.field):
        if other.chosen and other.id != figure.id:
            other.chosen = False
            tx.touch(other)
            tx.say(
                FigureChanged(record=tx.show(FIGURES, other), parties=parties(tx.session, figure.incident_id))
            )
    figure.chosen = True
    if quiet:
        tx.session.flush()
        return
    tx.touch(figure)
    tx.say(FigureChanged(record=tx.show(FIGURES, figure), parties=parties(tx.session, figure.incident_id)))


def _statements(tx: Tx, incident_id: str, field: str) -> list[Figure]:
    query = (
        sa.select(Figure).where(Figure.incident_id == incident_id, Figure.field == field).order_by(Figure.id)
    )
    return list(tx.session.execute(query).scalars())


def summarise(tx: Tx, incident: Incident) -> None:
    """Bring the incident's summary up to date: the reporting figures, what competes, both suggested levels, 较大涉险."""
    query = sa.select(Figure).where(Figure.incident_id == incident.id).order_by(Figure.as_of, Figure.id)
    rows = tx.session.execute(query).scalars().all()
    latest: dict[tuple[str, str | None], Figure] = {(row.field, row.source): row for row in rows}
    chosen = {row.field: row for row in rows if row.chosen}
    incident.casualties = {name: chosen[name].value if name in chosen else None for name in CASUALTY_FIELDS}
    incident.figures = {name: _summary(row, latest) for name, row in chosen.items()}
    weigh(incident, chosen, latest)
    tx.session.flush()


def nothing_said(incident: Incident) -> None:
    """The summary of an incident of which no figure was stated: every number not reported."""
    incident.casualties, incident.figures = dict.fromkeys(CASUALTY_FIELDS), {}
    weigh(incident, {}, {})


def _summary(row: Figure, latest: dict[tuple[str, str | None], Figure]) -> dict[str, Any]:
    others = sorted(
        {
            one.value
            for (name, _), one in latest.items()
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


def weigh(
    incident: Incident, chosen: dict[str, Figure], latest: dict[tuple[str, str | None], Figure]
) -> None:
    """Suggest levels from the figures: confirmed ones only, and the worst that is said."""
    sure = {name: levels.Figure(row.value, row.confirmed) for name, row in chosen.items()}
    worst = dict(sure)
    for (name, _), row in latest.items():
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
