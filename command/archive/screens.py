"""The doors of response files: downloading one, straight from the disk and noted in the access log, and the county's public keys."""

from __future__ import annotations

from typing import Any

from flask import Response, send_file

from command.archive import keys
from command.archive.models import ArchiveFile
from command.archive.queries import ARCHIVE_FILES, READ, path_of
from command.core.errors import NotFound
from command.core.openapi import also
from command.core.queries import View
from command.core.records import find
from command.core.web import PREFIX, Web, reply

also("GET /archive_files/{id}/file", "The response file, a signed ZIP; noted in the access log",
     media="application/zip", signed=True)  # fmt: skip
also(
    "GET /archive/keys",
    "The public keys with which this installation signed response files, the one in use first",
    signed=True,
)


def bind(running: Any) -> None:
    """Mount the doors, and have a key from the first start."""
    web: Web = running.web
    keys.private(web.node.data_dir)
    web.app.add_url_rule(
        f"{PREFIX}/archive_files/<id>/file", "archive:file", lambda id: _file(web, id), methods=["GET"]
    )
    web.app.add_url_rule(f"{PREFIX}/archive/keys", "archive:keys", lambda: _keys(web), methods=["GET"])


def _file(web: Web, thing: str) -> Response:
    signed = web.signed()
    web.limits.check_read(signed.actor.id)
    world = web.world(signed)
    signed.actor.need(READ)

    def look(view: View) -> ArchiveFile:
        row = find(view.session, ARCHIVE_FILES, thing, view.actor)
        if row.state != "ready" or not path_of(web.node.data_dir, row).is_file():
            raise NotFound("The file is not there (yet)", zh="档案文件尚未生成")
        view.log_read("export", f"archive {row.incident_number}"[:64])
        view.session.expunge(row)
        return row

    row = web.node.look(look, signed.actor, world, web)
    name = f"{row.incident_number}-archive-{row.edition}.zip"
    return send_file(
        path_of(web.node.data_dir, row), mimetype="application/zip", as_attachment=True, download_name=name
    )


def _keys(web: Web) -> Response:
    signed = web.signed()
    web.limits.check_read(signed.actor.id)
    now = keys.fingerprint(keys.private(web.node.data_dir).public_key())
    known = keys.publics(web.node.data_dir)
    listed = sorted(known, key=lambda one: (one != now, one))
    items = [{"sha256": one, "pem": keys.pem(known[one]).decode(), "current": one == now} for one in listed]
    return reply({"items": items})
