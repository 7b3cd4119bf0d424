"""Personal data goes after the response: drafted by a job, confirmed by name as counted, or held with an assessment."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import accesslog, clock, personal
from command.core.errors import Invalid
from command.core.store.db import Base
from command.destruction import jobs, tombs
from tests.county import County, new_id
from tests.destruction.ground import MARKERS, NOTE, confirm, destructions, ended, listed
from tests.doors import Doors

KEPT = {"incident.caller": 2, "incident.key": 1, "duty_note.person": 1}


def counts_of(one: dict[str, Any]) -> dict[str, int]:
    return {sort["code"]: sort["n"] for sort in one["sorts"]}


def test_a_job_lists_what_is_due_and_nothing_else(cast: County) -> None:
    """Design rule 6: personal data is destroyed after the response, unless it is held with an assessment."""
    thing = ended(cast)
    young, open_ = ended(cast, ago=timedelta(days=29)), cast.open(caller={"name": "某"})["id"]
    jobs.look(cast.node)
    jobs.look(cast.node)
    mine = [one for one in destructions(cast) if one["subject_id"] in (thing, young, open_)]
    assert [(one["subject_id"], one["state"], counts_of(one)) for one in mine] == [(thing, "due", KEPT)]
    assert not any(marker in entry.record.decode() for entry in cast.entries() for marker in MARKERS)
    kept = cast.node.database.read(personal.census, world=0)
    assert kept["incident", thing] == KEPT, "the job erases nothing"


def test_who_confirms_is_named_and_what_goes_is_as_it_was_counted(cast: County) -> None:
    thing, other = ended(cast), ended(cast)
    one = listed(cast, thing)
    less = {"id": one["id"], "reason": "保存期满", "counts": {**counts_of(one), "incident.caller": 1}}
    refused = cast.act("security", "destruction.confirm", less)
    assert refused.status == 409
    assert "请核对后再确认" in refused.body.decode()
    key = new_id()
    payload = {"id": one["id"], "reason": "保存期满", "counts": counts_of(one)}
    done = cast.do("security", "destruction.confirm", payload, command_id=key)
    assert (done["state"], done["confirmed_by"], counts_of(done)) == ("erasing", "甲 security", KEPT)
    assert cast.do("security", "destruction.confirm", payload, command_id=key) == done
    kept = cast.node.database.read(personal.census, world=0)
    assert ("incident", thing) not in kept
    assert kept["incident", other] == KEPT
    assert cast.flaws() == []


@pytest.mark.parametrize(
    "who", ["county_duty", "town_duty", "auditor", "admin", "county_leader", "town_team"]
)
def test_nobody_else_confirms_or_holds(who: str, cast: County) -> None:
    one = listed(cast, ended(cast))
    for name, body in (
        ("destruction.confirm", {"reason": "期满", "counts": counts_of(one)}),
        ("destruction.release", {"reason": "期满"}),
    ):
        assert cast.act(who, name, {"id": one["id"], **body}).status in (403, 404)
    assert ("incident", one["subject_id"]) in cast.node.database.read(personal.census, world=0)


def test_the_readings_of_it_stay_in_the_access_log(client: Doors, cast: County) -> None:
    thing = ended(cast)
    assert client.get("town_duty", f"/incidents/{thing}/caller").status_code == 200
    confirm(cast, listed(cast, thing))
    assert client.get("town_duty", f"/incidents/{thing}/caller").status_code in (404, 410)
    log = cast.node.database.read(
        lambda s: s.execute(sa.select(accesslog.AccessEntry)).scalars().all(), world=None
    )
    assert [(row.what, row.thing) for row in log] == [("caller", thing)]
    assert cast.node.database.read(lambda s: [*accesslog.verify(s)], world=None) == []


def test_what_is_held_says_why_who_and_until_when_and_is_due_again_after_it(
    cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = listed(cast, ended(cast))
    now = clock.real()
    until, review = clock.wire(now + timedelta(days=60)), clock.wire(now + timedelta(days=30))
    body = {"ground": "evidence", "why": "事故调查需核对首报人", "assessor": "李评估", "post": "法制科长"}
    held = cast.do(
        "security", "destruction.hold", {"id": one["id"], **body, "until": until, "review_at": review}
    )
    assert (held["state"], held["hold_until"], held["holds"][0]["assessor"]) == ("held", until, "李评估")
    refused = cast.act("security", "destruction.confirm", {"id": one["id"], "reason": "期满", "counts": KEPT})
    assert refused.status == 409
    jobs.look(cast.node)
    assert destructions(cast)[-1]["state"] == "held"
    monkeypatch.setattr(clock, "now", lambda world: now + timedelta(days=61))
    jobs.look(cast.node)
    again = next(row for row in destructions(cast) if row["id"] == one["id"])
    assert (again["state"], again["hold_until"]) == ("due", None)


def test_a_hold_is_refused_without_an_assessment_in_order(cast: County) -> None:
    one = listed(cast, ended(cast))
    now = clock.real()
    body = {"ground": "evidence", "why": "事故调查需核对首报人", "assessor": "李评估", "post": "法制科长"}
    for until, review in ((-1, -2), (10, 11), (10, -1)):
        times = {
            "until": clock.wire(now + timedelta(days=until)),
            "review_at": clock.wire(now + timedelta(days=review)),
        }
        with pytest.raises(Invalid):
            cast.do("security", "destruction.hold", {"id": one["id"], **body, **times})


def test_it_reminds_of_what_nobody_decided(cast: County, monkeypatch: pytest.MonkeyPatch) -> None:
    one = listed(cast, ended(cast))
    later = clock.real() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda world: later)
    jobs.look(cast.node)
    jobs.look(cast.node)
    [told] = [json.loads(e.record) for e in cast.entries() if e.type == "destruction.reminded"]
    assert (told["id"], told["reminded"]) == (one["id"], 1)


def test_it_is_withdrawn_when_the_response_goes_on(cast: County) -> None:
    thing = ended(cast)
    one = listed(cast, thing)
    cast.do("county_duty", "incident.transition", {"id": thing, "to": "responding"})
    assert next(row for row in destructions(cast) if row["id"] == one["id"])["state"] == "dropped"


def test_lines_of_the_log_without_an_incident_are_due_by_themselves(
    cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = cast.do("town_duty", "duty_note.write", NOTE)["id"]
    later = clock.real() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda world: later)
    done = confirm(cast, listed(cast, note))
    assert (done["subject_kind"], counts_of(done)) == ("duty_note", {"duty_note.person": 1})


def test_a_drills_personal_data_goes_with_the_drill_and_life_stays(cast: County) -> None:
    world = cast.do("planner", "world.open", {"name": "夜间演练"})
    incident = {"kind": "flash_flood", "title": "演练", "village_code": "140429100003", "caller": "标记"}
    cast.do("system", "incident.open", incident, world=world["number"])
    life = ended(cast)
    assert cast.node.database.read(personal.census, world=world["number"])
    cast.do("planner", "world.end", {"id": world["id"]})
    assert cast.node.database.read(personal.census, world=world["number"]) == {}
    assert cast.node.database.read(personal.census, world=0)["incident", life] == KEPT


def test_after_it_is_finished_no_byte_of_it_is_left_on_disk(cast: County, kind: str) -> None:
    """The sealed rows themselves: their ciphertext is looked for in every file of the database."""
    thing = ended(cast)
    one = listed(cast, thing)

    def sealed(session: Any) -> list[bytes]:
        return [
            bytes(row[0])
            for sort in personal.SORTS.values()
            if "sealed" in sort.model.__table__.c
            for row in session.execute(sa.select(sort.model.sealed).where(sort.by == thing))
        ]

    secret = cast.node.database.read(sealed, world=0)
    assert len(secret) == 3, "two callers and the key"
    confirm(cast, one)
    jobs.finish(cast.node)
    done = next(row for row in destructions(cast) if row["id"] == one["id"])
    assert (done["state"], done["live"]) == ("erased", False)
    assert done["gone_at"]
    [tomb] = tombs.read([cast.node.data_dir / "erased.jsonl"])
    assert (tomb["thing"], tomb["by"]) == (thing, "甲 security")
    if kind == "sqlite":
        files = [*cast.node.data_dir.glob("fengsui.db*")]
        assert files
        for file in files:
            assert not any(one in file.read_bytes() for one in secret), file.name
    assert not any(marker in str(row) for row in _everything(cast) for marker in MARKERS)


def _everything(cast: County) -> list[Any]:
    return cast.node.database.read(
        lambda s: [row for t in Base.metadata.sorted_tables for row in s.connection().execute(sa.select(t))],
        world=None,
    )
