"""Keeping the register of zones: a planner or the county for all, a township for its own."""

from __future__ import annotations

from command.core.access import permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.evacuation import keepers
from command.evacuation.models import EvacuationZone
from command.evacuation.queries import ZONES
from command.evacuation.zone_contract import (
    EditZone,
    RegisterZone,
    ZoneEdited,
    ZoneEvent,
    ZoneOut,
    ZoneRegistered,
    ZoneWithdrawn,
)
from command.places import register

KEEP = permission("evacuation.zones", "keep the register of zones to be evacuated", "登记、修改转移单元")
ALWAYS = ("name", "sort", "households", "people", "responsible", "destination")


@action(
    "evacuation_zone.register",
    wish=RegisterZone,
    needs=KEEP,
    http="POST /evacuation_zones",
    status=201,
    output=ZoneOut,
)
def register_zone(tx: Tx, wish: RegisterZone) -> ZoneOut:
    """Enter a zone: who lives there, which post answers, where they go."""
    _not_in_a_drill(tx)
    village, centre = _where(tx, wish.village_code, wish.centre)
    _mine(tx, centre)
    given = wish.model_dump(exclude={"centre", "keeper"})
    row = tx.add(
        EvacuationZone(
            **given, centre=centre, village=village, keeper=None, kept_by=tx.actor.name, synthetic=False, live=True
        )
    )  # fmt: skip
    if wish.keeper is not None:
        tx.session.flush()
        row.keeper = keepers.keep(tx, row, wish.keeper.model_dump())
    return _say(tx, row, ZoneRegistered)


@action(
    "evacuation_zone.edit",
    wish=EditZone,
    needs=KEEP,
    target="evacuation_zone",
    http="PATCH /evacuation_zones/{id}",
    output=ZoneOut,
    version="required",
)
def edit_zone(tx: Tx, row: EvacuationZone, wish: EditZone) -> ZoneOut:
    """Correct a zone. An evacuation that runs keeps what it was opened with."""
    _not_in_a_drill(tx)
    _mine(tx, row.centre)
    given = wish.model_dump(include=wish.model_fields_set)
    if "keeper" in given:
        row.keeper = keepers.keep(tx, row, given.pop("keeper"))
    for name, value in given.items():
        if name in ALWAYS and value is None:
            raise Invalid(f"{name}: cannot be taken away", zh="这一项不能清空")
        setattr(row, name, value)
    if row.shape is None and row.village_code is None:
        raise Invalid("shape or village_code: one of them is needed", zh="范围和村至少要有一项")
    if "village_code" in given:
        row.village, _ = _where(tx, row.village_code, row.centre)
    row.kept_by = tx.actor.name
    tx.touch(row)
    return _say(tx, row, ZoneEdited)


@action(
    "evacuation_zone.withdraw",
    needs=KEEP,
    target="evacuation_zone",
    http="POST /evacuation_zones/{id}/withdraw",
    output=ZoneOut,
)
def withdraw_zone(tx: Tx, row: EvacuationZone, wish: object) -> ZoneOut:
    """Strike a zone off the register."""
    _not_in_a_drill(tx)
    _mine(tx, row.centre)
    if not row.live:
        raise Conflict("It is struck off already", zh="已撤销")
    row.live = False
    keepers.destroy(tx, row)
    tx.touch(row)
    return _say(tx, row, ZoneWithdrawn)


def _where(tx: Tx, village_code: str | None, stated: str | None) -> tuple[str | None, str]:
    """(the village's name, the township's code): the village says it, else it is stated, else it is the actor's own."""
    village = register.village(village_code) if village_code else None
    if village_code and village is None:
        raise Invalid(f"village_code: there is no village {village_code}", zh=f"没有村（社区）{village_code}")
    centre = village_code[:9] if village_code else stated or tx.actor.centre[:9]
    if stated and stated != centre:
        raise Invalid("centre: the village lies in another township", zh="该村不属于这个乡镇")
    if register.township(centre) is None:
        raise Invalid("centre: name the township", zh="请写明乡镇")
    return village.name if village else None, centre


def _say(tx: Tx, row: EvacuationZone, event: type[ZoneEvent]) -> ZoneOut:
    shown = tx.show(ZONES, row)
    tx.say(event(record=shown))
    return shown


def _mine(tx: Tx, centre: str) -> None:
    if not tx.actor.covers(centre):
        raise Forbidden(
            "Another township's register: ask it, or the county", zh="属其他乡镇的登记：请其修改或报县里"
        )


def _not_in_a_drill(tx: Tx) -> None:
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
