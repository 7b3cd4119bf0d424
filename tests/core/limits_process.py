"""A process that counts, for the tests of rate limits. Argument: Redis's URL, or nothing.

Each line of its input says `<count> <when>`: at that moment (seconds since 1970) so many writes of one account are
counted, and the line of output says in which second that was and how many were refused.
"""

from __future__ import annotations

import sys
import time

from gevent import monkey

monkey.patch_all()

import gevent

from command.core.errors import TooMany
from command.core.limits import Limits


def refused(limits: Limits, count: int) -> int:
    """Count so many writes; how many were refused."""
    found = 0
    for _ in range(count):
        try:
            limits.check_write("one account")
        except TooMany:
            found += 1
    return found


if __name__ == "__main__":
    own = Limits()
    if sys.argv[1:]:
        own.share(sys.argv[1], "fengsui:tests:limits")
    while line := gevent.get_hub().threadpool.apply(
        sys.stdin.readline
    ):  # beside the hub, which goes on telling
        count, when = line.split()
        gevent.sleep(max(0.0, float(when) - time.time()))
        began, many = int(time.time()), refused(own, int(count))
        print(began if began == int(time.time()) else 0, many, flush=True)
