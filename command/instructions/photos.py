"""Photos as proof of an instruction, shown only to those who may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import files
from command.core.access import Actor
from command.core.actions import Tx
from command.core.errors import Conflict, Invalid
from command.instructions.models import Instruction, InstructionPhoto
from command.instructions.queries import READ, instruction_visible

MOST_PHOTOS = 40


def names(feedback: Iterable[dict[str, Any]]) -> list[str]:
    """The names of the photos in what was fed back."""
    return [one["photo"] for one in feedback if one["photo"]]


def hung(tx: Tx, row: Instruction) -> str:
    """The name of the picture that came with this command, or the refusal of one that could not be kept."""
    if len(names(row.feedback)) >= MOST_PHOTOS:
        raise Conflict(f"It has {MOST_PHOTOS} photos already", zh=f"照片已满 {MOST_PHOTOS} 张")
    kept = tx.prepared
    if not isinstance(kept, files.Picture):
        raise kept or Invalid("picture: this node keeps no files", zh="此节点不存文件")
    return kept.id


def index(session: Session, thing: str, wanted: Collection[str]) -> None:
    """Make the index of an instruction's photos say what its record says."""
    here = InstructionPhoto.instruction_id == thing
    held = set(session.execute(sa.select(InstructionPhoto.name).where(here)).scalars())
    for name in sorted(set(wanted) - held):
        session.add(InstructionPhoto(world=session.info["world"], name=name, instruction_id=thing))
    session.flush()


def may_see(session: Session, actor: Actor, name: str) -> bool:
    """Whether an instruction that the actor may see carries this photo."""
    carrying = sa.select(InstructionPhoto.instruction_id).where(InstructionPhoto.name == name)
    chosen = (
        sa.select(Instruction.id).where(Instruction.id.in_(carrying), instruction_visible(actor)).limit(1)
    )
    return actor.may(READ) and session.execute(chosen).first() is not None


def carried(session: Session, some: Collection[str]) -> set[str]:
    """Those of some photos that hang on an instruction."""
    return set(
        session.execute(sa.select(InstructionPhoto.name).where(InstructionPhoto.name.in_(some))).scalars()
    )


files.guard(may_see)
files.carries(carried)
