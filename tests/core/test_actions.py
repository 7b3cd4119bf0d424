"""Every action, in one table: who may, who may not by role, to whom it is invisible, who may see it and not change it,
what it says to whom, and that a repeat changes nothing. An action without a row fails the suite."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from PIL import Image

from command.core import canonical
from command.core.actions import ACTIONS
from command.core.errors import NotFound
from command.core.events import EVENTS
from tests.archive import ground as archiving
from tests.cameras import ground as eyes
from tests.core.stage import IMPORT, ROWS_GIVEN, Stage
from tests.county import FLOOD, OTHER, POINT, TOWN, VILLAGE, County, new_id
from tests.decisions import asked
from tests.destruction import ground as destroying
from tests.duty import ground as rota
from tests.evacuation import ground as leaving
from tests.hazards import ground
from tests.instructions import orders
from tests.needs import ground as helping
from tests.places.official import official, square
from tests.plans import library
from tests.requisitions import taking
from tests.sitreps.papers import ASKS, TO_COUNTY, Papers, shift
from tests.warnings import caps
from tests.warnings import ground as warned

Payload = Callable[[Stage], dict[str, Any]]
HERE = ("county", f"centre:{TOWN}", "incident:{incident}")
TASK = (*HERE, "team:{team}")
TEAM = ("county", f"centre:{TOWN}", "team:{team}")
ALARM = ("county", f"centre:{TOWN}", "incident:{incident}")
DESKS = ("county", f"centre:{TOWN}")
ROOMS = ("hazards:county", f"hazards:centre:{TOWN}")
EYES = ("cameras:county", f"cameras:centre:{TOWN}")
REGISTER = ("evacuation_zones:county", f"evacuation_zones:centre:{TOWN}", "evacuation_zone:{incident}")
LEAVING = (*DESKS, "evacuation:{evacuation}")
GONE = ("destructions",)
COUNTED = {"headcount": 9, "counted_by": "王某"}
HAZARD = (*ROOMS, "hazard:{hazard}")


@dataclass(frozen=True)
class Row:
    """One action. `says`: the events' types, in order; `heard`: the topics of `main` (default: the first event)."""

    name: str
    who: str
    payload: Payload
    says: tuple[str, ...]
    heard: tuple[str, ...] = HERE
    role: str | None = "town_leader"
    blind: str | None = "other_duty"
    foreign: Payload | None = None
    foreigner: str = "other_duty"
    main: str | None = None
    thing: str = "incident"
    version: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def step(
    name: str, *before: str, who: str = "town_team", says: tuple[str, ...] = ("task.stepped",), **body: Any
) -> Row:
    """A verb of a task, from the states before."""
    return Row(
        f"task.{name}", who, lambda s: {"id": s.at(*before), **body}, says, TASK,
        foreign=lambda s: {"id": s.shared_task, **body}, main="task.stepped",
    )  # fmt: skip


