"""A report as a file: PDF to print and fax, DOCX to seal or change; each one taken is a line of the access log."""

from __future__ import annotations

from functools import partial
from typing import Literal

from pydantic import Field

from command.centres.models import Centre
from command.core import installation
from command.core.queries import Download, View, Wish, query
from command.core.records import find, show
from command.sitreps import rules
from command.sitreps.paper.beside import pdf_beside
from command.sitreps.paper.docx import docx
from command.sitreps.paper.form import paper
from command.sitreps.queries import READ, SITREPS

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Asked(Wish):
    """Which report, as what."""

    id: str = Field(max_length=36)
    form: Literal["pdf", "docx"] = "pdf"


@query("sitreps.paper", wish=Asked, needs=READ, http="GET /sitreps/{id}/paper", output=str)
def of_report(view: View, wish: Asked) -> Download:
    """A report on official paper; without a signature it says across its head that it is a draft."""
    row = find(view.session, SITREPS, wish.id, view.actor)
    report = show(view.session, SITREPS, row)
    centre = view.session.get(Centre, row.centre)
    names = {one["code"]: one["zh"] for one in rules.OFFICES(view.session, view.node[:6])}
    demo = installation.fact(view.session, "demo") is True
    set_ = paper(report, centre.name if centre else row.centre, names, drill=view.world > 0, demo=demo)
    view.log_read("export", f"report {row.number} as {wish.form}")
    if wish.form == "docx":
        return Download(docx(set_), DOCX, f"{row.number}.docx")
    return Download(partial(pdf_beside, set_), "application/pdf", f"{row.number}.pdf")
