"""Life and each drill are walled off from each other, on both databases, by every way past the first wall that is known (RULES 17)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from command.alarms.models import Alarm
from command.core import first, records, verifying
from command.core.access import Audience, system_actor
from command.core.errors import Forbidden, NotFound
from command.core.store import db, worlds
from command.incidents.models import Figure, Incident
from dispatch.tasks.models import Task
from tests.county import COUNTY, DRILL, FLOOD, VILLAGE, County, new_id, open_node
from tests.doors import Doors
from tests.services import PostgresCluster

REFUSED = (worlds.WrongWorld, sa.exc.DBAPIError, ValueError)
Attempt = Callable[[Session, County], object]
table: Any = Incident.__table__


def lifes_row(session: Session, cast: County) -> dict[str, Any]:
    """A row that would belong to life, made from the drill's (whatever it can read)."""
    return {"world": 0, "kind": "incident", "id": cast.noise["incident"], "party": "centre:140429208"}


def core_insert(session: Session, cast: County) -> None:
    session.connection().execute(sa.insert(Audience.__table__).values(lifes_row(session, cast)))


def orm_bulk_insert(session: Session, cast: County) -> None:
    session.execute(sa.insert(Audience), [lifes_row(session, cast)])


def old_bulk_insert(session: Session, cast: County) -> None:
    session.bulk_insert_mappings(sa.inspect(Audience), [lifes_row(session, cast)])


def bulk_save(session: Session, cast: County) -> None:
    session.bulk_save_objects([Audience(**lifes_row(session, cast))])


def the_bulk_door(session: Session, cast: County) -> None:
    door: Any = Audience.__table__
    db.bulk_insert(session, door, [lifes_row(session, cast)])


def added(session: Session, cast: County) -> None:
    session.add(Audience(**lifes_row(session, cast)))
    session.flush()


def merged(session: Session, cast: County) -> None:
    session.merge(Audience(**lifes_row(session, cast)))
    session.flush()


def upsert(session: Session, cast: County) -> None:
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {**lifes_row(session, cast), "party": "county"}
    statement = insert(Audience).values(row)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["world", "kind", "id", "party"], set_={"party": "centre:140429208"}
        )
    )


def insert_select(session: Session, cast: County) -> None:
    audience: Any = Audience.__table__
    chosen = sa.select(sa.literal(0), audience.c.kind, audience.c.id, sa.literal("centre:140429208"))
    session.connection().execute(
        sa.insert(audience).from_select(["world", "kind", "id", "party"], chosen.limit(1))
    )


def moved_into_life(session: Session, cast: County) -> None:
    row = session.execute(sa.select(Audience).limit(1)).scalar_one()
    row.world = 0
    session.flush()


def core_update_into_life(session: Session, cast: County) -> None:
    audience: Any = Audience.__table__
    session.connection().execute(sa.update(audience).where(audience.c.world == DRILL).values(world=0))


WRITES = [core_insert, orm_bulk_insert, old_bulk_insert, bulk_save, the_bulk_door, added, merged, upsert, insert_select,
          moved_into_life, core_update_into_life]  # fmt: skip


@pytest.mark.parametrize("attempt", WRITES, ids=lambda one: one.__name__)
def test_it_refuses_to_write_into_life_from_a_drill(cast: County, attempt: Attempt) -> None:
    before = everything(cast)
    with pytest.raises(REFUSED):
        cast.node.database.write(lambda session: attempt(session, cast), world=DRILL)
    assert everything(cast) == before


def core_update(session: Session, cast: County) -> int:
    return changed(session.connection().execute(sa.update(table).values(title="演习")))


def core_update_by_key(session: Session, cast: County) -> int:
    by_key = sa.update(table).where(table.c.world == 0, table.c.id == cast.noise["incident"])
    return changed(session.connection().execute(by_key.values(title="演习")))


def orm_update(session: Session, cast: County) -> int:
    return changed(
        session.execute(sa.update(Incident).where(Incident.id == cast.noise["incident"]).values(title="演习"))
    )