LINE = {"type": "LineString", "coordinates": [[112.86, 36.83], [112.87, 36.84]]}
EVERYWHERE = ("centres", "admin", f"admin:{TOWN}")
USER: dict[str, Any] = {"role": "security", "blind": "county_duty"}
NEWCOMER = {
    "username": "newcomer",
    "name": "新",
    "role": "planner",
    "centre": "140429",
    "password": "0123456789",
}
MOVED = ("task.stepped", "incident.moved")
NOW = "2026-11-22T02:00:00Z"
WRITTEN = "first:county:written"
CLOSED = {"shape": POINT, "cause": "landslide"}
WARNED = ("warnings", "warnings:county", "warnings:own:140429", "warning:{incident}")
DANGER = {"sort": "collapse", "reason": "旧楼", "point": POINT, "radius_m": 60}
RISKS = ("risk_point:{hazard}", "risks:county", f"risks:centre:{TOWN}")
TRACKS = ("tracks:{incident}",)
FILED = ("incident:{incident}",)
ROTA = ("duty:county", f"duty:centre:{TOWN}")
SHIFT = {"begins_at": rota.hour(10), "ends_at": rota.hour(20), "people": [rota.OFFICER]}
ROWS = [
    Row("duty.plan", "town_duty", lambda s: SHIFT, ("duty.planned",), ROTA, blind=None, foreign=lambda s: {**SHIFT, "centre": TOWN}),
    Row("duty.edit", "town_duty", lambda s: {"id": s.shift, "note": "换班"}, ("duty.edited",), ROTA, version=1,
        foreign=lambda s: {"id": s.county_shift, "note": "换班"}, foreigner="town_duty"),
    Row("duty.drop", "town_duty", lambda s: {"id": s.shift}, ("duty.dropped",), (*DESKS, *ROTA),
        foreign=lambda s: {"id": s.county_shift}, foreigner="town_duty"),
    Row("duty.copy_week", "town_duty", lambda s: {**rota.weeks(), "centre": TOWN if s.shift else None}, ("duty.planned",), ROTA, blind=None,
        foreign=lambda s: {**rota.weeks(), "centre": TOWN}),
    Row("duty.turn", "system", lambda s: {"centre": s.near_rota}, ("duty.near",), (*DESKS, *ROTA)),
    Row("duty.invent", "system", lambda s: {"centre": TOWN}, ("duty.planned", "duty.near", "duty.began"), ROTA),
    Row("duty.gap", "system", lambda s: {"centre": s.short_rota}, ("alarm.raised",), DESKS),
    Row("duty.check", "county_duty", lambda s: {"centre": OTHER if rota.no_night(s.cast) is None else ""}, ("duty_check.asked",),
        ("county", f"centre:{OTHER}"), blind=None),
    Row("duty.present", "town_duty", lambda s: {"id": s.check}, ("duty_check.present",), DESKS),
    Row("duty_check.end", "system", lambda s: {"id": s.check}, ("duty_check.missed", "alarm.raised"), DESKS),
    Row("handover.refresh", "town_duty", lambda s: {"id": s.handover if s.handover and s.second else ""}, ("handover.gathered",), DESKS),
    Row("handover.item", "town_duty", lambda s: {"id": s.handover, "key": f"incident:incident:{s.incident}", "to": "accepted"},
        ("handover.item",), DESKS),
    Row("handover.hand", "town_duty", lambda s: {"id": s.handover, "name": "赵值班"}, ("handover.handed",), DESKS),
    Row("handover.accept", "town_duty", lambda s: {"id": s.ready_handover, "name": "李接班"},
        ("handover.accepted", "duty.ended", "duty.began"), DESKS),
    Row("duty_note.write", "town_duty", lambda s: {"sort": "call_in", "who": "县气象局", "text": "雨区东移"}, ("duty_note.written",), DESKS,
        blind=None),
    Row("duty_note.keep", "town_duty", lambda s: {"id": s.note}, ("duty_note.kept",), DESKS),
    Row("duty_note.erase", "system", lambda s: {"id": s.note}, ("duty_note.erased",), DESKS),
    Row("incident.open", "town_duty", lambda s: {"kind": FLOOD, "village_code": VILLAGE, "casualties": {"missing": 2}},
        ("figure.stated", "incident.opened"), main="incident.opened", blind=None,
        foreign=lambda s: {"kind": FLOOD, "village_code": VILLAGE}),
    Row("incident.edit", "town_duty", lambda s: {"id": s.incident, "title": "改"}, ("incident.edited",), version=1,
        foreign=lambda s: {"id": s.shared, "title": "改"}),
    Row("incident.transition", "town_duty", lambda s: {"id": s.incident, "to": "verifying"}, ("incident.moved",),
        foreign=lambda s: {"id": s.shared, "to": "verifying"}),
    Row("incident.grade", "town_duty", lambda s: {"id": s.incident, "level": "III"}, ("incident.graded",),
        foreign=lambda s: {"id": s.shared, "level": "III"}),
    Row("incident.casualties", "town_duty", lambda s: {"id": s.incident, "dead": 1, "source": "县医院"},
        ("figure.stated", "incident.casualties"), main="incident.casualties"),
    Row("incident.report_change", "town_duty", lambda s: {"id": s.changed, "to": "市应急局"}, ("incident.reported",), thing="changed",
        foreign=lambda s: {"id": s.shared_changed, "to": "市应急局"}),
    Row("incident.late_window_end", "system", lambda s: {"id": s.past}, ("incident.late_window",), thing="past"),
    Row("incident.choose_figure", "town_duty", lambda s: {"id": s.incident, "figure_id": s.figure},
        ("figure.changed", "figure.changed", "incident.casualties"),
        foreign=lambda s: {"id": s.shared, "figure_id": s.shared_figure}),
    Row("incident.report", "town_duty", lambda s: {"id": s.incident, "text": "水到膝盖"}, ("report.added",)),
    Row("incident.photo", "town_duty", lambda s: {"id": s.incident, "picture": picture()}, ("report.added",)),
    Row("drawing.add", "town_duty", lambda s: {"id": s.incident, "kind": "line", "shape": LINE}, ("drawing.added",)),
    Row("drawing.change", "town_duty", lambda s: {"id": s.drawing, "text": "改"}, ("drawing.changed",), version=1,
        foreign=lambda s: {"id": s.shared_drawing, "text": "改"}),
    Row("drawing.remove", "town_duty", lambda s: {"id": s.drawing}, ("drawing.removed",),
        foreign=lambda s: {"id": s.shared_drawing}),
    Row("drawing.restore", "town_duty", lambda s: {"id": s.wiped}, ("drawing.restored",),
        foreign=lambda s: {"id": s.shared_drawing}),
    Row("incident.merge", "town_duty", lambda s: {"id": s.incident, "into": s.second},
        ("figure.changed", "incident.merged", "incident.absorbed"), main="incident.merged",
        foreign=lambda s: {"id": s.shared, "into": s.cast.open("other_duty", village_code="140429101200")["id"]}),
    Row("incident.unmerge", "town_duty", lambda s: {"id": s.merged}, ("incident.unmerged", "incident.released"),
        thing="second"),
    Row("incident.handover", "town_duty", lambda s: {"id": s.incident, "centre": OTHER}, ("incident.audience",),
        heard=(*HERE, f"centre:{OTHER}+"), foreign=lambda s: {"id": s.shared, "centre": OTHER}),
    Row("incident.share", "town_duty", lambda s: {"id": s.incident, "centre": OTHER}, ("incident.audience",),
        heard=(*HERE, f"centre:{OTHER}+"), foreign=lambda s: {"id": s.shared, "centre": "140429102"}),
    Row("incident.unshare", "town_duty", lambda s: {"id": s.shared, "centre": OTHER}, ("incident.audience",),
        heard=(*HERE, f"centre:{OTHER}-"), thing="shared", blind="noise_duty",
        foreign=lambda s: {"id": s.shared, "centre": OTHER}),
    Row("incident.take_command", "county_duty", lambda s: {"id": s.incident, "authority": "市指挥部", "who": "副市长"},
        ("incident.command",), role="town_duty"),
    Row("incident.erase_private", "system", lambda s: {"id": s.ended}, ("incident.private_erased",), thing="ended"),
    Row("destruction.draft", "system", lambda s: {"kind": "incident", "id": destroying.ended(s.cast)}, ("destruction.due",), GONE),
    Row("destruction.confirm", "security", lambda s: destroying.as_counted(s.due_destruction),
        ("incident.private_erased", "destruction.confirmed"), GONE, role="auditor", blind="county_duty", main="destruction.confirmed"),
    Row("destruction.hold", "security", lambda s: {"id": s.due_destruction["id"], **destroying.assessed()}, ("destruction.held",), GONE,
        role="auditor", blind="county_duty"),
    Row("destruction.release", "security", lambda s: {"id": s.held_destruction, "reason": "调查已结"}, ("destruction.released",), GONE,
        role="auditor", blind="county_duty"),
    Row("destruction.gone", "system", lambda s: {"id": s.confirmed_destruction}, ("destruction.gone",), GONE),
    Row("destruction.replay", "system", lambda s: destroying.tomb(s.cast), ("destruction.replayed",), GONE),
    Row("requisition.take", "town_duty", lambda s: {"id": s.incident, **taking.DIGGER}, ("requisition.taken",), FILED),
    Row("requisition.give_back", "town_duty", lambda s: {"id": s.requisition, **taking.BACK}, ("requisition.returned",), FILED,
        foreign=lambda s: {"id": s.shared_requisition, **taking.BACK}),
    Row("requisition.settle", "town_duty", lambda s: {"id": s.returned_requisition, **taking.PAID}, ("requisition.settled",), FILED,
        foreign=lambda s: {"id": s.shared_requisition, **taking.PAID}),
    Row("requisition.cancel", "town_duty", lambda s: {"id": s.requisition, "reason": "重复"}, ("requisition.cancelled",), FILED,
        foreign=lambda s: {"id": s.shared_requisition, "reason": "重复"}),
    Row("archive.make", "county_duty", lambda s: {"id": s.archived}, ("archive_file.replaced", "archive_file.asked"), FILED,
        thing="archived"),
    Row("archive.step", "system", lambda s: {"id": s.archive_file, "done": 1, "total": 2}, ("archive_file.stepped",), FILED,
        thing="archived"),
    Row("archive.made", "system", lambda s: {"id": s.archive_file, **archiving.MADE}, ("archive_file.made",), FILED,
        thing="archived"),
    Row("archive.failed", "system", lambda s: {"id": s.archive_file, "zh": "坏", "en": "broken"}, ("archive_file.failed",), FILED,
        thing="archived"),
    Row("incident.admit", "system", lambda s: {"id": s.incident, "add": [f"centre:{OTHER}"]}, ("incident.audience",),
        heard=(*HERE, f"centre:{OTHER}+")),
    Row("task.order", "town_duty", lambda s: {"id": s.incident, "team_ids": [s.teams["town_team"]]},
        ("incident.audience", "task.ordered", "team.status"), TASK, main="task.ordered"),
    Row("task.transition", "town_team", lambda s: {"id": s.task, "to": "accepted"}, MOVED, TASK, main="task.stepped",
        foreign=lambda s: {"id": s.shared_task, "to": "accepted"}),
    step("accept", "ordered", says=MOVED),
    step("refuse", "ordered", reason="路断", says=("task.stepped", "team.status", "incident.audience", "alarm.raised")),
    step("assemble", "ordered", "accepted"),
    step("depart", "ordered", "accepted"),
    step("arrive", "ordered", "enroute"),
    step("work", "ordered", "on_scene"),
    step("withdraw", "ordered", "working"),
    step("evacuate", "ordered", "working"),
    step("return", "ordered", "working", "withdrawn", says=("task.stepped", "team.status", "incident.audience")),
    step("recall", "ordered", "enroute", who="town_duty"),
    step("cancel", "ordered", who="town_duty", says=("task.stepped", "team.status", "incident.audience")),
    step("order_again", "ordered", "refused", who="town_duty", says=("incident.audience", "alarm.cleared", "task.stepped", "team.status")),
    Row("task.reassign", "town_duty", lambda s: {"id": s.task, "incident_id": s.second},
        ("task.stepped", "incident.audience", "task.ordered"), TASK, main="task.stepped",
        foreign=lambda s: {"id": s.shared_task, "incident_id": s.cast.open("other_duty", village_code="140429101200")["id"]}),
    Row("task.hint", "system", lambda s: {"id": s.at("ordered", "enroute"), "to": "on_scene", "at": NOW, "metres": 40},
        ("task.hinted",), TASK),
    Row("task.deny_hint", "town_team", lambda s: {"id": s.hinted}, ("task.hinted",), TASK,
        foreign=lambda s: {"id": s.hint(s.shared_task)}),
    Row("task.overdue", "system", lambda s: {"id": s.task}, ("alarm.raised",), ALARM),
    Row("task.ask_help", "town_team", lambda s: {"id": s.at("ordered", "on_scene"), "people": 4}, ("alarm.raised", "report.added"), ALARM,
        foreign=lambda s: {"id": s.shared_task, "people": 4}),
    Row("task.tell", "town_team", lambda s: {"id": s.at("ordered", "on_scene"), "text": "水退了"}, ("report.added",),
        foreign=lambda s: {"id": s.shared_task, "text": "x"}),
    Row("task.photo", "town_team", lambda s: {"id": s.at("ordered", "on_scene"), "picture": picture()}, ("report.added",),
        foreign=lambda s: {"id": s.shared_task, "picture": picture()}),
    Row("team.create", "county_duty", lambda s: {"name": "新队", "type": "flood", "centre": TOWN}, ("team.created",), TEAM,
        blind=None, role="town_duty", thing="made"),
    Row("team.edit", "county_duty", lambda s: {"id": s.teams["town_team"], "headcount": 9}, ("team.edited",), TEAM, version=1,
        role="town_duty"),
    Row("team.duty", "town_duty", lambda s: {"id": s.teams["town_team"], "on_duty": False}, ("team.duty",), TEAM),
    Row("team.status", "system", lambda s: {"id": s.teams["town_team"], "status": "resting"}, ("team.status",), TEAM),
    Row("team.mayday", "town_team", lambda s: {"id": s.teams["town_team"]}, ("alarm.raised",), TEAM,
        foreign=None),
    Row("team.mayday_cancel", "town_team", lambda s: {"id": s.mayday}, ("alarm.cleared",), TEAM),
    Row("delivery.follow", "system", lambda s: {"upto": s.office.unfollowed()}, ("delivery.made",), DESKS),
    Row("delivery.settle", "system", lambda s: {**s.office.claimed(), "gateway": "webhook", "outcome": "handed"},
        ("delivery.handed",), DESKS),
    Row("delivery.expire", "system", lambda s: {"id": s.office.late()}, ("delivery.missed",), DESKS),
    Row("delivery.call_off", "system", lambda s: {"about_kind": "task", "about_id": s.office.waiting().about_id},
        ("delivery.cancelled",), DESKS),
    Row("delivery.confirm", "system", lambda s: {"id": s.office.handed().id, "arrived": True}, ("delivery.confirmed",), DESKS),
    Row("delivery.close", "system", lambda s: {"id": s.office.long_ago()}, ("delivery.closed",), DESKS),
    Row("delivery.retry", "town_duty", lambda s: {"id": s.office.dead().id}, ("delivery.retried",), DESKS,
        foreign=lambda s: {"id": s.office.dead("county_duty").id}, foreigner="town_duty"),
    Row("delivery.acknowledge", "town_duty", lambda s: {"id": s.office.dead().id}, ("delivery.acknowledged",), DESKS,
        foreign=lambda s: {"id": s.office.dead("county_duty").id}, foreigner="town_duty"),
    Row("reply.take", "system", lambda s: {"number": "13700000009", "text": "桥断了"}, ("reply.taken", "alarm.raised"), ("county",)),
    Row("reply.acknowledge", "county_duty", lambda s: {"id": s.letter}, ("reply.acknowledged", "alarm.cleared"), ("county",),
        blind="town_duty", role="county_leader"),
    Row("team.leaders", "town_duty", lambda s: {"id": s.teams["town_team"], "leaders": [{"name": "队长", "number": "13900000001"}]},
        ("team.leaders",), TEAM),
    Row("alarm.escalate", "system", lambda s: {"id": s.alarm}, ("alarm.escalated",), ALARM),
    Row("alarm.raise", "system", lambda s: {"cause": "test", "rank": 2, "title": {"zh": "试", "en": "t"}, "parties": ["county"]},
        ("alarm.raised",), ("county",)),
    Row("alarm.clear", "system", lambda s: {"cause": s.unanswered}, ("alarm.cleared",), ALARM),
    Row("alarm.acknowledge", "town_duty", lambda s: {"id": s.alarm}, ("alarm.acknowledged",), ALARM, role="planner"),
    Row("alarm.silence", "town_duty", lambda s: {"id": s.alarm}, ("alarm.silenced",), ALARM, role="planner"),
    Row("alarm.unsilence", "town_duty", lambda s: {"id": s.silenced}, ("alarm.unsilenced",), ALARM, role="planner"),
    Row("link.settle", "system", lambda s: {"id": s.hear(0.0)}, ("link.up",), ("county",)),
    Row("link.alarm", "system", lambda s: {"id": s.silent}, ("alarm.raised",), ("county",)),
    Row("user.create", "admin", lambda s: {**NEWCOMER}, ("user.created",), ("admin",), role="security", blind=None),
    Row("user.disable", "security", lambda s: {"id": s.user}, ("user.disabled",), ("admin",), role="auditor", blind="county_duty"),
    Row("user.enable", "admin", lambda s: {"id": s.closed_user}, ("user.enabled",), ("admin", f"admin:{TOWN}"), **USER),
    Row("user.roles", "admin", lambda s: {"id": s.user, "role": "wall"}, ("user.role_changed",), ("admin",), **USER),
    Row("role.make", "security", lambda s: {"code": "shift_lead", "zh": "值班长", "en": "shift lead", "like": "county_duty"},
        ("role.made",), ("admin",), role="admin", blind=None),
    Row("role.change", "security", lambda s: {"id": "township_duty", "take": ["incident.grade"]}, ("role.changed",), ("admin",),
        role="admin", blind="county_duty", version=1),
    Row("user.password", "admin", lambda s: {"id": s.user, "password": "0123456789"}, ("user.password_changed",), ("admin",), **USER),
    Row("areas.import", "admin", lambda s: official(TOWN), ("area.changed",), ("areas",), role="county_duty", blind=None),
    Row("area.withdraw", "admin", lambda s: {"id": s.official}, ("area.changed",), ("areas",), role="county_duty", blind=None),
    Row("road_net.take", "admin", lambda s: {"file": s.net_file, "source": "OSM 2026-11", "licence": "ODbL 1.0"}, ("road_net.taken",),
        ("roads",), role="county_duty", blind=None),
    Row("road_net.withdraw", "admin", lambda s: {"id": s.net}, ("road_net.withdrawn",), ("roads",), role="county_duty",
        blind="security"),
    Row("closure.add", "town_duty", lambda s: {**CLOSED}, ("closure.added",), ("roads",), blind=None,
        foreign=lambda s: {**CLOSED, "centre": TOWN}),
    Row("closure.lift", "town_duty", lambda s: {"id": s.closure}, ("closure.lifted",), ("roads",), blind="security",
        foreign=lambda s: {"id": s.closure}),
    Row("closure.begin", "system", lambda s: {"id": s.planned}, ("closure.begun",), ("roads",)),
    Row("closure.expire", "system", lambda s: {"id": s.closure}, ("closure.lifted",), ("roads",)),
    Row("reporting.follow", "system", lambda s: {"id": s.incident}, ("reporting.changed",), DESKS),
    Row("reporting.lapse", "system", lambda s: {"id": s.papers.owed()}, (), DESKS),
    Row("reporting.line", "system", lambda s: {"id": s.papers.owed(), "cut": True, "at": NOW}, ("reporting.changed",), DESKS),
    Row("reporting.waive", "town_duty", lambda s: {"id": Papers(s.cast, s.open()).owed(), "key": WRITTEN, "reason": "小险情"},
        ("reporting.waived",), DESKS, foreign=lambda s: {"id": s.papers.owed(), "key": WRITTEN, "reason": "小险情"},
        foreigner="county_duty"),
    Row("sitrep.phone", "town_duty", lambda s: {"id": s.incident, "to": "county", "person": "县值班员"},
        ("reporting.changed", "sitrep.told"), DESKS, main="sitrep.told",
        foreign=lambda s: {"id": s.shared, "to": "county", "person": "县值班员"}),
    Row("sitrep.draft", "town_duty", lambda s: {"incident_id": s.incident}, ("reporting.changed", "sitrep.drafted"), DESKS,
        main="sitrep.drafted", blind=None, foreign=lambda s: {"incident_id": s.shared}),
    Row("sitrep.edit", "town_duty", lambda s: {"id": s.papers.draft(), "sections": {"trend": "雨势减弱"}}, ("sitrep.edited",), DESKS,
        version=1, foreign=lambda s: {"id": s.papers.draft(), "sections": {}}, foreigner="county_duty"),
    Row("sitrep.renew", "town_duty", lambda s: {"id": s.papers.draft()}, ("sitrep.edited",), DESKS,
        foreign=lambda s: {"id": s.papers.draft()}, foreigner="county_duty"),
    Row("sitrep.transition", "town_duty", lambda s: {"id": s.papers.draft(), "to": "reviewing"}, ("sitrep.moved",), DESKS,
        foreign=lambda s: {"id": s.papers.draft(), "to": "reviewing"}, foreigner="county_duty"),
    Row("sitrep.approve", "town_leader", lambda s: {"id": s.papers.reviewing()}, ("sitrep.reviewed",), DESKS, role="village",
        foreign=lambda s: {"id": s.papers.reviewing()}, foreigner="county_leader"),
    Row("sitrep.dispute", "town_leader", lambda s: {"id": s.papers.spoken()}, ("alarm.raised", "sitrep.disputed"), DESKS, role="town_duty",
        main="sitrep.disputed"),
    Row("sitrep.confirm", "town_leader", lambda s: {"id": s.papers.spoken()}, ("sitrep.confirmed",), DESKS, role="town_duty",
        foreign=lambda s: {"id": s.papers.spoken()}, foreigner="county_leader"),
    Row("sitrep.send", "town_duty", lambda s: {"id": s.papers.signed(), **TO_COUNTY}, ("sitrep.told", "reporting.changed"), DESKS,
        foreign=lambda s: {"id": s.papers.signed(), **TO_COUNTY}, foreigner="county_duty"),
    Row("sitrep.nil_draft", "system", lambda s: shift(), ("sitrep.drafted",), DESKS),
    Row("sitrep.nil_send", "town_duty", lambda s: {"id": s.papers.nil(), **TO_COUNTY}, ("sitrep.told",), DESKS,
        foreign=lambda s: {"id": s.papers.nil(), **TO_COUNTY}, foreigner="county_duty"),
    Row("info_request.take", "town_duty", lambda s: {"incident_id": s.incident, **ASKS}, ("info_request.taken",), DESKS, blind=None,
        foreign=lambda s: {"incident_id": s.shared, **ASKS}),
    Row("info_request.check", "town_duty", lambda s: {"id": s.papers.request(), "asked": False}, ("info_request.checked",), DESKS),
    Row("warning.enter", "county_duty", lambda s: warned.relayed(), ("warning.received",), WARNED, role="town_duty", blind=None),
    Row("warning.take", "county_duty", lambda s: {"xml": caps.xml(caps.alert())},
        ("cap_message.kept", "warning.received", "alarm.raised"), WARNED, role="town_duty", blind=None, main="warning.received"),
    Row("warning.edit", "county_duty", lambda s: {"id": s.warning, "level": "blue"}, ("warning.edited",), WARNED, version=1,
        blind="keeper", foreign=lambda s: {"id": s.warning, "level": "blue"}, foreigner="water_duty"),
    Row("warning.transition", "county_duty", lambda s: {"id": s.warning, "to": "relayed"},
        ("cap_message.kept", "warning.relayed", "warning.duties_opened"), (*WARNED, "warnings:force"), blind="keeper",
        role="water_duty", main="warning.relayed"),
    Row("warning.check", "town_duty", lambda s: {"id": s.warning_relayed, "code": "plan"}, ("warning.checked",),
        (*WARNED, "warnings:force"), blind="keeper"),
    Row("warning.draft_orders", "system", lambda s: {"id": s.warning_relayed}, ("instruction.drafted",) * 2, DESKS[:1]),
    Row("warning.order", "county_duty", lambda s: {"id": s.warning_drafted},
        ("instruction.issued", "alarm.raised", "instruction.issued", "alarm.raised", "warning.ordered"), (*WARNED, "warnings:force"),
        blind="keeper", role="wall", main="warning.ordered", foreign=lambda s: {"id": s.warning_drafted}, foreigner="town_duty"),
    Row("warning.expire", "system", lambda s: {"id": s.warning_over}, ("warning.expired",), (*WARNED, "warnings:force")),
    Row("callout.open", "town_duty", lambda s: {"areas": [s.named_people], "reason": "山洪"},
        ("callout.opened", "callout_list.made"), DESKS, blind=None, foreign=lambda s: {"areas": [s.named_people], "reason": "山洪"}),
    Row("callout.widen", "town_duty", lambda s: {"id": s.callout, "areas": [TOWN]}, ("callout_list.made", "callout.widened"), DESKS,
        version=1, foreign=lambda s: {"id": s.county_callout, "areas": [TOWN]}, foreigner="town_duty"),
    Row("callout.transition", "town_duty", lambda s: {"id": s.callout, "to": "closed", "reason": "预警解除"},
        ("callout_list.counted", "callout.ended"), DESKS, foreign=lambda s: {"id": s.county_callout, "to": "closed", "reason": "x"},
        foreigner="town_duty"),
    Row("callout.fill", "system", lambda s: {"id": s.callout_list}, (*["callout_person.listed"] * 3, "callout_list.counted"), DESKS,
        main="callout_list.counted"),
    Row("callout.climb", "system", lambda s: {"id": s.callout_late}, (*["callout_person.climbed"] * 3, "callout.climbed", "alarm.raised"),
        DESKS, main="callout.climbed"),
    Row("callout.add", "town_duty", lambda s: {"id": s.callout_list, "code": VILLAGE, "name": "赵六", "number": "13912345670"},
        ("callout_person.listed", "callout_list.counted"), DESKS, main="callout_list.counted"),
    Row("callout.robo", "town_duty", lambda s: {"id": s.callout_voice}, (*["callout_person.rung"] * 3, "callout.robo_begun"), DESKS,
        main="callout.robo_begun"),
    Row("callout.robo_on", "system", lambda s: {"id": s.callout_voice, "wave": "1", "by": "甲"},
        (*["callout_person.rung"] * 3, "callout.robo_begun"), DESKS, main="callout.robo_begun"),
    Row("callout.robo_heard", "system", lambda s: {"id": s.callout_person, "state": "confirmed", "gateway": "webhook",
        "call": {"result": "answered", "key": "1"}}, ("callout_person.attempted", "callout_list.counted"), DESKS,
        main="callout_list.counted"),
    Row("callout.watch", "system", lambda s: {"warning_id": s.warning_uncalled}, ("alarm.raised",) * 2, DESKS[1:]),
    Row("callout.attempt", "town_duty", lambda s: {"id": s.callout_person, "outcome": "moved"},
        ("callout_person.attempted", "callout_list.counted"), DESKS, main="callout_list.counted"),
    Row("callout.correct", "town_duty", lambda s: {"id": s.callout_moved, "attempt": 1},
        ("callout_person.attempted", "callout_list.counted"), DESKS, main="callout_list.counted"),
    Row("callout.sample", "county_duty", lambda s: {"id": s.callout_list if s.callout_moved else ""},
        ("callout_person.sampled", "callout.sampled"), DESKS, role="town_duty", main="callout.sampled"),
    Row("callout.recall", "county_duty", lambda s: {"id": s.callout_sampled, "outcome": "moved"},
        ("callout_person.attempted", "callout_list.counted"), DESKS, role="town_duty", main="callout_list.counted"),
    Row("evacuation_zone.register", "town_duty", lambda s: dict(leaving.ZONE), ("evacuation_zone.registered",), REGISTER, blind=None,
        foreign=lambda s: {**leaving.ZONE, "village_code": None, "centre": TOWN}),
    Row("evacuation_zone.edit", "town_duty", lambda s: {"id": s.moving.zone, "people": 40}, ("evacuation_zone.edited",), REGISTER,
        version=1),
    Row("evacuation_zone.withdraw", "town_duty", lambda s: {"id": s.moving.zone}, ("evacuation_zone.withdrawn",), REGISTER),
    Row("evacuation.open", "county_duty", lambda s: {"reason": "山洪", "zones": [s.moving.zone], **leaving.decided()},
        ("evacuation.opened", "evacuation_destination.opened", "evacuated_zone.opened", "alarm.raised"), LEAVING, blind=None,
        role="wall"),
    Row("evacuation.add_zones", "town_duty",
        lambda s: {"id": s.moving.evacuation, "zones": [leaving.zone(s.cast, name="北坡")], **leaving.decided()},
        ("evacuation.grew", "evacuated_zone.opened"), LEAVING),
    Row("evacuation.edit", "town_duty", lambda s: {"id": s.moving.evacuation, "reason": "滑坡"}, ("evacuation.edited",), LEAVING,
        version=1),
    Row("evacuation.count", "town_duty", lambda s: {"id": s.moving.part, "people_done": 30, "source": "村委会"},
        ("evacuation_count.stated", "evacuated_zone.changed"), LEAVING, main="evacuated_zone.changed"),
    Row("evacuation.arrive", "town_duty", lambda s: {"id": s.moving.destination, "people_arrived": 28, "source": "安置点"},
        ("evacuation_count.stated", "evacuation_destination.changed"), LEAVING, main="evacuation_destination.changed"),
    Row("evacuation.choose", "town_duty", lambda s: {"id": s.moving.count, "field": "people_done"}, ("evacuated_zone.changed",), LEAVING),
    Row("evacuation.redirect", "town_duty", lambda s: {"id": s.moving.part, "destination": {"name": "文化站"}},
        ("evacuation_destination.opened", "evacuated_zone.changed"), LEAVING),
    Row("evacuation.refuse", "town_duty",
        lambda s: {"id": s.moving.part, "people": 2, "reason": "livestock", "next_visit_at": leaving.ahead(30), "visitor": "包户干部"},
        ("evacuation_refusal.recorded",), LEAVING),
    Row("evacuation.visit", "town_duty", lambda s: {"id": s.moving.refusal, "outcome": "moved"}, ("evacuation_refusal.visited",), LEAVING),
    Row("evacuation.remind", "system", lambda s: {"id": s.moving.refusal}, ()),
    Row("evacuation.name_people", "town_duty", lambda s: {"id": s.moving.part, "people": [{"name": "王五"}]},
        ("evacuated_zone.changed",), LEAVING),
    Row("evacuation.name_arrived", "town_duty", lambda s: {"id": s.moving.destination, "people": [{"name": "王五"}]},
        ("evacuation_destination.changed",), LEAVING),
    Row("evacuation.allow_return", "town_duty", lambda s: {"id": s.moving.evacuation, "reason": "雨停水退", **leaving.decided()},
        ("evacuated_zone.changed", "evacuation.return_allowed"), LEAVING, main="evacuation.return_allowed"),
    Row("evacuation.end", "town_duty", lambda s: {"id": s.moving.evacuation, "reason": "预警解除"},
        ("evacuated_zone.changed", "evacuation_destination.changed", "evacuation.ended"), LEAVING, main="evacuation.ended",
        foreign=lambda s: {"id": s.moving.wide, "reason": "预警解除"}),
    Row("evacuation.erase_people", "system", lambda s: {"id": s.moving.over}, ("evacuation.people_erased",), LEAVING),
    Row("danger_area.declare", "town_duty", lambda s: {**DANGER}, ("danger_area.declared",), ("dangers",), blind=None,
        foreign=lambda s: {**DANGER, "centre": TOWN}),
    Row("danger_area.change", "town_duty", lambda s: {"id": s.danger, "reason": "扩大"}, ("danger_area.changed",), ("dangers",),
        blind="security", foreign=lambda s: {"id": s.danger, "reason": "扩大"}, version=1),
    Row("danger_area.lift", "town_duty", lambda s: {"id": s.danger, "reason": "水退"}, ("danger_area.lifted",), ("dangers",),
        blind="security", foreign=lambda s: {"id": s.danger, "reason": "水退"}),
    Row("danger_area.begin", "system", lambda s: {"id": s.danger_planned}, ("danger_area.begun",), ("dangers",)),
    Row("danger_area.ask", "system", lambda s: {"id": s.danger}, ("alarm.raised",), DESKS),
    Row("danger_area.enter", "system", lambda s: {"id": s.danger, "team_id": s.cast.teams["town_team"], "since": NOW, "depth_m": 40},
        ("danger_entry.entered", "alarm.raised"), TEAM),
    Row("danger_area.admit", "town_duty", lambda s: {"id": s.danger, "team_id": s.cast.teams["town_team"], "reason": "救人"},
        ("danger_admission.given",), TEAM, blind="security",
        foreign=lambda s: {"id": s.danger, "team_id": s.cast.teams["town_team"], "reason": "救人"}),
    Row("danger_admission.end", "town_duty", lambda s: {"id": s.danger_admission}, ("danger_admission.ended",), TEAM),
    Row("danger_entry.receipt", "town_team", lambda s: {"id": s.danger_entry}, ("danger_entry.receipted",), TEAM, role="town_duty",
        blind="other_team", foreign=None),
    Row("danger_entry.leave", "system", lambda s: {"id": s.danger_entry, "at": NOW}, ("danger_entry.left", "alarm.cleared"), TEAM),
    Row("area.line", "system", lambda s: {"id": TOWN, "shape": square(TOWN), "source": "测试", "source_crs": "wgs84"},
        ("area.changed",), ("areas",)),
    Row("place.create", "county_duty", lambda s: {"name": "红星煤矿", "kind": "mine", "location": POINT}, ("place.created",),
        ("places",), role="town_duty", blind=None),
    Row("place.edit", "county_duty", lambda s: {"id": s.place, "note": "改"}, ("place.edited",), ("places",), role="town_duty",
        blind=None, version=1),
    Row("place.withdraw", "county_duty", lambda s: {"id": s.place}, ("place.withdrawn",), ("places",), role="town_duty", blind=None),
    Row("road_post.enter", "county_duty", lambda s: {"ref": "G208", "km": 12, "location": POINT}, ("road_post.entered",),
        ("places",), role="town_duty", blind=None),
    Row("road_post.edit", "county_duty", lambda s: {"id": s.road_post, "within_m": 20}, ("road_post.edited",), ("places",),
        role="town_duty", blind=None, version=1),
    Row("road_post.withdraw", "county_duty", lambda s: {"id": s.road_post}, ("road_post.withdrawn",), ("places",), role="town_duty",
        blind=None),
    Row("road_post.derive", "county_duty", lambda s: {"ref": "X101", "file": s.road_of_posts}, ("road_post.entered",) * 2, ("places",),
        role="town_duty", blind=None),
    Row("team.take_off", "county_duty", lambda s: {"id": s.spare_team}, ("team.taken_off",), TEAM, role="town_duty"),
    Row("import.open", "admin", lambda s: {**IMPORT, "file": "a.csv", "digest": "0" * 64, "total": 2}, ("import.begun",), ("imports",),
        role="auditor", blind=None),
    Row("import.take", "admin", lambda s: {"id": s.open_import(), "part": 0, "rows": ROWS_GIVEN},
        ("place.created", "import.part", "import.moved"), ("imports",), main="import.moved", role="auditor"),
    Row("import.try", "admin", lambda s: {**IMPORT, "part": 0, "rows": ROWS_GIVEN}, (), role="auditor", blind=None),
    Row("import.undo", "admin", lambda s: {"id": s.import_done}, ("place.withdrawn", "import.part", "import.undone"), ("imports",),
        main="import.undone", role="auditor"),
    Row("wall.visitors", "county_duty", lambda s: {"id": s.cast.users["wall"], "on": True}, ("user.role_changed",), ("admin",),
        blind="other_duty"),
    Row("user.sign_out", "security", lambda s: {"id": s.user}, ("user.passes_ended",), ("admin",), role="auditor", blind="county_duty"),
    Row("user.codes_off", "admin", lambda s: {"id": s.coded_user, "reason": "手机丢失"}, ("user.codes_off",), ("admin",), **USER),
    Row("own.password", "system", lambda s: s.own(stored="h", **{"pass": "p"}), ("user.password_renewed",), ("admin",)),
    Row("own.codes_on", "system", lambda s: s.own(seed="QUFB", step=1, recovery=["h"]), ("user.codes_on",), ("admin",)),
    Row("own.codes_off", "system", lambda s: s.own(), ("user.codes_dropped",), ("admin",)),
    Row("own.recovery", "system", lambda s: s.own(recovery=["h"]), ("user.recovery_renewed",), ("admin",)),
    Row("user.token", "admin", lambda s: {"id": s.user, "label": "定位器", "sealed": s.sealed()}, ("user.token_issued",), ("admin",),
        **USER),
    Row("centre.edit", "admin", lambda s: {"id": TOWN, "phones": [{"label": "值班室", "number": "8011"}]}, ("centre.edited",), EVERYWHERE,
        role="county_duty", blind=None, version=1),
    Row("post.open", "admin", lambda s: {"id": TOWN, "title": "乡镇长", "lines": [{"kind": "landline", "number": "8012"}]},
        ("post.opened",), EVERYWHERE, role="county_duty", blind=None),
    Row("post.edit", "admin", lambda s: {"id": TOWN, "post": s.post, "title": "镇长"}, ("post.changed",), EVERYWHERE,
        role="county_duty", blind=None, version=1),
    Row("post.close", "admin", lambda s: {"id": TOWN, "post": s.post}, ("post.closed",), EVERYWHERE, role="county_duty", blind=None,
        version=1),
    Row("device.invite", "admin", lambda s: {"name": "指挥大厅", "user_id": s.cast.users["wall"], "sealed": s.sealed()},
        ("device.invited",), ("admin",), role="auditor", blind=None),
    Row("device.enrol", "system", lambda s: {"code": s.device_code, "hash": "h", "csrf": "c"}, ("device.enrolled",), ("admin",)),
    Row("device.revoke", "security", lambda s: {"id": s.device}, ("device.revoked",), ("admin",), role="auditor", blind="county_duty"),
    Row("world.open", "planner", lambda s: {"name": "防汛演练", "members": [s.cast.users["town_duty"]]}, ("world.opened",), ("county",),
        role="county_duty", blind=None),
    Row("world.end", "planner", lambda s: {"id": s.drill}, ("world.ended",), ("county",), role="county_duty", blind="other_duty"),
    Row("hazard.report", "town_duty", lambda s: {"type": "flood", "item": "silt_dam", "village_code": VILLAGE}, ("hazard.reported",),
        HAZARD, role="planner", blind=None),
    Row("hazard.edit", "town_duty", lambda s: {"id": s.hazard, "title": "改"}, ("hazard.edited",), HAZARD, version=1,
        foreign=lambda s: {"id": s.strange_hazard, "title": "改"}),
    Row("hazard.transition", "town_duty", lambda s: {"id": s.hazard, "to": "registered"}, ("hazard.moved",), HAZARD,
        foreign=lambda s: {"id": s.strange_hazard, "to": "registered"}),
    Row("hazard.photo", "town_duty", lambda s: {"id": s.hazard, "stage": "before", "picture": picture()}, ("hazard.photo",), HAZARD),
    Row("hazard.link", "town_duty", lambda s: {"id": s.hazard, "incident_id": s.incident}, ("hazard.linked", "report.added"), HAZARD),
    Row("hazard.unlink", "town_duty", lambda s: {"id": s.linked_hazard, "incident_id": s.incident}, ("hazard.linked",), HAZARD),
    Row("hazard.raise_incident", "town_duty", lambda s: {"id": s.hazard, "kind": FLOOD},
        ("incident.opened", "hazard.linked", "report.added"), HAZARD, main="hazard.linked"),
    Row("hazard.erase_people", "system", lambda s: {"id": s.closed_hazard}, ("hazard.people_erased",), HAZARD),
    Row("hazard.chase", "system", lambda s: {"id": s.overdue_hazard}, ("hazard.climbed",),
        (*HAZARD, "hazards:centre:140429-water")),
    Row("hazard.draft", "town_duty", lambda s: {"id": s.hazard, "kind": "talk"}, ("hazard_notice.drafted",), HAZARD,
        foreign=lambda s: {"id": s.strange_hazard, "kind": "talk"}),
    Row("hazard.withdraw", "town_duty", lambda s: {"id": s.hazard}, ("hazard.moved",), HAZARD,
        foreign=lambda s: {"id": s.strange_hazard}),
    Row("risk_point.register", "town_duty", lambda s: {**ground.RISK}, ("risk_point.registered",),
        RISKS, blind=None, foreign=lambda s: {**ground.RISK}),
    Row("risk_point.edit", "town_duty", lambda s: {"id": s.risk, "colour": "red"}, ("risk_point.edited",), RISKS,
        version=1),
    Row("risk_point.withdraw", "town_duty", lambda s: {"id": s.risk}, ("risk_point.withdrawn",), RISKS),
    Row("inspection.plan", "town_duty", lambda s: {**ground.PLAN}, ("inspection.planned",), HAZARD, blind=None,
        foreign=lambda s: {**ground.PLAN}),
    Row("inspection.record", "town_duty",
        lambda s: {"id": s.inspection, "answers": ground.GOOD, "picture": picture(), "location": ground.HERE},
        ("inspection_round.recorded", "inspection.gone"), HAZARD, main="inspection.gone"),
    Row("inspection.end", "town_duty", lambda s: {"id": s.inspection}, ("inspection.ended",), HAZARD,
        foreign=lambda s: {"id": s.shared_inspection}),
    Row("inspection.lapse", "system", lambda s: {"id": s.missed_inspection}, ("inspection.lapsed",), HAZARD),
    Row("hazard_notice.sign", "town_leader", lambda s: {"id": s.notice, "name": "王某", "post": "镇长"}, ("hazard_notice.signed",),
        HAZARD, role="town_duty", foreign=lambda s: {"id": s.county_notice, "name": "王某", "post": "镇长"}, foreigner="town_leader"),
    Row("hazard_notice.drop", "town_leader", lambda s: {"id": s.notice, "reason": "已整改"}, ("hazard_notice.dropped",), HAZARD,
        role="town_duty"),
    Row("camera.add", "town_duty", lambda s: {**eyes.CAMERA}, ("camera.added",), EYES, blind=None,
        foreign=lambda s: {**eyes.CAMERA, "centre": TOWN}),
    Row("camera.edit", "town_duty", lambda s: {"id": s.camera, "facing": 180}, ("camera.edited",), EYES, version=1),
    Row("camera.address", "town_duty", lambda s: {"id": s.camera, **eyes.STREAM}, ("camera.addressed",), EYES),
    Row("camera.settle", "system", lambda s: {"id": s.camera, "state": "online"}, ("camera.settled",), EYES),
    Row("camera.retire", "town_duty", lambda s: {"id": s.camera}, ("camera.retired",), EYES),
    Row("camera.view", "town_duty", lambda s: {"id": s.camera, "purpose": "search", "note": "找人"}, ("camera_viewing.begun",),
        ("camera:{camera}",), role="planner"),
    Row("camera.view_on", "town_duty", lambda s: {"id": s.viewing}, ("camera_viewing.prolonged",), ("camera:{camera}",), role="auditor"),
    Row("camera.view_end", "town_duty", lambda s: {"id": s.viewing}, ("camera_viewing.ended",), ("camera:{camera}",), role="auditor"),
    Row("instruction.issue", "county_duty", lambda s: {**orders.ORDER, "incident_id": s.incident}, ("instruction.issued", "alarm.raised"),
        role="water_duty", blind=None, foreign=lambda s: {**orders.ORDER}),
    Row("instruction.transition", "town_duty", lambda s: {"id": s.instruction, "to": "accepted"},
        ("alarm.cleared", "instruction.moved"), main="instruction.moved", role="planner",
        foreign=lambda s: {"id": s.shared_instruction, "to": "accepted"}),
    Row("instruction.feedback", "town_duty", lambda s: {"id": s.accepted_instruction, "text": "已到 3 户"}, ("instruction.fed_back",),
        role="planner", foreign=lambda s: {"id": s.shared_instruction, "text": "x"}),
    Row("instruction.extend", "county_duty", lambda s: {"id": s.instruction, "due_at": orders.ahead(90), "reason": "路断"},
        ("instruction.extended",), role="planner", foreign=lambda s: {"id": s.instruction, "due_at": orders.ahead(90), "reason": "x"},
        foreigner="town_duty"),
    Row("instruction.supervise", "county_leader", lambda s: {"id": s.instruction, "text": "十分钟内报结果"},
        ("instruction.supervised", "alarm.raised"), role="county_duty",
        foreign=lambda s: {"id": s.instruction, "text": "x"}, foreigner="town_leader"),
    Row("instruction.look", "system", lambda s: {"id": s.late_instruction},
        ("instruction.late", "alarm.cleared", "alarm.raised", "instruction.late", "alarm.raised")),
    Row("need.draft", "town_duty", lambda s: helping.need(incident_id=s.incident), ("need.drafted",), DESKS, blind=None),
    Row("need.edit", "town_duty", lambda s: {"id": s.helping.draft, "people": 30}, ("need.changed",), DESKS,
        foreign=lambda s: {"id": s.helping.wide_need, "people": 30, "reason": "x"}),
    Row("need.publish", "town_leader", lambda s: {"id": s.helping.draft, "published_by": helping.HEAD}, ("need.published",),
        role="planner", foreign=lambda s: {"id": s.helping.wide_need, "published_by": helping.HEAD}),
    Row("need.close", "town_duty", lambda s: {"id": s.helping.need, "to": "met", "reason": "人已够"}, ("need.closed",),
        foreign=lambda s: {"id": s.helping.wide_need, "to": "met", "reason": "x"}),
    Row("need.look", "system", lambda s: {"id": s.helping.ended}, ("need.closed",)),
    Row("force.check_in", "town_duty", lambda s: {**helping.FORCE, "incident_id": s.incident}, ("force.checked_in",), blind=None),
    Row("force.assign", "town_duty", lambda s: {"id": s.helping.force, **helping.BRIEFED}, ("force.assigned",),
        foreign=lambda s: {"id": s.helping.wide_force, **helping.BRIEFED}),
    Row("force.recount", "town_duty", lambda s: {"id": s.helping.force, **COUNTED, "reason": "后到"}, ("force.recounted",),
        foreign=lambda s: {"id": s.helping.wide_force, **COUNTED, "reason": "x"}),
    Row("force.check_out", "town_duty", lambda s: {"id": s.helping.force, **COUNTED}, ("force.checked_out", "alarm.raised"),
        foreign=lambda s: {"id": s.helping.wide_force, **COUNTED}),
    Row("force.account", "town_duty", lambda s: {"id": s.helping.short, "headcount": 2, "counted_by": "王某", "note": "已回家"},
        ("alarm.cleared", "force.accounted"), main="force.accounted",
        foreign=lambda s: {"id": s.helping.wide_short, "headcount": 2, "counted_by": "王某", "note": "x"}),
    Row("force.decline", "town_duty", lambda s: {"id": s.helping.force, "reason": "人手已够", "elsewhere": "洪水镇"}, ("force.declined",),
        foreign=lambda s: {"id": s.helping.wide_force, "reason": "x", "elsewhere": "x"}),
    Row("force.look", "system", lambda s: {"id": s.helping.waiting}, ("force.waiting", "alarm.raised")),
    Row("plan.draft", "planner", lambda s: {**library.PLAN, "code": "other"}, ("plan.drafted",), ("plans:140429",), role="county_duty",
        blind=None),
    Row("plan.edit", "planner", lambda s: {"id": s.draft_plan, "title": "改"}, ("plan.edited",), ("plans:140429",), role="county_duty",
        blind="town_duty", version=1),
    Row("plan.revise", "planner", lambda s: {"id": s.plan, "reason": "演练发现问题"}, ("plan.drafted",), ("plans:140429",),
        role="county_duty", blind="town_team"),
    Row("plan.transition", "planner", lambda s: {"id": s.plan, "to": "withdrawn", "reason": "并入新预案"}, ("plan.moved",),
        ("plans", "plans:140429"), role="county_duty", blind="town_team"),
    Row("plan.announce", "system", lambda s: {"warning_id": s.warning_relayed, "kind": None, "colour": None, "areas": [], "title": {},
        "in_force": False}, (), DESKS),
    Row("response.propose", "county_duty", lambda s: {**library.ASKED, "plan_id": s.plan, "incident_id": s.incident},
        ("response.proposed",), role="planner", blind=None),
    Row("response.transition", "county_leader", lambda s: {"id": s.response, "to": "active"},
        ("response.moved", "instruction.issued", "alarm.raised", "instruction.issued", "alarm.raised"), role="planner"),
    Row("response.confirm", "county_leader", lambda s: {"id": s.spoken_response}, ("response.confirmed",), role="county_duty"),
    Row("response.dispute", "county_leader", lambda s: {"id": s.spoken_response}, ("alarm.raised", "response.disputed"),
        role="county_duty", main="response.disputed"),
    Row("decision.ask", "town_duty", lambda s: {**asked.QUESTION}, ("decision.asked",), DESKS, blind=None),
    Row("decision.decide", "town_leader", lambda s: {"id": s.decision, "option": "1"}, ("decision.made",), DESKS, role="planner",
        foreign=lambda s: {"id": s.decision, "option": "1"}, foreigner="county_leader"),
    Row("decision.confirm", "town_leader", lambda s: {"id": s.spoken_decision}, ("decision.confirmed",), DESKS, role="town_duty",
        foreign=lambda s: {"id": s.spoken_decision}, foreigner="county_leader"),
    Row("decision.dispute", "town_leader", lambda s: {"id": s.spoken_decision}, ("alarm.raised", "decision.disputed"), DESKS,
        role="town_duty", main="decision.disputed", foreign=lambda s: {"id": s.spoken_decision}, foreigner="county_leader"),
    Row("decision.retract", "town_leader", lambda s: {"id": asked.by_hand(s.cast, s.decision), "reason": "按错"},
        ("decision.retracted",), DESKS, role="town_duty", foreign=lambda s: {"id": s.decision, "reason": "按错"},
        foreigner="county_leader"),
    Row("decision.withdraw", "town_duty", lambda s: {"id": s.decision, "reason": "雨停"}, ("decision.withdrawn",), DESKS,
        foreign=lambda s: {"id": s.decision, "reason": "雨停"}, foreigner="county_duty"),
    Row("decision.look", "system", lambda s: {"id": s.late_decision}, ("decision.late", "alarm.raised"), DESKS),
    Row("response.ask", "system", lambda s: {"id": s.long_response}, ("response.past_due", "alarm.raised")),
    Row("consultation.record", "county_duty", lambda s: {**library.TALK}, ("consultation.recorded",),
        ("consultations:county",), role="planner",
        blind=None),
    Row("consultation.correct", "county_duty", lambda s: {"id": s.talk, "conclusion": "改为转移", "reason": "笔误"},
        ("consultation.corrected",), ("consultations:county",), role="planner", version=1),
    Row("track.set", "town_duty", lambda s: {"id": s.fall.incident, "sort": "lawful", "state": "doing"}, ("track.set",), TRACKS),
    Row("opinion.note", "town_duty", lambda s: {"id": s.fall.incident, "seen_where": "微博", "claim": "瞒报"}, ("opinion.noted",),
        TRACKS),
    Row("opinion.edit", "town_duty", lambda s: {"id": s.fall.item, "verdict": "false"}, ("opinion.edited",), TRACKS),
    Row("opinion.settle", "town_duty", lambda s: {"id": s.fall.item, "to": "answered", "text": "已辟谣"}, ("opinion.settled",), TRACKS),
    Row("statement.draft", "town_duty", lambda s: {"id": s.fall.incident, "title": "通报", "text": "4人被困"}, ("statement.drafted",),
        TRACKS),
    Row("statement.edit", "town_duty", lambda s: {"id": s.fall.statement, "text": "4人被困。"}, ("statement.edited",), TRACKS, version=1),
    Row("statement.approve", "county_leader", lambda s: {"id": s.fall.statement}, ("statement.approved",), TRACKS, role="county_duty"),
    Row("statement.confirm", "county_leader", lambda s: {"id": s.fall.spoken}, ("statement.confirmed",), TRACKS, role="county_duty"),
    Row("statement.dispute", "county_leader", lambda s: {"id": s.fall.spoken, "text": "不是这样说的"},
        ("alarm.raised", "statement.disputed"),
        TRACKS, main="statement.disputed", role="county_duty"),
    Row("statement.move", "county_leader", lambda s: {"id": s.fall.approved, "to": "withdrawn", "reason": "有误"}, ("statement.moved",),
        TRACKS, role="county_duty"),
    Row("statement.record_published", "town_duty", lambda s: {"id": s.fall.approved, "where": "武乡发布", "by": "宣传部"},
        ("statement.published",), TRACKS),
    Row("family.open", "town_duty", lambda s: {"id": s.fall.incident, "victim": "甲某某", "liaison": "乙某某"}, ("family.opened",), TRACKS,
        role="planner"),
    Row("family.edit", "town_duty", lambda s: {"id": s.fall.family, "lodging": "别处"}, ("family.edited",), TRACKS, role="planner"),
    Row("family.tell", "town_duty", lambda s: {"id": s.fall.family, "text": "已打通"}, ("family.told",), TRACKS, role="planner"),
    Row("family.notify", "town_duty", lambda s: {"id": s.fall.family, "how": "phone"}, ("family.notified",), TRACKS, role="planner"),
    Row("family.close", "town_duty", lambda s: {"id": s.fall.family, "reason": "已返家"}, ("family.closed",), TRACKS, role="planner"),
    Row("care.open", "carer", lambda s: {"id": s.fall.incident, "group": "family", "name": "丙某某"}, ("care.opened",), TRACKS,
        role="county_duty"),
    Row("care.hold", "carer", lambda s: {"id": s.fall.care, "note": "好转"}, ("care.held",), TRACKS, role="county_duty"),
    Row("care.change", "carer", lambda s: {"id": s.fall.care, "state": "closed"}, ("care.changed",), TRACKS, role="county_duty"),
    Row("tracks.look", "system", lambda s: {"kind": "opinion", "id": s.fall.item}, ()),
    Row("setting.set", "admin", lambda s: {"name": "task.accept_s.direct", "centre": "140429", "value": 90}, ("setting.changed",),
        ("county", "centre:140429"), role="county_duty", blind=None),
]  # fmt: skip


