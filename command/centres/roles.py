"""The roles that an installation starts with, as sets of permissions. They become rows; an administrator may change them."""

from __future__ import annotations

READ = {
    "incident.read", "team.read", "task.read", "alarm.read", "centre.read", "layer.read", "road.read",
    "danger.read", "hazard.read", "camera.read", "instruction.read", "sitrep.read", "warning.read",
    "duty.read", "plan.read", "callout.read", "decision.read", "evacuation.read",
    "requisition.read", "need.read",
}  # fmt: skip
TRACKS = {"track.read", "track.write", "opinion.write", "statement.write"}
HAZARDS = {
    "hazard.report", "hazard.handle", "hazard.rectify", "hazard.accept", "risk.write", "inspection.plan", "screen.hazards",
}  # fmt: skip
SHIFT = {"duty.write", "duty.log", "duty.handover", "duty.present", "screen.duty"}
EVACUATION = {"evacuation.open", "evacuation.count", "evacuation.zones"}
NEEDS = {"need.write", "need.publish", "force.enter", "force.assign"}
REPORTS = {"sitrep.draft", "sitrep.send", "sitrep.review", "sitrep.oral"}
CALLS = {"callout.open", "callout.work"}
DUTY = (
    READ
    | HAZARDS
    | (SHIFT | REPORTS | CALLS | EVACUATION | NEEDS | TRACKS)
    | {
        "family.write",
        "requisition.write",
        "archive.make",
        "archive.read",
        "incident.open",
        "incident.edit",
        "incident.transition",
        "incident.grade",
        "incident.report",
        "incident.casualties",
        "incident.choose",
        "incident.merge",
        "incident.handover",
        "incident.share",
        "suggest.read",
        "team.duty",
        "team.position",
        "task.order",
        "task.step",
        "task.proxy",
        "alarm.acknowledge",
        "delivery.read",
        "delivery.retry",
        "team.leaders",
        "personal.read",
        "line.read",
        "screen.desk",
        "screen.wall",
        "wall.visitors",
        "closure.write",
        "danger.write",
        "camera.view",
        "camera.write",
        "instruction.issue",
        "instruction.answer",
        "warning.check",
        "response.propose",
        "response.record",
        "consultation.write",
        "decision.ask",
        "decision.record",
        "screen.brief",
    }
)
COUNTY = DUTY | {
    "warning.write",
    "warning.relay",
    "warning.issue",
    "import.read",
    "import.write",
    "place.write",
    "incident.command",
    "team.write",
    "setting.read",
    "journal.read",
    "hazard.list",
    "hazard.sign",
    "duty.check",
    "duty.burden",
    "callout.sample",
}
TEAM = {
    "incident.read", "team.read", "task.read", "task.step", "team.position", "team.mayday", "team.duty",
    "incident.report", "hazard.read", "hazard.report", "alarm.read", "screen.field", "centre.read", "road.read",
    "danger.read", "danger.receipt", "warning.read",
}  # fmt: skip
SECURITY = {
    "centre.read", "user.read", "user.disable", "device.read", "device.write", "access.read", "camera.viewings",
    "destruction.read", "destruction.confirm", "destruction.hold", "role.write", "system.read", "screen.admin",
}  # fmt: skip
AUDITOR = {
    "centre.read", "import.read", "journal.read", "access.read", "camera.viewings", "user.read", "device.read",
    "destruction.read", "setting.read", "system.read", "screen.admin",
}  # fmt: skip

