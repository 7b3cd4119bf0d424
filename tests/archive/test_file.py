"""An archived incident gives a signed ZIP: whole, deterministic, without personal data, and whatever is changed in it is found."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from command.archive import gathering, keys, packing, verifying
from command.archive.models import ArchiveFile
from tests.archive.ground import MARKERS, archived, changed, files, made
from tests.county import TOWN, County
from tests.doors import Doors


def flaws(path: Path, directory: Path) -> list[str]:
    return [one["en"] for one in verifying.verify(path, keys.publics(directory)).flaws]


def test_archiving_asks_for_the_file_and_the_job_makes_it_whole(cast: County) -> None:
    """Design rule 7: the record of a response is archived, whole, as what can be handed over."""
    other = cast.open(title="别处的事")["id"]
    thing = archived(cast)
    one, path = made(cast, thing)
    assert (one["state"], one["edition"], one["live"], one["centre"]) == ("ready", 1, True, TOWN)
    assert flaws(path, cast.node.data_dir) == []
    with zipfile.ZipFile(path) as file:
        names = set(file.namelist())
        whole = "\n".join(file.read(name).decode("utf-8", "replace") for name in names)
        journal = [json.loads(line) for line in file.read("journal.jsonl").splitlines()]
        page = file.read("timeline.zh.html").decode()
        about = json.loads(file.read("manifest.json"))
    assert {"incident.json", "timeline.en.html", "map.geojson", "README.txt", "records/report.jsonl"} <= names
    assert [name for name in names if re.fullmatch(r"photos/[0-9a-f]{64}\.jpg", name)]
    mine = [entry.seq for entry in cast.entries() if f"incident:{thing}" in json.loads(entry.topics)]
    assert [entry["seq"] for entry in journal] == [seq for seq in mine if seq <= one["upto"]]
    assert {"incident.opened", "archive_file.asked"} <= {entry["type"] for entry in journal}
    assert "漫堤 &lt;b&gt;急" in page
    assert "<b>" not in page
    assert (other in whole, [marker for marker in MARKERS if marker in whole]) == (False, [])
    assert len(about["members"]) == one["members"] - 3, "all but itself, the sums and the signature"


def test_the_same_edition_is_the_same_bytes(cast: County) -> None:
    thing = archived(cast)
    one, path = made(cast, thing)
    row = cast.node.database.read(lambda s: _apart(s, s.query(ArchiveFile).one()), world=0)
    folder = cast.node.data_dir / "again"
    folder.mkdir()
    told = cast.node.look(
        lambda view: gathering.gather(view, row, folder), cast.actor("system"), 0, long=True
    )
    packing.pack(folder, told["about"], cast.node.data_dir, cast.node.data_dir / "again.zip")
    assert (cast.node.data_dir / "again.zip").read_bytes() == path.read_bytes()
    assert one["size"] == path.stat().st_size


def _apart(session: Any, row: Any) -> Any:
    session.expunge(row)
    return row


def _first_entry(change: Any) -> Any:
    def of(name: str | None, content: bytes) -> Any:
        if name != "journal.jsonl":
            return content if name else None
        lines = content.splitlines()
        return b"\n".join(change(lines)) + b"\n"

    return of


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_is_changed_dropped_or_added_is_found(cast: County, tmp_path: Path) -> None:
    _, path = made(cast, archived(cast))
    directory = cast.node.data_dir

    def said(change: Any) -> str:
        return "; ".join(flaws(changed(path, tmp_path / "changed.zip", change), directory))

    photo = next(name for name in zipfile.ZipFile(path).namelist() if name.startswith("photos/"))
    assert said(lambda n, c: c if n else None) == "", "the copying itself changes nothing"
    assert f"{photo} was changed" in said(lambda n, c: c + b"x" if n == photo else c if n else None)
    assert f"{photo} is missing" in said(lambda n, c: None if n == photo else c if n else None)
    assert "more.txt was added" in said(lambda n, c: c if n else {"more.txt": b"x"})
    assert "the signature does not fit" in said(
        lambda n, c: c.replace(b"a", b"b", 1) if n == "SHA256SUMS" else c if n else None
    )
    assert "SHA256SUMS.sig is missing" in said(
        lambda n, c: None if n == "SHA256SUMS.sig" else c if n else None
    )
    assert "unsafe name" in said(lambda n, c: c if n else {"../out.txt": b"x"})
    assert "was changed" in said(
        lambda n, c: c.replace("水到房檐".encode(), b"x") if n == "journal.jsonl" else c if n else None
    )
    whole = path.read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    assert flaws(tmp_path / "cut.zip", directory)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_who_signs_anew_with_another_key_is_found_and_so_is_a_changed_entry(
    cast: County, tmp_path: Path
) -> None:
    """A forger with the file and a key of his own: sums and signature fit, the key is not the county's, the entry's hash does not fit."""
    _, path = made(cast, archived(cast))
    folder = tmp_path / "forged"
    zipfile.ZipFile(path).extractall(folder)
    about = json.loads((folder / "manifest.json").read_text())
    for name in ("manifest.json", "SHA256SUMS", "SHA256SUMS.sig", "key.pem"):
        (folder / name).unlink()
    text = (folder / "journal.jsonl").read_text()
    (folder / "journal.jsonl").write_text(text.replace("水到房檐", "水到脚面"))
    forger = tmp_path / "forger"
    forger.mkdir()
    packing.pack(folder, about, forger, tmp_path / "forged.zip")
    found = flaws(tmp_path / "forged.zip", cast.node.data_dir)
    assert "signed with a key that is not one of those trusted" in found
    assert any(re.fullmatch(r"entry \d+ was changed", one) for one in found)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_recipe_in_the_file_works_with_standard_tools(cast: County, tmp_path: Path) -> None:
    _, path = made(cast, archived(cast))
    (tmp_path / "county.pem").write_bytes(keys.pem(keys.private(cast.node.data_dir).public_key()))
    readme = zipfile.ZipFile(path).read("README.txt").decode()
    lines = re.findall(r"^  ((?:mkdir|openssl|sha256sum|find|cmp) .*)$", readme, re.M)
    assert len(lines) == 5
    script = "\n".join(lines).replace("../FILE.zip", str(path)).replace("unzip", "python3 -m zipfile -e")
    script = script.replace(f"-e {path}", f"-e {path} .")

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Signature Verified Successfully" in done.stdout
    (tmp_path / "file").rename(tmp_path / "before")
    changed(path, tmp_path / "x.zip", lambda n, c: c + b" " if n == "incident.json" else c if n else None)
    script = script.replace(str(path), str(tmp_path / "x.zip"))
    assert run().returncode != 0


def test_a_reopened_incident_gets_another_edition_and_the_first_stays(cast: County) -> None:
    thing = archived(cast)
    first, path = made(cast, thing)
    cast.do("county_duty", "incident.transition", {"id": thing, "to": "review"})
    cast.do("county_duty", "incident.transition", {"id": thing, "to": "archived", "reason": "补充办结"})
    second, other = made(cast, thing)
    assert [(one["edition"], one["live"], one["state"]) for one in files(cast, thing)] == [
        (1, False, "ready"),
        (2, True, "ready"),
    ]
    assert path.is_file()
    assert flaws(other, cast.node.data_dir) == []
    assert second["upto"] > first["upto"]


def test_who_may_have_it_made_and_who_may_take_it_away(client: Doors, cast: County) -> None:
    thing = archived(cast)
    one, path = made(cast, thing)
    file = f"/archive_files/{one['id']}/file"
    taken = client.get("town_duty", file)
    assert (taken.status_code, taken.data) == (200, path.read_bytes())
    assert "attachment" in taken.headers["Content-Disposition"]
    taken.close()
    assert client.get("other_duty", file).status_code == 404
    assert client.get("town_team", file).status_code == 403
    assert client.get("other_duty", f"/archive_files/{one['id']}").status_code == 404
    assert client.get("other_duty", f"/archive_files/{one['id']}/verify").status_code == 404
    assert client.get("town_leader", f"/archive_files/{one['id']}/verify").json["flaws"] == []
    assert client.post("town_leader", f"/incidents/{thing}/archive-file").status_code == 403
    assert client.post("other_duty", f"/incidents/{thing}/archive-file").status_code == 404
    assert client.post("town_duty", f"/incidents/{cast.open()['id']}/archive-file").status_code == 409
    assert client.get("auditor", "/access-log").json["items"][0]["what"] == "export"
    assert client.get("security", "/archive/keys").json["items"][0]["sha256"] == one["key_id"]


def test_a_file_that_was_changed_on_the_server_is_told(client: Doors, cast: County) -> None:
    one, path = made(cast, archived(cast))
    path.write_bytes(path.read_bytes()[:-40])
    told = client.get("town_duty", f"/archive_files/{one['id']}/verify").json
    assert (told["ok"], bool(told["flaws"])) == (False, True)


def test_the_key_is_nobody_elses_and_what_was_signed_before_a_rotation_verifies(tmp_path: Path) -> None:
    first = keys.fingerprint(keys.private(tmp_path).public_key())
    assert os.stat(tmp_path / "archive.key").st_mode & 0o777 == 0o600
    assert keys.fingerprint(keys.private(tmp_path).public_key()) == first
    second = keys.rotate(tmp_path)
    assert os.stat(tmp_path / "archive.key").st_mode & 0o777 == 0o600
    assert set(keys.publics(tmp_path)) == {first, second}
    assert first != second


def test_where_several_make_the_key_at_once_one_wins_and_no_public_half_of_another_stays(
    tmp_path: Path,
) -> None:
    together = threading.Barrier(6)

    def first_use(_: int) -> str:
        together.wait(30)
        return keys.fingerprint(keys.private(tmp_path).public_key())

    with ThreadPoolExecutor(6) as hands:
        found = set(hands.map(first_use, range(6)))
    assert len(found) == 1
    assert set(keys.publics(tmp_path)) == found
    assert sorted(one.name for one in tmp_path.iterdir()) == ["archive-keys", "archive.key"]
    (tmp_path / "archive-keys" / f"{found.pop()}.pem").unlink()  # as after a stop between the two halves
    keys.private(tmp_path)
    assert len(keys.publics(tmp_path)) == 1
