"""Lists: filters by name, a page at a time, in one order; only what the actor may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import records, sight
from command.core.access import Actor
from command.core.errors import Invalid
from command.core.records import AnyRecord, Criterion
from command.core.store import spatial

DEFAULT, MOST = 50, 1000


@dataclass(frozen=True)
class Asked:
    """What part of a list is asked for."""

    limit: int
    after: str | None
    criteria: tuple[Criterion, ...]
    near: tuple[float, float, float] | None


def parse(kind: AnyRecord, arguments: dict[str, str]) -> Asked:
    """The list's arguments, or Invalid for one that it does not know."""
    given = dict(arguments)
    given.pop("lang", None)
    limit = limit_of(given.pop("limit", None))
    after = given.pop("after", None) or None
    criteria = []
    if (box := given.pop("bbox", None)) is not None and kind.place is not None:
        criteria.append(spatial.in_box(kind.place, *spatial.parse_box(box)))
    near = None
    if (text := given.pop("near", None)) is not None and kind.place is not None:
        lon, lat = spatial.parse_near(text)
        near = (lon, lat, _metres(given.pop("within", None)))
    for name, value in given.items():
        if name not in kind.filters:
            known = [*kind.filters, *(("bbox", "near", "within") if kind.place is not None else ())]
            raise Invalid(
                f"{name[:40]}: filters are {', '.join(['limit', 'after', *known])}",
                zh=f"没有筛选项 {name[:40]}：可用 {'、'.join(['limit', 'after', *known])}",
            )
        if "\x00" in value:
            raise Invalid(f"{name}: not a text", zh=f"{name} 不是文字")
        criteria.append(kind.filters[name](value))
    if after is not None and "\x00" in after:
        raise Invalid("after: not a place in this list", zh="after 不是此列表中的位置")
    return Asked(limit, after, tuple(criteria), near)


def limit_of(text: str | None) -> int:
    """How many are asked for, within what is given at once."""
    if text is None:
        return DEFAULT
    if not text.isdigit() or int(text[:9]) < 1:
        raise Invalid("limit: a whole number from 1", zh="limit 须为不小于 1 的整数")
    return min(int(text[:9]), MOST)


def _metres(text: str | None) -> float:
    try:
        metres = float(text or "10000")
    except ValueError:
        raise Invalid("within: metres", zh="within 须为米数") from None
    if not 0 <= metres <= 1e7:
        raise Invalid("within: metres, up to 10,000,000", zh="within 须为米数，不超过 10000000")
    return metres


def page(session: Session, kind: AnyRecord, actor: Actor, asked: Asked) -> dict[str, Any]:
    """One page: {items, next}; `next` is where the following page begins, null at the end."""
    query = sa.select(kind.model).where(kind.visible(actor), *asked.criteria)
    if asked.near is not None:
        lon, lat, metres = asked.near
        query = query.where(spatial.within_metres(session, kind.place, lon, lat, metres))
    if asked.after is not None:
        query = query.where(kind.model.id > asked.after)
    rows = session.execute(query.order_by(kind.model.id).limit(asked.limit + 1)).scalars().all()
    shown = records.fill(session, kind.kind, kind.show(session, rows[: asked.limit]))
    more = len(rows) > asked.limit
    return {
        "items": [sight.told(actor, one).model_dump() for one in shown],
        "next": shown[-1].id if more else None,
    }