def picture() -> str:
    """A small photo as a phone sends it."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(made, "PNG")
    return base64.b64encode(made.getvalue()).decode()


TABLE = {row.name: row for row in ROWS}
DOORS = [row for row in ROWS if row.who != "system"]


def test_it_has_a_row_for_every_action() -> None:
    assert set(TABLE) == set(ACTIONS), "each action needs its row in this table"
    assert {row.name for row in ROWS if row.who == "system"} == {
        one.name for one in ACTIONS.values() if one.inner
    }


def test_it_has_a_row_that_says_every_event() -> None:
    """What no row says is said by a test of its own, named here."""
    elsewhere = {"delivery.tried", "delivery.failed", "danger_entry.admitted"}
    elsewhere |= {"alarm.bundled", "task.reserved", "task.moved", "report.moved", "link.cut", "alarm.passed"}
    elsewhere |= {"instruction.drafted", "instruction.passed", "response.passed"}
    elsewhere |= {"need.passed", "force.passed"}  # tests/needs
    elsewhere |= {"reporting.overdue", "sitrep.received", "incident.told"}
    elsewhere |= {
        "warning.drafted",
        "warning.reviewed",
        "warning.issued",
        "warning.update_waits",
        "warning.updated",
    }
    elsewhere |= {"warning.cancelled", "cap_message.passed"}
    elsewhere |= {"destruction.reminded", "destruction.dropped"}  # tests/destruction
    elsewhere |= {
        "handover.opened",
        "handover.forgotten",
        "handover.closed",
        "duty_check.spared",
    }  # tests/duty
    elsewhere |= {"evacuation_refusal.closed", "incident.leader_decided"}  # tests/evacuation, tests/decisions
    elsewhere |= {"callout_person.robo"}  # tests/callout
    elsewhere |= {"requisition.lost"}  # tests/requisitions
    elsewhere |= {
        "track.late",
        "opinion.late",
        "family.late",
        "care.late",
        "statement.weighed",
    }  # tests/tracks
    assert {say for row in ROWS for say in row.says} | elsewhere == set(EVENTS)


@pytest.fixture
def stage(cast: County) -> Stage:
    """The prepared scene."""
    return Stage(cast)


def do(cast: County, row: Row, who: str, payload: dict[str, Any], key: str | None = None) -> Any:
    """Ask for the row's action."""
    return cast.act(who, row.name, payload, command_id=key, version=seen(cast, row, payload))


