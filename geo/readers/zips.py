"""Archives, looked at before anything in them is unpacked: no path out of the folder, no bomb, no link, no archive without end."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from geo.readers.source import MB, BadFile

MOST_ENTRIES = 2000
MOST_UNPACKED = 512 * MB
MOST_RATIO = 150
SMALL = 10 * MB
"""A small member may be packed as tightly as it likes: only what unpacks to more is looked at for its ratio."""


def is_zip(path: Path) -> bool:
    """Whether a file is a zip archive, whatever its name."""
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def checked(path: Path) -> list[zipfile.ZipInfo]:
    """The members of an archive that may be unpacked. BadFile when any may not."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise BadFile("压缩包已损坏", "the archive is broken") from error
    if len(members) > MOST_ENTRIES:
        raise BadFile(f"压缩包内文件超过 {MOST_ENTRIES} 个", f"more than {MOST_ENTRIES} files in the archive")
    for one in members:
        _check(one)
    if sum(one.file_size for one in members) > MOST_UNPACKED:
        raise BadFile("压缩包展开后过大", "the archive unpacks to too much")
    return members


def _check(one: zipfile.ZipInfo) -> None:
    path = PurePosixPath(one.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in one.filename or "\x00" in one.filename:
        raise BadFile("压缩包内有越界路径", "a path in the archive leads out of it")
    if stat.S_ISLNK(one.external_attr >> 16):
        raise BadFile("压缩包内有链接文件", "a link in the archive")
    if one.flag_bits & 1:
        raise BadFile("压缩包已加密：请先解密", "the archive is locked: unlock it first")
    if one.file_size > SMALL and one.file_size > MOST_RATIO * max(1, one.compress_size):
        raise BadFile("压缩比异常（疑似压缩炸弹）", "packed beyond all measure (a bomb?)")


def unpacked(path: Path, endings: tuple[str, ...], folder: Path) -> list[Path]:
    """Unpack the members that end so into a folder, flat, never more than the archive said. The files."""
    made, members = [], checked(path)
    with zipfile.ZipFile(path) as archive:
        for number, one in enumerate(members):
            name = PurePosixPath(one.filename.replace("\\", "/")).name
            if not name.lower().endswith(endings):
                continue
            target = (
                folder / f"{number:04d}-{name.lower()}"
                if (folder / name.lower()).exists()
                else folder / name.lower()
            )
            try:
                with archive.open(one) as source, target.open("wb") as out:
                    shutil.copyfileobj(source, out, 2**16)
            except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as error:
                raise BadFile("压缩包已损坏", "the archive is broken") from error
            made.append(target)
    return made
