"""Reports on paper: what stands there, as PDF and as DOCX, and what may not leave as if it were signed."""

from __future__ import annotations

import io
import itertools
from typing import Any

from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from command.sitreps.contract import SitrepOut
from command.sitreps.paper import form
from command.sitreps.paper.pdf import broken
from tests.county import County
from tests.doors import Doors
from tests.sitreps.ground import draft, incident, sent


def text_of(document: bytes) -> str:
    """The words of a DOCX, tables too."""
    read = Document(io.BytesIO(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


def paper(report: dict[str, Any], **more: Any) -> form.Paper:
    """The form of a report."""
    return form.paper(
        SitrepOut.model_validate(report),
        "武乡县",
        {"city": "市应急局"},
        **{"drill": False, "demo": False, **more},
    )


def test_it_is_a_pdf_and_a_docx_with_the_figures_beside_those_told_last(cast: County, client: Doors) -> None:
    made = incident(cast)
    sent(cast, made["id"])
    cast.do("county_duty", "incident.casualties", {"id": made["id"], "dead": 3, "source": "县医院"})
    told = sent(cast, made["id"])
    pdf = client.get("county_duty", f"/sitreps/{told['id']}/paper")
    assert (pdf.status_code, pdf.mimetype, pdf.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert b"NotoSerifCJK" in pdf.data
    words = text_of(client.get("county_duty", f"/sitreps/{told['id']}/paper?form=docx").data)
    for part in (
        "武乡县突发事件信息",
        "续报一",
        "签发人：王建国",
        "市级总值班室：",
        "死亡：2 人 → 3 人",
        "本次报送",
        "非涉密",
    ):
        assert part in words, part
    assert "草稿" not in words
    for who, status in (("other_duty", 404), ("keeper", 403)):
        assert client.get(who, f"/sitreps/{told['id']}/paper?form=docx").status_code == status


def test_without_a_signature_it_says_that_it_is_a_draft_and_a_drill_says_so(cast: County) -> None:
    made = draft(cast, incident(cast)["id"])
    assert form.DRAFT in paper(made).mark
    assert paper(made, drill=True).mark.startswith("【演练】")
    assert paper(made).base == "首次报送"
    assert paper(made).to == "市应急局"


@given(st.text(alphabet="死亡失联，。；）2026:37人AB ", max_size=80), st.integers(4, 20))
def test_no_line_begins_with_a_mark_that_closes_and_nothing_is_lost(text: str, room: int) -> None:
    lines = broken(text, lambda part: float(len(part)), room)
    assert "".join(lines) == text
    for before, line in itertools.pairwise(lines):
        assert line[:1] not in "，。；）"
        assert not (before[-1:].isdigit() and line[:1].isdigit())
