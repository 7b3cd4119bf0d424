"""The one composition root: settings, slices, the application, the server; `main` is the `fengsui` command."""

from __future__ import annotations

import gc
import sys

if collecting := gc.isenabled():
    gc.disable()  # what is imported stays for good: the garbage collector need not walk it, now or later
if "serve" in sys.argv[1:2]:  # before anything else is imported, or locks and sockets stay unpatched
    from gevent import monkey

    monkey.patch_all()

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from command import slices as command_slices
from command.core import (
    displays,
    doors,
    first,
    health,
    installation,
    onetime,
    openapi,
    passwords,
    pictures,
    shown_once,
)
from command.core.auth import Auth
from command.core.health import Health
from command.core.limits import Limits
from command.core.live import sockets
from command.core.live.hub import Hub
from command.core.map import layerdoor, tiledoor
from command.core.map.ogc import door as ogc
from command.core.node import Node
from command.core.store.database import Database
from command.core.web import Web
from command.founding import register as founding
from command.screens import DOORS, user_of
from dispatch import slices as dispatch_slices

log = logging.getLogger("fengsui")


def _named(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


for _load in (*command_slices.DEMO, *dispatch_slices.DEMO):
    first.on_demo(_named(_load))
first.on_founding(founding.found)
if collecting:
    gc.freeze()
    gc.enable()


@dataclass
class Running:
    """An application and what stands behind it."""

    settings: config.Settings
    app: Flask
    node: Node
    auth: Auth
    hub: Hub
    health: Health
    web: Web
    links: Callable[[], list[tuple[str, str]]] = list


def open_node(settings: config.Settings, *, cooperative: bool = False) -> Node:
    """The node of these settings, its database at hand (not yet migrated)."""
    database = Database(settings.database_url, cooperative=cooperative)
    return Node(settings.node, database, settings.data_dir, settings.secret_key)


def create_app(settings: config.Settings, *, cooperative: bool = True) -> Running:
    """The application with all its doors. `cooperative`: under gevent, as it is served."""
    node = open_node(settings, cooperative=cooperative)
    app = Flask("fengsui", static_folder=None)
    app.secret_key = settings.secret_key
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]  # werkzeug's own way
    limits = Limits()
    if cooperative:
        node.beside, node.later = _beside, _later
    auth = Auth(node)
    web = Web(app, node, auth, limits)
    web.mount()
    layerdoor.mount(web)
    tiledoor.mount(web)
    ogc.mount(web)
    doors.mount(web, secure=settings.secure_cookies)
    onetime.mount(web)
    passwords.mount(web)
    shown_once.mount(web)
    displays.mount(web, secure=settings.secure_cookies)
    openapi.mount(web)
    pictures.mount(web)
    hub = sockets.build(app, node, auth, limits, settings.origins)
    if settings.redis_url and cooperative:
        hub.on_start.append(partial(hub.signals.share, settings.redis_url, f"fengsui:{node.name}:signals"))
        hub.on_start.append(partial(limits.share, settings.redis_url, f"fengsui:{node.name}:limits"))
    vitals = health.Health(node, hub)
    vitals.mount(app)
    web.vitals = vitals
    running = Running(settings, app, node, auth, hub, vitals, web)
    running.links = lambda: links(running)
    for bind in (*command_slices.BINDERS, *dispatch_slices.BINDERS):
        _named(bind)(running)
    return running


def links(running: Running) -> list[tuple[str, str]]:
    """A fresh single-use link for each door: (what it opens, secret)."""
    return [
        # the wide space pads as wide as a Chinese sign is: the addresses stand in one column
        (
            f"{door[3].ljust(6, chr(0x3000))}{door[4]:<16}",
            installation.make_link(running.node, user_of(running.node, door[0]), door[2]),
        )
        for door in DOORS
    ]


GENTLE = 10


def _beside(function: Callable[..., object], *arguments: object) -> object:
    """Run slow work (hashing a password, drawing a picture) in gevent's native threads."""
    import gevent

    return gevent.get_hub().threadpool.apply(_gently, (function, arguments))


def _later(function: Callable[..., object], *arguments: object) -> None:
    """Begin some work that nobody waits for."""
    import gevent

    gevent.spawn(function, *arguments)


def _gently(function: Callable[..., object], arguments: tuple[object, ...]) -> object:
    """Let whoever serves screens and writes go first: on Linux each thread has a priority of its own."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GENTLE)
    return function(*arguments)


def main() -> None:
    """The `fengsui` command."""
    from command.core import cli

    more = [_named(one) for one in (*command_slices.COMMANDS, *dispatch_slices.COMMANDS)]
    cli.run(cli.Tools(open_node, create_app, config.load), more)


if __name__ == "__main__":
    main()
