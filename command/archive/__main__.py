"""`python -m command.archive`: packs a folder in a process of its own, so that hashing and compressing take nothing from who serves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from command.archive.packing import pack

if __name__ == "__main__":
    asked = json.load(sys.stdin)
    told = pack(Path(asked["folder"]), asked["about"], Path(asked["directory"]), Path(asked["out"]))
    json.dump(told, sys.stdout)
