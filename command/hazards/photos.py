"""Photos of a hazard, each of a stage, shown only to those who may see the hazard."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import files
from command.core.access import Actor
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden
from command.hazards import assigning, steps
from command.hazards.actions import REPORT, finder, handles
from command.hazards.contract import AddPhoto, HazardOut
from command.hazards.events import HazardPhotographed
from command.hazards.models import Hazard, HazardPhoto
from command.hazards.queries import HAZARDS, hazard_visible, index, parties


@action(
    "hazard.photo",
    wish=AddPhoto,
    needs=REPORT,
    target="hazard",
    http="POST /hazards/{id}/photos",
    status=201,
    output=HazardOut,
    prepare=files.kept_of,
)
def add_photo(tx: Tx, row: Hazard, wish: AddPhoto) -> HazardOut:
    """Hang a photo of a stage on a hazard: who found it, sees to it or answers for it may."""
    found_it = finder(tx) in parties(tx.session, row.id) and row.steps[0]["by_id"] == tx.actor.id
    if not (found_it or handles(tx, row) or assigning.answers(tx, row)):
        raise Forbidden("It is another's business", zh="不归你办理")
    if row.state == "closed" and not row.live:
        raise Conflict("It is closed", zh="已销号")
    photo = steps.photo_of(tx, tx.prepared, wish.stage, wish.text, wish.location)
    steps.hang(row, photo)
    index(tx.session, row.id, [one["photo"] for one in row.photos], row.incidents)
    tx.touch(row)
    shown = tx.show(HAZARDS, row)
    said = {"stage": wish.stage, "text": wish.text}
    tx.say(HazardPhotographed(record=shown, parties=parties(tx.session, row.id), said=said))
    return shown


def may_see(session: Session, actor: Actor, name: str) -> bool:
    """Whether a hazard that the actor may see carries this photo."""
    carrying = sa.select(HazardPhoto.hazard_id).where(HazardPhoto.name == name)
    query = sa.select(Hazard.id).where(Hazard.id.in_(carrying), hazard_visible(actor)).limit(1)
    return actor.may("hazard.read") and session.execute(query).first() is not None


def carried(session: Session, names: Collection[str]) -> set[str]:
    """Those of some photos that hang on a hazard."""
    return set(session.execute(sa.select(HazardPhoto.name).where(HazardPhoto.name.in_(names))).scalars())


files.guard(may_see)
files.carries(carried)
