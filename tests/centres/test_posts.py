"""The contact tree: posts, who holds them, who stands in, how they are reached; who keeps it, and what of it is private."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from command.centres.models import PrivateLine
from command.core import accesslog, canonical, records
from command.core.live import topics
from tests.county import COUNTY, OTHER, PASSWORD, TOWN, VILLAGE, County, new_id
from tests.doors import Doors

MOBILE, OFFICE = "13987650002", "8012"
LINES = [
    {"kind": "landline", "number": OFFICE},
    {"kind": "mobile", "number": MOBILE, "whose": "王标记丁"},
    {"kind": "satellite", "number": "7-0018"},
    {"kind": "radio", "number": "丰州01"},
]


def open_post(client: Doors, centre: str = TOWN, who: str = "admin", **body: Any) -> dict[str, Any]:
    """Add a post through its door; the centre."""
    answer = client.post(who, f"/centres/{centre}/posts", {"title": "防汛专干", "lines": LINES, **body})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def keeper(client: Doors, cast: County, centre: str = TOWN) -> str:
    """An administrator of the township's own."""
    body = {
        "username": "town_admin",
        "name": "乡镇管理员",
        "role": "admin",
        "centre": centre,
        "password": PASSWORD,
    }
    made = client.post("admin", "/users", body)
    assert made.status_code == 201, made.text
    token = client.post("admin", f"/users/{made.json['id']}/tokens", {"label": "测试"})
    client.tokens = {**client.tokens, "town_admin": token.json["token"]}
    cast.users = {**cast.users, "town_admin": made.json["id"]}
    return "town_admin"


def test_it_keeps_the_lines_in_their_order_and_tells_no_private_number(client: Doors, cast: County) -> None:
    post = open_post(client)["posts"][-1]
    assert [(one["kind"], one["number"], one["private"]) for one in post["lines"]] == [
        ("landline", OFFICE, False), ("mobile", None, True), ("satellite", "7-0018", False), ("radio", "丰州01", False),
    ]  # fmt: skip
    assert post["numbers"] == [OFFICE, "7-0018", "丰州01"]
    told = "".join(bytes(one.record).decode() for one in cast.entries())
    shown = client.get("county_duty", f"/centres/{TOWN}").text
    for marker in (MOBILE, "王标记丁"):
        assert marker not in told + shown


def test_it_opens_a_private_number_to_those_who_ring_it_and_logs_each_reading(
    client: Doors, cast: County
) -> None:
    post = open_post(client)["posts"][-1]["id"]
    path = f"/centres/{TOWN}/posts/{post}/private"
    for who in ("town_duty", "county_duty", "admin"):
        items = client.get(who, path).json["items"]
        assert [(one["number"], one["whose"]) for one in items] == [(MOBILE, "王标记丁")]
    assert client.get("town_leader", path).status_code == 403
    assert client.get("other_duty", path).status_code == 404
    query = sa.select(accesslog.AccessEntry.actor, accesslog.AccessEntry.thing).order_by(
        accesslog.AccessEntry.seq
    )
    rows = cast.node.database.read(lambda s: [tuple(row) for row in s.execute(query)], world=None)
    assert rows == [(cast.users[who], post) for who in ("town_duty", "county_duty", "admin")]


def test_it_keeps_a_line_that_is_named_and_destroys_one_that_goes(client: Doors, cast: County) -> None:
    centre = open_post(client)
    post = centre["posts"][-1]
    private = post["lines"][1]

    def sealed() -> int:
        count = sa.select(sa.func.count()).select_from(PrivateLine)
        return int(cast.node.database.read(lambda s: s.execute(count).scalar_one(), world=None))

    body = {"lines": [{"id": private["id"], "kind": "mobile"}, {"kind": "landline", "number": "8013"}]}
    path = f"/centres/{TOWN}/posts/{post['id']}"
    kept = client.patch("admin", path, body, version=centre["version"]).json
    assert kept["posts"][-1]["lines"][0]["id"] == private["id"]
    assert sealed() == 1
    gone = client.patch("admin", path, {"lines": []}, version=kept["version"])
    assert (gone.status_code, sealed()) == (200, 0)


