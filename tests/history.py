"""A night in which everything happens that can be said: each kind of event, each gain and loss of an audience.

The rebuild and the parity of screens are held against it. It goes one command at a time, so that both can look after each.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.callout.models import CalloutList
from command.contact.models import Heard
from command.core import canonical, clock, own, records, settings, shown_once
from command.core.credentials import Credential, hashed
from command.core.events import EVENTS
from command.roads import nets, sketch
from tests.archive import ground as archiving
from tests.callout import ground as calling
from tests.cameras import ground as eyes
from tests.core.office import Office
from tests.core.stage import IMPORT, ROWS_GIVEN
from tests.county import COUNTY, FIRE, NOISE, OTHER, OTHER_VILLAGE, POINT, SECRET, TOWN, VILLAGE, County
from tests.decisions import asked
from tests.destruction import ground as destroying
from tests.duty import ground as rota
from tests.evacuation import ground as leaving
from tests.hazards import ground
from tests.instructions import orders
from tests.needs import ground as helping
from tests.places.official import official
from tests.plans import library
from tests.requisitions.taking import night as requisitions_of
from tests.sitreps.papers import TO_COUNTY, Papers
from tests.tracks.ground import tracks_of
from tests.warnings import caps
from tests.warnings import ground as warned

WATER = "140429-water"


class History:
    """The commands of the night, one after another; `things` are the ids by which tests name what came of them."""

    def __init__(self, cast: County) -> None:
        self.cast = cast
        self.things: dict[str, str] = {}
        self.from_seq = cast.end()

    def play(self) -> Iterator[str]:
        """Act; after each command its name is given."""
        for part in (self._first, self._teams, self._alarms, self._audience, self._merging, self._calls, self._endings,
                     self._warnings, self._registers, self._cameras, self._contact, self._hazards, self._instructions, self._needs,
                     self._plans, self._decisions, self._deliveries, self._sitreps, self._duty, self._callouts,
                     self._evacuation, self._tracks, self._requisitions):  # fmt: skip
            yield from part()

    def never_said(self) -> set[str]:
        """The kinds of event that did not happen: none, or the night does not prove what it says."""
        return set(EVENTS) - {row.type for row in self.cast.entries(after=self.from_seq)}

    def _do(self, who: str, name: str, thing: str | None, /, **body: Any) -> dict[str, Any]:
        target = {"id": self.things.get(thing, thing)} if thing else {}
        options = {
            one: body.pop(one)
            for one in ("version", "at", "world")
            if one in body
            and name not in ("task.transition", "task.hint", "danger_entry.leave", "reporting.line")
        }
        return self.cast.do(who, name, {**target, **body}, **options)

    def _open(self, name: str, who: str, **body: Any) -> None:
        self.things[name] = self.cast.open(who, **body)["id"]

    def _order(self, name: str, who: str, incident: str, team: str, **body: Any) -> None:
        self.things[name] = self.cast.order(who, self.things[incident], team, **body)[0]["id"]

    def _row(self, kind: str, thing: str) -> dict[str, Any]:
        def read(session: Any) -> dict[str, Any]:
            row = records.find(session, kind, self.things.get(thing, thing), self.cast.actor("system"))
            shown: dict[str, Any] = records.show(session, kind, row).model_dump()
            return shown

        return self.cast.node.database.read(read, world=0)

    def _first(self) -> Iterator[str]:
        caller = {"name": "张三", "phone": "13900000000"}
        occurred = (clock.real() - timedelta(hours=1)).replace(microsecond=123456).isoformat()
        self._open(
            "a",
            "town_duty",
            location=POINT,
            casualties={"missing": 2, "trapped": 1},
            caller=caller,
            occurred_at=occurred,
        )
        yield "open"
        self._do("town_duty", "incident.edit", "a", version=self._row("incident", "a")["version"], title="漫堤二",
                 dangers=[{"code": "water", "text": "水急"}], on_scene={"name": "村主任", "phone": "6201"})  # fmt: skip
        yield "edit"
        self._do("county_duty", "incident.grade", "a", level="III")
        yield "grade"
        self._do(
            "town_duty",
            "incident.report",
            "a",
            text="水到膝盖",
            source="村里",
            casualties={"missing": 3},
            location=POINT,
            caller={"name": "李四", "phone": "13900000001"},
        )
        yield "report"
        self._do("town_duty", "incident.casualties", "a", missing=4, confirmed=True)
        yield "casualties of the first source again"
        figures = self._figures("a")
        other = next(one for one in figures if one["source"] == "村里")
        self._do("county_duty", "incident.choose_figure", "a", figure_id=other["id"])
        yield "choose"
        yield from self._drawing()

    def _drawing(self) -> Iterator[str]:
        for name in ("drawing", "kept drawing"):
            made = self._do("town_duty", "drawing.add", "a", kind="text", shape=POINT, text="积水")
            self.things[name] = made["id"]
            yield f"a {name}"
        self._do("county_duty", "drawing.change", "drawing", version=1, text="积水 1 米")
        yield "change the drawing"
        for name in ("drawing.remove", "drawing.restore", "drawing.remove"):
            self._do("town_duty", name, "drawing")
            yield name

    def _figures(self, incident: str) -> list[dict[str, Any]]:
        spec = records.KINDS["figure"]
        query = sa.select(spec.model).where(spec.model.incident_id == self.things[incident])
        return self.cast.node.database.read(
            lambda s: [one.model_dump() for one in spec.show(s, s.execute(query).scalars().all())], world=0
        )

    def _teams(self) -> Iterator[str]:
        self._order("t1", "county_duty", "a", "town_team", order="转移群众")
        yield "order the own team"
        self._order("t2", "county_duty", "a", "other_team")
        yield "order another township's team: its centre gains"
        self._order("t3", "county_duty", "a", "county_team", reserve=True)
        yield "reserve"
        self.cast.step("county_duty", self.things["t3"], "cancelled", reason="不需要")
        yield "cancel: the team loses"

    def _alarms(self) -> Iterator[str]:
        self._do("system", "task.overdue", "t1")
        yield "nobody answers"
        self._do("system", "task.overdue", "t1")
        yield "still nobody"
        alarm = next(row for row in self._alarms_now() if row["task_id"] == self.things["t1"])["id"]
        self._do("town_duty", "alarm.silence", alarm)
        yield "silence"
        self._do("town_duty", "alarm.unsilence", alarm)
        yield "give it its sound back"
        self._do("county_duty", "alarm.acknowledge", alarm)
        yield "acknowledge"
        self.cast.step("town_team", self.things["t1"], "accepted")
        yield "accept: the incident is moved, the alarm cleared"
        self._do("system", "task.hint", "t1", to="enroute", metres=500, at=clock.wire(clock.real()))
        yield "its positions say that it has set out"
        self._do("town_team", "task.deny_hint", "t1")
        yield "it has not"
        self.cast.step("other_team", self.things["t2"], "refused", reason="道路中断")
        yield "refuse: the other centre loses"
        self.cast.step("county_duty", self.things["t2"], "ordered")
        yield "order again: it gains again"
        self.cast.step("town_team", self.things["t1"], "on_scene", at=clock.wire(clock.real()))
        yield "arrive, steps passed over"
        self.cast.step("town_duty", self.things["t1"], "enroute", at=clock.wire(clock.real()),
                       by_proxy={"person": "队长", "channel": "电台"})  # fmt: skip
        yield "fill in"

    def _alarms_now(self) -> list[dict[str, Any]]:
        spec = records.KINDS["alarm"]
        query = sa.select(spec.model).where(spec.model.live)
        return self.cast.node.database.read(
            lambda s: [one.model_dump() for one in spec.show(s, s.execute(query).scalars().all())], world=0
        )

    def _audience(self) -> Iterator[str]:
        self._do("county_duty", "incident.share", "a", centre=WATER)
        yield "share"
        self._do("county_duty", "incident.report", "a", text="共享后的报告")
        yield "report while shared"
        self._do("county_duty", "incident.unshare", "a", centre=WATER)
        yield "unshare"
        until = clock.wire(clock.real() + timedelta(days=1))
        self._do("county_duty", "incident.share", "a", centre=NOISE, until=until)
        yield "share for a day"
        self._open("h", "county_duty", centre=TOWN, casualties={"trapped": 2}, life_risk="people")
        yield "open for the township"
        self._order("t4", "county_duty", "h", "town_team2")
        yield "order"
        self._do("system", "task.overdue", "t4")
        yield "nobody answers"
        self._do("county_duty", "incident.handover", "h", centre=OTHER, reason="属地有误")
        yield "hand over while the township's team is there"
        self.cast.step("town_team2", self.things["t4"], "refused", reason="车坏了")
        yield "refuse: the township loses all of it"
        self._do("county_duty", "incident.handover", "h", centre=NOISE)
        yield "hand over again: one gains, one loses"
        self._do("county_duty", "incident.take_command", "a", authority="市应急局", who="值班长")
        yield "higher command"

    def _merging(self) -> Iterator[str]:
        self._open(
            "b", "other_duty", kind=FIRE, village_code=OTHER_VILLAGE, casualties={"missing": 1, "light": 2}
        )
        yield "open the double"
        caller = {"name": "王五"}
        self._do("other_duty", "incident.report", "b", text="烟很大", source="过路人", caller=caller)
        yield "report"
        self._order("t5", "county_duty", "b", "county_team")
        yield "order"
        self._do("system", "task.overdue", "t5")
        yield "nobody answers"
        self._do("county_duty", "incident.merge", "b", into=self.things["a"])
        yield "merge"
        self.cast.step("county_duty", self.things["t5"], "accepted")
        yield "a step while merged"
        self._do("county_duty", "incident.casualties", "a", dead=1, source="医院")
        yield "figures while merged"
        self._do("county_duty", "incident.unmerge", "b")
        yield "unmerge"
        self._do("county_duty", "task.reassign", "t5", incident_id=self.things["h"])
        yield "reassign"

    def _calls(self) -> Iterator[str]:
        self._do("town_team", "task.ask_help", "t1", people=10)
        yield "ask for help"
        self._do("town_team", "task.tell", "t1", text="实际 18:20 已到", why="insist")
        yield "insist"
        self._do("town_team", "team.mayday", self.cast.teams["town_team"], location=POINT)
        yield "mayday"
        self._do("town_team", "team.mayday_cancel", self.cast.teams["town_team"], why="safe")
        yield "mayday over"
        for state in ("withdrawn", "returned"):
            self.cast.step("town_team", self.things["t1"], state)
            yield state

    def _duty(self) -> Iterator[str]:
        with rota.at(-5):
            for name, who, begins, ends in (
                ("on", "town_duty", -6, 0.1), ("next", "town_duty", 0.1, 2), ("third", "town_duty", 2, 40),
                ("county", "county_duty", -6, 40), ("other", "other_duty", 30, 40),
            ):  # fmt: skip
                self.things[f"shift {name}"] = rota.plan(self.cast, begins, ends, who)["id"]
                yield f"a shift planned: {name}"
        self._do("other_duty", "duty.edit", "shift other", version=1, note="换班")
        yield "a shift changed"
        self._do("other_duty", "duty.drop", "shift other")
        yield "and dropped"
        rota.turn(self.cast)
        yield "the next comes near, its handover opens"
        yield from self._handing()
        rota.no_night(self.cast)
        yield "roll-calls at any hour"
        for who, name in (("140429103", "asked"), ("140429102", "missed"), (NOISE, "spared")):
            self.things[f"check {name}"] = self._do("county_duty", "duty.check", None, centre=who)["id"]
            yield f"a roll-call, {name}"
        self._do("county_duty", "duty.present", "check asked")
        yield "answered by the key"
        self._do("system", "duty_check.end", "check missed")
        yield "not answered"
        body = {
            "sort": "call_in",
            "who": "县气象局",
            "text": "雨区东移",
            "promise": "回电",
            "person": {"phone": "13900000008"},
        }
        self.things["note"] = self._do("town_duty", "duty_note.write", None, **body)["id"]
        yield "a call"
        self._do("town_duty", "duty_note.keep", "note")
        yield "its promise is kept"
        self._do("system", "duty_note.erase", "note")
        yield "who called is erased"

    def _handing(self) -> Iterator[str]:
        held = self._opened_handover()
        self._open("last", "town_duty", title="夜里又一起")
        yield "another incident"
        found = self._do("town_duty", "handover.refresh", held)
        yield "gathered again"
        for n, one in enumerate(found["items"]):
            to = {"to": "accepted"} if n else {"to": "deferred", "reason": "待现场回电"}
            if one["state"] == "open":
                self._do("town_duty", "handover.item", held, key=one["key"], **to)
                yield "an item"
        self._do("town_duty", "handover.hand", held, name="赵值班", weather="雨停")
        yield "handed"
        with rota.at(0.8):
            rota.turn(self.cast)
        yield "nobody signed yet"
        self._do("town_duty", "handover.accept", held, name="李接班")
        yield "signed: another shift answers"
        with rota.at(1.9):
            rota.turn(self.cast)
        yield "the third comes near: what was deferred comes again"
        with rota.at(1.9):
            self._do("town_duty", "duty.drop", "shift third")
        yield "it is dropped after all"

    def _opened_handover(self) -> str:
        entry = next(row for row in reversed(self.cast.entries()) if row.type == "handover.opened")
        found: str = canonical.load(entry.record)["id"]
        return found

    def _erasures(self) -> Iterator[str]:
        """The response's file is made, and its personal data goes."""
        thing = self.things["a"]
        [file] = archiving.files(self.cast, thing)
        self._do("system", "archive.step", file["id"], done=0, total=1)
        yield "the file is being made"
        self._do("system", "archive.failed", file["id"], zh="坏", en="broken")
        self._do("county_duty", "archive.make", "a")
        self._do("system", "archive.made", archiving.files(self.cast, thing)[-1]["id"], **archiving.MADE)
        yield "the file is there"
        self._do("admin", "setting.set", None, name="destruction.after_days", centre="140429", value=0)
        one = destroying.drafted(self.cast, thing)
        self._do("security", "destruction.hold", None, **destroying.assessed(), id=one["id"])
        yield "held"
        one = self._do("security", "destruction.release", one["id"], reason="调查已结")
        with patch.object(clock, "now", lambda world: clock.real() + timedelta(days=8)):
            one = destroying.drafted(self.cast, thing)
        self._do("security", "destruction.confirm", None, **destroying.as_counted(one))
        yield "erase"
        self._do("system", "destruction.gone", one["id"])
        self.cast.do("system", "destruction.replay", destroying.tomb(self.cast))
        other = destroying.ended(self.cast)
        destroying.drafted(self.cast, other)
        self._do("county_duty", "incident.transition", other, to="responding")
        yield "taken up again before it was erased"

    def _endings(self) -> Iterator[str]:
        for state in ("controlled", "response_ended", "review", "archived"):
            self._do("county_duty", "incident.transition", "a", to=state, reason="按程序")
            yield state
        yield from self._erasures()
        self._do("county_duty", "incident.casualties", "a", dead=2, source="医院")
        yield "a late figure, when it has left the lists"
        self._do(
            "county_duty", "incident.report", "a", text="医院又报", source="医院", casualties={"light": 3}
        )
        yield "a late report"
        self._do("county_duty", "incident.report_change", "a", to="市应急局", channel="电话")
        yield "reported above"
        with patch.object(clock, "real", return_value=clock.real() + timedelta(days=40)):
            self._do("county_duty", "incident.casualties", "a", dead=9, source="医院")
        yield "a figure from beyond the window"
        with patch.object(clock, "real", return_value=clock.real() + timedelta(days=40)):
            self._do("system", "incident.late_window_end", "a")
        yield "the window ends"
        self._open("r", "town_duty", kind="crash", village_code=None, road={"ref": "S322", "km": 12.3})
        yield "a place on a road"
        self._do(
            "town_duty",
            "incident.edit",
            "r",
            version=1,
            occurred_at=clock.wire(clock.real() - timedelta(days=9)),
        )
        yield "a corrected occurrence"
        self._do("county_duty", "incident.transition", "a", to="review", reason="补充调查")
        yield "reopen with all that hangs on it"
        for state, why in (("verifying", None), ("dismissed", "误报"), ("verifying", "又有人报")):
            self._do("county_duty", "incident.transition", "b", to=state, reason=why)
            yield f"{state} again"

    def _roads(self) -> Iterator[str]:
        about = {"source": "OSM", "licence": "ODbL 1.0"}
        file = nets.keep(self.cast.node.data_dir, sketch.draw())
        self.things["net"] = self._do("admin", "road_net.take", None, file=file, **about)["id"]
        yield "a road net"
        self.things["net"] = self._do(
            "admin", "road_net.take", None, file=file, source="OSM 2", licence="ODbL 1.0"
        )["id"]
        yield "another in its place"
        self._do("admin", "road_net.withdraw", "net")
        yield "the first again"
        later = clock.wire(clock.real() + timedelta(hours=1))
        ends = clock.wire(clock.real() + timedelta(hours=2))
        for name, who, more in (
            ("shut", "town_duty", {}),
            ("planned", "other_duty", {"begins_at": later, "ends_at": ends}),
        ):
            self.things[name] = self._do(who, "closure.add", None, shape=POINT, cause="flood", **more)["id"]
            yield "a road closed"
        self._do("system", "closure.begin", "planned")
        yield "its time has come"
        self._do("town_duty", "closure.lift", "shut", reason="水退")
        yield "open again"
        yield from self._dangers()

    def _dangers(self) -> Iterator[str]:
        body = {"sort": "flood", "reason": "漫堤", "point": POINT, "radius_m": 300}
        later, ends = (clock.wire(clock.real() + timedelta(hours=one)) for one in (1, 2))
        for name, more in (("wet", {"ends_at": ends}), ("later", {"begins_at": later})):
            self.things[name] = self._do("town_duty", "danger_area.declare", None, **body, **more)["id"]
            yield "a danger area"
        self._do("system", "danger_area.begin", "later")
        yield "another begins"
        for name in ("wet", "later"):
            inside = {"team_id": self.cast.teams["town_team2"], "since": "2026-11-22T01:00:00Z", "depth_m": 9}
            self.things[f"in_{name}"] = self._do("system", "danger_area.enter", name, **inside)["id"]
            yield "a team inside"
        self._do("town_team2", "danger_entry.receipt", "in_wet")
        yield "it knows"
        self._do("system", "danger_entry.leave", "in_wet", at="2026-11-22T01:10:00Z")
        yield "and leaves"
        admitted = self._do(
            "town_duty", "danger_area.admit", "later", team_id=self.cast.teams["town_team2"], reason="搜救"
        )
        yield "a team inside is admitted"
        self._do("town_duty", "danger_admission.end", admitted["id"])
        yield "and is not any more"
        self._do(
            "town_duty", "danger_area.admit", "later", team_id=self.cast.teams["town_team"], reason="排险"
        )
        yield "another may come"
        self._do("system", "danger_area.ask", "wet")
        yield "asked whether it still stands"
        version = self._row("danger_area", "later")["version"]
        self._do(
            "town_duty",
            "danger_area.change",
            "later",
            version=version,
            reason="水涨",
            radius_m=400,
            point=POINT,
        )
        yield "drawn larger"
        self._do("town_duty", "danger_area.lift", "later", reason="水退")
        yield "lifted, its team with it"

    def _warnings(self) -> Iterator[str]:
        one = caps.alert()
        self.things["rain"] = self._do("county_duty", "warning.take", None, xml=caps.xml(one))["id"]
        yield "a red rain warning comes by CAP"
        self._do("county_duty", "warning.transition", "rain", to="relayed")
        yield "it is relayed, its list opened"
        self._do("system", "warning.draft_orders", "rain")
        yield "what it asks for is drafted"
        self._do("county_duty", "warning.order", "rain")
        yield "and goes out to the houses"
        self._do("town_duty", "warning.check", "rain", code="move", note="已转移 32 人")
        yield "people are moved"
        more = caps.following(one, "Update", info={"severity": "Severe", "headline": "暴雨橙色预警"})
        self._do("county_duty", "warning.take", None, xml=caps.xml(more))
        yield "its update waits"
        self._do("county_duty", "warning.transition", "rain", to="updated")
        yield "and is passed on"
        self._do("system", "callout.watch", None, warning_id=self.things["rain"])
        yield "orange now: nobody need be called out"
        self.things["wind"] = self._do("county_duty", "warning.enter", None, **warned.relayed())["id"]
        yield "a warning by telephone"
        version = self._row("warning", "wind")["version"]
        self._do("county_duty", "warning.edit", "wind", version=version, level="blue")
        yield "corrected"
        self._do("county_duty", "warning.transition", "wind", to="relayed")
        yield "relayed"
        warned.let_end(self.cast, self.things["wind"])
        self._do("system", "warning.expire", "wind")
        yield "over"
        self.things["slide"] = self._do("water_duty", "warning.enter", None, **warned.own())["id"]
        yield "a draft"
        for who, to, more_ in (("water_duty", "reviewing", {}), ("county_duty2", "draft", {"reason": "补范围"}),
                               ("water_duty", "reviewing", {}), ("county_leader", "issued", {}),
                               ("county_leader", "cancelled", {"reason": "险情解除"})):  # fmt: skip
            self._do(who, "warning.transition", "slide", to=to, **more_)
            yield to

    def _evacuation(self) -> Iterator[str]:
        """Two townships leave by the county's word: counts that differ, a refusal, arrivals, the way back, the end."""
        self.things["west"] = leaving.zone(self.cast)
        self.things["north"] = leaving.zone(self.cast, name="北坡")
        self.things["east"] = leaving.zone(
            self.cast, "other_duty", village_code=OTHER_VILLAGE, name="东沟", shape=None
        )
        yield "three zones registered"
        self._open("evacuated", "town_duty", title="西沟涨水")
        yield "an incident of it"
        version = self._row("evacuation_zone", "west")["version"]
        self._do("town_duty", "evacuation_zone.edit", "west", version=version, people=44,
                 keeper={"name": "李支书", "number": "13700000001"})  # fmt: skip
        yield "recounted"
        by = {"reason": "山洪红色预警", **leaving.decided()}
        body = {
            "zones": [self.things["west"], self.things["east"]],
            "incident_id": self.things["evacuated"],
            **by,
        }
        self.things["leaving"] = self._do("county_duty", "evacuation.open", None, **body)["id"]
        yield "people are to leave"
        self._do(
            "county_duty",
            "evacuation.add_zones",
            "leaving",
            zones=[self.things["north"]],
            **leaving.decided(),
        )
        yield "and one zone more"
        version = self._row("evacuation", "leaving")["version"]
        self._do(
            "county_duty", "evacuation.edit", "leaving", version=version, reason="山洪红色预警，河水上涨"
        )
        yield "said better"
        east, _, west = leaving.parts(self.cast, self.things["leaving"])
        self._do(
            "town_duty", "evacuation.count", west["id"], people_done=30, people_unreached=2, source="村委会"
        )
        yield "thirty have left"
        said = self._do(
            "town_duty",
            "evacuation.count",
            west["id"],
            people_done=28,
            source="民兵",
            by_proxy=leaving.BY_PHONE,
        )
        yield "another says twenty-eight"
        other = said["figures"]["people_done"]["others"][0]["count_id"]
        self._do("town_duty", "evacuation.choose", other, field="people_done")
        yield "which is chosen"
        self._do("other_duty", "evacuation.redirect", east["id"], destination={"name": "文化站"})
        yield "another place"
        again = {"next_visit_at": leaving.ahead(40), "visitor": "包户干部"}
        told = {"people": 2, "reason": "livestock", "words": "圈里还有羊", **again}
        stays = self._do("town_duty", "evacuation.refuse", west["id"], **told)["id"]
        yield "two stay"
        self._do(
            "town_duty", "evacuation.visit", stays, outcome="refused", next_visit_at=again["next_visit_at"]
        )
        yield "still"
        self._do("other_duty", "evacuation.refuse", east["id"], people=1, reason="disbelief", **again)
        yield "one more there"
        self._do("town_duty", "evacuation.arrive", west["destination_id"], people_arrived=26, source="安置点")
        yield "twenty-six arrived"
        self._do(
            "town_duty",
            "evacuation.name_people",
            west["id"],
            people=[{"name": "王五", "number": "13700000000"}],
        )
        yield "names by daylight"
        self._do("town_duty", "evacuation.name_arrived", west["destination_id"], people=[{"name": "王五"}])
        yield "and on the roll"
        self._do("county_duty", "evacuation.allow_return", "leaving", reason="水退", **leaving.decided())
        yield "safe again"
        self._do("town_duty", "evacuation.count", west["id"], people_returned=28, source="村委会")
        yield "back home"
        self._do("county_duty", "evacuation.end", "leaving", reason="预警解除")
        yield "over"
        self._do("system", "evacuation.erase_people", "leaving")
        yield "names erased"
        self._do("town_duty", "evacuation_zone.withdraw", "north")
        yield "a zone struck off"

    def _registers(self) -> Iterator[str]:
        body = {
            "name": "新队",
            "type": "township_general",
            "centre": TOWN,
            "skills": ["water"],
            "base": POINT,
        }
        self.things["team"] = self._do("system", "team.create", None, **body)["id"]
        yield "a new team"
        version = self._row("team", "team")["version"]
        self._do("system", "team.edit", "team", version=version, headcount=20, on_duty=False)
        yield "edit the team, off duty"
        self._do("system", "team.duty", "team", on_duty=True)
        yield "on duty"
        self._do("admin", "areas.import", None, **official(TOWN, OTHER))
        yield "official areas"
        self._do("admin", "area.withdraw", OTHER)
        yield "one of them taken back"
        yield from self._roads()
        yield from self._imports()
        user = {
            "username": "fresh_duty",
            "name": "新席",
            "role": "township_duty",
            "centre": TOWN,
            "password": "right horse battery",
        }
        self.things["user"] = self._do("admin", "user.create", None, **user)["id"]
        yield "a new account"
        steps: tuple[tuple[str, dict[str, Any]], ...] = (
            ("user.roles", {"role": "township_leader", "centre": OTHER}),
            ("user.password", {"password": "another horse battery"}), ("user.disable", {}), ("user.enable", {}),
        )  # fmt: skip
        for name, more in steps:
            self._do("admin" if name != "user.disable" else "system", name, "user", **more)
            yield name
        yield from self._roles()
        yield from self._keepers()
        chosen = next(iter(settings.DECLARED.values()))
        self._do("system", "setting.set", None, name=chosen.name, centre=COUNTY, value=chosen.default)
        yield "a setting"

    def _imports(self) -> Iterator[str]:
        place = self._do(
            "county_duty", "place.create", None, name="村东头老学校", kind="school", location=POINT
        )["id"]
        yield "a named place"
        self._do("county_duty", "place.edit", place, version=1, aliases=["老学校"])
        yield "another name for it"
        self._do("county_duty", "place.withdraw", place)
        yield "it is withdrawn"
        post = self._do("county_duty", "road_post.enter", None, ref="G208", km=12, location=POINT)["id"]
        yield "a kilometre post"
        self._do("county_duty", "road_post.edit", post, version=1, within_m=20)
        yield "it is known more closely"
        self._do("county_duty", "road_post.withdraw", post)
        yield "it is withdrawn too"
        for note in ("甲", "乙"):
            opened = self._do("admin", "import.open", None, **IMPORT, file="a.csv", digest="0" * 64, total=1)
            yield "an import"
            rows = [{**ROWS_GIVEN[0], "fields": {**ROWS_GIVEN[0]["fields"], "note": note}}]
            self._do("admin", "import.take", opened["id"], part=0, rows=rows)
            yield "its row"
        self._do("admin", "import.undo", opened["id"])
        yield "it is taken back"
        body = {"name": "备用队", "type": "township_general", "centre": TOWN}
        team = self._do("county_duty", "team.create", None, **body)["id"]
        yield "a team"
        self._do("county_duty", "team.take_off", team)
        yield "it is taken off the register"

    def _keepers(self) -> Iterator[str]:
        sealed = shown_once.sealed_hash(SECRET, "a token")
        self._do("system", "user.token", "user", label="定位器", sealed=sealed)
        yield "a token"
        self._do("system", "user.sign_out", "user")
        yield "signed out from afar"
        self.cast.node.database.write(lambda session: _with_codes(session, self.things["user"]), world=0)
        self._do("system", "user.codes_off", "user", reason="手机丢失")
        yield "codes taken off"
        yield from self._own()
        phones = [
            {"label": "值班室", "number": "8011"},
            {"label": "卫星", "kind": "satellite", "number": "7-0018"},
        ]
        self._do("system", "centre.edit", TOWN, version=self._row("centre", TOWN)["version"], phones=phones)
        yield "a centre's numbers"
        lines = [
            {"kind": "mobile", "number": "13900001111", "whose": "王"},
            {"kind": "radio", "number": "丰州01"},
        ]
        made = self._do("admin", "post.open", TOWN, title="镇长", lines=lines)
        yield "a post"
        post = made["posts"][-1]
        self._do("admin", "post.edit", TOWN, version=made["version"], post=post["id"], title="乡镇长", place=0,
                 deputy_post=(made["posts"][:-1] or [{"id": None}])[0]["id"])  # fmt: skip
        yield "the post changed"
        self._do("admin", "post.close", TOWN, version=made["version"] + 1, post=post["id"])
        yield "the post closed"
        wall = self.cast.users["wall"]
        sealed = shown_once.sealed_hash(SECRET, "WXYZ")
        self.things["device"] = self._do(
            "admin", "device.invite", None, name="大厅", user_id=wall, sealed=sealed
        )["id"]
        yield "a display is expected"
        self._do("system", "device.enrol", None, code=hashed("WXYZ"), hash="h", csrf="c")
        yield "it enrols"
        self._do("security", "device.revoke", "device")
        yield "it is taken back"
        members = [self.cast.users["town_duty"]]
        self.things["world"] = self._do("planner", "world.open", None, name="防汛演练", members=members)["id"]
        yield "a drill begins"
        self._do("planner", "world.end", "world")
        yield "a drill ends"

    def _roles(self) -> Iterator[str]:
        body = {"code": "shift_lead", "zh": "值班长", "en": "shift lead", "like": "county_duty"}
        self._do("security", "role.make", None, **body)
        yield "a role"
        self._do(
            "security", "role.change", "shift_lead", version=1, give=["team.mayday"], take=["incident.merge"]
        )
        yield "the role changed"

    def _own(self) -> Iterator[str]:
        """What somebody changes of his own account, as the server's own route brings it."""
        coded = {"seed": "QUFB", "step": 1, "recovery": ["a hash"]}
        values = {"own.codes_on": coded, "own.recovery": {"recovery": ["b hash"]}, "own.codes_off": {},
                  "own.password": {"stored": "a hash", "pass": "none"}}  # fmt: skip
        for name, value in values.items():
            sealed = own.sealed_value(SECRET, {"user": self.things["user"], **value})
            self._do("system", name, None, sealed=sealed)
            yield name

    def _hazards(self) -> Iterator[str]:
        self.things["z"] = ground.report(self.cast, "other_duty", source="report", reporter={"name": "钱七"})[
            "id"
        ]
        yield "another township sees a danger here"
        self._do("town_duty", "hazard.edit", "z", version=1, threatened=9, item="sharp_steep", location=None)
        yield "it is corrected"
        for to, body in (
            ("registered", {}),
            ("graded", {"level": "general"}),
            ("assigned", {**ground.DUTIES, "deadline": ground.ahead(9)}),
        ):
            ground.move(self.cast, "town_duty", self.things["z"], to, **body)
            yield f"a hazard: {to}"
        ground.photo(self.cast, "water_duty", self.things["z"], "after")
        yield "the department shows what it did"
        self._do("town_duty", "hazard.link", "z", incident_id=self.things["a"])
        yield "it belongs to an incident"
        self._do("town_duty", "hazard.unlink", "z", incident_id=self.things["a"])
        yield "it does not after all"
        self._do("town_duty", "hazard.draft", "z", kind="talk")
        yield "a talk is drafted"
        yield from self._overdue()
        for to, body in (("registered", {}), ("closed", {"reason": "不属实"})):
            ground.move(self.cast, "town_duty", self.things["y"], to, **body)
        self._do("system", "hazard.erase_people", "y")
        yield "one that was none: who reported it is forgotten"
        ground.watched(self.cast)
        yield "a slope under watch has left the list"
        yield from self._rounds()

    def _rounds(self) -> Iterator[str]:
        risk = self._do("town_duty", "risk_point.register", None, **ground.RISK)["id"]
        yield "a risk point"
        self._do("town_duty", "risk_point.edit", risk, version=1, colour="red")
        yield "it is graver"
        self._do("town_duty", "risk_point.edit", risk, version=2, answers_centre="140429-water")
        yield "a department answers for it"
        self._do("county_duty", "risk_point.edit", risk, version=3, name="改名的风险点", answers_centre=None)
        yield "it does not any more, and is called otherwise"
        plan = self._do("town_duty", "inspection.plan", None, **{**ground.PLAN, "risk_point_id": risk})["id"]
        yield "it is inspected every week"
        found = {"type": "production", "item": "hazchem", "title": "静电接地松脱"}
        bad = {"answers": [{"ok": True}, {"ok": False, "note": "褪色"}], "found": found}
        self._do(
            "town_duty", "inspection.record", plan, picture=ground.picture(), location=ground.HERE, **bad
        )
        yield "a round finds something"
        with patch.object(clock, "now", lambda world: clock.real() + timedelta(days=9)):
            self._do("system", "inspection.lapse", plan)
        yield "the next round does not come"
        self._do("town_duty", "inspection.end", plan)
        yield "the inspection ends"
        self._do("town_duty", "risk_point.withdraw", risk)
        yield "the risk is gone"

    def _cameras(self) -> Iterator[str]:
        eyes.allow(self.cast, eyes.MEDIA)
        yield "a media server is allowed"
        camera = self._do("town_duty", "camera.add", None, **eyes.CAMERA)
        yield "a camera"
        self._do("town_duty", "camera.edit", camera["id"], version=1, facing=180, location=eyes.point(0.01))
        yield "it looks the other way"
        self._do("town_duty", "camera.address", camera["id"], **eyes.STREAM)
        yield "it has a stream"
        self._do("system", "camera.settle", camera["id"], state="offline", reason="silent")
        yield "it gives no picture"
        viewing = self._do("town_duty", "camera.view", camera["id"], purpose="search", note="找王某")["id"]
        yield "somebody looks for somebody"
        for name in ("camera.view_on", "camera.view_end"):
            self._do("town_duty", name, viewing)
            yield name
        spare = self._do("county_duty", "camera.add", None, **eyes.CAMERA)["id"]
        yield "another one"
        self._do("county_duty", "camera.retire", spare)
        yield "it is taken off"

    def _overdue(self) -> Iterator[str]:
        late = ground.at(self.cast, until="rectifying")
        yield "one is being rectified"
        with patch.object(clock, "now", lambda world: clock.real() + timedelta(days=25)):
            self._do("system", "hazard.chase", late)
        yield "its deadline passed long ago: reminders, a circular, a talk"
        notices = {row["kind"]: row["id"] for row in self._notices(late)}
        self._do("county_leader", "hazard_notice.sign", notices["circular"], name="李某", post="副县长")
        yield "one is signed, and told"
        self._do("county_leader", "hazard_notice.drop", notices["talk"], reason="已现场督促")
        yield "the other is put away"
        self.things["y"] = ground.report(self.cast, source="report", reporter={"phone": "13900000003"})["id"]
        yield "another report"

    def _notices(self, hazard: str) -> list[dict[str, Any]]:
        spec = records.KINDS["hazard_notice"]
        query = sa.select(spec.model).where(spec.model.hazard_id == hazard)
        return self.cast.node.database.read(
            lambda s: [one.model_dump() for one in spec.show(s, s.execute(query).scalars().all())], world=0
        )

    def _instructions(self) -> Iterator[str]:
        self._open("j", "town_duty", title="漫堤又起")
        yield "another flood"
        for name, more in (
            ("order", {"incident_id": self.things["j"]}),
            ("draft", {"draft": True, "to": OTHER}),
        ):
            self.things[name] = orders.issue(self.cast, **more)
            yield f"an instruction: {name}"
        self._do("county_duty", "incident.share", "j", centre=WATER)
        yield "the department sees the incident, and what was ordered on it"
        self._do("county_duty", "instruction.transition", "draft", to="issued")
        yield "the draft goes out: its receiver has it"
        self._do("other_duty", "instruction.transition", "draft", to="returned", reason="人手不足")
        yield "it comes back"
        orders.lapse(self.cast, self.things["order"], 120)
        self._do("system", "instruction.look", "order")
        yield "the other is late"
        self._do("county_leader", "instruction.supervise", "order", text="速报")
        yield "the leader presses"
        self._do("county_duty", "instruction.extend", "order", due_at=orders.ahead(60), reason="路断")
        yield "more time"
        orders.at(self.cast, "feedback", thing=self.things["order"])
        yield "accepted, under way, fed back with a photo"
        self._do("town_duty", "instruction.feedback", "order", checked=[0, 1])
        yield "its list is done"
        self._do("county_duty", "incident.unshare", "j", centre=WATER)
        yield "the department sees it no more"
        for who, to in (("town_duty", "done"), ("county_duty", "verified")):
            self._do(who, "instruction.transition", "order", to=to)
            yield f"an instruction: {to}"

    def _needs(self) -> Iterator[str]:
        """A need is published, forces come, work, are declined, leave; two people are missing and found."""
        self._open("helped", "town_duty", title="堤段告急")
        yield "an incident that needs hands"
        incident = self.things["helped"]
        for name in ("need", "lapsing"):
            body = helping.need(incident_id=incident)
            self.things[name] = self._do("town_duty", "need.draft", None, **body)["id"]
            yield f"a draft: {name}"
            self._do("town_leader", "need.publish", name, published_by=helping.HEAD)
            yield f"published: {name}"
        self._do("town_duty", "need.edit", "need", people=30, reason="水涨")
        yield "more people"
        came = {**helping.FORCE, "need_id": self.things["need"]}
        for name in ("force", "thanked"):
            self.things[name] = self._do("town_duty", "force.check_in", None, **came)["id"]
            yield f"checked in: {name}"
        helping.share(self.cast, incident)
        yield "another township sees need and forces"
        helping.lapse(self.cast, self.things["force"], 30)
        self._do("system", "force.look", "force")
        yield "nobody gave it work"
        counted: dict[str, Any] = {"counted_by": "王某"}
        steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("assign", "force", helping.BRIEFED),
            ("decline", "thanked", {"reason": "人手已够", "elsewhere": "洪水镇"}),
            ("recount", "force", {"headcount": 14, "reason": "后到", **counted}),
            ("check_out", "force", {"headcount": 12, **counted}),
            ("account", "force", {"headcount": 2, "note": "已回家", **counted}),
        )
        for verb, name, more in steps:
            self._do("town_duty", f"force.{verb}", name, **more)
            yield f"a force: {verb}"
        self.things["staying"] = helping.arrived(self.cast, incident_id=incident)
        yield "one more that stays"
        self._do("town_duty", "incident.unshare", "helped", centre=OTHER)
        yield "the other township sees them no more"
        helping.lapse(self.cast, self.things["lapsing"], 300)
        self._do("system", "need.look", "lapsing")
        yield "past its end"
        self._do("town_duty", "need.close", "need", to="met", reason="人已够")
        yield "met"

    def _plans(self) -> Iterator[str]:
        plan = library.in_force(self.cast)
        yield "a plan in force"
        newer = self._do("planner", "plan.revise", plan, reason="演练后修订")["id"]
        yield "a new edition"
        self._do("planner", "plan.edit", newer, version=1, title="防汛预案（修订）")
        yield "it is edited"
        self._do("county_leader", "plan.transition", newer, to="approved", **library.SIGNED)
        self._do("planner", "plan.transition", newer, to="in_force")
        yield "it replaces the one before"
        self.things["r"] = library.propose(self.cast, newer, incident_id=self.things["j"])
        yield "a response is proposed"
        self._do("county_duty", "incident.share", "j", centre=WATER)
        yield "the department sees it"
        library.by_word(self.cast, self.things["r"])
        yield "by a leader's word: active, its actions go out"
        self._do("county_leader", "response.dispute", "r", text="只同意待命")
        yield "disputed"
        self._do("county_leader", "response.confirm", "r")
        yield "confirmed"
        library.lapse(self.cast, self.things["r"])
        self._do("system", "response.ask", "r")
        yield "past its term"
        self._do(
            "county_leader",
            "response.transition",
            "r",
            to="adjusted",
            level="R2",
            expected_hours=24,
            reason="水位续涨",
        )
        yield "a graver level"
        self._do("county_duty", "incident.unshare", "j", centre=WATER)
        yield "the department sees it no more"
        made = self._do(
            "county_duty", "consultation.record", None, **library.TALK, response_id=self.things["r"]
        )
        self._do(
            "county_duty", "consultation.correct", made["id"], version=1, conclusion="转移", reason="笔误"
        )
        yield "a consultation, corrected"
        self._do("county_leader", "response.transition", "r", to="ended", reason="水退，继续巡查")
        yield "it ends"

    def _decisions(self) -> Iterator[str]:
        first = self.things["d"] = asked.ask(self.cast, incident_id=self.things["j"], within_min=30)
        yield "a leader is asked"
        asked.lapse(self.cast, first)
        self._do("system", "decision.look", "d")
        yield "not decided in time"
        asked.by_word(self.cast, first)
        yield "decided by word"
        self._do("town_leader", "decision.dispute", "d")
        self._do("town_leader", "decision.confirm", "d")
        yield "disputed, then confirmed"
        second = asked.ask(self.cast, of="county")
        self._do("town_duty", "decision.withdraw", second, reason="雨停")
        third = asked.ask(self.cast, "county_duty", within_min=60)
        self._do("county_leader", "decision.decide", third, option="1")
        self._do("county_leader", "decision.retract", third, reason="按错")
        self._do("county_leader", "decision.decide", third, option="2")
        asked.ask(self.cast, of="county", within_min=60)
        yield "one withdrawn, one decided, one open"

    def _deliveries(self) -> Iterator[str]:
        office = Office(self.cast)
        yield "leaders' numbers, a gateway, and what the night made"
        yield from office.night()

    def _tracks(self) -> Iterator[str]:
        yield from tracks_of(self.cast, self.things)

    def _requisitions(self) -> Iterator[str]:
        yield from requisitions_of(self.cast, self.things)

    def _contact(self) -> Iterator[str]:
        for age, name in ((0, "a township is on the line"), (3600, "it falls silent")):
            at = clock.real() - timedelta(seconds=age)
            self.cast.node.database.write(
                lambda session, at=at: session.merge(Heard(centre=TOWN, at=at)), world=0
            )
            self._do("system", "link.settle", TOWN)
            yield name

    def _sitreps(self) -> Iterator[str]:
        self._open("r", "town_duty", casualties={"dead": 1}, source="县医院")
        yield "an incident to report"
        papers = Papers(self.cast, self.things["r"])
        self.things["owed"] = papers.owed()
        yield "what is owed of it"
        self._do("system", "reporting.line", "owed", cut=True, at=clock.wire(clock.real()))
        yield "the line is cut"
        self.things["request"] = papers.request()
        yield "somebody asks"
        self._do("town_duty", "info_request.check", "request", asked=True, reached="市值班室")
        yield "called back"
        self._do("county_duty", "sitrep.phone", "r", to="city", person="市值班员")
        yield "told by telephone"
        self._open("small", "town_duty", title="小险情")
        yield "a small one"
        small = Papers(self.cast, self.things["small"])
        town = self.things["small owed"] = small.owed()
        yield "what is owed of it"
        self._do("town_duty", "reporting.waive", town, key="first:county:phone", reason="已处置")
        yield "not to be reported"
        late = datetime.fromtimestamp(clock.real().timestamp() + 3600, UTC)
        with patch.object(clock, "real", lambda: late):
            self._do("system", "reporting.lapse", town)
            yield "overdue"
        yield from self._written(papers)

    def _written(self, papers: Papers) -> Iterator[str]:
        thing = papers.spoken()
        yield "drafted, reviewed, signed by word of mouth"
        self._do("town_leader", "sitrep.dispute", thing, text="数字不是我说的")
        self._do("town_leader", "sitrep.confirm", thing)
        yield "confirmed"
        self._do("town_duty", "sitrep.send", thing, **TO_COUNTY)
        yield "sent"
        self._do("town_duty", "sitrep.transition", thing, to="received_by_superior", person="县值班员")
        yield "received"
        second = Papers(self.cast, papers.incident).draft()
        self._do("town_duty", "sitrep.renew", second)
        yield "a second draft with the figures of now"
        self.things["nil"] = papers.nil()
        yield "a nil report"

    def _callouts(self) -> Iterator[str]:
        calling.name_people(self.cast)
        body = {"areas": [VILLAGE], "reason": "山洪"}
        self.things["callout"] = self._do("county_duty", "callout.open", None, **body)["id"]
        yield "people are called out"
        lists = {one.centre: one.id for one in calling.rows(self.cast, CalloutList)}
        for code, held in lists.items():
            self._do("system", "callout.fill", held)
            yield f"the list of {code}"
        version = self._row("callout", "callout")["version"]
        self._do("county_duty", "callout.widen", "callout", version=version, areas=[OTHER_VILLAGE])
        yield "more are called"
        self._do(
            "town_duty",
            "callout.add",
            lists[TOWN],
            code=VILLAGE,
            post="放羊人",
            name="赵六",
            number="13912345670",
        )
        yield "one who stands in no register"
        self._do("admin", "setting.set", None, name="gateway.voice", centre=COUNTY, value="simulator")
        self._do("town_duty", "callout.robo", lists[TOWN])
        yield "the machine rings them"
        people = {post: one.id for post, one in calling.people(self.cast).items()}
        for said in ({"state": "handed"}, {"state": "confirmed", "call": {"result": "answered", "key": "1"}}):
            self._do("system", "callout.robo_heard", people["放羊人"], gateway="webhook", **said)
            yield "one presses 1"
        self._do("town_duty", "callout.attempt", people[calling.KEEPER], outcome="moved")
        yield "one has moved"
        self._do("town_duty", "callout.attempt", people[calling.HEAD], outcome="answered")
        yield "one answered"
        self._do(
            "town_duty", "callout.correct", people[calling.HEAD], attempt=1, outcome="missed", reason="按错"
        )
        yield "or did not"
        with patch.object(clock, "now", lambda world: clock.real() + timedelta(minutes=6)):
            self._do("system", "callout.climb", lists[TOWN])
        yield "two climb"
        self._do("county_duty", "callout.sample", lists[TOWN], share=100)
        yield "one is called again"
        self._do("county_duty", "callout.recall", people[calling.KEEPER], outcome="missed")
        yield "and does not answer"
        self._do("county_duty", "callout.transition", "callout", to="closed", reason="预警解除")
        yield "it ends"


def _with_codes(session: Session, user: str) -> None:
    row = session.get(Credential, user)
    assert row is not None
    row.totp_seed = b"sealed"
