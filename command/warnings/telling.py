"""What of a warning goes out by SMS: to the duty posts of the townships that it strikes, when a person passed it on or it was ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from command.centres.models import Centre
from command.core import clock
from command.core.access import COUNTY, centre_party
from command.core.actions import Tx
from command.core.deliveries.after import Text, Told, Want, after
from command.core.deliveries.recipients import takes_sms
from command.core.events import on
from command.core.settings import setting
from command.warnings.contract import title_of
from command.warnings.events import (
    WarningCancelled,
    WarningEvent,
    WarningExpired,
    WarningIssued,
    WarningRelayed,
    WarningUpdated,
)
from command.warnings.models import WarningRow
from command.warnings.queries import WARNINGS
from command.warnings.words import IN_FORCE

POST = "值班员"
MOST_WORDS = 120
MAX_AGE = setting(
    "delivery.max_age_s.warning", Annotated[int, Field(ge=60, le=86_400)], 3600,
    zh="预警短信时效", en="SMS of a warning is worth sending for", unit="s",
)  # fmt: skip  # an hour: a warning holds for hours, and its end is in the text
VERBS = {
    "relayed": ("【转发】", "Relayed: "), "issued": ("【发布】", "Issued: "), "updated": ("【更新】", "Updated: "),
    "cancelled": ("【解除】", "Cancelled: "),
}  # fmt: skip


@after(WarningRelayed, WarningIssued, WarningUpdated, WarningCancelled)
def tell_townships(tx: Tx, told: Told) -> Iterator[Want]:
    """An SMS to each number of the duty post of each township struck, unless the warning has gone on meanwhile."""
    row: WarningRow = tx.find(WARNINGS, told.record["id"])
    if row.state != told.record["state"] or row.version > told.record["version"]:
        return
    if row.state == "cancelled" and not row.checks:
        return  # nobody was told of it
    text, age = words(row), timedelta(seconds=MAX_AGE(tx.session, tx.node))
    for code in row.struck:
        centre = tx.session.get(Centre, code)
        name, pinyin = (centre.name, centre.pinyin.capitalize()) if centre else (code, code)
        whom = {"zh": f"{name}{POST}", "en": f"{pinyin}: duty officer"}
        heard = frozenset({COUNTY, centre_party(code)})
        for place, number in enumerate(_numbers(tx, code) or [None]):
            yield Want(
                f"duty:{code}:{place}", whom, "sms", number, text, age, "warning",
                ("warning", row.id), code, heard, urgent=row.level in ("red", "orange"),
            )  # fmt: skip


def words(row: WarningRow) -> Text:
    """The message in both languages: what, from whom, until when, what to beware of, what to do."""
    zh_verb, en_verb = VERBS[row.state]
    title = title_of(row.category, row.event, row.level)
    until = f"，至 {clock.stamp(row.ends_at)[5:16]}" if row.ends_at else ""
    until_en = f" until {clock.stamp(row.ends_at)[5:16]}" if row.ends_at else ""
    zh: dict[str, Any] = row.texts.get("zh") or row.texts.get("en") or {}
    en: dict[str, Any] = row.texts.get("en") or zh
    if row.state == "cancelled":
        return {
            "zh": f"{zh_verb}{row.issuer}：{title['zh']}已解除。", "en": f"{en_verb}{title['en']} by {row.issuer}."
        }  # fmt: skip
    return {
        "zh": f"{zh_verb}{row.issuer}：{title['zh']}{until}。{_cut(zh.get('advice'))}措施：{_cut(zh.get('measures'))}",
        "en": f"{en_verb}{title['en']} by {row.issuer}{until_en}. {_cut(en.get('advice'))} Do: {_cut(en.get('measures'))}",
    }


def _cut(text: str | None) -> str:
    said = (text or "").strip()
    return said if len(said) <= MOST_WORDS else said[: MOST_WORDS - 1] + "…"


def _numbers(tx: Tx, code: str) -> list[str]:
    """The numbers of a centre's duty post that can take an SMS, in the order in which they are rung."""
    centre = tx.session.get(Centre, code)
    found: list[str] = []
    for post in centre.posts if centre else []:
        if post["title"] != POST:
            continue
        lines = post.get("lines", ())
        private: dict[str, str] = {}
        if any(line["private"] for line in lines):
            items = tx.ask("post.private", id=code, post=post["id"])["items"]
            private = {one["id"]: one["number"] for one in items}
        found += [line["number"] or private.get(line["id"], "") for line in lines] or post["numbers"]
    return [number for number in dict.fromkeys(found) if takes_sms(number)]


@on(WarningUpdated, WarningCancelled, WarningExpired)
def call_off(tx: Tx, event: WarningEvent) -> None:
    """What was still to be sent of it is old."""
    if event.record.state not in IN_FORCE - {"updated"}:
        tx.act("delivery.call_off", {"about_kind": "warning", "about_id": event.record.id}, as_system=True)
