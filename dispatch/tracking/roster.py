"""Who each team is to those who look at positions: whether its position is shared now, and which topics hear it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from command.core.access import COUNTY, Actor, centre_party, system_actor, team_party
from command.core.node import Node
from command.core.wire import Said

TEAM = team_party("")


class Posting(NamedTuple):
    """Whether a team's position is shared (on duty, or on a task), and the topics that hear it."""

    shared: bool
    topics: tuple[str, ...]


class Roster:
    """The postings of teams, kept until the journal says that one changed."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.known: dict[tuple[int, str], Posting] = {}
        self.changes = 0

    def hear(self, world: int, entries: Sequence[Said]) -> None:
        """An entry that a team hears may change its posting."""
        self.changes += 1
        for entry in entries:
            for topic in entry.topics:
                if topic.startswith(TEAM):
                    self.known.pop((world, topic[len(TEAM) :]), None)

    def of(self, world: int, team_ids: Collection[str]) -> dict[str, Posting]:
        """The postings of those teams that exist. One that is not shared is looked up anew: it may have come on duty
        a moment ago, before the journal was read here."""
        found, unsure = {}, []
        for team_id in team_ids:
            posting = self.known.get((world, team_id))
            if posting is not None and posting.shared:
                found[team_id] = posting
            else:
                unsure.append(team_id)
        return found | self._load(world, unsure) if unsure else found

    def at_hand(self, world: int, team_ids: Iterable[str]) -> dict[str, Posting]:
        """The same as far as the journal was read here."""
        ids = list(team_ids)
        unknown = [team_id for team_id in ids if (world, team_id) not in self.known]
        loaded = self._load(world, unknown) if unknown else {}
        found = {team_id: self.known.get((world, team_id)) or loaded.get(team_id) for team_id in ids}
        return {team_id: posting for team_id, posting in found.items() if posting is not None}

    def visible(self, actor: Actor, world: int, team_ids: Collection[str]) -> set[str]:
        """Of these teams, those that the actor may see."""
        if actor.team_id is not None:
            return {actor.team_id} & set(team_ids)
        if actor.county:
            return set(team_ids)
        return set(self.node.ask("team.postings", {"ids": list(team_ids)}, actor, world))

    def _load(self, world: int, team_ids: list[str]) -> dict[str, Posting]:
        before = self.changes
        rows = self.node.ask("team.postings", {"ids": team_ids}, system_actor(self.node.name), world)
        loaded = {}
        for team_id, row in rows.items():
            centres = {centre_party(one) for one in (row["centre"], *row["tasks"])}
            topics = (COUNTY, team_party(team_id), *sorted(centres))
            loaded[team_id] = Posting(row["on_duty"] or bool(row["tasks"]), topics)
        if self.changes == before:
            self.known.update({(world, team_id): posting for team_id, posting in loaded.items()})
        return loaded
