"""A report as DOCX, for who must change or seal it in an office program: the fonts are named as official papers name them."""

from __future__ import annotations

import io
from typing import Any

from command.sitreps.paper.form import Paper

SONG, BODY = "宋体", "仿宋_GB2312"
RED = (0xBE, 0, 0)


def docx(paper: Paper) -> bytes:
    """The paper as the bytes of a DOCX."""
    from docx import Document

    document = Document()
    _page(document)
    if paper.mark:
        _line(document, paper.mark, size=14, bold=True, align="center")
    _line(document, paper.unclassified, size=12, align="right")
    _line(document, paper.head, size=26, bold=True, align="center", colour=RED)
    _line(document, f"{paper.issue}　　　　{paper.signer}", size=14, align="center", ruled=True)
    _line(document, paper.title, size=20, bold=True, align="center")
    _line(document, f"{paper.to}：", size=16)
    for head, lines in paper.parts:
        if head:
            _line(document, f"　　{head}", size=16, bold=True)
        for line in lines:
            _line(document, f"　　{line}", size=16)
    _figures(document, paper)
    for text in (paper.author, paper.date):
        _line(document, f"{text}　　", size=16, align="right")
    for text in paper.foot:
        _line(document, text, size=11)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _page(document: Any) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _line(document: Any, text: str, *, size: int, bold: bool = False, align: str = "left",
          colour: tuple[int, int, int] | None = None, ruled: bool = False) -> None:  # fmt: skip
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = document.add_paragraph()
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    _named(run, SONG if bold else BODY)
    if colour is not None:
        run.font.color.rgb = RGBColor(*colour)
    if ruled:
        _rule(paragraph)


def _named(run: Any, font: str) -> None:
    """Chinese letters take the font of East Asia, which has a place of its own."""
    from docx.oxml.ns import qn

    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _rule(paragraph: Any) -> None:
    """The red line under the head."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "BE0000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _figures(document: Any, paper: Paper) -> None:
    from docx.shared import Pt

    if not paper.figures:
        return
    rows = (("人员（人）", "上次报送", "本次报送"), *paper.figures)
    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(12)
            _named(run, BODY)
    _line(document, paper.base, size=11)
