"""What goes into a response file, written into a folder: entries, records, timeline, photos, map. Public records only: who called
lies in no entry and in no record, and what is sealed is not opened for this."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from command.archive.models import ArchiveFile
from command.archive.reading import README, Item, timeline_page
from command.core import canonical, clock, files
from command.core.journal import ENTRY, HEADER, TOPIC
from command.core.queries import View
from command.core.records import KINDS, show
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS

PICTURE = re.compile(r'"([0-9a-f]{64})"')
NOT_PART = frozenset({"archive_file"})


def gather(view: View, file: ArchiveFile, folder: Path) -> dict[str, Any]:
    """Write all members but the papers. Returns the account of the file for its manifest, and the reports to set as papers."""
    row = view.session.get(Incident, (view.world, file.incident_id))
    assert row is not None
    incident = show(view.session, INCIDENTS, row).model_dump()
    records = folder / "records"
    records.mkdir(parents=True)
    _write(folder / "incident.json", incident)
    shapes = [_feature("incident", incident)]
    pictures = set(PICTURE.findall(canonical.dump(incident).decode()))
    papers: list[tuple[str, str]] = []
    for kind, found in _hanging(view, file.incident_id):
        with (records / f"{kind}.jsonl").open("wb") as out:
            for one in found:
                raw = canonical.dump(one)
                out.write(raw + b"\n")
                pictures |= set(PICTURE.findall(raw.decode()))
                shapes.append(_feature(kind, one))
                if kind == "sitrep" and one.get("sent"):
                    papers.append((one["id"], one["number"]))
    _write(folder / "map.geojson", {"type": "FeatureCollection", "features": [one for one in shapes if one]})
    _photos(view, folder, pictures)
    upto = _upto(view, file)
    chain, items = _journal(view, upto, incident, folder)
    for lang in ("zh", "en"):
        page = timeline_page(incident, items, lang, drill=view.world > 0)
        (folder / f"timeline.{lang}.html").write_text(page)
    (folder / "README.txt").write_text(README)
    about = {
        "format": "fengsui-archive",
        "version": 1,
        "node": view.node,
        "world": view.world,
        "edition": file.edition,
        "made_at": clock.wire(file.asked_at),
        "incident": {name: incident[name] for name in ("id", "number", "kind", "title", "state", "centre")},
        "journal": chain,
    }
    return {"about": about, "papers": sorted(papers, key=lambda one: one[1])}


def _write(path: Path, value: Any) -> None:
    path.write_bytes(canonical.dump(value) + b"\n")


def _hanging(view: View, incident: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every kind of record that names its incident, with the incident's: a new slice's records are a part by being there."""
    for kind in sorted(KINDS):
        spec = KINDS[kind]
        column = getattr(spec.model, "incident_id", None)
        if column is None or kind in NOT_PART:
            continue
        rows = view.session.execute(
            sa.select(spec.model).where(column == incident).order_by(spec.model.id)
        ).scalars()
        if found := [one.model_dump() for one in spec.show(view.session, list(rows))]:
            yield kind, found


def _feature(kind: str, record: dict[str, Any]) -> dict[str, Any] | None:
    """A record that lies somewhere, as a feature of the map."""
    shape = next((record[name] for name in ("shape", "location") if isinstance(record.get(name), dict)), None)
    if shape is None or "coordinates" not in shape:
        return None
    told = {
        name: record[name]
        for name in ("number", "title", "text", "sort", "kind", "state")
        if record.get(name)
    }
    return {"type": "Feature", "id": record["id"], "geometry": shape, "properties": {"record": kind, **told}}


def _photos(view: View, folder: Path, names: set[str]) -> None:
    """Pictures of the scene and of work done, as they are kept: drawn anew, without metadata."""
    if view.directory is None:
        return
    for name in sorted(names):
        if (path := files.path_of(view.directory, name)) is not None:
            (folder / "photos").mkdir(exist_ok=True)
            shutil.copyfile(path, folder / "photos" / path.name)


def _upto(view: View, file: ArchiveFile) -> int:
    """The entry that asked for this edition: what came after it is not a part, whenever the file is made."""
    asked = sa.select(sa.func.max(ENTRY.c.seq)).where(
        ENTRY.c.world == view.world,
        ENTRY.c.type == "archive_file.asked",
        ENTRY.c.seq.in_(
            sa.select(TOPIC.c.seq).where(
                TOPIC.c.world == view.world, TOPIC.c.topic == f"incident:{file.incident_id}"
            )
        ),
    )
    found: int = view.session.execute(asked).scalar_one()
    return found


def _journal(
    view: View, upto: int, incident: dict[str, Any], folder: Path
) -> tuple[dict[str, Any], list[Item]]:
    """The incident's entries with what proves each, and those of incidents that were merged into it; how many they are, and those
    that say something in words."""
    topics = [f"incident:{one}" for one in (incident["id"], *incident["merged_from"])]
    heard = sa.select(TOPIC.c.seq).where(
        TOPIC.c.world == view.world, TOPIC.c.topic.in_(topics), TOPIC.c.seq <= upto
    )
    wanted = sa.select(ENTRY).where(ENTRY.c.world == view.world, ENTRY.c.seq.in_(heard)).order_by(ENTRY.c.seq)
    numbers: list[int] = []
    items: list[Item] = []
    with (folder / "journal.jsonl").open("wb") as out:
        for row in view.session.execute(wanted):
            numbers.append(row.seq)
            if text := canonical.load(row.text):
                who = "" if row.actor == "system" else row.actor_name or ""
                items.append(Item(row.at, row.received_at, who, text))
            out.write(json.dumps(_line(row), ensure_ascii=False, sort_keys=True).encode() + b"\n")
    end = view.session.execute(
        sa.select(ENTRY.c.hash, ENTRY.c.incarnation).where(ENTRY.c.world == view.world, ENTRY.c.seq == upto)
    ).one()
    chain = {
        "count": len(numbers),
        "first": numbers[0] if numbers else None,
        "last": numbers[-1] if numbers else None,
        "end": {"seq": upto, "hash": end.hash.hex(), "incarnation": end.incarnation},
    }
    return chain, items


def _line(row: Any) -> dict[str, Any]:
    header = {name: getattr(row, name) for name in HEADER}
    times = {name: clock.wire(header[name]) for name in ("at", "received_at")}
    texts = {name: getattr(row, name).decode() for name in ("record", "text", "topics")}
    return {**header, **times, **texts, "actor_name": row.actor_name,
            "prev_hash": row.prev_hash.hex(), "hash": row.hash.hex()}  # fmt: skip
