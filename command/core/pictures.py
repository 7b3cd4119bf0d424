"""The door of the pictures: each is given only to those who may see a thing that carries it; else it is not there.
What nothing carries, because its command was refused or cut off, is swept away."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from flask import Response

from command.core import clock, files, openapi
from command.core.errors import NotFound
from command.core.jobs import every
from command.core.node import Node
from command.core.web import PREFIX, Web

log = logging.getLogger(__name__)
GRACE = timedelta(hours=1)
AT_A_TIME = 500

openapi.also(
    "GET /files/{id}",
    "A photo, for those who may see the report that carries it",
    media="image/jpeg",
    signed=True,
)


def mount(web: Web) -> None:
    """Mount the door."""

    def picture(id: str) -> Response:
        signed = web.signed()
        web.limits.check_read(signed.actor.id)
        world = web.world(signed)
        path = files.path_of(web.node.data_dir, id)
        seen = web.node.database.read(lambda session: files.seen_by(session, signed.actor, id), world=world)
        if path is None or not seen:
            raise NotFound()
        answer = Response(path.read_bytes(), content_type="image/jpeg")
        answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
        return answer

    web.app.add_url_rule(f"{PREFIX}/files/<id>", "file:picture", picture, methods=["GET"])


@every("files.sweep", seconds=3600)
def sweep(node: Node) -> None:
    """Delete pictures that nothing has carried for an hour, and what was written half."""
    before = (clock.real() - GRACE).timestamp()
    old = files.forsaken(node.data_dir, before)
    gone = 0
    for start in range(0, len(old), AT_A_TIME):
        some = old[start : start + AT_A_TIME]
        names = {path.stem for path in some if path.suffix != files.HALF}
        kept = node.database.read(partial(files.carried, names=names), world=None)
        for path in some:
            # its time is looked at again: it may have been asked for meanwhile
            if path.stem not in kept and path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    if gone:
        log.info("%d pictures that nothing carries are deleted", gone)
