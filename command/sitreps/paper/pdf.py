"""A report as PDF: A4 in the measures of an official paper, set in the machine's own Noto Serif CJK (docs/decisions/papers.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from command.core.errors import Conflict
from command.sitreps.paper.form import Paper

FONTS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/google-noto-serif-cjk-fonts"))
MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""What the file says of when it was set: one paper is the same bytes whenever it is printed. Its own date stands on it."""
SIMPLIFIED = 2
"""Which face of the collection has the Chinese of the mainland."""
LEFT, TOP, RIGHT, BOTTOM = 28.0, 30.0, 26.0, 28.0
LINE = 9.6
CLOSING = "，。；：、！？）】》”’…%"
PARTS = re.compile(f"(?:[0-9A-Za-z.:+→-]+|.)[{CLOSING}]*", re.S)
RED, BLACK, GREY = (190, 0, 0), (0, 0, 0), (90, 90, 90)


def pdf(paper: Paper) -> bytes:
    """The paper as the bytes of a PDF."""
    sheet = _sheet()
    _head(sheet, paper)
    for head, lines in paper.parts:
        _part(sheet, head, lines)
    _figures(sheet, paper)
    _foot(sheet, paper)
    return bytes(sheet.output())


def need_fonts() -> None:
    """Conflict where no Chinese font is installed."""
    _font("Regular")


def _font(weight: str) -> Path:
    for place in FONTS:
        if (found := place / f"NotoSerifCJK-{weight}.ttc").exists():
            return found
    raise Conflict(
        "No Chinese font here: install fonts-noto-cjk", zh="本机没有中文字体：请安装 fonts-noto-cjk"
    )


def _sheet() -> Any:
    from fpdf import FPDF  # it takes its time to import: only who sets a PDF waits

    class Sheet(FPDF):
        mark = ""

        def footer(self) -> None:
            self.set_y(-18)
            self.set_font("song", size=10)
            self.set_text_color(*GREY)
            self.cell(0, 6, f"— {self.page_no()} —", align="C")

    sheet = Sheet(format="A4")
    sheet.set_margins(LEFT, TOP, RIGHT)
    sheet.set_auto_page_break(True, BOTTOM)
    for style, weight in (("", "Regular"), ("B", "Bold")):
        sheet.add_font("song", style, _font(weight), collection_font_number=SIMPLIFIED)
    sheet.set_lang("zh-CN")
    sheet.set_creation_date(MADE)
    sheet.add_page()
    return sheet


def _head(sheet: Any, paper: Paper) -> None:
    if paper.mark:
        _line(sheet, paper.mark, size=14, style="B", align="C")
        sheet.ln(2)
    _line(sheet, paper.unclassified, size=12, align="R")
    sheet.set_text_color(*RED)
    _line(sheet, paper.head, size=26, style="B", align="C", height=16)
    sheet.set_text_color(*BLACK)
    sheet.ln(3)
    sheet.set_font("song", size=13)
    half = sheet.epw / 2
    sheet.cell(half + 20, 9, paper.issue)
    sheet.cell(half - 20, 9, paper.signer, align="R", new_x="LMARGIN", new_y="NEXT")
    sheet.set_draw_color(*RED)
    sheet.set_line_width(0.7)
    sheet.line(LEFT, sheet.y + 1, LEFT + sheet.epw, sheet.y + 1)
    sheet.ln(9)
    _line(sheet, paper.title, size=20, style="B", align="C", height=12)
    sheet.ln(3)
    _line(sheet, f"{paper.to}：", size=15)


def _line(
    sheet: Any, text: str, *, size: float, style: str = "", align: str = "L", height: float = LINE
) -> None:
    sheet.set_font("song", style, size)
    for line in broken(text, lambda part: float(sheet.get_string_width(part)), sheet.epw - 2):
        sheet.cell(0, height, line, align=align, new_x="LMARGIN", new_y="NEXT")


def broken(text: str, width: Callable[[str], float], room: float) -> list[str]:
    """A text in lines: between Chinese letters, never within a number or a word, nor before a mark that closes."""
    lines, line = [], ""
    for part in PARTS.findall(text):
        if line and width(line + part.rstrip()) > room:
            lines.append(line)
            line = ""
        line += part
    return [*lines, line]


def _part(sheet: Any, head: str, lines: tuple[str, ...]) -> None:
    if head:
        _line(sheet, f"　　{head}", size=15, style="B")
    for line in lines:
        _line(sheet, f"　　{line}", size=15)


def _figures(sheet: Any, paper: Paper) -> None:
    if not paper.figures:
        return
    sheet.ln(3)
    sheet.set_draw_color(*BLACK)
    sheet.set_line_width(0.2)
    sheet.set_font("song", size=12)
    with sheet.table(width=sheet.epw, col_widths=(2, 2, 2), line_height=8, text_align="CENTER") as table:
        for row in (("人员（人）", "上次报送", "本次报送"), *paper.figures):
            table.row(row)
    sheet.set_text_color(*GREY)
    _line(sheet, paper.base, size=11, height=7)
    sheet.set_text_color(*BLACK)


def _foot(sheet: Any, paper: Paper) -> None:
    sheet.ln(6)
    for text in (paper.author, paper.date):
        _line(sheet, f"{text}　　", size=15, align="R")
    sheet.ln(4)
    sheet.set_line_width(0.3)
    sheet.line(LEFT, sheet.y, LEFT + sheet.epw, sheet.y)
    sheet.ln(1)
    for text in paper.foot:
        _line(sheet, text, size=11, height=7)
