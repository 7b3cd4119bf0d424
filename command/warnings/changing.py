"""What a change does to a warning's row, and what follows from where it stands: its time, its list, its alarm."""

from __future__ import annotations

from typing import Any

from command.core.access import COUNTY
from command.core.actions import Tx
from command.warnings import duties, ground
from command.warnings.contract import Content, WarningOut, title_of
from command.warnings.events import WarningDutiesOpened, WarningEvent
from command.warnings.models import WarningRow
from command.warnings.queries import WARNINGS

EXPIRE, WAITS = "warning.expire:", "warning_waits:"
PLAIN = ("category", "level", "start_at", "ends_at", "issuer", "issued_at")
SAID = ("headline", "advice", "measures")
GRAVE = ("red", "orange")


def values_of(tx: Tx, wish: Content, row: WarningRow | None) -> dict[str, Any]:
    """The columns that an input changes; what it leaves out stays."""
    found = {name: value for name in PLAIN if (value := getattr(wish, name)) is not None}
    if wish.area is not None:
        found["area"] = {"codes": wish.area.codes, "shape": wish.area.shape, "elsewhere": False}
        found["struck"] = ground.struck(tx.session, wish.area.codes, wish.area.shape)
    texts = {lang: dict((row.texts.get(lang) if row else None) or {}) for lang in ("zh", "en")}
    given = {name: value for name in SAID if (value := getattr(wish, name)) is not None}
    if wish.area is not None:
        given["area"] = wish.area.text or "、".join(ground.name_of(code) for code in wish.area.codes) or None
    english = {} if wish.en is None else wish.en.model_dump(exclude_none=True)
    if given or english:
        empty = dict.fromkeys((*SAID, "area"))
        found["texts"] = {
            "zh": {**empty, **texts["zh"], **given} if texts["zh"] or given else None,
            "en": {**empty, **texts["en"], **english} if texts["en"] or english else None,
        }
    return found


def put(row: WarningRow, values: dict[str, Any]) -> None:
    """Let a row say these values."""
    for name, value in values.items():
        setattr(row, name, value)


def promise(tx: Tx, row: WarningRow) -> None:
    """It runs out by itself when its time is over."""
    tx.call_off(EXPIRE + row.id)
    if row.live and row.ends_at is not None and row.state not in ("draft", "reviewing"):
        tx.due(row.ends_at, "warning.expire", {"id": row.id}, key=EXPIRE + row.id)


def open_duties(tx: Tx, row: WarningRow) -> bool:
    """Open what the law asks for at its level. Returns whether anything was added."""
    fresh = duties.opened(tx.session, tx.node, row.level or "blue", row.checks)
    grew = len(fresh) > len(row.checks)
    row.checks = fresh
    return grew


def say(
    tx: Tx, row: WarningRow, event: type[WarningEvent], *, duties_opened: bool = False, said: Any = None
) -> WarningOut:
    """Count the change and say it."""
    tx.touch(row)
    shown = tx.show(WARNINGS, row)
    tx.say(event(record=shown, said=said or {}))
    if duties_opened:
        tx.say(WarningDutiesOpened(record=shown))
    return shown


def wait(tx: Tx, row: WarningRow) -> None:
    """A grave warning that nobody passed on yet calls at the county's desk."""
    level = (row.pending or {}).get("level") or row.level
    if level not in GRAVE:
        return
    title = title_of(row.category, row.event, level)
    update = row.pending is not None
    tx.act(
        "alarm.raise",
        {
            "cause": WAITS + row.id, "rank": 2,
            "title": {
                "zh": f"{title['zh']}{'更新' if update else ''}待转发",
                "en": f"{title['en']}: {'update ' if update else ''}waits to be passed on",
            },
            "detail": {"zh": f"{row.issuer}・请核对后转发", "en": f"{row.issuer}: check it, then relay it"},
            "centre": tx.node, "parties": [COUNTY],
        },
        as_system=True,
    )  # fmt: skip


def settle(tx: Tx, row: WarningRow) -> None:
    """Nothing waits any more."""
    tx.act("alarm.clear", {"cause": WAITS + row.id}, as_system=True)


def end(tx: Tx, row: WarningRow, how: str, reason: str | None) -> None:
    """It is over: nothing of it runs or calls any more."""
    row.live, row.ended_at, row.ended_how, row.ended_reason, row.pending = False, tx.now, how, reason, None
    tx.call_off(EXPIRE + row.id)
    settle(tx, row)
