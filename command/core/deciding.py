"""What waits for a leader: the form in which any slice tells it. Who shows it (the leader's phone, desk, wall) asks every question
whose name ends with `.decisions` (command/decisions/waiting.py), so that a slice is heard by being there.

One item shows exactly what is approved. Each of its options is an existing action with its input and the version that was looked
at: one tap acts, and is refused when the thing has changed since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from command.core import clock
from command.core.queries import Wish

Words = tuple[str, str]
ASKED, SPOKEN, DISPUTED = "asked", "spoken", "disputed"
REFRESHED_BY: set[str] = set()
"""How the events begin that may change what waits: a screen asks again when it hears one. It never asks by the clock."""


def refreshed_by(*starts: str) -> None:
    """Declare it, beside the question."""
    REFRESHED_BY.update(starts)


class Deciding(Wish):
    """Whose leader: the centre whose decisions are asked for."""

    centre: str = Field(max_length=32)


def said(words: Words) -> dict[str, str]:
    """Words in both languages as they cross the wire."""
    return {"zh": words[0], "en": words[1]}


def fact(label: Words, text: str | Words) -> dict[str, Any]:
    """One line of what is approved; a text written by people is in their language."""
    return {"label": said(label), "text": text if isinstance(text, str) else said(text)}


def option(
    words: Words,
    action: str,
    payload: dict[str, Any],
    version: int,
    *,
    reason: bool = False,
    main: bool = False,
    back: tuple[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """What may be tapped: the action it is. `reason`: it is asked why before it acts. `back`: what takes it back, by name and with a
    reason, for as long as the card that was tapped is shown."""
    return {
        **said(words),
        "action": action,
        "payload": payload,
        "version": version,
        "reason": reason,
        "main": main,
        "back": {"action": back[0], "payload": back[1]} if back else None,
    }


def waiting(
    sort: str,
    about: tuple[str, str],
    title: Words,
    *,
    state: str = ASKED,
    facts: list[dict[str, Any]],
    asked_by: str,
    asked_at: datetime | str,
    due_at: datetime | None = None,
    incident_id: str | None = None,
    options: list[dict[str, Any]],
    word: dict[str, Any] | None = None,
    by_word: list[dict[str, Any]] | None = None,
    posts: list[str] | None = None,
) -> dict[str, Any]:
    """One thing that waits: asked for, or done by a spoken word that waits for its confirmation; `word`: that approval. `by_word`:
    what the asker may record of a leader's word (each input takes `spoken` too), and of which posts (none: of any)."""
    return {
        "key": f"{sort}:{about[1]}", "sort": sort, "about": {"kind": about[0], "id": about[1]}, "title": said(title),
        "state": state, "facts": facts, "asked_by": asked_by,
        "asked_at": asked_at if isinstance(asked_at, str) else clock.wire(asked_at),
        "due_at": clock.wire(due_at) if due_at else None, "incident_id": incident_id, "options": options, "word": word,
        "by_word": by_word or [], "posts": posts or [],
    }  # fmt: skip
