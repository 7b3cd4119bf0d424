"""The slices of `dispatch`: importing this module declares all their records, questions and actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dispatch.suggest.queries
import dispatch.tasks.actions
import dispatch.tasks.calls
import dispatch.tasks.queries
import dispatch.teams.actions
import dispatch.teams.queries
from command.incidents.vocabulary import vocabulary
from dispatch.tasks import flow
from dispatch.teams import demo, words

NAMES = ("teams", "tasks", "suggest")
BINDERS: tuple[Callable[[Any], None], ...] = ()
DEMO = (demo.load,)
vocabulary(words.groups)
vocabulary(flow.groups)