def seen(cast: County, row: Row, payload: dict[str, Any]) -> int | None:
    """The version that the command is based on, where it asks for one."""
    return current(cast, payload["id"]) if row.version else None


def current(cast: County, thing: str) -> int:
    """The version of a thing as the journal last told it; 1 for what it never told of (founded centres)."""
    told = (canonical.load(one.record) for one in reversed(cast.entries()))
    version: int = next((one["version"] for one in told if one["id"] == thing), 1)
    return version


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_it_is_allowed_and_tells_those_who_may_know(cast: County, stage: Stage, row: Row) -> None:
    payload = row.payload(stage)
    before = cast.end()
    key, version = new_id(), seen(cast, row, payload)
    answer = do(cast, row, row.who, payload, key)
    assert answer.ok, answer.body.decode()
    assert answer.status == ACTIONS[row.name].status
    entries = cast.entries(after=before)
    said = [entry.type for entry in entries]
    if not row.says:  # it only looks, and puts all back
        assert said == []
        return
    assert [one for one in said if one in row.says] == said
    assert sorted(set(said)) == sorted(set(row.says))
    assert {entry.command for entry in entries} == {key}
    main = next(entry for entry in entries if entry.type == (row.main or row.says[0]))
    heard = {named(one, stage, row, main) for one in row.heard}
    assert told(cast, main.seq) == heard
    if row.name != "alarm.clear":
        repeated = cast.act(row.who, row.name, payload, command_id=key, version=version)
        assert (repeated.status, repeated.body) == (answer.status, answer.body)
    assert cast.end() == entries[-1].seq
    assert cast.flaws() == []


