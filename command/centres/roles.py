"""The roles that an installation starts with, as sets of permissions. They become rows; an administrator may change them."""

from __future__ import annotations

READ = {"incident.read", "team.read", "task.read", "alarm.read", "centre.read", "layer.read"}
DUTY = READ | {
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
}
COUNTY = DUTY | {"incident.command", "team.write", "setting.read", "personal.erase", "journal.read"}
TEAM = {
    "incident.read",
    "team.read",
    "task.read",
    "task.step",
    "team.position",
    "team.mayday",
    "team.duty",
    "incident.report",
    "alarm.read",
    "screen.field",
    "centre.read",
}

DEFAULT_ROLES: dict[str, tuple[str, str, set[str]]] = {
    "county_leader": (
        "县领导",
        "county leader",
        READ
        | {
            "suggest.read",
            "incident.grade",
            "alarm.acknowledge",
            "delivery.read",
            "screen.wall",
            "screen.desk",
            "incident.command",
        },
    ),
    "county_duty": ("县值班员", "county duty officer", COUNTY),
    "township_leader": (
        "乡镇领导",
        "township leader",
        READ | {"suggest.read", "alarm.acknowledge", "delivery.read", "screen.desk", "screen.wall"},
    ),
    "township_duty": ("乡镇值班员", "township duty officer", DUTY),
    "dept_duty": (
        "部门值班员",
        "department duty officer",
        READ | {"incident.report", "screen.desk", "screen.wall"},
    ),
    "team": ("队伍", "team", TEAM),
    "village": (
        "村(社区)",
        "village",
        {"incident.read", "incident.open", "incident.report", "centre.read", "screen.desk"},
    ),
    "keeper": ("保管员", "keeper", {"centre.read"}),
    "planner": ("预案演练员", "planner", READ | {"screen.desk", "screen.wall", "world.open"}),
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
        },
    ),
    "admin": (
        "管理员",
        "administrator",
        {
            "area.write",
            "layer.read",
            "centre.read",
            "user.admin",
            "user.read",
            "user.disable",
            "post.write",
            "line.read",
            "device.read",
            "device.write",
            "setting.read",
            "setting.write",
            "system.read",
            "screen.admin",
        },
    ),
    "security": (
        "安全管理员",
        "security officer",
        {
            "centre.read",
            "user.read",
            "user.disable",
            "device.read",
            "device.write",
            "access.read",
            "system.read",
            "screen.admin",
        },
    ),
    "auditor": (
        "审计员",
        "auditor",
        {
            "centre.read",
            "journal.read",
            "access.read",
            "user.read",
            "device.read",
            "setting.read",
            "system.read",
            "screen.admin",
        },
    ),
    "wall": ("大屏", "wall display", READ | {"screen.wall", "screen.wall.device"}),
    "wall_visitors": (
        "参观大屏",
        "wall display for visitors",
        {"screen.wall", "screen.wall.device", "screen.wall.visitors"},
    ),
}

COUNTY_ROLES = frozenset({"county_leader", "county_duty", "planner", "wall"})
