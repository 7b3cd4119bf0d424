"""Reports of the township for the table of actions: each is brought to the state that an action begins with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from command.core import clock
from tests.county import TOWN, County
from tests.sitreps.reading import rows

TO_COUNTY = {"to": "county", "person": "县值班员", "channel": "fax"}
SIGNED = {"name": "王建国", "post": "镇长"}


def once(make: Callable[[Papers], str]) -> Callable[[Papers], str]:
    """The thing is made when it is first asked for, and is the same afterwards."""

    def made(papers: Papers) -> str:
        if make.__name__ not in papers.made:
            papers.made[make.__name__] = make(papers)
        return papers.made[make.__name__]

    return made


class Papers:
    """The township's reports of one incident."""

    def __init__(self, cast: County, incident: str) -> None:
        self.cast, self.incident = cast, incident
        self.made: dict[str, str] = {}

    def _do(self, who: str, name: str, thing: str | None = None, /, **body: Any) -> dict[str, Any]:
        return self.cast.do(who, name, {**({"id": thing} if thing else {}), **body})

    @once
    def owed(self) -> str:
        """What the township owes of it."""
        self._do("system", "reporting.follow", self.incident)
        mine = (self.incident, TOWN)
        found = next(
            one for one in rows(self.cast, "reporting") if (one["incident_id"], one["centre"]) == mine
        )
        return str(found["id"])

    @once
    def draft(self) -> str:
        """A draft."""
        return str(self._do("town_duty", "sitrep.draft", incident_id=self.incident)["id"])

    @once
    def reviewing(self) -> str:
        """One under review."""
        return self._moved(self.draft(), "reviewing")

    @once
    def reviewed(self) -> str:
        """One that may be signed."""
        thing = self.reviewing()
        self._do("town_leader", "sitrep.approve", thing)
        return thing

    @once
    def signed(self) -> str:
        """One that may be sent."""
        return self._moved(self.reviewed(), "signed", "town_leader", **SIGNED)

    @once
    def spoken(self) -> str:
        """One that was signed by word of mouth."""
        return self._moved(self.reviewed(), "signed", **SIGNED, oral={"channel": "phone"})

    @once
    def sent(self) -> str:
        """One that the county has."""
        thing = self.signed()
        self._do("town_duty", "sitrep.send", thing, **TO_COUNTY)
        return thing

    @once
    def nil(self) -> str:
        """The nil report of a shift before all that happened."""
        made = self._do("system", "sitrep.nil_draft", **shift())
        return str(made["id"])

    @once
    def request(self) -> str:
        """Somebody asks in the name of the city."""
        wish = {"incident_id": self.incident, **ASKS}
        return str(self._do("town_duty", "info_request.take", **wish)["id"])

    def _moved(self, thing: str, to: str, who: str = "town_duty", **body: Any) -> str:
        self._do(who, "sitrep.transition", thing, to=to, **body)
        return thing


ASKS = {"office": "市应急局", "person": "自称王某", "number": "0355-1234567", "asks": "伤亡数字"}


def shift() -> dict[str, Any]:
    """A shift of the township in which nothing happened."""
    now = clock.real()
    return {
        "centre": TOWN,
        "since": clock.wire(now - timedelta(hours=9)),
        "until": clock.wire(now - timedelta(hours=8)),
    }
