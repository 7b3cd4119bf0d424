"""Names, numbers, places and notes of families and of people in care: sealed under an incident's own keys, one for families and one
for care; the journal holds ids and salted commitments only (RULES 8). Destroyed with the incident's personal data."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from command.core import canonical, ids, personal, seal
from command.core.actions import Tx
from command.core.errors import Conflict, Gone, Invalid
from command.core.queries import View, query
from command.tracks.contract import NamesIn
from command.tracks.models import Family, TrackKey, TrackSecret

FAMILY, CARE = "family", "care"
TOKEN = re.compile(r"〔姓名(\d{1,3})〕")
NAMES = ("victim", "relative")
personal.personal(
    "track.secret", TrackSecret, of="incident", by=TrackSecret.incident_id,
    zh="家属对接与心理援助记录", en="families in touch and notes of care",
)  # fmt: skip
personal.personal(
    "track.key", TrackKey, of="incident", by=TrackKey.incident_id,
    zh="家属与心理援助密钥", en="keys of families and care",
)  # fmt: skip


def keep(tx: Tx, incident: str, part: str, about: str, sort: str, value: dict[str, Any]) -> dict[str, Any]:
    """Seal something about a thing. Returns what the journal may hold."""
    said, salt = canonical.dump(value), os.urandom(16)
    row = tx.add(
        TrackSecret(
            id=ids.new_id(), incident_id=incident, about=about, part=part, sort=sort, by_id=tx.actor.id, salt=salt,
            sealed=seal.seal(_key(tx, incident, part), said),
        )
    )  # fmt: skip
    return {"id": row.id, "commitment": seal.commitment(salt, said)}


def renew(tx: Tx, incident: str, part: str, about: str, sort: str, value: dict[str, Any]) -> dict[str, Any]:
    """Seal anew what stood before: the earlier words are destroyed."""
    gone = sa.delete(TrackSecret).where(TrackSecret.about == about, TrackSecret.sort == sort)
    tx.session.execute(gone)
    return keep(tx, incident, part, about, sort, value)


def _key(tx: Tx, incident: str, part: str) -> str:
    row = tx.session.get(TrackKey, (tx.world, incident, part))
    if row is None:
        fresh = os.urandom(32).hex()
        tx.add(TrackKey(incident_id=incident, part=part, sealed=seal.seal(tx.secret, fresh.encode())))
        return fresh
    return seal.open_(tx.secret, row.sealed).decode()


def opened(view: View, incident: str, part: str) -> dict[str, dict[str, Any]]:
    """Everything of one part that is sealed for an incident: secret's id → what was said, with its sort and what it is about."""
    mine = TrackSecret.incident_id == incident, TrackSecret.part == part
    rows = view.session.execute(sa.select(TrackSecret).where(*mine)).scalars().all()
    if not rows:
        return {}
    sealed = view.session.get(TrackKey, (view.world, incident, part))
    if sealed is None:
        raise Gone("It was erased", zh="已依法清除")
    key = seal.open_(view.secret, sealed.sealed).decode()
    return {
        row.id: {**canonical.load(seal.open_(key, row.sealed)), "sort": row.sort, "about": row.about}
        for row in rows
    }


def _plain(text: str) -> str:
    return re.sub(r"[\s·•.]", "", unicodedata.normalize("NFKC", text)).casefold()


@query("tracks.names_in", wish=NamesIn)
def names_in(view: View, wish: NamesIn) -> bool:
    """Whether a name that is sealed for an incident stands in a text; asked by whoever writes of it (reports)."""
    return _named(view, wish.id, wish.text)


def _named(view: View, incident: str, *texts: str | None) -> bool:
    words = _plain(" ".join(one for one in texts if one))
    sealed = opened(view, incident, FAMILY).values() if words else ()
    names = (_plain(said[one]) for said in sealed for one in NAMES if said.get(one))
    return any(len(name) > 1 and name in words for name in names)


def nameless(tx: View, incident: str, *texts: str | None) -> None:
    """Refuse words in which a name stands that is sealed for this incident: they go into the journal and out of the house."""
    if _named(tx, incident, *texts):
        raise Invalid(
            "A family's or victim's name stands in it: write 〔姓名N〕 with the family's number; the name is set in on "
            "paper, once the family was notified",
            zh="文字中有当事人或家属姓名：请改写为〔姓名N〕（N 为家属编号），家属已告知后打印时由系统代入",
        )


def numbered(families: Iterable[Family], text: str) -> dict[int, Family]:
    """The families whose names a text sets in, each by its number; one that is not there is refused."""
    by_number = {one.number: one for one in families}
    asked = sorted({int(found) for found in TOKEN.findall(text)})
    for number in asked:
        if number not in by_number:
            raise Invalid(f"〔姓名{number}〕: there is no family {number}", zh=f"没有编号为 {number} 的家属")
    return {number: by_number[number] for number in asked}


def notified(families: dict[int, Family]) -> None:
    """Refuse unless every family whose name goes out was notified (家属已告知)."""
    if waiting := [number for number, one in families.items() if one.notified is None]:
        said = "、".join(f"家属{number}" for number in waiting)
        numbers = ", ".join(map(str, waiting))
        raise Conflict(
            f"Not notified yet: family {numbers}. Notify and enter it, or leave the name out",
            zh=f"{said}尚未告知：先告知家属并登记“家属已告知”，或去掉姓名",
            families=waiting,
        )


def with_names(view: View, incident: str, families: dict[int, Family], text: str) -> str:
    """A text with the names set in; the reading is written to the access log."""
    if not families:
        return text
    notified(families)
    secrets = opened(view, incident, FAMILY)
    view.log_read("names in a statement", incident)

    def name(found: re.Match[str]) -> str:
        person = families[int(found.group(1))].person
        if person["id"] not in secrets:
            raise Gone("It was erased", zh="已依法清除")
        return str(secrets[person["id"]]["victim"])

    return TOKEN.sub(name, text)