DEFAULT_ROLES: dict[str, tuple[str, str, set[str]]] = {
    "county_leader": (
        "县领导",
        "county leader",
        READ
        | {
            "suggest.read",
            "archive.read",
            "incident.grade",
            "alarm.acknowledge",
            "delivery.read",
            "screen.wall",
            "screen.desk",
            "screen.hazards",
            "incident.command",
            "hazard.list",
            "hazard.sign",
            "camera.view",
            "instruction.issue",
            "instruction.supervise",
            "sitrep.review",
            "sitrep.sign",
            "warning.issue",
            "warning.check",
            "duty.check",
            "duty.burden",
            "callout.sample",
            "screen.duty",
            "plan.approve",
            "screen.planner",
            "response.propose",
            "response.approve",
            "decision.decide",
            "screen.brief",
            "track.read",
            "statement.approve",
            "need.publish",
        },
    ),
    "county_duty": ("县值班员", "county duty officer", COUNTY),
    "township_leader": (
        "乡镇领导",
        "township leader",
        READ
        | {
            "archive.read",
            "suggest.read",
            "alarm.acknowledge",
            "delivery.read",
            "screen.desk",
            "screen.wall",
            "screen.hazards",
            "hazard.sign",
            "camera.view",
            "instruction.issue",
            "instruction.answer",
            "instruction.supervise",
            "sitrep.review",
            "sitrep.sign",
            "screen.duty",
            "plan.approve",
            "screen.planner",
            "response.propose",
            "response.approve",
            "decision.decide",
            "screen.brief",
            "track.read",
            "need.publish",
        },
    ),
    "township_duty": ("乡镇值班员", "township duty officer", DUTY),
    "dept_duty": (
        "部门值班员",
        "department duty officer",
        READ
        | HAZARDS
        | SHIFT
        | TRACKS
        | {
            "statement.approve",
            "incident.report",
            "screen.desk",
            "screen.wall",
            "camera.view",
            "camera.write",
            "instruction.answer",
            "warning.write",
            "warning.check",
        },
    ),
    "team": ("队伍", "team", TEAM),
    "village": (
        "村(社区)",
        "village",
        {
            "incident.read",
            "incident.open",
            "incident.report",
            "centre.read",
            "road.read",
            "danger.read",
            "warning.read",
            "screen.desk",
            "hazard.read",
            "hazard.report",
            "screen.hazards",
            "instruction.read",
            "instruction.answer",
        },
    ),
    "unit": (
        "企业(单位)",
        "unit",
        {"centre.read", "hazard.read", "hazard.report", "hazard.rectify", "screen.hazards"},
    ),
    "care": (
        "心理援助人员",
        "psychological aid",
        {"incident.read", "centre.read", "track.read", "care.write", "screen.desk"},
    ),
    "keeper": ("保管员", "keeper", {"centre.read"}),
    "planner": (
        "预案演练员",
        "planner",
        READ
        | TRACKS
        | {
            "screen.desk",
            "screen.wall",
            "screen.hazards",
            "screen.planner",
            "world.open",
            "plan.write",
            "evacuation.zones",
        },
    ),
    "evaluator": ("评估员", "evaluator", {"centre.read"}),
    "guest_force": (
        "社会力量",
        "guest force",
        {
            "team.read",
            "task.read",
            "task.step",
            "incident.read",
            "team.position",
            "team.mayday",
            "screen.field",
            "centre.read",
            "road.read",
            "danger.read",
            "danger.receipt",
            "warning.read",
        },
    ),
    "admin": (
        "管理员",
        "administrator",
        {
            "area.write",
            "road.read",
            "road.write",
            "import.read",
            "import.write",
            "evacuation.zones",
            "place.write",
            "team.write",
            "layer.read",
            "camera.read",
            "camera.write",
            "centre.read",
            "user.admin",
            "user.read",
            "user.disable",
            "post.write",
            "line.read",
            "device.read",
            "device.write",
            "delivery.read",
            "delivery.all",
            "setting.read",
            "setting.write",
            "system.read",
            "screen.admin",
        },
    ),
    "security": ("安全管理员", "security officer", SECURITY),
    "auditor": ("审计员", "auditor", AUDITOR),
    "wall": ("大屏", "wall display", READ | {"screen.wall", "screen.wall.device"}),
    "wall_visitors": (
        "参观大屏",
        "wall display for visitors",
        {"screen.wall", "screen.wall.device", "screen.wall.visitors"},
    ),
}

COUNTY_ROLES = frozenset({"county_leader", "county_duty", "planner", "wall"})