def told(cast: County, seq: int) -> set[str]:
    """Who heard an entry: `topic`, `topic+` where it was gained, `topic-` where it was lost."""
    return {topic + ("", "-", "+")[change] for topic, change in cast.topics(seq).items()}


def named(pattern: str, stage: Stage, row: Row, entry: Any) -> str:
    """A topic of the table with the ids of this scene."""
    record = canonical.load(entry.record)
    things = {"incident": stage.incident, "second": stage.second} if row.thing == "second" else {}
    thing = things.get(row.thing) or record.get("incident_id") or record["id"]
    team = record.get("team_id") or (record["id"] if entry.kind == "team" else stage.teams["town_team"])
    hazard = record.get("hazard_id") or record["id"]
    evacuation = record.get("evacuation_id") or record["id"]
    return pattern.format(
        incident=thing, team=team, hazard=hazard, camera=record.get("camera_id"), evacuation=evacuation
    )


@pytest.mark.parametrize("row", DOORS, ids=lambda row: row.name)
def test_it_is_refused_by_role_by_scope_and_to_another_centre(cast: County, stage: Stage, row: Row) -> None:
    """403 to a role without the right; 404 to whom it is invisible, with the very words of what does not exist; 403 to
    another centre that may see it. Nothing is written."""
    payload = row.payload(stage)
    foreign = row.foreign(stage) if row.foreign else None
    before = cast.end()
    by_role = do(cast, row, row.role or "", payload)
    assert by_role.status == 403, by_role.body.decode()
    if row.blind:
        unseen = do(cast, row, row.blind, payload)
        nothing = cast.act(
            row.blind, row.name, {**payload, "id": new_id()}, version=1 if row.version else None
        )
        assert (unseen.status, nothing.status) == (404, 404), unseen.body.decode()
        words = [{**canonical.load(one.body), "command_id": None} for one in (unseen, nothing)]
        assert words[0] == words[1]
    if foreign:
        seen = do(cast, row, row.foreigner, foreign)
        assert seen.status == 403, seen.body.decode()
    assert cast.end() == before


@pytest.mark.parametrize("row", [row for row in ROWS if row.who == "system"], ids=lambda row: row.name)
def test_it_is_not_there_for_anybody_at_a_door(cast: County, stage: Stage, row: Row) -> None:
    payload = row.payload(stage)
    for who in ("county_duty", "admin", "town_team"):
        with pytest.raises(NotFound):
            cast.act(who, row.name, payload)
