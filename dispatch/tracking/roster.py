"""Who each team is to those who look at positions: whether its position is shared now, and which topics hear it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import journal
from command.core.access import COUNTY, Actor, centre_party, system_actor, team_party
from command.core.node import Node

TEAM = team_party("")
TOPICS = journal.EntryTopic.__table__


class Posting(NamedTuple):
    """Whether a team's position is shared (on duty, or on a task), and the topics that hear it."""

    shared: bool
    topics: tuple[str, ...]


class Roster:
    """The postings of teams, kept until the journal says that one changed; asked at each batch, so that a team that
    went off duty a moment ago is shared no more."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self._known: dict[tuple[int, str], Posting] = {}
        self._read_to: dict[int, int] = {}
        self._changes = 0

    def of(self, world: int, team_ids: Collection[str]) -> dict[str, Posting]:
        """The postings of those teams that exist."""
        self._catch_up(world)
        found = {team_id: self._known.get((world, team_id)) for team_id in team_ids}
        unknown = [team_id for team_id, posting in found.items() if posting is None]
        known = {team_id: posting for team_id, posting in found.items() if posting is not None}
        return known | self._load(world, unknown) if unknown else known

    def visible(self, actor: Actor, world: int, team_ids: Collection[str]) -> set[str]:
        """Of these teams, those that the actor may see."""
        if actor.team_id is not None:
            return {actor.team_id} & set(team_ids)
        if actor.county:
            return set(team_ids)
        return set(self.node.ask("team.postings", {"ids": list(team_ids)}, actor, world))

    def _catch_up(self, world: int) -> None:
        """Forget the postings of teams that heard something since the last look: one of it may have changed them."""
        after = self._read_to.get(world)

        def job(session: Session) -> tuple[int, list[str]]:
            end = journal.end_of(session, world)[1]
            if after is None or after == end:
                return end, []
            heard = TOPICS.c.topic.startswith(TEAM)
            new = sa.and_(TOPICS.c.world == world, TOPICS.c.seq > after, TOPICS.c.seq <= end, heard)
            return end, list(session.execute(sa.select(TOPICS.c.topic).where(new)).scalars())

        end, topics = self.node.database.read(job, world=world)
        self._read_to[world] = max(end, self._read_to.get(world, 0))
        if topics:
            self._changes += 1
        for topic in topics:
            self._known.pop((world, topic[len(TEAM) :]), None)

    def _load(self, world: int, team_ids: list[str]) -> dict[str, Posting]:
        before = self._changes
        rows = self.node.ask("team.postings", {"ids": team_ids}, system_actor(self.node.name), world)
        loaded = {}
        for team_id, row in rows.items():
            centres = {centre_party(one) for one in (row["centre"], *row["tasks"])}
            topics = (COUNTY, team_party(team_id), *sorted(centres))
            loaded[team_id] = Posting(row["on_duty"] or bool(row["tasks"]), topics)
        if self._changes == before:  # else it may be of before the change that was heard meanwhile
            self._known.update({(world, team_id): posting for team_id, posting in loaded.items()})
        return loaded
