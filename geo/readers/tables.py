"""Tables: CSV (comma, semicolon, tab) and the first sheet of a spreadsheet. The first row names the columns."""

from __future__ import annotations

import csv
import datetime
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geo.readers import zips
from geo.readers.source import MB, MOST_FIELDS, MOST_TEXT, BadFile, Row, Source, plain_fields, reader
from geo.readers.texts import encoding_of

HEAD = 2**20


@reader(".csv", ".tsv", ".txt", most_bytes=256 * MB)
def read_csv(path: Path) -> Source:
    """Rows of a CSV file."""
    with path.open("rb") as file:
        raw = file.read(HEAD)
    encoding = encoding_of(raw)
    head = raw.decode(encoding, errors="ignore").partition("\n")[0]
    mark = max(",;\t", key=head.count)
    csv.field_size_limit(MOST_TEXT * 20)
    lines = _lines(path, encoding, mark)
    names = _names(next(lines, []))
    return Source(_rows(names, lines), names)


def _lines(path: Path, encoding: str, mark: str) -> Iterator[list[Any]]:
    try:
        with path.open(encoding=encoding, newline="") as text:
            yield from csv.reader(text, delimiter=mark)
    except UnicodeDecodeError as error:
        raise BadFile(
            "文字编码前后不一：请另存为 UTF-8", "its encoding changes within: save it as UTF-8"
        ) from error
    except csv.Error as error:
        raise BadFile(f"CSV 格式有误：{error}", f"broken CSV: {error}") from error


@reader(".xlsx", ".xls", ".ods", most_bytes=32 * MB)
def read_sheet(path: Path) -> Source:
    """Rows of the first sheet that has any."""
    from python_calamine import CalamineError, CalamineWorkbook

    if zips.is_zip(path):
        zips.checked(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
        name, sheet = next(((name, one) for name, one in sheets if one.total_height), (None, None))
        if sheet is None:
            raise BadFile("工作簿是空的", "the workbook is empty")
        lines: Iterator[list[Any]] = iter(sheet.to_python(skip_empty_area=True))
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(
            "工作簿无法读取（损坏或加密）", "no workbook that can be read (broken, or locked)"
        ) from error
    names = _names(next(lines, []))
    notes = []
    if len(book.sheet_names) > 1:
        notes.append({"zh": f"只读取工作表“{name}”", "en": f"only the sheet “{name}” is read"})
    return Source(_rows(names, lines), names, notes=notes)


def _names(head: Iterable[Any]) -> list[str]:
    names = [_cell(one).strip().lstrip("\ufeff") for one in head]
    while names and not names[-1]:
        names.pop()
    if not any(names):
        raise BadFile("没有表头：第一行须为列名", "no header: the first row names the columns")
    if len(names) > MOST_FIELDS:
        raise BadFile(f"超过 {MOST_FIELDS} 列", f"more than {MOST_FIELDS} columns")
    twice = {one for one in names if one and names.count(one) > 1}
    if twice:
        told = "、".join(sorted(twice))[:200]
        raise BadFile(f"列名重复：{told}", f"columns of the same name: {told}")
    return names


def _rows(names: list[str], lines: Iterator[list[Any]]) -> Iterator[Row]:
    for number, line in zip(itertools.count(1), lines, strict=False):
        cells = [_value(one) for one in line]
        if any(one not in (None, "") for one in cells):
            yield Row(
                number, plain_fields({name: one for name, one in zip(names, cells, strict=False) if name})
            )


def _value(cell: Any) -> Any:
    if isinstance(cell, (datetime.datetime, datetime.date, datetime.time)):
        return cell.isoformat()
    return cell


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
