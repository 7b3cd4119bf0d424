"""The doors of files: bringing one up, looking at it before it is taken, and taking a layer away as a file."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Response, request

from command.core import bringing
from command.core.errors import Forbidden, Invalid
from command.core.faults import Wrong
from command.core.map.features import parse as parse_wish
from command.core.map.layers import find_layer
from command.core.openapi import also
from command.core.queries import parse
from command.core.web import PREFIX, Web, reply
from command.imports import exports, preview, reading
from command.imports.actions import WRITE
from command.imports.contract import Manner
from command.imports.queries import keeps

also("POST /imports/files", "Bring a file up (its bytes, `?name=`): what is in it, by fields and counts; kept for a day",
     "201", signed=True)  # fmt: skip
also("GET /imports/files/{id}/preview", "Rows and places of a file as they would be taken (`layer`, `crs`, `source`, `columns` as JSON)",
     signed=True)  # fmt: skip
also("GET /exports/{layer}", "A layer as a file: `format` geojson, kml or xlsx, with the layer's filters; noted in the access log",
     media="application/octet-stream", signed=True)  # fmt: skip


def bind(running: Any) -> None:
    """Mount the doors."""
    web: Web = running.web
    web.app.add_url_rule(f"{PREFIX}/imports/files", "imports:file", lambda: _bring_up(web), methods=["POST"])
    web.app.add_url_rule(
        f"{PREFIX}/imports/files/<id>/preview",
        "imports:preview",
        lambda id: _preview(web, id),
        methods=["GET"],
    )
    web.app.add_url_rule(
        f"{PREFIX}/exports/<layer>", "exports", lambda layer: _export(web, layer), methods=["GET"]
    )


def _keeper(web: Web) -> None:
    signed = web.signed()
    web.world(signed)
    signed.actor.need(WRITE)
    signed.actor.need_hand()
    if not keeps(signed.actor):
        raise Forbidden("Registers are brought in by the county's keepers", zh="登记资料由县级管理人员导入")


def _bring_up(web: Web) -> Response:
    _keeper(web)
    web.limits.check_write(web.signed().actor.id)
    name = bringing.named(web)
    upload, folder = bringing.new_folder(web.node.data_dir)
    ending = "".join(Path(name).suffixes[-2:]).lower()  # GDAL looks at it
    file = folder / f"file{re.sub(r'[^a-z0-9.]', '', ending)}"
    try:
        bringing.keep(file)
        with bringing.reading:
            about = reading.read_into(file, name, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    file.unlink()
    return reply(
        {
            "id": upload,
            **{one: about[one] for one in about if one != "starts"},
            "parts": len(about["starts"]),
        },
        201,
    )


def _preview(web: Web, upload: str) -> Response:
    _keeper(web)
    web.limits.check_read(web.signed().actor.id)
    given = {one: request.args[one] for one in ("layer", "crs", "source") if one in request.args}
    try:
        columns = json.loads(request.args.get("columns") or "{}")
    except (ValueError, RecursionError):
        raise Invalid("columns: a JSON object", zh="columns 须为 JSON 对象") from None
    wish = parse(Manner, {"source": "预览", **given, "columns": columns})
    bringing.folder_of(web.node.data_dir, upload)
    try:
        return reply(web.node.beside(preview.looked_at, web.node.data_dir, upload, wish))
    except Wrong as wrong:
        raise Invalid(str(wrong), zh=wrong.zh) from wrong


def _export(web: Web, name: str) -> Response:
    signed = web.signed()
    web.limits.check_read(signed.actor.id)
    world = web.world(signed)
    layer = find_layer(name)
    signed.actor.need(layer.needs)
    given = request.args.to_dict()
    sort = given.pop("format", "geojson")
    if sort not in exports.MEDIA:
        raise Invalid(
            f"format: one of {', '.join(exports.MEDIA)}", zh=f"format 须为 {'、'.join(exports.MEDIA)} 之一"
        )
    wish = parse_wish(layer, {one: value for one, value in given.items() if one not in ("limit", "after")})
    whole = type(wish)(wish.bbox, None, None, wish.during, wish.filters)
    lang = web.lang()
    content = web.node.look(
        lambda view: exports.made(view, layer, whole, sort, lang), signed.actor, world, web
    )
    title = quote(f"{layer.en if lang == 'en' else layer.zh}.{sort}")
    kept = {"Content-Disposition": f"attachment; filename=\"{name}.{sort}\"; filename*=UTF-8''{title}"}
    return Response(content, content_type=exports.MEDIA[sort], headers=kept)