def test_it_names_who_holds_a_post_and_who_stands_in(client: Doors, cast: County) -> None:
    first = open_post(client, title="镇长", holder_id=cast.users["town_leader"])
    leader = first["posts"][-1]
    second = open_post(client, title="副镇长", deputy_post=leader["id"], lines=[])
    assert leader["holder"] == "甲 town_leader"
    assert second["posts"][-1]["deputy"] == "镇长"
    path = f"/centres/{TOWN}/posts/{leader['id']}"
    renamed = client.patch("admin", path, {"title": "乡镇长"}, version=second["version"]).json
    assert renamed["posts"][-1]["deputy"] == "乡镇长", "a deputy is followed when it is renamed"
    closed = client.post("admin", f"{path}/close", version=renamed["version"]).json
    assert [one["title"] for one in closed["posts"]][-1] == "副镇长"
    assert closed["posts"][-1]["deputy"] is None
    stranger = client.post(
        "admin", f"/centres/{TOWN}/posts", {"title": "外人", "holder_id": cast.users["other_duty"]}
    )
    assert stranger.status_code == 422


@pytest.mark.parametrize(
    "line",
    [{"kind": "landline", "number": "call me"}, {"kind": "landline"}, {"kind": "pigeon", "number": "1"},
     {"kind": "landline", "number": "8012", "whose": "王"}, {"kind": "mobile", "number": "1" * 50}],
)  # fmt: skip
def test_it_refuses_what_is_no_line(client: Doors, cast: County, line: dict[str, Any]) -> None:
    before = cast.end()
    assert client.post("admin", f"/centres/{TOWN}/posts", {"title": "甲", "lines": [line]}).status_code == 422
    assert cast.end() == before


def test_it_wants_the_version_that_was_seen(client: Doors) -> None:
    centre = open_post(client)
    path = f"/centres/{TOWN}/posts/{centre['posts'][-1]['id']}"
    assert client.patch("admin", path, {"title": "甲"}).status_code == 428
    lost = client.patch("admin", path, {"title": "甲"}, version=centre["version"] - 1)
    assert (lost.status_code, lost.json["current"]["version"]) == (409, centre["version"])


def test_it_lets_a_townships_keeper_keep_its_own_and_its_villages_only(client: Doors, cast: County) -> None:
    who = keeper(client, cast)
    open_post(client, TOWN, who)
    open_post(client, VILLAGE, who)
    for centre in (OTHER, COUNTY, "140429-water"):
        refused = client.post(who, f"/centres/{centre}/posts", {"title": "甲", "lines": []})
        assert refused.status_code == 403, centre
    for name in ("county_duty", "town_duty", "security", "auditor", "wall"):
        assert client.post(name, f"/centres/{TOWN}/posts", {"title": "甲"}).status_code == 403, name


def test_it_tells_every_desk_that_shows_the_centre_and_a_villages_keepers_alone(
    client: Doors, cast: County
) -> None:
    open_post(client)
    assert set(cast.topics(cast.end())) == {"centres", "admin", f"admin:{TOWN}"}
    open_post(client, VILLAGE)
    assert set(cast.topics(cast.end())) == {"admin", f"admin:{TOWN}"}


def test_it_is_one_topic_for_all_who_may_read_centres(client: Doors, cast: County) -> None:
    """Each desk, wall and phone hears it; a display that visitors see, which may read no centre, does not."""

    def may(who: str) -> bool:
        actor = cast.actor(who)
        return cast.node.database.read(lambda session: topics.allowed(session, actor, "centres"), world=0)

    cast.do("county_duty", "wall.visitors", {"id": cast.users["wall"], "on": True})
    assert [may(who) for who in ("county_duty", "other_duty", "water_duty", "town_team", "auditor", "wall")] == [
        True, True, True, True, True, False,
    ]  # fmt: skip
    open_post(client)
    held = cast.node.database.read(lambda session: records.snapshot(session, "centres"), world=0)
    assert {one["type"] for one in held} == {"centre"}
    assert next(one["record"]["posts"] for one in held if one["record"]["id"] == TOWN)
    assert VILLAGE not in {one["record"]["id"] for one in held}
    for topic in ("county", f"centre:{TOWN}"):
        shown = cast.node.database.read(
            lambda session, topic=topic: records.snapshot(session, topic), world=0
        )
        assert "centre" not in {one["type"] for one in shown}


def test_it_repeats_nothing_when_a_command_comes_twice(client: Doors, cast: County) -> None:
    key = new_id()
    body = {"title": "防汛专干", "lines": LINES}
    one, two = (client.post("admin", f"/centres/{TOWN}/posts", body, key=key) for _ in range(2))
    assert (one.status_code, one.data) == (two.status_code, two.data)
    posts = client.get("admin", f"/centres/{TOWN}").json["posts"]
    assert len([one for one in posts if one["title"] == "防汛专干"]) == 1
    assert canonical.load(one.data)["version"] == 2
