"""What would be seen of a file before it is brought in: its first rows as the columns have them, and all that has a place, thinned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from command.core.importers import IMPORTERS
from command.imports import uploads
from command.imports.contract import Manner
from command.imports.rows import Ready, checked_columns, matched, ready

FIRST = 50
ON_MAP = 1500


def looked_at(directory: Path, upload: str, wish: Manner) -> dict[str, Any]:
    """The first rows of a file that was brought up with what becomes of each by form, and points of the whole file for the map."""
    importer = IMPORTERS[wish.layer]
    about = uploads.about(directory, upload)
    fields = [one["name"] for one in about["fields"]]
    columns = matched(importer, fields) | {name: field for name, field in wish.columns.items() if field}
    for name, field in wish.columns.items():
        if not field:
            columns.pop(name, None)
    checked_columns(importer, columns, fields)
    folder = uploads.folder_of(directory, upload)
    parts = len(about["starts"])
    step = max(1, parts * uploads.PART // ON_MAP)
    items: list[dict[str, Any]] = []
    on_map: list[dict[str, Any]] = []
    for part in range(0, parts, step):
        for given in uploads.rows_in(folder, part):
            one = ready(importer, given, wish.source, wish.crs, columns)
            if len(items) < FIRST and part == 0:
                items.append(_row(one, given.fields, columns))
            if isinstance(one, Ready) and (geometry := _place(one.payload)):
                on_map.append({"number": one.number, "geometry": geometry, "flagged": one.flag is not None})
    return {
        "columns": columns,
        "items": items,
        "on_map": on_map,
        "thinned": step > 1,
        "count": about["count"],
    }


def _row(one: Any, fields: dict[str, Any], columns: dict[str, str]) -> dict[str, Any]:
    said = one.flag if isinstance(one, Ready) else one.said
    values = {
        name: field[1:] if field.startswith("=") else fields.get(field) for name, field in columns.items()
    }
    return {
        "number": one.number, "source_id": one.source_id, "values": values, "refused": not isinstance(one, Ready), "said": said,
    }  # fmt: skip


def _place(payload: dict[str, Any]) -> dict[str, Any] | None:
    """The geometry in a payload, whatever the slice calls it."""
    for value in payload.values():
        if isinstance(value, dict) and "coordinates" in value:
            return value
    return None
