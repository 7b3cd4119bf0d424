"""Puts the built screens into a wheel, so that who installs a release needs no Node."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ScreensInTheWheel(BuildHookInterface[Any]):
    """Runs `static/build.py` before a wheel is put together; an editable install is built by set-up."""

    def initialize(self, version: str, _build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        subprocess.run([sys.executable, str(Path(self.root) / "static" / "build.py")], check=True)