def update_by_primary_key(session: Session, cast: County) -> int:
    session.execute(sa.update(Incident), [{"world": 0, "id": cast.noise["incident"], "title": "演习"}])
    return 0


def bulk_update_mappings(session: Session, cast: County) -> int:
    session.bulk_update_mappings(
        sa.inspect(Incident), [{"world": 0, "id": cast.noise["incident"], "title": "演习"}]
    )
    return 0


def core_delete(session: Session, cast: County) -> int:
    audience: Any = Audience.__table__
    return changed(session.connection().execute(sa.delete(audience).where(audience.c.world == 0)))


def orm_delete(session: Session, cast: County) -> int:
    return changed(session.execute(sa.delete(Alarm).where(Alarm.world == 0)))


def query_delete(session: Session, cast: County) -> int:
    return session.query(Alarm).filter(Alarm.world == 0).delete()


def changed(result: Any) -> int:
    """Rows that a statement changed."""
    return int(result.rowcount)


CHANGES = [
    core_update,
    core_update_by_key,
    orm_update,
    update_by_primary_key,
    bulk_update_mappings,
    core_delete,
    orm_delete,
    query_delete,
]


@pytest.mark.parametrize("attempt", CHANGES, ids=lambda one: one.__name__)
def test_it_changes_nothing_of_life_from_a_drill(
    cast: County, attempt: Callable[[Session, County], int]
) -> None:
    """It raises, or finds no such row: life is as it was either way."""
    before = life(cast)
    try:
        cast.node.database.write(lambda session: attempt(session, cast), world=DRILL)
    except (*REFUSED, sa.orm.exc.StaleDataError):
        assert everything(cast)
    assert life(cast) == before


def life(cast: County) -> list[Any]:
    """All rows of life."""
    return [row for row in everything(cast) if row[1] == 0]


def everything(cast: County) -> list[Any]:
    """All state of all worlds that these attempts go for."""

    def job(session: Session) -> list[Any]:
        found: list[Any] = []
        for name, columns in ((table, ("world", "id", "title")), (Audience.__table__, ("world", "kind", "id", "party")),
                              (Alarm.__table__, ("world", "id"))):  # fmt: skip
            rows: Any = name
            query = sa.select(*[rows.c[column] for column in columns]).order_by(
                *[rows.c[column] for column in columns]
            )
            found += [(rows.name, *row) for row in session.connection().execute(query)]
        return found

    return cast.node.database.read(job, world=None)


def orm_select(session: Session, cast: County) -> list[Any]:
    return list(session.execute(sa.select(Incident.id)).scalars())


def orm_get(session: Session, cast: County) -> list[Any]:
    found = session.get(Incident, (0, cast.noise["incident"]))
    return [found.id] if found else []


def legacy_query(session: Session, cast: County) -> list[Any]:
    return [one.id for one in session.query(Incident)]


def joined(session: Session, cast: County) -> list[Any]:
    query = sa.select(Incident.id).join(Figure, Figure.incident_id == Incident.id)
    return list(session.execute(query).scalars())


def subselect(session: Session, cast: County) -> list[Any]:
    inner = sa.select(Task.incident_id)
    return list(session.execute(sa.select(Incident.id).where(Incident.id.in_(inner))).scalars())


def aliased(session: Session, cast: County) -> list[Any]:
    other = sa.orm.aliased(Incident)
    return list(session.execute(sa.select(other.id)).scalars())


READS = [orm_select, orm_get, legacy_query, joined, subselect, aliased]


