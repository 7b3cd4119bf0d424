"""Photos: drawn anew, kept once, shown only to those who may see the report that carries them."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from command.core import clock, files, pictures
from command.core.errors import Invalid
from tests.county import DRILL, NOISE_VILLAGE, County
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


def _cut_off() -> str:
    whole = base64.b64decode(_picture("PNG", (300, 300), "#778811"))
    return base64.b64encode(whole[: len(whole) // 2]).decode()


@pytest.mark.parametrize(
    "bad",
    [
        "no base64!",
        base64.b64encode(b"<svg onload=alert(1)>").decode(),
        "QUJD",
        _cut_off(),
        "",
        "/9j/4AAQSkZJRg==",
    ],
)
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
    other = {"id": incident["id"], "picture": _picture(colour="#663322")}
    assert cast.act("noise_duty", "incident.photo", other).status == 404


def test_it_is_drawn_and_kept_before_the_one_writer_is_asked_for(
    cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a picture takes, no other write waits behind it."""
    incident, within = cast.open(), []
    write = cast.node.database.write

    def writing(*given: Any, **options: Any) -> Any:
        within.append("begin")
        try:
            return write(*given, **options)
        finally:
            within.append("end")

    drawn = files.keep_picture
    monkeypatch.setattr(cast.node.database, "write", writing)
    monkeypatch.setattr(files, "keep_picture", lambda *given: (within.append("drawn"), drawn(*given))[1])
    cast.do("town_duty", "incident.photo", {"id": incident["id"], "picture": _picture()})
    assert within == ["drawn", "begin", "end"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_refuses_what_is_too_large_or_no_picture_and_says_so(cast: County, client: Doors) -> None:
    path = f"/incidents/{cast.open()['id']}/photos"
    end = cast.end()
    large = base64.b64encode(b"\xff\xd8\xff" + bytes(7_500_000)).decode()  # 10 MB as it comes
    assert client.post("town_duty", path, {"picture": large}).status_code == 413
    for bad in ("QUJD", _cut_off(), 7, None, ["a"]):
        said = client.post("town_duty", path, {"picture": bad})
        assert said.status_code == 422, said.text
    assert client.post("noise_duty", path, {"picture": "QUJD"}).status_code == 404, (
        "first what one may not see"
    )
    assert (_kept(cast.node), cast.end()) == ([], end)


def test_it_names_no_picture_of_another_s(cast: County, client: Doors) -> None:
    """A picture cannot be asked for, or hung elsewhere, by the name of its content."""
    mine = cast.open()
    kept = cast.do("town_duty", "incident.photo", {"id": mine["id"], "picture": _picture()})["photo"]
    other = cast.open("noise_duty", village_code=NOISE_VILLAGE)
    assert client.get("noise_duty", f"/files/{kept}").status_code == 404
    hung = client.post("noise_duty", f"/incidents/{other['id']}/photos", {"photo": kept, "text": "桥头"})
    assert hung.status_code == 422
    assert client.get("noise_duty", f"/files/{kept}").status_code == 404


def _age(path: Path, hours: float) -> None:
    at = clock.real().timestamp() - hours * 3600
    os.utime(path, (at, at))


def test_it_sweeps_away_what_nothing_carries_and_nothing_else(cast: County) -> None:
    """A picture whose command was refused, or cut off between keeping and committing, goes; what hangs on a report stays."""
    directory = cast.node.data_dir
    hung = cast.do("town_duty", "incident.photo", {"id": cast.open()["id"], "picture": _picture()})["photo"]
    drill = cast.open("county_duty", world=DRILL)["id"]
    drilled = cast.do(
        "county_duty", "incident.photo", {"id": drill, "picture": _picture(colour="#aa0000")}, world=DRILL
    )["photo"]
    orphan, young = (files.keep_picture(directory, _picture(colour=one)).id for one in ("#00aa00", "#0000aa"))
    paths = {name: files.path_of(directory, name) for name in (hung, drilled, orphan, young)}
    half = directory / "files" / "ab" / f"{'ab' * 32}.x{files.HALF}"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    for path in (paths[hung], paths[drilled], paths[orphan], half):
        assert path is not None
        _age(path, 2)
    pictures.sweep(cast.node)
    assert {path.stem for path in _kept(cast.node)} == {hung, drilled, young}
    assert not half.exists()


def test_it_keeps_what_is_asked_for_again_from_the_sweep(tmp_path: Path) -> None:
    kept = files.keep_picture(tmp_path, _picture())
    path = files.path_of(tmp_path, kept.id)
    assert path is not None
    _age(path, 2)
    assert files.keep_picture(tmp_path, _picture()) == kept
    assert files.forsaken(tmp_path, clock.real().timestamp() - 3600) == []
