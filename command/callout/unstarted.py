"""A grave warning in force whose townships nobody calls out: an alarm to who must begin it, cleared by the beginning. One promise for
each warning, at the time when it should have begun; the county hears which townships, each township of itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from command.callout.models import Callout, CalloutList
from command.callout.rules import Minutes
from command.centres.models import Centre
from command.core.access import COUNTY, centre_party
from command.core.actions import Tx, action
from command.core.queries import Wish
from command.core.settings import setting

WATCH = "callout.watch"
CAUSE = "callout_unstarted:"
# The 长治 mechanism asks for five minutes from call to answer; when a call-out must have begun it does not say: settings, and no law.
START_MIN = setting(
    "callout.start_min", Minutes, 10,
    zh="预警生效后多久未发起叫应即告警", en="Warning in force, nobody called out: alarm after", unit="min",
)  # fmt: skip
START_LEVELS = setting(
    "callout.start_levels", Annotated[list[Literal["red", "orange"]], Field(max_length=2)], ["red"],
    zh="哪些等级的预警须叫应（red 红、orange 橙）", en="Levels of warnings that must be called out (red, orange)",
)  # fmt: skip
RANK = {"red": 1, "orange": 2}
Warning = dict[str, Any]


class Watch(Wish):
    """Which warning."""

    warning_id: str = Field(max_length=36)


def watch_key(warning: str) -> str:
    """The name of the promise to look whether a warning's call-out has begun."""
    return f"{WATCH}:{warning}"


@action(WATCH, wish=Watch, inner=True, output=None)
def watch(tx: Tx, wish: Watch) -> None:
    """Look whether a warning's townships are called out: promised while there is time, an alarm once it is over."""
    found = next((one for one in tx.ask("warnings.in_force") if one["id"] == wish.warning_id), None)
    left = uncalled(tx.session, found) if found and must(tx.session, tx.node, found) else []
    towns = sa.select(Centre.id).where(Centre.kind == "township", Centre.id.not_in(left)).order_by(Centre.id)
    _clear(tx, wish.warning_id, list(tx.session.execute(towns).scalars()), whole=not left)
    if found is None or not left:
        tx.call_off(watch_key(wish.warning_id))
    elif tx.now < (at := due_at(tx.session, tx.node, found)):
        tx.due(at, WATCH, {"warning_id": wish.warning_id}, key=watch_key(wish.warning_id))
    else:
        tx.call_off(watch_key(wish.warning_id))
        for town in left:
            _raise(tx, found, [town], town)
        _raise(tx, found, left, None)


def begun(tx: Tx, towns: set[str]) -> None:
    """A call-out has begun in these townships: of each warning for which they were waited for, nobody waits for them any more."""
    for found in tx.ask("warnings.in_force"):
        here = towns & set(found["struck"])
        if not here or not must(tx.session, tx.node, found):
            continue
        left = uncalled(tx.session, found)
        _clear(tx, found["id"], sorted(here - set(left)), whole=not left)
        if not left:
            tx.call_off(watch_key(found["id"]))
        elif tx.now >= due_at(tx.session, tx.node, found) and here - set(left):
            _raise(tx, found, left, None)


def must(session: Session, node: str, found: Warning) -> bool:
    """Whether a warning of its level must be called out."""
    return found["level"] in START_LEVELS(session, node)


def due_at(session: Session, node: str, found: Warning) -> datetime:
    """When its call-out must have begun: so long after it was passed on, or its latest update was."""
    at: datetime = found["told_at"]
    return at + timedelta(minutes=START_MIN(session, node))


def uncalled(session: Session, found: Warning) -> list[str]:
    """The townships that a warning strikes in which no call-out was begun for it, nor by hand since it came into force."""
    joined = sa.and_(Callout.world == CalloutList.world, Callout.id == CalloutList.callout_id)
    by_hand = sa.and_(Callout.warning_id.is_(None), Callout.opened_at >= found["since"])
    wanted = sa.select(CalloutList.centre).join(Callout, joined)
    called = session.execute(wanted.where(sa.or_(Callout.warning_id == found["id"], by_hand))).scalars()
    return sorted(set(found["struck"]) - set(called))


def _clear(tx: Tx, warning: str, towns: list[str], *, whole: bool = True) -> None:
    for cause in [f"{CAUSE}{warning}:{town}" for town in towns] + [CAUSE + warning] * whole:
        tx.act("alarm.clear", {"cause": cause}, as_system=True)


def _raise(tx: Tx, found: Warning, left: list[str], town: str | None) -> None:
    """To the county's desk with all that are left, or to one township's of itself."""
    names = [tx.session.get_one(Centre, code).name for code in left]
    english = [tx.session.get_one(Centre, code).pinyin.capitalize() for code in left]
    minutes = START_MIN(tx.session, tx.node)
    tx.act(
        "alarm.raise",
        {
            "cause": CAUSE + found["id"] + (f":{town}" if town else ""), "rank": RANK[found["level"]],
            "title": {
                "zh": f"{found['title']['zh']}未叫应", "en": f"{found['title']['en']}: nobody is called out",
            },
            "detail": {
                "zh": f"生效已过 {minutes} 分钟，未发起叫应：{'、'.join(names)}。请按 Shift+C 发起",
                "en": f"In force for over {minutes} min, no call-out begun: {', '.join(english)}. Shift+C begins it",
            },
            "centre": town or tx.node[:6], "parties": [centre_party(town) if town else COUNTY],
        },
        as_system=True,
    )  # fmt: skip
