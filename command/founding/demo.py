"""The demo county's people: synthetic accounts and telephone extensions, random secrets for each installation."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from command.centres.models import Centre
from command.core import credentials, ids, installation
from command.core.access import system_actor
from command.core.auth import Auth
from command.founding.register import DEPARTMENTS
from command.places import register

COUNTY_ACCOUNTS = (
    ("county_duty", "county_duty", "县值班员甲"), ("county_duty2", "county_duty", "县值班员乙"),
    ("county_leader", "county_leader", "县带班领导"), ("planner", "planner", "预案演练员"), ("admin", "admin", "系统管理员"),
    ("security", "security", "安全管理员"), ("auditor", "auditor", "审计员"), ("wall", "wall", "指挥大厅大屏"),
)  # fmt: skip
CARERS = (("carer", "心理援助员甲"), ("carer2", "心理援助员乙"))
TREE = {
    "county": (("值班室", "6001"), ("带班领导", "6002")),
    "township": (("值班室", "8{:02d}1"), ("卫星电话", "7-0{:02d}8")),
}


def accounts(node: str) -> list[dict[str, Any]]:
    """Every demo account without a team: username, role, name, centre."""
    county = node[:6]
    rows = [
        {"username": name, "role": role, "name": zh, "centre": county} for name, role, zh in COUNTY_ACCOUNTS
    ]
    rows += [
        {
            "username": f"{code}_duty",
            "role": "dept_duty",
            "name": f"{name}值班员",
            "centre": f"{county}-{code}",
        }
        for code, name in DEPARTMENTS
    ]
    rows += [
        {"username": name, "role": "care", "name": zh, "centre": f"{county}-health"} for name, zh in CARERS
    ]
    for place in register.townships():
        rows.append(
            {
                "username": f"{place.joined}_duty",
                "role": "township_duty",
                "name": f"{place.name}值班员",
                "centre": place.code,
            }
        )
        rows.append(
            {
                "username": f"{place.joined}_leader",
                "role": "township_leader",
                "name": f"{place.name}带班领导",
                "centre": place.code,
            }
        )
    return rows


def load(running: Any, data_dir: Path) -> None:
    """Open the demo's accounts and give its centres their invented telephone numbers."""
    (data_dir / "demo-accounts.json").unlink(missing_ok=True)  # of a start that was cut short
    running.node.database.write(lambda session: _phones(session), world=0)
    write_accounts(data_dir, [open_account(running, row) for row in accounts(running.node.name)])


def _phones(session: Session) -> None:
    number = 0
    for place in [register.county(), *register.townships()]:
        centre = session.get(Centre, place.code)
        if centre is None:
            continue
        pattern = TREE["county" if place.kind == "county" else "township"]
        centre.phones = [
            {
                "label": label,
                "kind": "satellite" if label == "卫星电话" else "landline",
                "number": extension.format(number),
            }
            for label, extension in pattern
        ]
        centre.posts = _posts(pattern[0][1].format(number), pattern[-1][1].format(number))
        number += 1
    session.flush()


def _posts(duty: str, leader: str) -> list[dict[str, Any]]:
    """The duty officer and the leader on duty, each standing in for the other."""
    first, second = ids.new_id(), ids.new_id()
    rows = ((first, "值班员", duty, second, "带班领导"), (second, "带班领导", leader, first, "值班员"))
    return [
        {"id": post, "title": title, "holder_id": None, "holder": None, "deputy_post": stands_in, "deputy_id": None,
         "deputy": deputy, "numbers": [number],
         "lines": [{"id": ids.new_id(), "kind": "satellite" if number.startswith("7-") else "landline", "number": number,
                    "private": False, "commitment": None}]}
        for post, title, number, stands_in, deputy in rows
    ]  # fmt: skip


def open_account(running: Any, row: dict[str, Any]) -> dict[str, Any]:
    """Open one account with a random password and a token; both are told once, in demo-accounts.json."""
    password = secrets.token_urlsafe(12)
    wish = {**row, "password": password, "lasting": True}
    with credentials.random_passwords():
        made = running.node.do("user.create", wish, system_actor(running.node.name), ids.new_id())
    token = Auth.issue_token(running.auth, made["id"], "demo")
    known = {
        "username": row["username"],
        "password": password,
        "token": token,
        "role": row["role"],
        "centre": row["centre"],
    }
    return {**known, "team_id": row["team_id"]} if row.get("team_id") else known


def write_accounts(data_dir: Path, rows: list[dict[str, Any]]) -> None:
    """Add accounts to demo-accounts.json, readable by its owner only."""
    path = data_dir / "demo-accounts.json"
    known = json.loads(path.read_text()) if path.exists() else []
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump([*known, *rows], file, ensure_ascii=False, indent=1)
    fresh.replace(path)


def finish(running: Any, data_dir: Path) -> None:
    """The demo is complete: say so for good."""
    running.node.database.write(lambda session: installation.set_fact(session, "demo", True), world=0)
