"""Bringing a large file up over HTTP: its bytes as they come into a folder of its own, never more than may be, never onto a disk that is
nearly full, and one file read at a time."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path

from flask import request

from command.core import ids, strict
from command.core.errors import DiskFull, Invalid, NotFound, TooLarge
from command.core.node import DISK_FLOOR
from command.core.web import Web

FOLDER = "imports"
MB = 2**20
MOST_BYTES = 256 * MB
NAME = re.compile(r"^[^/\\\x00-\x1f]{1,150}$")
UPLOAD = re.compile(r"^[0-9a-f-]{36}$")
GONE = ("The file is no longer kept: bring it up again", "文件已清理：请重新上传")
reading = threading.BoundedSemaphore(1)
"""One file is read at a time: each may take gigabytes of memory."""


def named(web: Web) -> str:
    """The name under which a file is brought up, once it is known that it may be."""
    name = request.args.get("name", "")
    if not NAME.match(name):
        raise Invalid("name: the file's name", zh="name 须为文件名")
    if (request.content_length or 0) > MOST_BYTES:
        strict.read(request, 0)  # what came of it is drained, so that the answer is heard
        raise TooLarge(f"At most {MOST_BYTES // MB} MB", zh=f"文件不得超过 {MOST_BYTES // MB} MB")
    if shutil.disk_usage(web.node.data_dir).free < DISK_FLOOR + 3 * (request.content_length or 0):
        raise DiskFull()
    return name


def new_folder(directory: Path) -> tuple[str, Path]:
    """(the name of a new upload, its folder)."""
    name = ids.new_id()
    folder = directory / FOLDER / name
    folder.mkdir(parents=True, mode=0o700)
    return name, folder


def folder_of(directory: Path, upload: str) -> Path:
    """Where a file that was brought up lies; NotFound when it is not there (any more)."""
    if not UPLOAD.match(upload) or not (directory / FOLDER / upload).is_dir():
        raise NotFound(GONE[0], zh=GONE[1])
    return directory / FOLDER / upload


def keep(file: Path) -> None:
    """The body's bytes as they come, never more than may be."""
    size = 0
    with file.open("wb") as out:
        while piece := request.stream.read(2**16):
            size += len(piece)
            if size > MOST_BYTES:
                raise TooLarge(f"At most {MOST_BYTES // MB} MB", zh=f"文件不得超过 {MOST_BYTES // MB} MB")
            out.write(piece)
    if not size:
        raise Invalid("the file is empty", zh="文件为空")
