"""What the things of a layer are to an incident near by: a layer joins every impact by saying it in its declaration, in one
place, and nobody else has to know the layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Role(NamedTuple):
    """What a thing is to an incident, as people say it. `nearest`: the nearest are told also when they lie beyond the zone."""

    zh: str
    en: str
    nearest: bool = True


ROLES: dict[str, Role] = {
    "people": Role("村庄与人口", "Villages and people"),
    "care": Role("学校、医院、养老与人员密集场所", "Schools, hospitals, care homes, crowds"),
    "danger": Role("矿山、水库与危险源", "Mines, reservoirs, dangerous sites"),
    "hazard": Role("隐患与风险点", "Hazards and risk points"),
    "lifeline": Role("生命线设施", "Lifelines"),
    "closure": Role("封路", "Closed roads", nearest=False),
    "warned": Role("危险区", "Danger areas", nearest=False),
    "warning": Role("预警", "Warnings", nearest=False),
    "incident": Role("其他事件", "Other incidents", nearest=False),
    "shelter": Role("避难场所", "Shelters"),
    "depot": Role("物资库", "Depots"),
    "camera": Role("摄像头", "Cameras"),
}
"""In the order in which a commander reads them."""


@dataclass(frozen=True)
class Part:
    """How a layer joins. `role`: what all its things are, or what those are that `roles` does not name by their value in the
    column `by` (None: they do not join). `people`: the columns with a count, its day and its source, on places where people
    live; `within`: the column that names the larger place which such a count may be a part of, `whole`: the values of `by` that are
    that place itself. `facts`: columns told of each thing. `sums`: columns added up over the zone (free places). `unplaced`: how
    many things of each role have no point and so cannot be looked for."""

    role: str | None = None
    by: str | None = None
    roles: Mapping[str, str] | None = None
    name: str = "name"
    people: tuple[str, str, str] | None = None
    within: str | None = None
    whole: frozenset[str] = frozenset()
    facts: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    unplaced: Callable[[Any], Mapping[str, int]] | None = None

    def of(self, properties: Mapping[str, Any]) -> str | None:
        """The role of one thing."""
        if self.by is None or self.roles is None:
            return self.role
        return self.roles.get(str(properties.get(self.by)), self.role)

    @property
    def all_roles(self) -> set[str]:
        """Every role that its things may have."""
        return {*(self.roles or {}).values(), *([self.role] if self.role else [])}


def part(layer: str, given: Part | str | None, columns: Iterable[str]) -> Part | None:
    """The part that a layer declares; TypeError where it names what is not there."""
    if given is None:
        return None
    found = Part(given) if isinstance(given, str) else given
    if not found.all_roles or found.all_roles - ROLES.keys():
        raise TypeError(f"layer {layer}: an impact knows {', '.join(ROLES)}")
    named = {found.name, found.by, found.within, *found.facts, *found.sums, *(found.people or ())} - {None}
    if named - set(columns):
        raise TypeError(f"layer {layer}: its impact names a column that it does not have")
    return found
