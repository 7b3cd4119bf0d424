"""The slices of `command`: importing this module declares all their records, questions and actions."""

from __future__ import annotations

from importlib import import_module

from command.incidents.vocabulary import vocabulary

MODULES = (
    "command.core.drills",
    "command.core.history",
    "command.core.reading",
    "command.core.settings",
    "command.core.vitals",
    "command.core.deliveries.actions",
    "command.core.deliveries.jobs",
    "command.core.deliveries.making",
    "command.core.deliveries.queries",
    "command.core.gateways",
    "command.core.webhook",
    "command.alarms.actions",
    "command.alarms.deriving",
    "command.alarms.leaders",
    "command.alarms.lateness",
    "command.alarms.queries",
    "command.alarms.waiting",
    "command.centres.actions",
    "command.centres.own",
    "command.centres.overview",
    "command.centres.posts",
    "command.centres.queries",
    "command.centres.readings",
    "command.centres.rights",
    "command.contact.actions",
    "command.contact.deriving",
    "command.contact.jobs",
    "command.contact.queries",
    "command.hazards.actions",
    "command.hazards.chasing",
    "command.hazards.criteria",
    "command.hazards.deriving",
    "command.hazards.grading",
    "command.hazards.importing",
    "command.hazards.inspections",
    "command.hazards.layers",
    "command.hazards.lec",
    "command.hazards.linking",
    "command.hazards.moving",
    "command.hazards.near",
    "command.hazards.notices",
    "command.hazards.photos",
    "command.hazards.private",
    "command.hazards.queries",
    "command.hazards.risk_points",
    "command.hazards.statistics",
    "command.imports.actions",
    "command.imports.deriving",
    "command.imports.jobs",
    "command.imports.queries",
    "command.incidents.actions",
    "command.incidents.callers",
    "command.incidents.deriving",
    "command.incidents.drawings",
    "command.incidents.editing",
    "command.incidents.grading",
    "command.incidents.layers",
    "command.incidents.lateness",
    "command.incidents.likeness",
    "command.incidents.merging",
    "command.incidents.photos",
    "command.incidents.queries",
    "command.incidents.reporting",
    "command.incidents.sharing",
    "command.incidents.timeline",
    "command.incidents.vocabulary",
    "command.places.actions",
    "command.places.importing",
    "command.places.naming",
    "command.places.layers",
    "command.places.queries",
    "command.places.tiles",
    "command.roads.actions",
    "command.roads.deriving",
    "command.roads.layers",
    "command.roads.queries",
    "command.roads.travelling",
    "command.screens",
    "command.wall.displays",
    "command.wall.public",
    "command.wall.queries",
)
WORDS = ("command.hazards.words:groups", "command.places.words:groups", "command.roads.words:groups")
BINDERS = (
    "command.core.deliveries.reported:bind",
    "command.screens:bind",
    "command.contact.presence:bind",
    "command.imports.screens:bind",
)
COMMANDS = ("command.founding.cli:commands", "command.imports.cli:commands", "command.roads.cli:commands")
DEMO = ("command.founding.demo:load", "command.hazards.demo:load", "command.roads.demo:load")

for _name in MODULES:
    import_module(_name)
for _named in WORDS:
    _module, _, _function = _named.partition(":")
    vocabulary(getattr(import_module(_module), _function))
