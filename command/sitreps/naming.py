"""No sealed name in a report: what a report says goes into the journal and out of the house (RULES 8). A name that is held back, or a
family's, is told to a superior by a person, once the family was notified, and not by a report's words."""

from __future__ import annotations

from command.core.actions import Tx
from command.core.errors import Conflict
from command.core.queries import QUERIES
from command.sitreps.models import Sitrep

NAMES = "tracks.names_in"


def nameless(tx: Tx, incident: str | None, *texts: str | None) -> None:
    """Refuse words about an incident in which a name stands that is sealed for it; where no names are kept, none is known."""
    words = "\n".join(one for one in texts if one)
    if incident and words and NAMES in QUERIES and tx.ask(NAMES, id=incident, text=words):
        raise Conflict(
            "A victim's or relative's name stands in it. Take it out (write ‘the injured miner’ or the like); the name is told by a "
            "person, once the family was notified",
            zh="文字中有当事人或家属姓名：请删去或改称（如“伤者一人”）；家属已告知后，姓名由人另行报告，不写入报告",
        )


def checked(tx: Tx, row: Sitrep) -> None:
    """The same of a whole report, before it is reviewed, signed or sent: a name may have been entered since it was written."""
    nameless(tx, row.incident_id, *(one["text"] for one in row.sections))
