"""The stage: does the beats of an evening at their time, drives the teams, and leaves the county in order afterwards."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from typing import Any, Protocol

from command.core import clock
from dispatch.play import tidy
from dispatch.play.evening import EVENING
from dispatch.play.hands import Hands, Refused
from dispatch.play.roads import Drive
from dispatch.play.script import CAST, COUNTY, Beat

log = logging.getLogger(__name__)
DEFAULT_SPEED = 12.0
TICK_S = 2.0
NEEDS_VERSION = frozenset({"incident.edit"})
ROUGH_DRIVE_MIN = 20.0
HOME_FOR_S = 10.0


class Stop(Protocol):
    """An event that ends the play: gevent's in the server, threading's in a command."""

    def wait(self, timeout: float | None = None) -> Any:
        """Wait until it is set; true if it is."""
        ...

    def is_set(self) -> bool:
        """Whether it is set."""
        ...


class Stage:
    """One evening. `speed`: minutes of the play per real minute."""

    def __init__(
        self, hands: Hands, stop: Stop, speed: float = DEFAULT_SPEED, beats: Sequence[Beat] = EVENING
    ) -> None:
        self.hands, self.stop, self.speed, self.beats = hands, stop, speed, beats
        self.known: dict[str, str] = {}
        self.refused: list[str] = []
        self.done = 0
        self._bases: dict[str, tuple[float, float]] = {}
        self._goals: dict[str, tuple[float, float]] = {}
        self._drives: dict[str, Drive] = {}
        self._chance = random.Random(7)  # noqa: S311  # jitter of a play, not a secret
        self._begun = time.monotonic()

    def run(self) -> bool:
        """Play to the end, or until told to stop. Returns whether it came to the end."""
        tidy.clear(self.hands)
        self._cast()
        self._begun = time.monotonic()
        for beat in self.beats:
            if not self._until(beat.minute):
                return False
            self._perform(beat)
        return True

    def end(self) -> None:
        """Call every team home and end every incident of the play that is still open."""
        tidy.end(self.hands)

    @property
    def now(self) -> float:
        """Seconds of the evening so far."""
        return (time.monotonic() - self._begun) * self.speed

    def _cast(self) -> None:
        rows = {row["name"]: row for row in self.hands.look(COUNTY, "team")}
        for alias, part in CAST.items():
            row = rows.get(part.name)
            if row is None or row["base"] is None:
                log.warning("the play goes on without %s", part.name)
                continue
            self.known[f"#{alias}"] = row["id"]
            lon, lat = row["base"]["coordinates"]
            self._bases[alias] = (lon, lat)

    def _until(self, minute: float) -> bool:
        """Wait for a minute of the evening, moving the teams meanwhile. False when the play was stopped."""
        while (left := (minute * 60 - self.now) / self.speed) > 0:
            if self.stop.wait(min(left, TICK_S)):
                return False
            self._move()
        return not self.stop.is_set()

    def _perform(self, beat: Beat) -> None:
        try:
            self._act(beat)
            self.done += 1
        except Refused as refusal:  # a visitor was first: the evening goes on without this beat
            self.refused.append(
                f"{beat.minute:g} min {beat.action} {beat.payload.get('id', beat.makes)}: {refusal}"
            )
            log.info("play: %s", self.refused[-1])

    def _act(self, beat: Beat) -> None:
        payload = {name: self._meant(value) for name, value in beat.payload.items()}
        if beat.action == "alarm.acknowledge":
            self._acknowledge(beat.who, payload["incident_id"])
            return
        if beat.action == "incident.choose_figure":
            payload = self._choice(beat.who, payload)
        if beat.action == "task.order":
            self.hands.ask(beat.who, "incident.suggestions", id=payload["id"])
        version = self._version(beat.who, payload["id"]) if beat.action in NEEDS_VERSION else None
        self._learn(beat, self.hands.do(beat.who, beat.action, payload, version))

    def _meant(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._meant(one) for one in value]
        if isinstance(value, str) and value[:1] in "@#" and value:
            if value not in self.known:
                raise Refused(f"{value} is not there")
            return self.known[value]
        return value

    def _version(self, who: str, incident: str) -> int:
        found = [row for row in self.hands.look(who, "incident", live="true") if row["id"] == incident]
        if not found:
            raise Refused("it is not live any more")
        return int(found[0]["version"])

    def _choice(self, who: str, payload: dict[str, Any]) -> dict[str, Any]:
        said = self.hands.look(who, "figure", incident_id=payload["id"])
        fits = [
            one for one in said
            if one["field"] == payload["field"] and (one["source"] or "").endswith(payload["source"])
        ]  # fmt: skip
        if not fits:
            raise Refused("nobody stated that figure")
        return {"id": payload["id"], "figure_id": fits[-1]["id"]}

    def _acknowledge(self, who: str, incident: str) -> None:
        for alarm in self.hands.look(who, "alarm", incident_id=incident):
            if alarm["live"] and alarm["acknowledged_at"] is None:
                self.hands.do(who, "alarm.acknowledge", {"id": alarm["id"]})

    def _learn(self, beat: Beat, made: dict[str, Any]) -> None:
        if beat.action == "incident.open" and beat.makes:
            self.known[f"@{beat.makes}"] = made["id"]
        if beat.action in ("incident.open", "incident.edit"):
            self._learn_goal(beat, made)
        if beat.action == "task.order":
            aliases = {self.known[f"#{alias}"]: alias for alias in self._bases}
            for task in made["items"]:
                self.known[f"@{beat.makes}>{aliases[task['team_id']]}"] = task["id"]
        if beat.action == "task.transition":
            self._drive(str(beat.payload["id"]), str(beat.payload["to"]), beat.minute)

    def _learn_goal(self, beat: Beat, made: dict[str, Any]) -> None:
        place = made["location"] or made["schematic_anchor"]
        if place is not None:
            self._goals[beat.makes or str(beat.payload["id"])[1:]] = tuple(place["coordinates"])

    def _drive(self, task: str, to: str, minute: float) -> None:
        """Start a drive when a step says so: out when it leaves, home when it is free."""
        incident, alias = task[1:].split(">")
        if to == "enroute" and incident in self._goals:
            goal, until = self._goals[incident], self._next(task, minute, "on_scene")
        elif to in ("withdrawn", "recalled") and alias in self._bases:
            goal, until = self._bases[alias], self._next(task, minute, "returned")
        else:
            return
        start = self._drives[alias].at(self.now) if alias in self._drives else self._bases[alias]
        self._drives[alias] = Drive(start, goal, minute * 60, until * 60)

    def _next(self, task: str, minute: float, state: str) -> float:
        """The minute at which a task comes to a state."""
        for beat in self.beats:
            same = beat.minute > minute and beat.payload.get("id") == task
            if same and beat.payload.get("to") == state:
                return beat.minute
        return minute + ROUGH_DRIVE_MIN

    def _move(self) -> None:
        """Tell where the driving teams are: each by its own phone, those of the county by its desk."""
        now, by_account = self.now, dict[str, list[dict[str, Any]]]()
        for alias, drive in self._drives.items():
            if drive.goal == self._bases[alias] and drive.over(now - HOME_FOR_S * self.speed):
                continue
            lon, lat = drive.told(now, self._chance)
            row = {"team_id": self.known[f"#{alias}"], "lon": lon, "lat": lat, "at": clock.wire(clock.real())}
            by_account.setdefault(CAST[alias].account or CAST[alias].desk, []).append(row)
        for who, rows in by_account.items():
            try:
                self.hands.place(who, rows)
            except Refused as refusal:
                log.info("play: positions of %s: %s", who, refusal)
