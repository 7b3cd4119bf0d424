"""The demo county's villages: invented posts with invented numbers, each marked as demo data, so that there is somebody to call."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.centres.models import Centre, PrivateLine
from command.core import canonical, ids, seal

HEAD, KEEPERS = "村级防汛责任人【示意】", ("包保人·一片【示意】", "包保人·二片【示意】")


def load(running: Any, data_dir: Path) -> None:
    """Give each village a head with the office's telephone and two 包保人 with mobiles of their own."""
    secret = running.node.secret
    running.node.database.write(lambda session: _name(session, secret), world=0)


def _name(session: Session, secret: str) -> None:
    villages = session.execute(
        sa.select(Centre).where(Centre.kind == "village").order_by(Centre.id)
    ).scalars()
    for number, village in enumerate(villages):
        if village.posts:
            continue
        head = _post(
            HEAD, {"kind": "landline", "number": f"9{number:03d}", "private": False, "commitment": None}
        )
        mobiles = [f"130000{number:03d}{place:02d}" for place in range(len(KEEPERS))]
        village.posts = [
            head, *(_post(title, _private(session, secret, village.id, number)) for title, number in zip(KEEPERS, mobiles, strict=True))
        ]  # fmt: skip
    session.flush()


def _post(title: str, line: dict[str, Any]) -> dict[str, Any]:
    line = {"id": ids.new_id(), **line}
    return {
        "id": ids.new_id(), "title": title, "holder_id": None, "holder": None, "deputy_post": None, "deputy_id": None,
        "deputy": None, "numbers": [line["number"]] if line["number"] else [], "lines": [line],
    }  # fmt: skip


def _private(session: Session, secret: str, centre: str, number: str) -> dict[str, Any]:
    value, salt = canonical.dump({"number": number, "whose": "演示责任人"}), os.urandom(16)
    row = PrivateLine(id=ids.new_id(), centre=centre, salt=salt, sealed=seal.seal(secret, value))
    session.add(row)
    return {
        "id": row.id,
        "kind": "mobile",
        "number": None,
        "private": True,
        "commitment": seal.commitment(salt, value),
    }
