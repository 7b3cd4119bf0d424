"""Reading a file beside everything else: in a process of its own, which may fall over alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import geo
from command.core.errors import Invalid, NotFound
from command.imports import uploads

PATIENCE_S = 300
BROKEN = ("it cannot be read (broken, or beyond the limits)", "文件无法读取（已损坏，或超出限制）")


def read_into(file: Path, name: str, folder: Path) -> dict[str, Any]:
    """Read a file into a folder of rows; what was found in it. Invalid, and the folder gone, when it cannot be read."""
    home = str(Path(geo.__file__).resolve().parents[1])
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}
    asked = [sys.executable, "-m", "geo.readers", str(file.resolve()), name, str(folder)]
    try:
        subprocess.run(
            asked, env=env, timeout=PATIENCE_S, capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
        told = uploads.about(folder.parent.parent, folder.name)
    except (subprocess.TimeoutExpired, NotFound):
        told = {}
    said = told.get("refused")
    if said is None and "count" in told:
        return told
    shutil.rmtree(folder, ignore_errors=True)
    why = said or {"en": BROKEN[0], "zh": BROKEN[1]}
    raise Invalid(f"{name}: {why['en']}", zh=f"{name}：{why['zh']}")
