"""Settings of the house: typed, per centre, journaled. Declared by the slice that uses them; a township may have its own value,
else the county's, else the default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import sqlalchemy as sa
from pydantic import Field, TypeAdapter, ValidationError
from sqlalchemy.orm import Mapped, Session, mapped_column

from command.core import canonical, clock
from command.core.access import COUNTY, Actor, centre_party, permission
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, Invalid
from command.core.events import Event
from command.core.kept import Kept
from command.core.queries import View, Wish, query
from command.core.records import NOBODY, Record, RecordType, public, record
from command.core.store.db import Base, Json, Owned

READ = permission("setting.read", "see settings")
WRITE = permission("setting.write", "change settings")


@dataclass(frozen=True)
class Setting:
    """A declared setting: its type with bounds, its default, its name in both languages, its unit."""

    name: str
    kind: TypeAdapter[Any]
    default: Any
    zh: str
    en: str
    unit: str = ""


DECLARED: dict[str, Setting] = {}


def setting(
    name: str, kind: Any, default: Any, *, zh: str, en: str, unit: str = ""
) -> Callable[[Session, str], Any]:
    """Declare a setting. Returns a reader: (session, centre) → the value in force there."""
    if name in DECLARED:
        raise TypeError(f"two settings are called {name}")
    DECLARED[name] = Setting(name, TypeAdapter(kind), default, zh, en, unit)

    def read(session: Session, centre: str) -> Any:
        return value_of(session, name, centre)

    return read


class _Value(Json):
    """A value of a setting; null says that the centre has none of its own (any more)."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str:
        return canonical.dump(value).decode()


class SettingValue(Owned, Base):
    """A value that a centre gave; id = centre:name."""

    __tablename__ = "setting_value"
    id: Mapped[str] = mapped_column(sa.String(120), primary_key=True, sort_order=-19)
    centre: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str] = mapped_column(sa.String(80))
    value: Mapped[Any] = mapped_column(_Value)


def _values(session: Session) -> dict[str, Any]:
    rows = session.connection().execute(sa.select(_TABLE.c.id, _TABLE.c.value))
    return {row.id: row.value for row in rows if row.value is not None}


_TABLE = cast(sa.Table, SettingValue.__table__)
VALUES = Kept(SettingValue, _values)


def value_of(session: Session, name: str, centre: str) -> Any:
    """The value in force at a centre: its own, its county's, the default."""
    found = VALUES.get(session)
    given = (found[key] for one in (centre, centre[:6]) if (key := f"{one}:{name}") in found)
    return next(given, DECLARED[name].default)


class SettingOut(Record):
    """A value that a centre gave."""

    centre: str
    name: str
    value: Any


class SetValue(Wish):
    """A setting's new value at a centre; null takes the centre's own value away."""

    name: str = Field(max_length=80)
    centre: str = Field(pattern=r"^\d{6}(\d{3})?$")
    value: Any = None


class SettingChanged(Event):
    """Heard by the centre and the county."""

    type: ClassVar[str] = "setting.changed"
    kind: ClassVar[str] = "setting"
    record: SettingOut

    def topics(self) -> frozenset[str]:
        return frozenset({COUNTY, centre_party(self.record.centre)})

    def text(self) -> dict[str, str]:
        declared, value = DECLARED[self.record.name], self.record.value
        return {
            "zh": f"设置 {declared.zh}：{'恢复上级值' if value is None else _brief(value, '项')}",
            "en": f"Setting {declared.en}: {'as above again' if value is None else _brief(value, ' lines')}",
        }


def _brief(value: Any, lines: str) -> str:
    """A value in one line: of a table only how long it is."""
    table = isinstance(value, list) and any(isinstance(one, dict) for one in value)
    return f"{len(value)}{lines}" if table else f"{value}"


def _show(session: Session, rows: Sequence[SettingValue]) -> list[SettingOut]:
    return [public(SettingOut, row) for row in rows]


def _visible(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.may(WRITE) or actor.county:
        return sa.true()
    return sa.and_(SettingValue.centre == actor.centre) if actor.may(READ) else NOBODY


def _topic(topic: str) -> sa.ColumnElement[bool] | None:
    if topic == COUNTY:
        return sa.true()
    return SettingValue.centre == topic.removeprefix("centre:") if topic.startswith("centre:") else None


SETTINGS = record(
    RecordType(
        "setting", SettingValue, SettingOut, _show, visible=_visible, in_topic=_topic, path="settings",
        needs=READ, order=(SettingValue.id,), worldly=False, filters={"centre": lambda v: SettingValue.centre == v},
    )
)  # fmt: skip


@action("setting.set", wish=SetValue, needs=WRITE, http="POST /settings", output=SettingOut)
def set_value(tx: Tx, wish: SetValue) -> SettingOut:
    """Give a setting a value at a centre."""
    declared = DECLARED.get(wish.name)
    if tx.world:
        raise Conflict("Registers are read-only in a drill", zh="演练中登记资料只读")
    if declared is None:
        raise Invalid(f"name: there is no setting {wish.name}", zh=f"没有设置 {wish.name}")
    if wish.centre[:6] != tx.node[:6]:
        raise Forbidden("Another county's setting", zh="属其他县的设置")
    if not tx.actor.manages(wish.centre):
        raise Forbidden(
            "Another centre's setting: its own administrator keeps it", zh="属其他单位，由其管理员设置"
        )
    value = None if wish.value is None else _checked(declared, wish.value)
    name = f"{wish.centre}:{wish.name}"
    row = tx.session.get(SettingValue, name)
    if row is None:
        row = tx.add(SettingValue(id=name, centre=wish.centre, name=wish.name, value=value))
    else:
        row.value = value
        tx.touch(row)
    shown = tx.show(SETTINGS, row)
    tx.say(SettingChanged(record=shown))
    return shown


def _checked(declared: Setting, value: Any) -> Any:
    try:
        return declared.kind.validate_python(value, strict=True)
    except ValidationError as error:
        raise Invalid(f"value: {error.errors()[0]['msg']}", zh=f"“{declared.zh}”的值不合要求") from None


class OfCentre(Wish):
    """A centre; absent: one's own."""

    centre: str | None = Field(None, pattern=r"^\d{6}(\d{3})?$")


@query("settings.in_force", wish=OfCentre, needs=READ, http="GET /settings/in-force", output=dict[str, Any])
def in_force(view: View, wish: OfCentre) -> dict[str, Any]:
    """Every setting with the value that is in force at a centre, what the centre itself gave (null: nothing), what stands above
    it, its name, unit and type (JSON schema)."""
    centre = wish.centre or view.actor.centre
    query_ = sa.select(SettingValue.name, SettingValue.value).where(SettingValue.centre == centre)
    own: dict[str, Any] = {row.name: row.value for row in view.session.execute(query_)}
    items = [
        {"name": one.name, "zh": one.zh, "en": one.en, "unit": one.unit, "default": one.default, "own": own.get(one.name),
         "above": value_of(view.session, one.name, centre[:6]) if len(centre) > 6 else one.default,
         "schema": one.kind.json_schema(), "value": value_of(view.session, one.name, centre)}
        for one in DECLARED.values()
    ]  # fmt: skip
    return {"items": items, "centre": centre, "at": clock.wire(view.now)}
