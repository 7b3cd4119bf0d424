"""`python -m command.sitreps.paper`: a `Paper` as JSON comes in, a PDF goes out. Reading the fonts takes seconds of a core in Python:
in a process of its own it takes no time from the hub of the one that serves."""

from __future__ import annotations

import json
import sys

from command.sitreps.paper.form import Paper
from command.sitreps.paper.pdf import pdf

if __name__ == "__main__":
    sys.stdout.buffer.write(pdf(Paper(**json.load(sys.stdin.buffer))))
