"""Mapbox Vector Tiles 2.1: plain geometry and properties in, the bytes of a tile out.

Coordinates are whole numbers in the tile's own square, y to the south. https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EXTENT = 4096
POINT, LINE, POLYGON = 1, 2, 3
MOVE, DRAW, CLOSE = 1, 2, 7
Plain = str | int | float | bool | None
Whole = NDArray[np.int64]


class Drawn(NamedTuple):
    """One feature of a tile: its sort, its parts (points; lines; rings, each outer one before its holes, not closed), and its
    properties; what is None is left out."""

    sort: int
    parts: Sequence[Whole]
    properties: Mapping[str, Plain]


def encode(name: str, features: Iterable[Drawn]) -> bytes:
    """The bytes of a tile of one layer; none for no features."""
    keys: dict[str, int] = {}
    values: dict[tuple[type, Plain], int] = {}
    bodies = [_field(2, _feature(one, keys, values)) for one in features]
    if not bodies:
        return b""
    head = _number(15, 2) + _field(1, name.encode())
    told = b"".join(_field(3, key.encode()) for key in keys)
    said = b"".join(_field(4, _value(value)) for _, value in values)
    return _field(3, head + b"".join(bodies) + told + said + _number(5, EXTENT))


def _feature(one: Drawn, keys: dict[str, int], values: dict[tuple[type, Plain], int]) -> bytes:
    tags = []
    for key, value in one.properties.items():
        if value is not None:
            tags += [keys.setdefault(key, len(keys)), values.setdefault((type(value), value), len(values))]
    return (
        (_field(2, _packed(tags)) if tags else b"")
        + _number(3, one.sort)
        + _field(4, _packed(_commands(one.sort, one.parts)))
    )


def _commands(sort: int, parts: Sequence[Whole]) -> list[int]:
    """The pen's way: where it moves, draws and closes, each step from where the last one ended."""
    if sort == POINT:
        every = np.concatenate(parts)
        return [MOVE | len(every) << 3, *_steps(every, np.zeros(2, np.int64))]
    found: list[int] = []
    pen = np.zeros(2, np.int64)
    for part in parts:
        steps = _steps(part, pen)
        found += [MOVE | 1 << 3, *steps[:2], DRAW | (len(part) - 1) << 3, *steps[2:]]
        if sort == POLYGON:
            found.append(CLOSE | 1 << 3)
        pen = part[-1]
    return found


def _steps(points: Whole, pen: Whole) -> list[int]:
    moved = np.diff(points, axis=0, prepend=pen[np.newaxis])
    found: list[int] = ((moved << 1) ^ (moved >> 63)).ravel().tolist()
    return found


def _value(value: Plain) -> bytes:
    if isinstance(value, bool):
        return _number(7, int(value))
    if isinstance(value, str):
        return _field(1, value.encode())
    if isinstance(value, int):
        return _number(6, value << 1 if value >= 0 else (-value << 1) - 1)
    return b"\x19" + struct.pack("<d", value)


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


_SMALL = [_varint(number) for number in range(1 << 14)]


def _packed(numbers: Iterable[int]) -> bytes:
    return b"".join(_SMALL[one] if one < 1 << 14 else _varint(one) for one in numbers)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content
