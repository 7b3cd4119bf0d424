"""Pictures by their content: under DATA_DIR/files, named by their hash, drawn anew so that nothing but the picture is kept (RULES 34)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from command.core.access import Actor
from command.core.errors import Invalid

Guard = Callable[[Session, Actor, str], bool]
FILES = "files"
_guards: list[Guard] = []
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
LONGEST = 1600
QUALITY = 80
NAME = re.compile(r"^[0-9a-f]{64}$")


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


def keep_picture(directory: Path, encoded: str) -> Picture:
    """Draw a base64 picture anew, without its metadata, and keep it once. Invalid when it is none, or too large."""
    content, width, height = _drawn(_decoded(encoded))
    name = hashlib.sha256(content).hexdigest()
    path = directory / FILES / name[:2] / f"{name}.jpg"
    if not path.is_file():
        _write(path, content)
    return Picture(name, width, height, len(content))


def _decoded(encoded: str) -> bytes:
    text = encoded.partition(",")[2] if encoded.startswith("data:") else encoded
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("picture: not base64", zh="照片读不出来") from None


def _drawn(raw: bytes) -> tuple[bytes, int, int]:
    from PIL import Image, ImageOps, UnidentifiedImageError  # here: it is large, and seldom needed

    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Invalid("picture: too many pixels", zh="照片像素太多")
            opened.draft("RGB", (LONGEST, LONGEST))  # a JPEG is decoded small: writes wait behind this
            picture: Any = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Invalid("picture: a JPEG, PNG or WebP", zh="照片须为 JPEG、PNG 或 WebP") from None
    picture.thumbnail((LONGEST, LONGEST))
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), bare.width, bare.height


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.stem}.{os.getpid()}.new")
    with half.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)
