"""Photos: drawn anew, kept once, shown only to those who may see the report that carries them."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from command.core import files
from command.core.errors import Invalid
from tests.county import County
from tests.doors import Doors

MARK = "36.83N-secret-maker"


def _picture(kind: str = "JPEG", size: tuple[int, int] = (64, 40), colour: str = "#224466") -> str:
    """A picture in base64 that carries a maker's mark and an orientation in its EXIF."""
    made, out = Image.new("RGB", size, colour), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MARK, 6
    made.save(out, kind, exif=exif)
    return base64.b64encode(out.getvalue()).decode()


def _kept(node: Any) -> list[Path]:
    return sorted((node.data_dir / "files").rglob("*.jpg"))


def test_it_keeps_the_picture_and_nothing_else(tmp_path: Path) -> None:
    kept = files.keep_picture(tmp_path, _picture())
    path = files.path_of(tmp_path, kept.id)
    assert path is not None
    assert MARK.encode() not in path.read_bytes()
    with Image.open(path) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (40, 64))  # turned upright, as its EXIF asked
        assert dict(drawn.getexif()) == {}


def test_it_makes_a_large_picture_smaller_and_keeps_the_same_one_once(tmp_path: Path) -> None:
    first = files.keep_picture(tmp_path, _picture("PNG", (3000, 1000)))
    assert max(first.width, first.height) == 1600
    assert files.keep_picture(tmp_path, "data:image/png;base64," + _picture("PNG", (3000, 1000))) == first
    assert len(list((tmp_path / "files").rglob("*.jpg"))) == 1


@pytest.mark.parametrize("bad", ["no base64!", base64.b64encode(b"<svg onload=alert(1)>").decode(), "QUJD"])
def test_it_refuses_what_is_no_picture(tmp_path: Path, bad: str) -> None:
    with pytest.raises(Invalid):
        files.keep_picture(tmp_path, bad)
    assert not (tmp_path / "files").exists()


def test_it_refuses_a_bomb_of_pixels(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(Invalid, match="pixels"):
        files.keep_picture(tmp_path, base64.b64encode(out.getvalue()).decode())


def test_it_finds_no_path_outside_its_own_names(tmp_path: Path) -> None:
    for name in ("../../etc/passwd", "a" * 63, "A" * 64, "a" * 64):
        assert files.path_of(tmp_path, name) is None


def test_it_shows_a_photo_to_those_who_may_see_its_incident(cast: County, client: Doors) -> None:
    incident = cast.open()
    said = client.post(
        "town_duty", f"/incidents/{incident['id']}/photos", {"picture": _picture(), "text": "桥头"}
    )
    assert said.status_code == 201, said.text
    name = said.json["photo"]
    shown = client.get("county_duty", f"/files/{name}")
    assert (shown.status_code, shown.content_type) == (200, "image/jpeg")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    for who, status in (("noise_duty", 404), ("other_duty", 404), ("town_team", 404), (None, 401)):
        assert client.get(who, f"/files/{name}").status_code == status
    assert client.get("county_duty", f"/files/{'0' * 64}").status_code == 404


def test_it_takes_a_team_s_photo_through_its_task(cast: County) -> None:
    incident = cast.open()
    task = cast.order("town_duty", incident["id"], "town_team")[0]
    said = cast.do("town_team", "task.photo", {"id": task["id"], "picture": _picture(), "text": "菜棚"})
    assert (said["text"], said["source"], said["incident_id"]) == ("菜棚", "丰州综合队", incident["id"])
    assert len(_kept(cast.node)) == 1
    body = {"id": task["id"], "picture": _picture()}
    assert cast.act("town_team2", "task.photo", body).status == 404
    assert cast.act("town_duty", "task.photo", body).status == 403
    assert (
        cast.act("noise_duty", "incident.photo", {"id": incident["id"], "picture": _picture()}).status == 404
    )
    assert len(_kept(cast.node)) == 1
