"""Taking CAP in: who may, what it becomes, that it is taken once, what an update and a cancel do, that refused is stored nowhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import clock
from command.core.due import Due
from command.core.errors import Invalid
from command.warnings.cap import writing
from command.warnings.models import CapMessage, WarningRow
from tests.county import DRILL, NOISE, OTHER, TOWN, County
from tests.doors import Doors
from tests.warnings.caps import EXAMPLES, alert, fields, following, is_valid, xml
from tests.warnings.test_cap import FOUND, HOSTILE, WRONG


def take(cast: County, one: dict[str, Any], who: str = "county_duty", world: int = 0) -> dict[str, Any]:
    """A message taken in."""
    return cast.do(who, "warning.take", {"xml": xml(one)}, world=world)


def relay(cast: County, warning: dict[str, Any]) -> dict[str, Any]:
    """Passed on by the county."""
    return cast.do("county_duty", "warning.transition", {"id": warning["id"], "to": "relayed"})


def kept(cast: County) -> tuple[int, int]:
    """How many warnings and messages there are."""
    return cast.node.database.read(
        lambda s: (
            s.execute(sa.select(sa.func.count()).select_from(WarningRow)).scalar_one(),
            s.execute(sa.select(sa.func.count()).select_from(CapMessage)).scalar_one(),
        ),
        world=0,
    )


def alarms(cast: County, client: Doors) -> dict[str, str]:
    """cause → title of the warnings' live alarms at the county."""
    found = client.get("county_duty", "/alarms?live=true&limit=1000").json["items"]
    return {one["cause"]: one["title"]["zh"] for one in found if one["cause"].startswith("warning")}


def test_it_says_in_our_words_what_the_alert_says(cast: County, client: Doors) -> None:
    made = take(cast, alert())
    assert (made["state"], made["relay"], made["category"], made["level"], made["title"]["zh"]) == (
        "received", True, "rainstorm", "red", "暴雨红色预警",
    )  # fmt: skip
    assert (made["issuer"], made["source"], made["missing"]) == ("武乡县气象台", "weather", [])
    assert TOWN in made["struck"]
    assert made["area"]["codes"] == [TOWN]
    assert made["texts"]["zh"]["measures"] == "立即转移危险地带人员，停止户外活动。"
    assert made["texts"]["en"]["headline"] == "Red warning of rainstorm"
    assert list(alarms(cast, client).values()) == ["暴雨红色预警待转发"]
    relay(cast, made)
    assert alarms(cast, client) == {}


def test_division_codes_alone_strike_their_townships(cast: County) -> None:
    codes = {
        "140429100000": [TOWN], "140429101200": [OTHER], "140429": None, "140429000000": None, "140400": None,
    }  # fmt: skip
    for n, (code, struck) in enumerate(codes.items()):
        geocode = [{"valueName": "x", "value": code}, {"valueName": "SAME", "value": "140429"}]
        made = take(
            cast, alert(identifier=f"c{n}", info={"area": [{"areaDesc": "区域", "geocode": geocode}]})
        )
        assert made["area"]["shape"] is None
        assert len(made["struck"]) == 12 if struck is None else made["struck"] == struck, code


def test_another_countys_is_kept_for_the_record_only(cast: County, client: Doors) -> None:
    there = {"areaDesc": "沁县", "geocode": [{"valueName": "x", "value": "140430"}]}
    made = take(cast, alert(info={"area": [there]}))
    assert (made["live"], made["ended_how"], made["struck"]) == (False, "outside", [])
    assert alarms(cast, client) == {}


def test_the_same_message_is_taken_once_by_whichever_door(cast: County, client: Doors) -> None:
    one = alert()
    first = take(cast, one)
    end = cast.end()
    assert take(cast, one)["id"] == first["id"]
    answer = client.app.test_client().post(
        "/api/v1/warnings", data=xml(one).encode(), content_type="application/cap+xml",
        headers={"Authorization": f"Bearer {cast.tokens['county_duty']}"},
    )  # fmt: skip
    assert (answer.status_code, answer.json["id"]) == (201, first["id"])
    assert (cast.end(), kept(cast)) == (end, (1, 1))
    other = {**one, "note": "另一内容"}
    assert cast.act("county_duty", "warning.take", {"xml": xml(other)}).status == 409


