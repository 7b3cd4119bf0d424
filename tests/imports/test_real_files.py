"""Files as they come: our own small example always; more where the environment names a directory of them (GEO_REFERENCE)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.county import County
from tests.imports.files import geojson, terminal
from tests.imports.test_importing import places

MORE = Path(os.environ.get("GEO_REFERENCE", "/nowhere"))
MINES = [MORE / name for name in ("coal_mines.geojson",) if (MORE / name).is_file()]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("file", [None, *MINES], ids=lambda file: file.name if file else "our own example")
def test_real_files_come_in_with_their_ids_and_again_change_nothing(
    cast: County, tmp_path: Path, file: Path | None
) -> None:
    ours = file is None
    file = file or geojson(tmp_path)
    ask = ["places", str(file), "--crs", "wgs84", "--set", "kind=mine"]
    ask += ["--map", "id=gid"] if ours else ["--map", "id=gem_id", "--map", "name=name_en"]
    count = len(json.loads(file.read_text("utf-8"))["features"])
    done = terminal(cast, *ask)
    assert f"{count} new, 0 changed, 0 as they were, 0 refused" in done.output
    assert f"0 new, 0 changed, {count} as they were" in terminal(cast, *ask).output
    assert {one["kind"] for one in places(cast)} == {"mine"}
    run = next(line for line in done.output.splitlines() if line.startswith("import ")).removeprefix(
        "import "
    )
    assert "taken back" in terminal(cast, "undo", run).output
    assert places(cast) == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("content", ['{"type": "FeatureCollection", "features": [', "name\n", "PK\x03\x04"])
def test_a_bad_file_leaves_nothing_behind(cast: County, tmp_path: Path, content: str) -> None:
    name = "a.zip" if content.startswith("PK") else "a.csv" if content.startswith("name") else "a.geojson"
    (tmp_path / name).write_text(content)
    before = cast.end()
    done = terminal(cast, "places", str(tmp_path / name), "--crs", "wgs84")
    assert (done.exit_code, cast.end()) == (1, before)
    assert "Error:" in done.output
    assert any("\u4e00" <= sign <= "\u9fff" for sign in done.output)