@pytest.mark.parametrize("attempt", READS, ids=lambda one: one.__name__)
@pytest.mark.parametrize(
    ("world", "mine", "theirs"), [(0, "incident", "drill_incident"), (DRILL, "drill_incident", "incident")]
)
def test_it_shows_no_row_of_another_world(
    cast: County, attempt: Callable[[Session, County], list[Any]], world: int, mine: str, theirs: str
) -> None:
    """Design rule 16: drill data never mixes with life."""
    found = cast.node.database.read(lambda session: attempt(session, cast), world=world)
    assert cast.noise[theirs] not in found
    if not (attempt is orm_get and world == DRILL):
        assert cast.noise[mine] in found


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_it_shows_no_row_of_another_world_to_a_core_statement(cast: County) -> None:
    """PostgreSQL's second wall also stands where the first one is not asked."""
    for world, mine in ((0, "incident"), (DRILL, "drill_incident")):
        found = cast.node.database.read(
            lambda s: list(s.connection().execute(sa.select(table.c.id)).scalars()), world=world
        )
        assert found == [cast.noise[mine]]


def test_it_does_not_carry_a_row_from_one_world_to_the_next(cast: County) -> None:
    """One session, one world: a row that was read in life cannot be written in a drill's session (identity map)."""
    row = cast.node.database.read(lambda session: session.execute(sa.select(Incident)).scalar_one(), world=0)

    def smuggle(session: Session) -> None:
        session.add(row)
        row.title = "演习"
        session.flush()

    with pytest.raises(REFUSED):
        cast.node.database.write(smuggle, world=DRILL)


def test_it_does_not_let_a_drills_row_refer_to_life(cast: County) -> None:
    """Foreign keys begin with the world."""

    def refer(session: Session) -> None:
        task = session.execute(sa.select(Task)).scalar_one()
        task.incident_id = cast.noise["incident"]
        session.flush()

    with pytest.raises(sa.exc.DBAPIError):
        cast.node.database.write(refer, world=DRILL)