def test_what_is_refused_is_stored_nowhere(cast: County, client: Doors) -> None:
    before, end = kept(cast), cast.end()
    asked, bearer = client.app.test_client(), {"Authorization": f"Bearer {cast.tokens['county_duty']}"}
    for what, document in HOSTILE.items():
        sent = {"data": document.encode(), "content_type": "application/cap+xml", "headers": bearer}
        answer = asked.post("/api/v1/warnings", **sent)
        assert answer.status_code in (413, 422), what
        assert answer.json["said"]["zh"], what
        if len(document) < 1_000_000:
            with pytest.raises(Invalid):
                cast.act("county_duty", "warning.take", {"xml": document or " "})
    for who, status in (("town_duty", 403), ("wall", 403), ("county_leader", 403)):
        bearer = {"Authorization": f"Bearer {cast.tokens[who]}"}
        sent = {"data": xml(alert()).encode(), "content_type": "text/xml", "headers": bearer}
        assert asked.post("/api/v1/warnings", **sent).status_code == status, who
    assert (kept(cast), cast.end()) == (before, end)


@pytest.mark.parametrize("folder", [EXAMPLES] if FOUND else [])
def test_every_valid_outside_example_is_taken_and_given_out_equal(
    cast: County, client: Doors, folder: Path
) -> None:
    for file in sorted(one for one in folder.iterdir() if one in FOUND):
        raw = file.read_bytes()
        bearer = {"Authorization": f"Bearer {cast.tokens['county_duty']}"}
        asked = client.app.test_client()
        answer = asked.post("/api/v1/warnings", data=raw, content_type="application/cap+xml", headers=bearer)
        if file.name in WRONG:
            assert answer.status_code == 422, file.name
            continue
        assert answer.status_code == 201, answer.data
        assert answer.json["live"] is False, "long over, and for elsewhere"
        given = asked.get(f"/cap/{answer.json['identifier']}.xml", headers=bearer)
        assert (given.status_code, given.mimetype) == (200, "application/cap+xml")
        assert fields(given.data) == fields(raw), file.name


def test_an_update_waits_for_a_person_and_a_cancel_does_not(cast: County) -> None:
    one = alert()
    made = relay(cast, take(cast, one))
    more = following(one, "Update", info={"severity": "Severe", "headline": "武乡县气象台发布暴雨橙色预警"})
    waiting = take(cast, more)
    assert (waiting["id"], waiting["state"], waiting["level"]) == (made["id"], "relayed", "red")
    assert waiting["pending"]["changes"]["level"] == "orange"
    updated = cast.do("county_duty", "warning.transition", {"id": made["id"], "to": "updated"})
    assert (updated["state"], updated["level"], updated["pending"]) == ("updated", "orange", None)
    assert updated["identifier"] == one["identifier"]
    late = following(one, "Update", identifier="late", sent=one["sent"], info={"severity": "Minor"})
    take(
        cast,
        {
            **following(one, "Cancel"),
            "identifier": "end",
            "sent": writing.wire(clock.real() + timedelta(seconds=5)),
        },
    )
    ended = cast.node.database.read(
        lambda s: s.execute(sa.select(WarningRow.state, WarningRow.live)).one(), world=0
    )
    assert tuple(ended) == ("cancelled", False)
    assert take(cast, {**late, "references": more["references"]})["id"] != made["id"], (
        "what was ended begins anew"
    )


def test_an_update_of_what_nobody_relayed_yet_changes_it_at_once(cast: County) -> None:
    one = alert()
    made = take(cast, one)
    more = take(cast, following(one, "Update", info={"severity": "Severe", "headline": "暴雨橙色预警"}))
    assert (more["id"], more["state"], more["level"], more["pending"]) == (
        made["id"],
        "received",
        "orange",
        None,
    )


