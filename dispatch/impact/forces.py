"""Which teams can be there within 15, 30 and 60 minutes: over the roads where a net is in force, else by the straight line."""

from __future__ import annotations

from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from command.core import clock
from command.core.queries import View
from command.roads.travelling import basis_of
from command.roads.ways import Ways, straight_trip, trips
from dispatch.suggest.columns import Columns
from dispatch.suggest.muster import muster
from dispatch.teams.models import Team, TeamState
from dispatch.teams.queries import ABSENT, team_visible
from dispatch.teams.words import TEAM_STATUS, TEAM_TYPES, vehicle_of
from dispatch.tracking import latest
from geo.nearest import nearest
from geo.reach import MINUTES, within

TIMED = 200
"""So many of the nearest by the straight line are asked for their time."""
FASTEST_MS = 120 / 3.6
"""Nobody comes faster than this along the straight line: who is farther than its hour needs no clock."""
LISTED = 12
Flags = NDArray[np.bool_]


def forces(view: View, goal: tuple[float, float], roads: Ways | None) -> dict[str, Any]:
    """The teams on duty that the actor may see, by when they can be at a place; what is not timed is counted."""
    teams = muster(view.session)
    lon, lat = _places(view, teams)
    seen = _seen(view, teams)
    ready = seen & teams.on_duty
    awake = np.flatnonzero(ready)
    near, away = nearest(*goal, lon[awake], lat[awake], TIMED)
    timed = awake[near[away <= FASTEST_MS * MINUTES[-1] * 60]]
    items = _timed(
        view,
        [teams.ids[one] for one in timed.tolist()],
        lon[timed],
        lat[timed],
        teams.turnout_s[timed],
        goal,
        roads,
    )
    bands = within([one["eta_s"] if one["eta_s"] is not None else np.inf for one in items], MINUTES)
    told, sofar = [], 0
    for minutes, places in bands.items():
        sofar += len(places)
        told.append(
            {
                "minutes": minutes,
                "count": len(places),
                "by_then": sofar,
                "items": [items[one] for one in places[:LISTED]],
            }
        )
    placed = ready & ~np.isnan(lon)
    return {
        "bands": told,
        "cut_off": [one for one in items if one["eta_s"] is None][:LISTED],
        "later": int(placed.sum()) - sofar - sum(1 for one in items if one["eta_s"] is None),
        "unplaced": int((ready & np.isnan(lon)).sum()),
        "off_duty": int((seen & ~teams.on_duty).sum()),
        "timed": len(items),
        "basis": basis_of(roads),
    }  # fmt: skip


def _seen(view: View, teams: Columns) -> Flags:
    seen: Flags = np.ones(len(teams), dtype=np.bool_)
    if not view.actor.county:
        seen[:] = False
        query = sa.select(Team.id).where(team_visible(view.actor))
        seen[[teams.place[one] for one in view.session.execute(query).scalars() if one in teams.place]] = True
    return seen


def _places(view: View, teams: Columns) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where each is: its last position, else its base; nan where neither is known."""
    lon, lat = teams.lon.copy(), teams.lat.copy()
    for team_id, fix in latest.of_world(view.world).items():
        place = teams.place.get(team_id)
        if place is not None:
            lon[place], lat[place] = fix.lon, fix.lat
    return lon, lat


def _timed(
    view: View,
    ids: list[str],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    turnout_s: NDArray[np.float64],
    goal: tuple[float, float],
    roads: Ways | None,
) -> list[dict[str, Any]]:
    """These teams with when they can be there: setting out and the way together, as a suggestion tells it."""
    query = (
        sa.select(Team.id, Team.name, Team.centre, Team.headcount, Team.type, TeamState.status)
        .outerjoin(TeamState, TeamState.team_id == Team.id)
        .where(Team.id.in_(ids), team_visible(view.actor))
    )
    rows = {row.id: row for row in view.session.execute(query)}
    known = [place for place, one in enumerate(ids) if one in rows]
    points = [(float(lon[place]), float(lat[place])) for place in known]
    vehicles = [vehicle_of(rows[ids[place]].type) for place in known]
    ways = trips(roads, points, vehicles, goal) if roads else [straight_trip(one, goal) for one in points]
    items = []
    for place, point, way in zip(known, points, ways, strict=True):
        row = rows[ids[place]]
        status = row.status or ABSENT.status
        fix = latest.get(view.world, row.id)
        eta = None if way.seconds is None else round(way.seconds + float(turnout_s[place]))
        items.append(
            {
                "id": row.id, "name": row.name, "centre": row.centre, "headcount": row.headcount,
                "type": {"code": row.type, "zh": TEAM_TYPES[row.type].zh, "en": TEAM_TYPES[row.type].en},
                "status": {"code": status, **TEAM_STATUS[status]._asdict()},
                "eta_s": eta, "drive_s": None if way.seconds is None else round(way.seconds),
                "distance_m": None if way.metres is None else round(way.metres), "basis": way.basis,
                "position_at": clock.wire(fix.at) if fix else None, "location": {"type": "Point", "coordinates": list(point)},
            }
        )  # fmt: skip
    return items