def test_it_gives_every_table_of_state_both_walls(cast: County) -> None:
    """Generated from the metadata: whatever has a world in its key is walled, and nothing with a world lacks it in its key."""
    walled = {one.name for one in worlds.worldly_tables()}
    assert {one.name for one in db.Base.metadata.sorted_tables if "world" in one.c} == walled
    assert {
        "incident",
        "task",
        "alarm",
        "entry",
        "entry_topic",
        "receipt",
        "audience",
        "team_state",
        "due",
    } <= walled
    asked = (
        "SELECT tbl_name FROM sqlite_master WHERE type='trigger' AND name LIKE 'wall_%_insert'"
        if cast.node.database.sqlite
        else "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    )
    found = cast.node.database.read(
        lambda s: set(s.connection().exec_driver_sql(asked).scalars()), world=None
    )
    assert found == walled
    for one in worlds.worldly_tables():
        assert one.c.world.default is None
        assert one.c.world.server_default is None
        assert next(iter(one.primary_key.columns)).name == "world"
        for constraint in one.constraints:
            if isinstance(constraint, sa.UniqueConstraint):
                assert next(iter(constraint.columns)).name == "world", constraint.name


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_it_works_as_the_bound_role_and_sees_nothing_when_no_world_is_said(cast: County) -> None:
    database = cast.node.database
    assert (
        database.read(lambda s: s.connection().exec_driver_sql("SELECT current_user").scalar_one(), world=0)
        == worlds.ROLE
    )
    assert (
        database.write(lambda s: s.connection().exec_driver_sql("SELECT current_user").scalar_one(), world=0)
        == worlds.ROLE
    )
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL ROLE {worlds.ROLE}")
        for one in worlds.worldly_tables():
            assert connection.execute(sa.select(sa.func.count()).select_from(one)).scalar_one() == 0, one.name
        with pytest.raises(sa.exc.DBAPIError):
            connection.execute(
                sa.insert(Audience.__table__).values(world=0, kind="incident", id="x", party="county")
            )


def test_it_stands_with_an_account_that_may_make_no_roles(postgres: PostgresCluster, tmp_path: Path) -> None:
    """As docs/deploy.md founds it: an owner who is no superuser, for whom the role was made once."""
    for prepared in (False, True):
        account = f"owner_{prepared}".lower()
        name = postgres.new_database()
        with postgres.connect(name) as connection:
            connection.execute(f"create role {account} login nosuperuser nocreaterole")
            connection.execute(f"alter database {name} owner to {account}")
            connection.execute(
                f"do $$ begin create role {worlds.ROLE} nologin; exception when duplicate_object then null; end $$"
            )
            if prepared:
                connection.execute(f"grant {worlds.ROLE} to {account}")
        node = open_node(postgres.url(name).replace("postgres@", f"{account}@"), tmp_path)
        if prepared:
            first.bring_up(node)
            actor = system_actor(node.name)
            user = {
                "username": "one_duty",
                "name": "值",
                "role": "county_duty",
                "centre": COUNTY,
                "password": "right horse battery",
            }
            assert node.do("user.create", user, actor, new_id())["username"] == "one_duty"
            assert (
                node.do("incident.open", {"kind": FLOOD, "village_code": VILLAGE}, actor, new_id())["version"]
                == 1
            )
            assert not node.database.read(lambda s: [*verifying.verify(s)], world=None)
        else:
            with pytest.raises(worlds.NotPrepared, match=f"grant {worlds.ROLE} to {account}"):
                first.bring_up(node)
        node.database.close()
        postgres.drop_database(name)


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_it_forgets_role_and_world_at_the_end_of_a_transaction(cast: County) -> None:
    """A pooled connection does not carry one command's world to the next."""
    cast.node.database.read(lambda s: s.execute(sa.select(Incident)).all(), world=DRILL)
    with cast.node.database.engine.connect() as connection:
        user, world = connection.exec_driver_sql(
            "SELECT current_user, current_setting('app.world', true)"
        ).one()
    assert user != worlds.ROLE
    assert not world


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_refuses_any_write_of_state_where_no_world_was_entered(cast: County, county_url: str) -> None:
    engine = cast.node.database.engine
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.execute(
            sa.insert(Audience.__table__).values(world=0, kind="incident", id="x", party="county")
        )


def test_it_answers_404_for_a_target_of_another_world(cast: County) -> None:
    for world, theirs in ((0, "drill_incident"), (DRILL, "incident")):
        answer = cast.act(
            "county_duty", "incident.transition", {"id": cast.noise[theirs], "to": "verifying"}, world=world
        )
        assert answer.status == 404
        actor = cast.actor("county_duty", DRILL)

        def look(session: Session, world: int = world, theirs: str = theirs, actor: Any = actor) -> Any:
            return records.find(session, "incident", cast.noise[theirs], actor)

        with pytest.raises(NotFound):
            cast.node.database.read(look, world=world)


def test_it_refuses_a_world_that_one_is_not_part_of(cast: County, client: Doors) -> None:
    for method, path, body in (
        ("GET", "/incidents", None), ("GET", f"/incidents/{cast.noise['drill_incident']}", None),
        ("POST", "/incidents", {"kind": "flash_flood", "village_code": "140429100003"}),
    ):  # fmt: skip
        assert client.ask("county_duty", method, path, body, world=DRILL).status_code == 403
    from command.core.actions import Command

    with pytest.raises(Forbidden):
        cast.node.act(Command("incident.open", {}, cast.actor("county_duty"), "0" * 8, DRILL))


def test_it_never_remembers_a_world(cast: County, client: Doors) -> None:
    client.ask("county_duty", "GET", "/incidents", world=DRILL)
    assert [one["id"] for one in client.get("county_duty", "/incidents").json["items"]] == [
        cast.noise["incident"]
    ]


def test_it_tells_a_drill_nothing_of_life_and_the_reverse(cast: County) -> None:
    life_end, drill_end = cast.end(), cast.end(DRILL)
    drill = cast.open(world=DRILL)
    assert cast.end() == life_end
    assert [row.world for row in cast.entries(DRILL, after=drill_end)] == [DRILL]
    for world, expected in ((0, False), (DRILL, True)):
        items = cast.node.database.read(lambda s: records.snapshot(s, "county"), world=world)
        assert (drill["id"] in {one["record"]["id"] for one in items}) is expected
