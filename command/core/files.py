"""Pictures by their content: under DATA_DIR/files, named by their hash, drawn anew so that nothing but the picture is kept (RULES 34)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import os
import re
import struct
import zlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, NamedTuple

from gevent import monkey
from sqlalchemy.orm import Session

from command.core import ids
from command.core.access import Actor
from command.core.errors import Invalid

Guard = Callable[[Session, Actor, str], bool]
Carrier = Callable[[Session, Collection[str]], set[str]]
FILES = "files"
_guards: list[Guard] = []
_carriers: list[Carrier] = []
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""A JPEG is decoded small; the others are decoded whole, so that a small file of them may need much memory."""
# What a decoder says of a file that is broken or cut off; PIL's own "no such format" is an OSError.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, struct.error, zlib.error)
LONGEST = 1600
QUALITY = 80
NAME = re.compile(r"^[0-9a-f]{64}$")
HALF = ".new"
_at_a_time = monkey.get_original("_thread", "allocate_lock")()
"""One picture is decoded at a time, whoever asks: it is done in native threads, and each needs much memory."""


class Picture(NamedTuple):
    """A kept picture: the hash of its bytes is its name."""

    id: str
    width: int
    height: int
    size: int


def path_of(directory: Path, name: str) -> Path | None:
    """Where a picture lies, or None when there is none of that name."""
    if not NAME.match(name):
        return None
    path = directory / FILES / name[:2] / f"{name}.jpg"
    return path if path.is_file() else None


def guard(may_see: Guard) -> None:
    """Let a slice say who may see the pictures that hang on its things."""
    _guards.append(may_see)


def seen_by(session: Session, actor: Actor, name: str) -> bool:
    """Whether any thing that the actor may see carries this picture."""
    return any(may_see(session, actor, name) for may_see in _guards)


def carries(named: Carrier) -> None:
    """Let a slice say which of some pictures hang on its things, in whatever world: the others may go."""
    _carriers.append(named)


def keep_picture(directory: Path, encoded: str) -> Picture:
    """Draw a base64 picture anew, without its metadata, and keep it once. Invalid when it is none, or too large.

    It is kept before anything hangs on it; if nothing ever does, it is swept away."""
    raw = _decoded(encoded)
    with _at_a_time:
        content, width, height = _drawn(raw)
    name = hashlib.sha256(content).hexdigest()
    path = directory / FILES / name[:2] / f"{name}.jpg"
    if path.is_file():
        path.touch()  # it is young again: not to be swept before something hangs on it
    else:
        _write(path, content)
    return Picture(name, width, height, len(content))


def kept_of(payload: dict[str, Any], directory: Path) -> Picture | Invalid | None:
    """`prepare` of an action that takes a `picture`: it is kept, or why it cannot be, which the action says in its turn."""
    encoded = payload.get("picture")
    if not isinstance(encoded, str):
        return None
    try:
        return keep_picture(directory, encoded)
    except Invalid as refused:
        return refused


def forsaken(directory: Path, before: float) -> list[Path]:
    """Pictures, whole or half written, that were kept last before a time (seconds since 1970)."""
    kept = (path for path in (directory / FILES).glob("*/*") if path.suffix in (".jpg", HALF))
    return sorted(path for path in kept if path.stat().st_mtime < before)


def carried(session: Session, names: Collection[str]) -> set[str]:
    """Those of some pictures that hang on anything."""
    return {name for named in _carriers for name in named(session, names)}


def _decoded(encoded: str) -> bytes:
    text = encoded.partition(",")[2] if encoded.startswith("data:") else encoded
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("picture: not base64", zh="照片读不出来") from None


def _drawn(raw: bytes) -> tuple[bytes, int, int]:
    from PIL import Image, ImageOps  # here: it is large, and seldom needed

    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS[opened.format or "PNG"]:
                raise Invalid("picture: too many pixels", zh="照片像素太多")
            opened.draft("RGB", (LONGEST, LONGEST))
            picture: Any = ImageOps.exif_transpose(opened).convert("RGB")
    except (*BROKEN, Image.DecompressionBombError):
        raise Invalid("picture: a JPEG, PNG or WebP", zh="照片须为 JPEG、PNG 或 WebP") from None
    picture.thumbnail((LONGEST, LONGEST))
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), bare.width, bare.height


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.stem}.{ids.new_id()}{HALF}")
    with half.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # or its name may be gone after a power cut, when what hangs on it is not
    finally:
        os.close(folder)
