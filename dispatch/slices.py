"""The slices of `dispatch`: importing this module declares all their records, questions and actions."""

from __future__ import annotations

from importlib import import_module

from command.incidents.vocabulary import vocabulary

MODULES = (
    "dispatch.dangers.actions",
    "dispatch.dangers.admitting",
    "dispatch.dangers.queries",
    "dispatch.impact.queries",
    "dispatch.teams.actions",
    "dispatch.teams.importing",
    "dispatch.teams.layers",
    "dispatch.teams.leaders",
    "dispatch.teams.names",
    "dispatch.teams.queries",
    "dispatch.tasks.actions",
    "dispatch.tasks.arrivals",
    "dispatch.tasks.calls",
    "dispatch.tasks.deriving",
    "dispatch.tasks.eta",
    "dispatch.tasks.hinting",
    "dispatch.tasks.matters",
    "dispatch.tasks.ordering",
    "dispatch.tasks.postings",
    "dispatch.tasks.queries",
    "dispatch.tasks.replying",
    "dispatch.tasks.standing",
    "dispatch.tasks.suggesting",
    "dispatch.tasks.telling",
    "dispatch.tracking.jobs",
    "dispatch.tracking.positions",
    "dispatch.tracking.queries",
)
WORDS = ("dispatch.teams.words:groups", "dispatch.tasks.flow:groups")
BINDERS = (
    "dispatch.screens:bind",
    "dispatch.tracking.tracker:bind",
    "dispatch.tracking.osmand:bind",
    "dispatch.tasks.eta:bind",
    "dispatch.dangers.watching:bind",
    "dispatch.impact.warming:bind",
)
COMMANDS = ("dispatch.play.cli:commands",)
DEMO = ("dispatch.demo:load",)

for _name in MODULES:
    import_module(_name)
for _named in WORDS:
    _module, _, _function = _named.partition(":")
    vocabulary(getattr(import_module(_module), _function))
