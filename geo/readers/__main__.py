"""`python -m geo.readers FILE NAME FOLDER`: read a file in a process of its own, with a cap on memory and time, and write its rows
one a line, with what was found in it. Whatever a hostile file does, it does here.

FOLDER/rows.jsonl: `{number, id, fields, geometry}` each. FOLDER/about.json: fields with samples, count, where each part of rows
begins, digest, notes; or `refused` {zh, en}."""

from __future__ import annotations

import hashlib
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

import geo.readers.geojson
import geo.readers.kml
import geo.readers.tables
import geo.readers.vectors  # noqa: F401  # each registers what it reads
from geo.readers.source import MB, MOST_ROWS, BadFile, Row, Source, open_source

MEMORY = 3072 * MB
SECONDS = 240
DISK = 1024 * MB
PART = 50
SAMPLES = 3
BROKEN = {
    "zh": "文件无法读取（已损坏，或超出限制）",
    "en": "it cannot be read (broken, or beyond the limits)",
}


def main(file: str, name: str, folder: str) -> int:
    """Read one file. 0: read; 2: refused, about.json says why."""
    limit()
    out = Path(folder)
    try:
        told = _read(Path(file), name, out)
    except BadFile as bad:
        told = {"refused": {"zh": bad.zh, "en": bad.en}}
    except (MemoryError, RecursionError, OSError, ValueError, OverflowError) as error:
        told = {"refused": BROKEN, "why": f"{type(error).__name__}: {error}"[:300]}
    if "refused" in told:
        (out / "rows.jsonl").unlink(missing_ok=True)
    (out / "about.json").write_bytes(orjson.dumps(told))
    return 2 if "refused" in told else 0


def limit(seconds: int = SECONDS) -> None:
    """Cap the memory, the time and the disk that this process may use."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, DISK),
    ):
        with suppress(ValueError, OSError):  # a lower limit is in force already
            resource.setrlimit(what, (most, most))


def _read(file: Path, name: str, out: Path) -> dict[str, Any]:
    source = open_source(file, name)
    fields: dict[str, list[Any]] = {one: [] for one in source.fields}
    kinds: dict[str, int] = {}
    starts: list[int] = []
    count = at = 0
    with (out / "rows.jsonl").open("wb") as lines:
        for row in source.rows:
            if count % PART == 0:
                starts.append(at)
            count += 1
            if count > MOST_ROWS:
                raise BadFile(f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows")
            at += lines.write(_line(row))
            _look(row, fields, kinds)
    if not count:
        raise BadFile("文件中没有数据行", "there are no rows in it")
    with file.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    return _about(source, fields) | {
        "name": name, "count": count, "starts": starts, "kinds": kinds, "digest": digest, "bytes": file.stat().st_size,
    }  # fmt: skip


def _about(source: Source, fields: dict[str, list[Any]]) -> dict[str, Any]:
    shown = [{"name": name, "samples": samples} for name, samples in fields.items() if name]
    return {"fields": shown, "crs": source.crs, "notes": source.notes}


def _line(row: Row) -> bytes:
    told = {"number": row.number, "id": row.id, "fields": row.fields, "geometry": row.geometry}
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS)


def _look(row: Row, fields: dict[str, list[Any]], kinds: dict[str, int]) -> None:
    for name, value in row.fields.items():
        samples = fields.setdefault(name, [])
        if len(fields) > 300:
            raise BadFile("超过 300 列", "more than 300 columns")
        if len(samples) < SAMPLES and value not in (None, "") and value not in samples:
            samples.append(value if not isinstance(value, str) else value[:60])
    kind = str((row.geometry or {}).get("type", "none"))[:30]
    if kind in kinds or len(kinds) < 20:
        kinds[kind] = kinds.get(kind, 0) + 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
