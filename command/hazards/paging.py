"""A page of a long register, and how many there are of what is sought: so that no screen is sent all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from command.core.queries import View, Wish
from command.core.records import Criterion, RecordType
from command.core.sight import told
from command.places import register

MOST = 500
FEW_LETTERS = 2


class Page(Wish):
    """How many, and after which one."""

    limit: int = Field(50, ge=1, le=MOST)
    after: str | None = Field(None, max_length=36)

    def answer(self, view: View, kind: RecordType[Any, Any], rows: Sequence[Any]) -> dict[str, Any]:
        """The page of one row more than was asked for: as the actor may know them, and where the next begins."""
        shown = kind.show(view.session, rows[: self.limit])
        more = len(rows) > self.limit
        return {
            "items": [told(view.actor, one).model_dump() for one in shown],
            "next": shown[-1].id if more else None,
        }


def words_of(text: str) -> list[str]:
    """What was typed, word by word."""
    return text.lower().split()[:6]


def any_of(word: str, said: Iterable[Any], village: Any, centre: Any) -> Criterion:
    """SQL: a word stands in one of these texts, or is how the village or the township is called."""
    codes = _called(word)
    by_name = [column.in_(codes) for column in (village, centre)] if codes else []
    return sa.or_(*(one.icontains(word, autoescape=True) for one in said), *by_name)


def _called(word: str) -> list[str]:
    """Villages and townships of that name, or whose pinyin or initials begin so."""
    if len(word) < FEW_LETTERS:
        return []
    return [
        one.code
        for one in (*register.townships(), *register.villages())
        if word in one.name or one.initials.startswith(word) or "".join(one.pinyin.split()).startswith(word)
    ]


def counted(
    view: View, thing: Any, among: Sequence[Criterion], of: Mapping[str, Criterion]
) -> dict[str, int]:
    """How many there are of each, in one walk."""
    columns = [sa.func.sum(sa.case((criterion, 1), else_=0)).label(name) for name, criterion in of.items()]
    row = view.session.execute(sa.select(sa.func.count(thing), *columns).where(*among)).one()
    return {name: int(getattr(row, name) or 0) for name in of}
