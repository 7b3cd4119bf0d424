"""A flow: the states a thing may be in, what they are called, and which steps are listed.

Every slice that has a flow declares it with this one class, so that "may it go there, and over what"
is answered in one way everywhere.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Flow:
    """States in their usual order with labels, and the listed transitions between them."""

    name: str
    zh: Mapping[str, str]
    en: Mapping[str, str]
    transitions: tuple[tuple[str, str], ...]
    initial: tuple[str, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """All states, in the order of their labels."""
        return tuple(self.zh)

    def labels(self) -> dict[str, dict[str, str]]:
        """Each state's name in both languages, as a browser takes it."""
        return {s: {"zh": self.zh[s], "en": self.en[s]} for s in self.states}

    def can(self, a: str, b: str) -> bool:
        """True if the step a → b is listed."""
        return (a, b) in self.transitions

    def onward(self, a: str) -> tuple[str, ...]:
        """The states one listed step away from a, in listed order; empty at the end of a flow."""
        return tuple(to for frm, to in self.transitions if frm == a)

    def path(self, a: str, b: str, avoid: Collection[str] = ()) -> tuple[str, ...] | None:
        """The shortest walk from a to b as the states after a, b last; None if there is none.

        States in `avoid` are never passed through (b itself may be one of them). Among walks of equal
        length the one listed first wins, so the answer is always the same.
        """
        came: dict[str, str] = {}
        queue = deque([a])
        while queue:
            here = queue.popleft()
            for to in self.onward(here):
                if to in came or to == a:
                    continue
                came[to] = here
                if to == b:
                    return self._walk_back(came, a, b)
                if to not in avoid:
                    queue.append(to)
        return None

    @staticmethod
    def _walk_back(came: Mapping[str, str], a: str, b: str) -> tuple[str, ...]:
        steps = [b]
        while came[steps[-1]] != a:
            steps.append(came[steps[-1]])
        return tuple(reversed(steps))
