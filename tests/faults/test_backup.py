"""Backup, restore, verify on either database; a screen that held a cursor of before is given everything anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import backups, first, journal, verifying
from command.core.access import system_actor
from command.core.node import Node
from command.core.store import worlds
from command.incidents.models import Incident
from tests.county import County, new_id, open_node
from tests.services import PostgresCluster
from tests.serving import Live, Served

FLOOD = {"kind": "flash_flood", "title": "备份前", "village_code": "140429100003"}


def _url(url: str) -> dict[str, str]:
    return {"DATABASE_URL": url.replace("+psycopg", "")} if url.startswith("postgres") else {}


def _restored(old: Served, backup: Path, serve: Callable[..., Served], directory: Path, url: str) -> Served:
    """A new installation from the backup, with the keys that were kept apart."""
    directory.mkdir()
    for name in ("secret.key", "demo-accounts.json"):
        (directory / name).write_bytes((old.data_dir / name).read_bytes())
    idle = Served(directory, demo=False, **_url(url))
    done = idle.fengsui("restore", str(backup))
    assert done.returncode == 0, done.stdout + done.stderr
    return serve(data_dir=directory, demo=False, **_url(url))


@pytest.mark.parametrize("sort", ["sqlite", "postgres"])
def test_it_comes_back_whole_and_under_a_new_incarnation(
    sort: str,
    serve: Callable[..., Served],
    live: Callable[..., Live],
    empty_url: Callable[[str], str],
    tmp_path: Path,
) -> None:
    old = serve(**_url(empty_url(sort)))
    kept = old.post(
        "fengzhou_duty", "/incidents", {**FLOOD, "caller": {"name": "张三", "phone": "13900000000"}}
    )
    done = old.fengsui("backup", str(tmp_path / "backup"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [*(tmp_path / "backup").rglob("secret.key")], "keys are kept apart"
    screen = live(old, "county_duty")
    screen.watch("county")
    lost = old.post("fengzhou_duty", "/incidents", {**FLOOD, "title": "备份后"})
    cursor = screen.item("incident.opened", id=lost["id"])["cursor"]
    screen.close()
    old.stop()
    new = _restored(old, tmp_path / "backup", serve, tmp_path / "new", empty_url(sort))
    assert new.get("county_duty", f"/incidents/{kept['id']}") == kept
    assert new.get("county_duty", f"/incidents/{kept['id']}/caller")["name"] == "张三"
    assert new.ask("county_duty", "GET", f"/incidents/{lost['id']}").status_code == 404
    back = live(new, "county_duty").watch_from({"county": cursor})["county"]
    assert back["snapshot"], "a cursor of another incarnation fits nothing"
    assert back["cursor"].split(".")[0] != cursor.split(".")[0]
    held = {one["record"]["id"] for one in back["snapshot"]["items"]}
    assert kept["id"] in held
    assert lost["id"] not in held


def _restore(url: str, directory: Path, source: Path) -> Node:
    """Restore into an installation of this process."""
    directory.mkdir(exist_ok=True)
    settings: Any = SimpleNamespace(database_url=url, data_dir=directory)
    backups.restore(settings, source, lambda given: open_node(given.database_url, given.data_dir))
    return open_node(url, directory)


def test_it_goes_on_where_it_was_and_is_not_restored_twice(
    cast: County, kind: str, empty_url: Callable[[str], str], tmp_path: Path
) -> None:
    cast.open()
    backups.backup(cast.node, tmp_path / "backup")
    end, url = cast.end(), empty_url(kind)
    new = County(_restore(url, tmp_path / "new", tmp_path / "backup"), cast.facts)
    try:
        assert new.end() == end
        new.open()
        assert new.flaws() == []
        names = [row.incarnation for row in new.entries()]
        assert names[-1] != names[0]
        with pytest.raises(SystemExit):
            _restore(url, tmp_path / "new", tmp_path / "backup")
        assert new.end() == end + 1
    finally:
        new.close()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_does_not_take_a_broken_backup(cast: County, tmp_path: Path) -> None:
    backups.backup(cast.node, tmp_path / "backup")
    database = sqlite3.connect(tmp_path / "backup/fengsui.db")
    database.create_function("app_world", 0, lambda: 0)  # what the second wall asks of whoever writes
    database.execute("update entry set hash = prev_hash where world = 0 and seq = 3")
    database.commit()
    database.close()
    with pytest.raises(SystemExit, match="broken"):
        _restore(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "new", tmp_path / "backup")
    assert cast.node.database.read(lambda session: [*verifying.verify(session)], world=None) == []


def test_it_backs_up_as_the_account_that_owns_the_tables_and_is_bound_by_their_walls(
    postgres: PostgresCluster, tmp_path: Path
) -> None:
    """As docs/deploy.md founds it: no superuser, so that row-level security also binds the backup; no world is left out."""
    old, new = (owned(postgres) for _ in range(2))
    node = open_node(old, tmp_path)
    first.bring_up(node)
    actor = system_actor(node.name)
    wish = {"kind": "flash_flood", "title": "备份", "village_code": "140429100003"}
    node.do("incident.open", wish, actor, new_id())
    node.database.write(lambda s: journal.start_stream(s, 7, node.name, "drill"), world=7)
    node.do("incident.open", wish, actor, new_id(), world=7)
    backups.backup(node, tmp_path / "backup")
    assert not [*tmp_path.glob(".backup*")], "nothing half done lies about"
    restored = _restore(new, tmp_path / "new", tmp_path / "backup")
    for world in (0, 7):
        found = [one.database.read(lambda s: incidents_in(s), world=world) for one in (node, restored)]
        assert found[0] == found[1]
        assert len(found[0]) == 1
    for one in (node, restored):
        one.database.close()


def incidents_in(session: Session) -> list[str]:
    """The incidents of the session's world."""
    return list(session.execute(sa.select(Incident.id).order_by(Incident.id)).scalars())


def owned(postgres: PostgresCluster) -> str:
    """The URL of an empty database that belongs to an account of its own, which may neither make roles nor pass walls."""
    name = postgres.new_database()
    with postgres.connect(name) as connection:
        connection.execute(f"create role owner_of_{name} login nosuperuser nocreaterole")
        connection.execute(f"alter database {name} owner to owner_of_{name}")
        make = f"create role {worlds.ROLE} nologin; exception when duplicate_object then null"
        connection.execute(f"do $$ begin {make}; end $$")
        connection.execute(f"grant {worlds.ROLE} to owner_of_{name}")
    return postgres.url(name).replace("postgres@", f"owner_of_{name}@")


def test_the_terminal_says_what_is_missing_in_one_line(tmp_path: Path) -> None:
    idle = Served(tmp_path, demo=False)
    for command in (("verify",), ("user", "list"), ("restore", str(tmp_path))):
        done = idle.fengsui(*command)
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "fengsui init" in idle.fengsui("verify").stderr
    refused = Served(tmp_path, demo=False, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none").fengsui(
        "verify"
    )
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)
