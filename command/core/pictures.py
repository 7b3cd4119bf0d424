"""The door of the pictures: each is given only to those who may see a thing that carries it; else it is not there."""

from __future__ import annotations

from flask import Response

from command.core import files, openapi
from command.core.errors import NotFound
from command.core.web import PREFIX, Web

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
