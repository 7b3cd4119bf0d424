"""An archived incident with everything that belongs into its file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from command.archive import jobs
from tests.county import PIXEL, POINT, County

CALLER = {"name": "欧阳标记甲", "phone": "13987650001"}
MARKERS = ("欧阳标记甲", "13987650001")
MADE = {"sha256": "0" * 64, "size": 1, "members": 9, "key_id": "1" * 64, "upto": 1}
ON = ("responding", "controlled", "response_ended", "review", "archived")


def archived(cast: County, *, to: str = "archived", **body: Any) -> str:
    """An incident with a caller, a photo, a drawing, a task, that was brought to its archive."""
    thing: str = cast.open(caller=CALLER, title="漫堤 <b>急</b>", location=POINT, **body)["id"]
    cast.do("town_duty", "incident.report", {"id": thing, "text": "水到房檐", "caller": CALLER})
    cast.do("town_duty", "incident.photo", {"id": thing, "picture": PIXEL, "text": "现场"})
    for step in ON[: ON.index(to) + 1]:
        cast.do("county_duty", "incident.transition", {"id": thing, "to": step, "reason": "办结"})
    return thing


def made(cast: County, thing: str) -> tuple[dict[str, Any], Path]:
    """The newest edition of an incident's file, after the job ran."""
    jobs.make(cast.node)
    last = files(cast, thing)[-1]
    return last, cast.node.data_dir / "archives" / f"{last['id']}.zip"


def files(cast: County, thing: str) -> list[dict[str, Any]]:
    """The editions of an incident's file as the journal told them last."""
    found: dict[str, dict[str, Any]] = {}
    for entry in cast.entries():
        if entry.kind == "archive_file":
            record = json.loads(entry.record)
            if record["incident_id"] == thing:
                found[record["id"]] = record
    return sorted(found.values(), key=lambda one: int(one["edition"]))


def changed(source: Path, target: Path, change: Any) -> Path:
    """A copy of a ZIP of which each member went through `change(name, content)`; None drops it; names it adds come last."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (change(None, b"") or {}).items():
            new.writestr(name, content)
    return target
