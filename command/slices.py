"""The slices of `command`: importing this module declares all their records, questions and actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import command.alarms.actions
import command.alarms.queries
import command.centres.actions
import command.centres.queries
import command.incidents.actions
import command.incidents.callers
import command.incidents.merging
import command.incidents.queries
import command.incidents.sharing
import command.incidents.vocabulary
import command.places.queries
import command.screens
from command.centres import demo

NAMES = ("alarms", "centres", "incidents", "places")
BINDERS: tuple[Callable[[Any], None], ...] = (command.screens.bind,)
DEMO = (demo.load,)