def test_nobody_elses_message_ends_a_warning(cast: County) -> None:
    one = alert()
    made = relay(cast, take(cast, one))
    foreign = {**following(one, "Cancel"), "sender": "somebody@else.example"}
    assert cast.act("county_duty", "warning.take", {"xml": xml(foreign)}).status == 409
    assert (
        cast.do("county_duty", "warning.transition", {"id": made["id"], "to": "cancelled", "reason": "解除"})[
            "live"
        ]
        is False
    )


def test_it_runs_out_by_the_clock(cast: County) -> None:
    made = relay(cast, take(cast, alert()))
    noise = relay(
        cast,
        take(
            cast,
            alert(
                identifier="n",
                info={"area": [{"areaDesc": "韩北", "geocode": [{"valueName": "x", "value": NOISE}]}]},
            ),
        ),
    )
    cast.do("system", "warning.expire", {"id": made["id"]})
    assert states(cast) == {made["id"]: "relayed", noise["id"]: "relayed"}, "its time is not over"
    promised = cast.node.database.read(
        lambda s: dict(
            s.execute(sa.select(Due.key, Due.at).where(Due.key.startswith("warning.expire:"))).all()
        ),
        world=0,
    )
    assert clock.wire(promised[f"warning.expire:{made['id']}"]) == made["ends_at"]

    def pass_time(session: Any) -> None:
        session.execute(
            sa.update(WarningRow)
            .where(WarningRow.id == made["id"])
            .values(ends_at=clock.real() - timedelta(seconds=1))
        )

    cast.node.database.write(pass_time, world=0)
    over = cast.do("system", "warning.expire", {"id": made["id"]})
    assert (over["state"], over["live"], over["ended_how"]) == ("expired", False, "expired")
    assert states(cast) == {made["id"]: "expired", noise["id"]: "relayed"}


def states(cast: County) -> dict[str, str]:
    return cast.node.database.read(
        lambda s: dict(s.execute(sa.select(WarningRow.id, WarningRow.state)).all()), world=0
    )


def test_a_drills_alert_says_exercise_and_never_enters_the_live_feed(cast: County, client: Doors) -> None:
    assert cast.act("county_duty", "warning.take", {"xml": xml(alert())}, world=DRILL).status == 409
    drilled = take(cast, alert(status="Exercise"), world=DRILL)
    cast.do("county_duty", "warning.transition", {"id": drilled["id"], "to": "relayed"}, world=DRILL)
    stray = take(cast, alert(status="Exercise"))
    assert (stray["live"], stray["ended_how"]) == (False, "record")
    assert cast.act("county_duty", "warning.transition", {"id": stray["id"], "to": "relayed"}).status == 409
    bearer = {"Authorization": f"Bearer {cast.tokens['county_duty']}"}
    told = client.app.test_client().get("/cap/feed.atom", headers=bearer)
    assert (told.status_code, b"<entry>" in told.data) == (200, False)
    assert client.get("county_duty", f"/warnings/{drilled['id']}").status_code == 404


def test_who_may_read_the_feed_and_its_messages(cast: County, client: Doors) -> None:
    one = alert()
    made = take(cast, one)
    asked = client.app.test_client()

    def get(who: str | None, path: str) -> Any:
        bearer = {"Authorization": f"Bearer {cast.tokens[who]}"} if who else {}
        return asked.get(path, headers=bearer)

    message = f"/cap/{one['identifier']}.xml"
    assert get(None, "/cap/feed.atom").status_code == get(None, message).status_code == 401
    assert get("keeper", "/cap/feed.atom").status_code == 403
    assert (get("county_duty", message).status_code, get("noise_duty", message).status_code) == (200, 404)
    assert b"<entry>" not in get("town_duty", "/cap/feed.atom").data, "not passed on yet"
    relay(cast, made)
    told = get("noise_duty", "/cap/feed.atom")
    assert told.mimetype == "application/atom+xml"
    assert f"/cap/{one['identifier']}.xml".encode() in told.data
    given = get("town_team", message)
    assert given.status_code == 200
    assert fields(given.data) == fields(xml(one).encode())
    cast.do("admin", "setting.set", {"name": "warning.feed_open", "centre": "140429", "value": True})
    assert get(None, message).status_code == 200
    assert one["identifier"].encode() in get(None, "/cap/feed.atom").data
    assert is_valid(given.data.decode())
