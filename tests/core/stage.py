"""A prepared scene for the table of actions: things of one township, and a thing that another may see but not change."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.callout.models import CalloutList
from command.contact.models import Heard
from command.core import canonical, clock, own, seal, shown_once
from command.core.credentials import Credential, hashed
from command.incidents.models import Incident
from command.roads import nets, sketch
from tests.archive import ground as archiving
from tests.callout import ground as calling
from tests.cameras import ground as eyes
from tests.core.office import Office
from tests.county import OTHER, POINT, SECRET, TOWN, VILLAGE, County
from tests.decisions import asked
from tests.destruction import ground as destroying
from tests.duty import ground as rota
from tests.evacuation.ground import Moving
from tests.hazards import ground
from tests.instructions import orders
from tests.needs.ground import Helping
from tests.places.official import official
from tests.plans import library
from tests.requisitions import taking
from tests.roads.nets import in_force
from tests.sitreps.papers import Papers
from tests.tracks import ground as tracks
from tests.warnings import ground as warned

IMPORT: dict[str, Any] = {"layer": "places", "source": "测试", "crs": "wgs84", "columns": {"id": "gid"}}
ROWS_GIVEN = [
    {"number": 1, "fields": {"gid": "1", "name": "红星煤矿", "kind": "煤矿", "lon": 112.86, "lat": 36.83}}
]


class Stage:
    """What the table's payloads name; each thing is made when it is first asked for."""

    def __init__(self, cast: County) -> None:
        self.cast, self.teams = cast, cast.teams

    def open(self, **body: Any) -> str:
        """An incident of the township."""
        found: str = self.cast.open(**body)["id"]
        return found

    @cached_property
    def incident(self) -> str:
        """The township's incident, with a caller and a figure."""
        return self.open(caller={"name": "李四", "phone": "13912345678"}, casualties={"missing": 2})

    @cached_property
    def papers(self) -> Papers:
        """The township's reports of its incident."""
        return Papers(self.cast, self.incident)

    @cached_property
    def moving(self) -> Moving:
        """The township's evacuation."""
        return Moving(self.cast)

    @cached_property
    def helping(self) -> Helping:
        """Needs of society and forces that came, of the township."""
        return Helping(self.cast, self)

    @cached_property
    def second(self) -> str:
        """Another one of the township."""
        return self.open(title="另一起")

    @cached_property
    def shared(self) -> str:
        """The township's incident that the other township may see."""
        thing = self.open(casualties={"missing": 1})
        self.cast.do("town_duty", "incident.share", {"id": thing, "centre": OTHER})
        return thing

    def draw(self, incident: str) -> str:
        """A drawing on an incident."""
        return self._made("town_duty", "drawing.add", {"id": incident, "kind": "point", "shape": POINT})

    @cached_property
    def drawing(self) -> str:
        """One on the township's incident."""
        return self.draw(self.incident)

    @cached_property
    def shared_drawing(self) -> str:
        """One that the other township sees."""
        return self.draw(self.shared)

    @cached_property
    def wiped(self) -> str:
        """One that was wiped off."""
        thing = self.draw(self.incident)
        self.cast.do("town_duty", "drawing.remove", {"id": thing})
        return thing

    @cached_property
    def merged(self) -> str:
        """One that was merged into the first."""
        self.cast.do("town_duty", "incident.merge", {"id": self.second, "into": self.incident})
        return self.second

    @cached_property
    def ended(self) -> str:
        """One whose response has ended."""
        thing = self.open(caller={"name": "王五"})
        for to in ("verifying", "dismissed"):
            self.cast.do("town_duty", "incident.transition", {"id": thing, "to": to, "reason": "误报"})
        return thing

    @cached_property
    def due_destruction(self) -> dict[str, Any]:
        """A response's personal data that is due to be erased."""
        return destroying.drafted(self.cast, destroying.ended(self.cast))

    @cached_property
    def held_destruction(self) -> str:
        """One that is held."""
        thing: str = self.due_destruction["id"]
        return self._made("security", "destruction.hold", {"id": thing, **destroying.assessed()})

    @cached_property
    def confirmed_destruction(self) -> str:
        """One that was confirmed and is being erased."""
        return self._made("security", "destruction.confirm", destroying.as_counted(self.due_destruction))

    @cached_property
    def archive_file(self) -> str:
        """The file of an archived incident while it is being made."""
        self.archived = archiving.archived(self.cast)
        return str(archiving.files(self.cast, self.archived)[-1]["id"])

    @cached_property
    def archived(self) -> str:
        """An archived incident whose file is ready."""
        thing = archiving.archived(self.cast)
        made = archiving.files(self.cast, thing)[-1]["id"]
        self.cast.do("system", "archive.made", {"id": made, **archiving.MADE})
        return thing

    @cached_property
    def official(self) -> str:
        """A township whose official area is in force."""
        self.cast.do("admin", "areas.import", official(TOWN))
        return TOWN

    @cached_property
    def net_file(self) -> str:
        """A road net in DATA_DIR that is not in force."""
        return nets.keep(self.cast.node.data_dir, sketch.draw())

    @cached_property
    def net(self) -> str:
        """The road net in force."""
        return self._made(
            "admin", "road_net.take", {"file": self.net_file, "source": "OSM", "licence": "ODbL 1.0"}
        )

    @cached_property
    def closure(self) -> str:
        """A road that the township closed."""
        return self._made("town_duty", "closure.add", {"shape": POINT, "cause": "flood"})

    @cached_property
    def planned(self) -> str:
        """One that will be closed."""
        begins = clock.wire(clock.real() + timedelta(hours=1))
        return self._made("town_duty", "closure.add", {"shape": POINT, "cause": "works", "begins_at": begins})

    @cached_property
    def warning(self) -> str:
        """A warning that the county received."""
        return self._made("county_duty", "warning.enter", warned.relayed())

    @cached_property
    def warning_relayed(self) -> str:
        """One that it passed on."""
        return self._made("county_duty", "warning.transition", {"id": self.warning, "to": "relayed"})

    @cached_property
    def warning_drafted(self) -> str:
        """One whose instructions are drafted."""
        self.cast.act("system", "warning.draft_orders", {"id": self.warning_relayed})
        return self.warning_relayed

    @cached_property
    def warning_over(self) -> str:
        """One whose time is over."""
        warned.let_end(self.cast, self.warning_relayed)
        return self.warning_relayed

    @cached_property
    def danger(self) -> str:
        """A danger area that the township declared."""
        body = {"sort": "flood", "reason": "漫堤", "point": POINT, "radius_m": 300}
        return self._made("town_duty", "danger_area.declare", body)

    @cached_property
    def danger_planned(self) -> str:
        """One that will be dangerous."""
        begins = clock.wire(clock.real() + timedelta(hours=1))
        body = {
            "sort": "blasting",
            "reason": "排险爆破",
            "point": POINT,
            "radius_m": 300,
            "begins_at": begins,
        }
        return self._made("town_duty", "danger_area.declare", body)

    @cached_property
    def danger_admission(self) -> str:
        """The township's team, sent into a danger area."""
        body = {"id": self.danger, "team_id": self.cast.teams["town_team"], "reason": "救人"}
        return self._made("town_duty", "danger_area.admit", body)

    @cached_property
    def danger_entry(self) -> str:
        """The township's team inside a danger area."""
        body = {
            "id": self.danger,
            "team_id": self.cast.teams["town_team"],
            "since": "2026-11-22T01:00:00Z",
            "depth_m": 40,
        }
        return self._made("system", "danger_area.enter", body)

    def _made(self, who: str, name: str, body: dict[str, Any]) -> str:
        made: str = self.cast.do(who, name, body)["id"]
        return made

    @cached_property
    def place(self) -> str:
        """A named place."""
        found: str = self.cast.do("county_duty", "place.create", {"name": "老学校", "kind": "school"})["id"]
        return found

    @cached_property
    def road_post(self) -> str:
        """A kilometre post."""
        return self._made("county_duty", "road_post.enter", {"ref": "G208", "km": 7, "location": POINT})

    @cached_property
    def road_of_posts(self) -> str:
        """The file of a net in force, on whose road two posts stand three kilometres apart."""
        for km, lon in ((0, 112.80), (3, 112.80 + 3 / 88.99)):
            point = {"type": "Point", "coordinates": [lon, 36.83]}
            self._made("county_duty", "road_post.enter", {"ref": "X101", "km": km, "location": point})
        return str(in_force(self.cast)["file"])

    @cached_property
    def spare_team(self) -> str:
        """A team that nobody has an account for."""
        body = {"name": "备用队", "type": "township_general", "centre": TOWN}
        found: str = self.cast.do("county_duty", "team.create", body)["id"]
        return found

    def open_import(self, total: int = 1) -> str:
        """An import that waits for its rows."""
        body = {**IMPORT, "file": "a.csv", "digest": "0" * 64, "total": total}
        found: str = self.cast.do("admin", "import.open", body)["id"]
        return found

    @cached_property
    def import_done(self) -> str:
        """An import that brought one place."""
        run = self.open_import()
        self.cast.do("admin", "import.take", {"id": run, "part": 0, "rows": ROWS_GIVEN})
        return run

    def _changed(self, thing: str) -> str:
        body = {"id": thing, "missing": 3, "source": None}
        self.cast.do("town_duty", "incident.casualties", body)
        return thing

    @cached_property
    def changed(self) -> str:
        """One whose figures are other than its first report said."""
        return self._changed(self.incident)

    @cached_property
    def shared_changed(self) -> str:
        """The shared one, so changed."""
        return self._changed(self.shared)

    @cached_property
    def past(self) -> str:
        """One whose window for late changes has run out, and nobody has said so yet."""
        thing = self.open()

        def run_out(session: Session) -> None:
            row = session.execute(sa.select(Incident).where(Incident.id == thing)).scalar_one()
            row.late_window = {
                **(row.late_window or {}),
                "until": clock.wire(clock.real() - timedelta(seconds=1)),
            }

        self.cast.node.database.write(run_out, world=0)
        return thing

    @cached_property
    def figure(self) -> str:
        """A competing statement on the first incident."""
        self.cast.do(
            "county_duty", "incident.casualties", {"id": self.incident, "missing": 5, "source": "村支书"}
        )
        row = next(row for row in reversed(self.cast.entries()) if row.type == "figure.stated")
        found: str = canonical.load(row.record)["id"]
        return found

    @cached_property
    def shared_figure(self) -> str:
        """A statement on the shared one."""
        self.cast.do(
            "county_duty", "incident.casualties", {"id": self.shared, "missing": 4, "source": "村支书"}
        )
        row = next(row for row in reversed(self.cast.entries()) if row.type == "figure.stated")
        found: str = canonical.load(row.record)["id"]
        return found

    @cached_property
    def task(self) -> str:
        """An order to the township's team, not answered yet."""
        return self.at("ordered")

    def at(self, *states: str, incident: str | None = None, team: str = "town_team") -> str:
        """A task that went through these states."""
        first, *steps = states
        thing = incident or self.incident
        task: str = self.cast.order("town_duty", thing, team, reserve=first == "reserved")[0]["id"]
        for to in steps:
            self.cast.do("town_duty", "task.transition", {"id": task, "to": to, "reason": "r"})
        return task

    def hint(self, task: str) -> str:
        """A task whose team seems to be on the scene."""
        body = {"id": task, "to": "on_scene", "at": clock.wire(clock.real()), "metres": 40}
        self.cast.do("system", "task.hint", body)
        return task

    @cached_property
    def hinted(self) -> str:
        """One of the township's."""
        return self.hint(self.at("ordered", "enroute"))

    @cached_property
    def shared_task(self) -> str:
        """A task on the shared incident."""
        return self.at("ordered", incident=self.shared, team="town_team2")

    @cached_property
    def alarm(self) -> str:
        """The alarm of an order that nobody answered."""
        self.cast.do("system", "task.overdue", {"id": self.task})
        row = next(row for row in reversed(self.cast.entries()) if row.kind == "alarm")
        found: str = canonical.load(row.record)["id"]
        return found

    @cached_property
    def silenced(self) -> str:
        """The same alarm, silenced by name."""
        self.cast.do("town_duty", "alarm.silence", {"id": self.alarm})
        return self.alarm

    @cached_property
    def unanswered(self) -> str:
        """The cause of that alarm."""
        return f"unanswered:{self.task}" if self.alarm else ""

    @cached_property
    def office(self) -> Office:
        """The sender's side: numbers on record, and a gateway."""
        return Office(self.cast)

    @cached_property
    def letter(self) -> str:
        """An SMS of a stranger, unread."""
        made: str = self.cast.do("system", "reply.take", {"number": "13700000009", "text": "桥断了"})["id"]
        return made

    @cached_property
    def user(self) -> str:
        """An account that may be changed."""
        return self.cast.users["planner"]

    @cached_property
    def closed_user(self) -> str:
        """An account that was closed."""
        self.cast.do("admin", "user.disable", {"id": self.cast.users["keeper"]})
        return self.cast.users["keeper"]

    @cached_property
    def coded_user(self) -> str:
        """An account with one-time codes."""

        def job(session: Session) -> None:
            row = session.get(Credential, self.user)
            assert row is not None
            row.totp_seed = seal.seal(SECRET, b"A" * 32)

        self.cast.node.database.write(job, world=0)
        return self.user

    def own(self, **value: Any) -> dict[str, Any]:
        """What somebody with one-time codes changes of his own account, as only the server's own route can seal it."""
        return {"sealed": own.sealed_value(SECRET, {"user": self.coded_user, **value})}

    def sealed(self, shown: str = "ABCD-EFGH") -> str:
        """A secret's hash as only the server's own route can seal it."""
        return shown_once.sealed_hash(SECRET, shown)

    @cached_property
    def post(self) -> str:
        """A post of the township, with a private line."""
        lines = [
            {"kind": "mobile", "number": "13900001111", "whose": "王镇长"},
            {"kind": "landline", "number": "8012"},
        ]
        made = self.cast.do("admin", "post.open", {"id": TOWN, "title": "乡镇长", "lines": lines})
        found: str = made["posts"][-1]["id"]
        return found

    @cached_property
    def device(self) -> str:
        """A display that waits for its code."""
        wish = {"name": "备用大屏", "user_id": self.cast.users["wall"], "sealed": self.sealed("WXYZ")}
        found: str = self.cast.do("admin", "device.invite", wish)["id"]
        return found

    @cached_property
    def device_code(self) -> str:
        """The hash of that display's code."""
        return hashed("WXYZ") if self.device else ""

    @cached_property
    def drill(self) -> str:
        """The world of a drill."""
        found: str = self.cast.do("planner", "world.open", {"name": "旧演练"})["id"]
        return found

    @cached_property
    def mayday(self) -> str:
        """A team that called mayday."""
        self.cast.do("town_team", "team.mayday", {"id": self.teams["town_team"]})
        return self.teams["town_team"]

    def hear(self, seconds_ago: float) -> str:
        """The other township was heard so long ago."""
        at = clock.real() - timedelta(seconds=seconds_ago)

        def job(session: Session) -> None:
            session.merge(Heard(centre=OTHER, at=at))

        self.cast.node.database.write(job, world=0)
        return OTHER

    @cached_property
    def silent(self) -> str:
        """The other township, which was on the line and is cut."""
        for ago in (0.0, 3600.0):
            self.cast.do("system", "link.settle", {"id": self.hear(ago)})
        return OTHER

    @cached_property
    def shift(self) -> str:
        """A shift of the township, in some hours."""
        found: str = rota.plan(self.cast, 10, 20)["id"]
        return found

    @cached_property
    def county_shift(self) -> str:
        """One of the county, which the township sees."""
        found: str = rota.plan(self.cast, 10, 20, "county_duty")["id"]
        return found

    @cached_property
    def near_rota(self) -> str:
        """The township, whose shift takes over soon, and nobody has looked yet."""
        now = rota.now()
        with rota.at(now - 2):
            rota.plan(self.cast, now + 0.3, now + 20)
        return TOWN

    @cached_property
    def short_rota(self) -> str:
        """The township, whose rota ends in some hours, and nobody has looked yet."""
        with rota.at(-4):
            rota.plan(self.cast, -4, 11)
        return TOWN

    @cached_property
    def handover(self) -> str:
        """The township's handover, with its incident on the list."""
        assert self.incident
        rota.two_shifts(self.cast)
        row = next(row for row in reversed(self.cast.entries()) if row.type == "handover.opened")
        found: str = canonical.load(row.record)["id"]
        return found

    @cached_property
    def ready_handover(self) -> str:
        """The same, each item accepted."""
        entries = self.cast.entries() if self.handover else []
        row = next(row for row in reversed(entries) if row.type == "handover.opened")
        for one in canonical.load(row.record)["items"]:
            self.cast.do(
                "town_duty", "handover.item", {"id": self.handover, "key": one["key"], "to": "accepted"}
            )
        return self.handover

    @cached_property
    def note(self) -> str:
        """A call with a promise and a private caller."""
        body = {"sort": "call_in", "who": "县气象局", "text": "雨区东移", "promise": "一小时内回电"}
        return self._made(
            "town_duty", "duty_note.write", {**body, "person": {"name": "周八", "phone": "13900000008"}}
        )

    @cached_property
    def check(self) -> str:
        """The county asks the township whether its post is manned."""
        rota.no_night(self.cast)
        return self._made("county_duty", "duty.check", {"centre": TOWN})

    @cached_property
    def hazard(self) -> str:
        """A hazard of the township, as it was found."""
        found: str = ground.report(self.cast)["id"]
        return found

    @cached_property
    def strange_hazard(self) -> str:
        """A hazard of the township that the other township found: it sees it, and sees to nothing of it."""
        found: str = ground.report(self.cast, "other_duty")["id"]
        return found

    @cached_property
    def overdue_hazard(self) -> str:
        """One whose deadline has just passed."""
        return ground.overdue(self.cast, 0)

    @cached_property
    def linked_hazard(self) -> str:
        """One that is linked with the first incident."""
        self.cast.do("town_duty", "hazard.link", {"id": self.hazard, "incident_id": self.incident})
        return self.hazard

    @cached_property
    def closed_hazard(self) -> str:
        """One that was none, with who reported it."""
        reporter = {"name": "钱七", "phone": "13900000003"}
        thing: str = ground.report(self.cast, source="report", reporter=reporter)["id"]
        ground.move(self.cast, "town_duty", thing, "registered")
        ground.move(self.cast, "town_duty", thing, "closed", reason="不属实")
        return thing

    @cached_property
    def notice(self) -> str:
        """A draft that nobody has signed."""
        found: str = self.cast.do("town_duty", "hazard.draft", {"id": self.hazard, "kind": "talk"})["id"]
        return found

    @cached_property
    def county_notice(self) -> str:
        """A draft of a listing by the township: only the county signs it."""
        found: str = self.cast.do("town_duty", "hazard.draft", {"id": self.hazard, "kind": "listing"})["id"]
        return found

    @cached_property
    def risk(self) -> str:
        """A risk point of the township."""
        found: str = self.cast.do("town_duty", "risk_point.register", ground.RISK)["id"]
        return found

    @cached_property
    def camera(self) -> str:
        """A camera of the township, with a stream."""
        eyes.allow(self.cast, eyes.MEDIA)
        return eyes.camera(self.cast, stream=eyes.STREAM)

    @cached_property
    def viewing(self) -> str:
        """Somebody of the township watches it."""
        return self._made("town_duty", "camera.view", {"id": self.camera, "purpose": "weather"})

    @cached_property
    def inspection(self) -> str:
        """A recurring inspection of the township."""
        found: str = self.cast.do("town_duty", "inspection.plan", ground.PLAN)["id"]
        return found

    @cached_property
    def shared_inspection(self) -> str:
        """One that the other township makes here."""
        plan = {**ground.PLAN, "assigned": OTHER}
        found: str = self.cast.do("town_duty", "inspection.plan", plan)["id"]
        return found

    @cached_property
    def missed_inspection(self) -> str:
        """One whose round did not come."""
        plan = {**ground.PLAN, "next_due": ground.ahead(-3)}
        found: str = self.cast.do("town_duty", "inspection.plan", plan)["id"]
        return found

    @cached_property
    def instruction(self) -> str:
        """The county's instruction to the township, on its incident."""
        return orders.issue(self.cast, incident_id=self.incident)

    @cached_property
    def shared_instruction(self) -> str:
        """One on the shared incident: the other township sees it."""
        return orders.issue(self.cast, incident_id=self.shared)

    @cached_property
    def accepted_instruction(self) -> str:
        """One that the township has accepted."""
        return orders.at(self.cast, "accepted", thing=self.instruction)

    @cached_property
    def late_instruction(self) -> str:
        """One whose times passed before anybody accepted."""
        return orders.lapse(self.cast, self.instruction, 120)

    @cached_property
    def plan(self) -> str:
        """A plan of the county in force."""
        return library.in_force(self.cast)

    @cached_property
    def draft_plan(self) -> str:
        """A draft."""
        return library.draft(self.cast)

    @cached_property
    def response(self) -> str:
        """A response to the first incident that waits for its approval."""
        return library.propose(self.cast, self.plan, incident_id=self.incident)

    @cached_property
    def spoken_response(self) -> str:
        """One that was approved by telephone."""
        return library.by_word(self.cast, self.response)

    @cached_property
    def decision(self) -> str:
        """A question to the township's leader."""
        return asked.ask(self.cast)

    @cached_property
    def spoken_decision(self) -> str:
        """One that was answered by word."""
        return asked.by_word(self.cast, self.decision)

    @cached_property
    def late_decision(self) -> str:
        """One whose time has passed."""
        return asked.lapse(self.cast, self.decision)

    @cached_property
    def long_response(self) -> str:
        """One whose term is over."""
        return library.lapse(self.cast, self.spoken_response)

    @cached_property
    def talk(self) -> str:
        """A consultation."""
        return self._made("county_duty", "consultation.record", {**library.TALK})

    @cached_property
    def named_people(self) -> str:
        """A village of the township with people to call."""
        calling.name_people(self.cast)
        return VILLAGE

    @cached_property
    def warning_uncalled(self) -> str:
        """A red one that was passed on twenty minutes ago, and nobody called anybody."""
        made: str = calling.red(self.cast, area={"codes": [VILLAGE]})["id"]
        calling.told_earlier(self.cast, made, 20)
        return made

    @cached_property
    def callout(self) -> str:
        """A call-out that the township opened by hand; its list is not filled yet."""
        body = {"areas": [self.named_people], "reason": "山洪"}
        return self._made("town_duty", "callout.open", body)

    @cached_property
    def callout_list(self) -> str:
        """Its list."""
        assert self.callout
        found: str = calling.rows(self.cast, CalloutList)[-1].id
        return found

    @cached_property
    def callout_late(self) -> str:
        """Its list, filled, with nobody answering for six minutes."""
        assert self.callout_person
        calling.let_pass(self.cast, 6)
        return self.callout_list

    @cached_property
    def callout_person(self) -> str:
        """One of those on it."""
        assert self.callout_list
        calling.settle(self.cast)
        found: str = calling.people(self.cast)[calling.KEEPER].id
        return found

    @cached_property
    def callout_voice(self) -> str:
        """Its list, filled, where a voice gateway is chosen."""
        wish = {"name": "gateway.voice", "centre": "140429", "value": "simulator"}
        self.cast.do("admin", "setting.set", wish)
        assert self.callout_person
        return self.callout_list

    @cached_property
    def callout_moved(self) -> str:
        """The same, said to have moved."""
        assert self.callout_person
        calling.enter(self.cast, calling.KEEPER, "moved")
        return self.callout_person

    @cached_property
    def callout_sampled(self) -> str:
        """The same, drawn to be called again."""
        assert self.callout_moved
        self.cast.do("county_duty", "callout.sample", {"id": self.callout_list, "share": 100})
        return self.callout_person

    @cached_property
    def county_callout(self) -> str:
        """One that the county opened for the same village."""
        return self._made("county_duty", "callout.open", {"areas": [self.named_people], "reason": "山洪"})

    @cached_property
    def fall(self) -> tracks.Fall:
        """A roof fall with its tracks."""
        return tracks.Fall(self.cast)

    @cached_property
    def requisition(self) -> str:
        """An excavator taken for the incident."""
        return taking.take(self.cast, self.incident)

    @cached_property
    def returned_requisition(self) -> str:
        """The same, returned."""
        return taking.back(self.cast, self.requisition)

    @cached_property
    def shared_requisition(self) -> str:
        """One that the county took for an incident which both see."""
        return taking.take(self.cast, self.shared, "county_duty")
