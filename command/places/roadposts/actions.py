"""Entering, correcting and withdrawing kilometre posts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid
from command.core.store import spatial
from command.places.naming import BY_HAND, WRITE
from command.places.roadposts.contract import (
    EditPost,
    EnterPost,
    PostEdited,
    PostEntered,
    PostOut,
    PostWithdrawn,
    said,
)
from command.places.roadposts.models import RoadPost
from command.places.roadposts.queries import POSTS
from geo.crs import Crs


@action("road_post.enter", wish=EnterPost, needs=WRITE, http="POST /road-posts", status=201, output=PostOut)
def enter(tx: Tx, wish: EnterPost) -> PostOut:
    """Enter a kilometre post; one that was surveyed takes the place of one that was reckoned."""
    _not_in_a_drill(tx)
    here = sa.select(RoadPost).where(
        RoadPost.live, RoadPost.ref == wish.ref, RoadPost.km.between(wish.km - 0.0005, wish.km + 0.0005)
    )
    for other in tx.session.execute(here.order_by(RoadPost.id)).scalars().all():
        if other.basis == "surveyed" or wish.basis == "interpolated":
            which = said(wish.ref, wish.km)
            raise Conflict(f"{which} is in the register", zh=f"{which} 已登记", post=other.id)
        _withdraw(tx, other)
    row = RoadPost(
        ref=wish.ref, km=wish.km, name=wish.name, location=spatial.stored(wish.location), basis=wish.basis, within_m=wish.within_m,
        source=wish.source or BY_HAND, source_crs=wish.source_crs.value, live=True,
    )  # fmt: skip
    tx.add(row)
    return _told(tx, row, PostEntered)


@action(
    "road_post.edit", wish=EditPost, needs=WRITE, target="road_post", http="PATCH /road-posts/{id}", output=PostOut,
    version="required",
)  # fmt: skip
def edit(tx: Tx, row: RoadPost, wish: EditPost) -> PostOut:
    """Correct a kilometre post."""
    _not_in_a_drill(tx)
    for name in sorted(wish.model_fields_set):
        value: Any = getattr(wish, name)
        if value is None and name != "name":
            raise Invalid(f"{name}: cannot be taken away", zh=f"{name} 不能清空")
        if name == "location":
            value = spatial.stored(value)
        setattr(row, name, value.value if isinstance(value, Crs) else value)
    tx.touch(row)
    tx.session.refresh(row)
    return _told(tx, row, PostEdited)


@action(
    "road_post.withdraw",
    needs=WRITE,
    target="road_post",
    http="POST /road-posts/{id}/withdraw",
    output=PostOut,
)
def withdraw(tx: Tx, row: RoadPost, wish: object) -> PostOut:
    """Take a kilometre post off the register."""
    _not_in_a_drill(tx)
    return _withdraw(tx, row)


def _withdraw(tx: Tx, row: RoadPost) -> PostOut:
    row.live = False
    tx.touch(row)
    return _told(tx, row, PostWithdrawn)


def _told(tx: Tx, row: RoadPost, event: Any) -> PostOut:
    shown = tx.show(POSTS, row)
    tx.say(event(record=shown))
    return shown


def _not_in_a_drill(tx: Tx) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
