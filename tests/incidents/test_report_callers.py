"""Who called in a report that hangs on an incident: kept sealed, read with the incident's caller, erased with it (RULES 8)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core import accesslog
from command.incidents.models import Caller
from tests.county import FLOOD, VILLAGE, County, new_id
from tests.doors import Doors

FIRST = {"name": "甲", "phone": "13900000001", "unit": "村民", "note": None}
SECOND = {"name": "乙", "phone": "13900000002", "unit": None, "note": None}
BODY = {"kind": FLOOD, "title": "漫堤", "village_code": VILLAGE}


def opened(client: Doors, **more: Any) -> str:
    thing: str = client.post("town_duty", "/incidents", {**BODY, **more}).json["id"]
    return thing


def hung(client: Doors, thing: str, who: str = "town_duty", **more: Any) -> dict[str, Any]:
    """A second call, hung on the incident."""
    answer = client.post(who, f"/incidents/{thing}/reports", {"text": "又来电", "caller": SECOND, **more})
    assert answer.status_code == 201, answer.text
    report: dict[str, Any] = answer.json
    return report


def read(client: Doors, thing: str) -> Any:
    return client.get("town_duty", f"/incidents/{thing}/caller").json


def kept(cast: County, *incidents: str) -> int:
    """How many sealed rows there are of these incidents."""
    query = sa.select(sa.func.count()).select_from(Caller).where(Caller.incident_id.in_(incidents))
    return cast.node.database.read(lambda s: s.execute(query).scalar_one(), world=0)


def test_it_is_read_beside_the_first_caller_with_its_reports_time(client: Doors) -> None:
    thing = opened(client, caller=FIRST)
    assert read(client, thing) == FIRST
    report = hung(client, thing, source="村民 电话")
    assert set(report["caller"]) == {"id", "commitment"}
    beside = {"report_id": report["id"], "at": report["at"], "source": "村民 电话"}
    assert read(client, thing) == {**FIRST, "others": [{**SECOND, **beside}]}


def test_it_is_not_taken_for_the_incidents_own_caller(client: Doors) -> None:
    thing = opened(client)
    hung(client, thing, caller="路人丙")
    answer = read(client, thing)
    assert (list(answer), answer["others"][0]["name"]) == (["others"], "路人丙")


def test_it_is_read_by_none_who_may_not_and_each_reading_is_logged(client: Doors, cast: County) -> None:
    thing = opened(client)
    path = f"/incidents/{thing}/caller"
    assert client.get("town_duty", path).status_code == 404
    hung(client, thing)
    assert client.get("town_leader", path).status_code == 403
    assert client.get("other_duty", path).status_code == 404
    assert client.post("town_leader", f"/incidents/{thing}/reports", {"text": "x"}).status_code == 403
    assert client.post("other_duty", f"/incidents/{thing}/reports", {"text": "x"}).status_code == 404
    assert client.get("county_duty", path).status_code == 200
    logged = cast.node.database.read(
        lambda s: s.execute(sa.select(accesslog.AccessEntry)).scalars().all(), world=None
    )
    assert [(one.actor, one.what, one.thing) for one in logged] == [
        (cast.users["county_duty"], "caller", thing)
    ]


def test_it_is_kept_once_however_often_it_is_sent(client: Doors, cast: County) -> None:
    thing, key = opened(client), new_id()
    for _ in range(2):
        answer = client.post(
            "town_duty", f"/incidents/{thing}/reports", {"text": "又来电", "caller": SECOND}, key=key
        )
        assert answer.status_code == 201
    assert (len(read(client, thing)["others"]), kept(cast, thing)) == (1, 1)


def test_a_team_is_not_told_even_the_commitment(client: Doors, cast: County) -> None:
    thing = opened(client)
    cast.order("town_duty", thing, "town_team")
    assert hung(client, thing, "town_team")["caller"] is None
    assert client.get("town_team", "/reports").json["items"] == []
    assert read(client, thing)["others"][0]["phone"] == SECOND["phone"]


def test_it_goes_with_its_report_into_another_incident_and_back(client: Doors, cast: County) -> None:
    double, thing = opened(client, caller=FIRST), opened(client, caller=FIRST)
    report = hung(client, double)
    client.post("county_duty", f"/incidents/{double}/merge", {"into": thing})
    moved = client.get("town_duty", f"/reports/{report['id']}").json
    assert (moved["incident_id"], moved["caller"]) == (thing, report["caller"])
    assert [one["report_id"] for one in read(client, thing)["others"]] == [report["id"]]
    assert read(client, double) == FIRST
    client.post("county_duty", f"/incidents/{double}/unmerge")
    assert read(client, thing) == FIRST
    assert [one["phone"] for one in read(client, double)["others"]] == [SECOND["phone"]]
    assert cast.flaws() == []


def test_it_is_erased_with_the_incident_on_which_it_hangs(client: Doors, cast: County) -> None:
    double, thing = opened(client), opened(client, caller=FIRST)
    hung(client, thing), hung(client, double)
    client.post("county_duty", f"/incidents/{double}/merge", {"into": thing})
    assert len(read(client, thing)["others"]) == 2
    for to in ("verifying", "dismissed"):
        client.post("town_duty", f"/incidents/{thing}/transition", {"to": to, "reason": "误报"})
    cast.do("system", "incident.erase_private", {"id": thing})
    assert client.get("town_duty", f"/incidents/{thing}/caller").status_code in (404, 410)
    assert kept(cast, thing, double) == 0
    client.post("county_duty", f"/incidents/{double}/unmerge")
    assert client.get("town_duty", f"/incidents/{double}/caller").status_code in (404, 410)
    assert cast.flaws() == []
