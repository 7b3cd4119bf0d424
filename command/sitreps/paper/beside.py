"""A PDF set in a process of its own, at the lowest priority."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from command.core.errors import Conflict
from command.sitreps.paper.form import Paper
from command.sitreps.paper.pdf import need_fonts

HOME = str(Path(__file__).resolve().parents[3])
PATIENCE_S = 120
ALONE = [sys.executable, "-m", "command.sitreps.paper"]


def pdf_beside(paper: Paper) -> bytes:
    """The paper as the bytes of a PDF; Conflict when the machine has no Chinese font, or the setter fell over."""
    need_fonts()
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (HOME, os.environ.get("PYTHONPATH"))))}
    given = json.dumps(asdict(paper)).encode()
    try:
        done = subprocess.run(
            ALONE, input=given, env=env, timeout=PATIENCE_S, capture_output=True, check=True
        )
    except subprocess.SubprocessError as error:
        raise Conflict(
            "The PDF could not be set: take DOCX, or try again", zh="PDF 未能排出：请取 DOCX，或再试一次"
        ) from error
    return done.stdout
