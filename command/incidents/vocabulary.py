"""The words and kinds that every screen needs, for offline use too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from command.core.queries import Nothing, View, query
from command.incidents import words
from command.incidents.kinds.tree import tree

GROUPS: list[Callable[[], dict[str, Any]]] = [words.groups]


def vocabulary(groups: Callable[[], dict[str, Any]]) -> None:
    """Let another slice add its words to GET /words."""
    GROUPS.append(groups)


@cache
def _all() -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for groups in GROUPS:
        merged.update(groups())
    return merged


@query("kinds", wish=Nothing, http="GET /kinds", output=dict[str, Any])
def kinds(view: View, wish: Nothing) -> Any:
    """Every kind of incident: labels, icon, extra fields, questions, first actions."""
    return tree()


@query("words", wish=Nothing, http="GET /words", output=dict[str, Any])
def all_words(view: View, wish: Nothing) -> Any:
    """Labels of states, modes, types, skills, levels in both languages."""
    return _all()
