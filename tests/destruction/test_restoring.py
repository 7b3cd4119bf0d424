"""A backup that is older than an erasure does not bring back what was erased; one that is younger loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from command.core import backups, personal
from command.core.node import Node
from command.destruction import jobs
from tests.county import County, open_node
from tests.destruction.ground import confirm, destructions, ended, listed

KEPT = {"incident.caller": 2, "incident.key": 1, "duty_note.person": 1}


def _restore(url: str, directory: Path, source: Path, lists: tuple[Path, ...] = ()) -> tuple[Node, str]:
    """Restore into an installation of this process."""
    directory.mkdir(exist_ok=True)
    settings: Any = SimpleNamespace(database_url=url, data_dir=directory)
    said = backups.restore(
        settings, source, lambda given: open_node(given.database_url, given.data_dir), lists
    )
    return open_node(url, directory), said


def test_an_older_backup_is_cleaned_by_the_list_of_erasures(
    cast: County, kind: str, empty_url: Callable[[str], str], tmp_path: Path
) -> None:
    thing, other = ended(cast), ended(cast)
    backups.backup(cast.node, tmp_path / "apart" / "monday")
    confirm(cast, listed(cast, thing))
    jobs.finish(cast.node)
    target = Path(str(tmp_path / "new"))
    url = empty_url(kind)
    back, said = _restore(url, target, tmp_path / "apart" / "monday", (cast.node.data_dir / "erased.jsonl",))
    assert "1 erasures that are newer" in said
    county = County(back, cast.facts)
    try:
        kept = back.database.read(personal.census, world=0)
        assert ("incident", thing) not in kept
        assert kept["incident", other] == KEPT
        [one] = [row for row in destructions(county) if row["subject_id"] == thing]
        assert (one["state"], one["confirmed_by"]) == ("erased", "甲 security")
        assert {sort["code"]: sort["n"] for sort in one["replays"][-1]["sorts"]} == KEPT
        assert county.flaws() == []
        assert (target / "erased.jsonl").read_bytes() == (cast.node.data_dir / "erased.jsonl").read_bytes()
    finally:
        county.close()


def test_a_younger_backup_carries_the_list_and_nothing_is_erased_again(
    cast: County, kind: str, empty_url: Callable[[str], str], tmp_path: Path
) -> None:
    thing = ended(cast)
    confirm(cast, listed(cast, thing))
    jobs.finish(cast.node)
    other = ended(cast)
    backups.backup(cast.node, tmp_path / "apart" / "tuesday")
    back, said = _restore(empty_url(kind), tmp_path / "new", tmp_path / "apart" / "tuesday")
    try:
        assert "0 erasures" in said
        assert back.database.read(personal.census, world=0)["incident", other] == KEPT
    finally:
        back.database.close()


def test_it_says_when_no_list_is_at_hand(
    cast: County, kind: str, empty_url: Callable[[str], str], tmp_path: Path
) -> None:
    backups.backup(cast.node, tmp_path / "apart" / "sunday")
    back, said = _restore(empty_url(kind), tmp_path / "new", tmp_path / "apart" / "sunday")
    back.database.close()
    assert "--erased" in said
