"""Who may hear a topic: rules registered by the slices that own the topics. One yes is enough; no rule, no topic."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from command.core.access import COUNTY, Actor

TOLD = "incident.read"
Rule = Callable[[Session, Actor, str], bool]
_RULES: list[Rule] = []
_HANGING: dict[str, list[str]] = {}


def may_hear(rule: Rule) -> Rule:
    """Register a rule."""
    _RULES.append(rule)
    return rule


def hangs_on(kind: str, room: str) -> None:
    """Declare a room of its own for what hangs on a thing, `<room><id>`: who loses the thing loses the room."""
    _HANGING.setdefault(kind, []).append(room)


def alone(kind: str, thing: str) -> list[str]:
    """The topics on which one thing is looked at alone: its own, and the rooms that hang on it."""
    return [f"{kind}:{thing}", *(f"{room}{thing}" for room in _HANGING.get(kind, ()))]


def allowed(session: Session, actor: Actor, topic: str) -> bool:
    """Whether the actor may hear the topic now; one that does not exist is answered the same (RULES 13)."""
    return any(rule(session, actor, topic) for rule in _RULES)


@may_hear
def _own_party(session: Session, actor: Actor, topic: str) -> bool:
    """Everybody hears the parties that they speak for, if they may see what is told there: incidents and what hangs on them."""
    ours = topic in actor.parties and (topic == COUNTY or topic.startswith(("centre:", "team:")))
    return ours and actor.may(TOLD)
