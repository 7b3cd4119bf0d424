"""Callers' names and numbers are sealed: planted markers are found in no journal, socket, log, list or database byte (RULES 8)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import accesslog
from command.core.records import KINDS
from command.core.store.db import Base
from tests.county import FLOOD, VILLAGE, County, new_id
from tests.doors import Doors
from tests.serving import PATIENCE_S, Live, Served

NAME, PHONE, UNIT, NOTE = "欧阳标记甲", "13987650001", "标记单位乙", "标记丙 his mother"
CALLER = {"name": NAME, "phone": PHONE, "unit": UNIT, "note": NOTE}
BODY = {"kind": FLOOD, "title": "漫堤", "village_code": VILLAGE, "caller": CALLER}
SECOND = {"name": "司马标记丁", "phone": "13987650002", "unit": "标记单位戊", "note": "标记己 her brother"}
MARKERS = (*CALLER.values(), *SECOND.values())
REPORT = {"text": "水到房檐", "source": "村民", "caller": SECOND}


def marked(text: str) -> list[str]:
    """The markers in a text, plain or as JSON may escape them."""
    return [one for one in MARKERS if one in text or one.encode("unicode_escape").decode() in text]


def test_it_is_read_only_through_its_own_door_and_the_reading_is_logged(client: Doors, cast: County) -> None:
    opened = client.post("town_duty", "/incidents", BODY)
    assert marked(opened.text) == []
    assert set(opened.json["caller"]) == {"id", "commitment"}
    path = f"/incidents/{opened.json['id']}/caller"
    assert client.get("town_duty", path).json == CALLER
    assert client.get("town_leader", path).status_code == 403
    assert client.get("other_duty", path).status_code == 404
    rows = cast.node.database.read(
        lambda s: s.execute(sa.select(accesslog.AccessEntry)).scalars().all(), world=None
    )
    assert [(row.actor, row.what, row.thing) for row in rows] == [
        (cast.users["town_duty"], "caller", opened.json["id"])
    ]
    assert cast.node.database.read(lambda session: [*accesslog.verify(session)], world=None) == []


def test_it_is_in_no_record_journal_list_or_log(
    client: Doors, cast: County, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    opened = client.post("town_duty", "/incidents", BODY).json
    client.patch("town_duty", f"/incidents/{opened['id']}", {"title": "改"}, version=1)
    client.post("town_duty", "/incidents", {**BODY, "kind": "unknown"})
    client.post("town_duty", "/incidents", {**BODY, "caller": {**CALLER, "surname": NAME}})
    reports = f"/incidents/{opened['id']}/reports"
    assert marked(client.post("town_duty", reports, REPORT).text) == []
    client.post("town_duty", reports, {**REPORT, "text": ""})
    for kind in KINDS.values():
        if kind.path:
            assert marked(client.get("county_duty", f"/{kind.path}?limit=1000").text) == [], kind.kind
    for path in ("/timeline", "", "/suggestions"):
        assert marked(client.get("county_duty", f"/incidents/{opened['id']}{path}").text) == []
    assert marked(client.get("auditor", "/journal?limit=1000").text) == []
    assert marked(caplog.text) == []


def test_it_is_not_echoed_in_a_refusal(client: Doors) -> None:
    for body in (
        {**BODY, "caller": {**CALLER, "phone": PHONE * 20}},
        {**BODY, "caller": [NAME, PHONE]},
        {**BODY, "kind": NAME},
    ):
        refused = client.post("town_duty", "/incidents", body)
        assert refused.status_code == 422
        assert PHONE not in refused.text
        assert NOTE not in refused.text
    thing = client.post("town_duty", "/incidents", BODY).json["id"]
    for body in (
        {**REPORT, "caller": {**SECOND, "phone": SECOND["phone"] * 20}},
        {**REPORT, "caller": list(SECOND.values())},
        {**REPORT, "text": ""},
    ):
        refused = client.post("town_duty", f"/incidents/{thing}/reports", body)
        assert (refused.status_code, marked(refused.text)) == (422, [])


def test_it_lies_in_no_table_in_plain_words(cast: County) -> None:
    opened = cast.do("town_duty", "incident.open", BODY)
    cast.do("town_duty", "incident.report", {"id": opened["id"], **REPORT})

    def rows(session: Any) -> list[str]:
        return [
            f"{table.name}: {value!r} {value.decode('utf-8', 'replace') if isinstance(value, bytes) else value}"
            for table in Base.metadata.sorted_tables
            for row in session.connection().execute(sa.select(table))
            for value in row
        ]

    found = cast.node.database.read(rows, world=None)
    assert len(found) > 1000
    assert [one[:60] for one in found if marked(one)] == []


def test_it_cannot_be_guessed_from_its_commitment(cast: County) -> None:
    """The same caller twice gives two commitments: the salt is each row's own."""
    first, second = cast.do("town_duty", "incident.open", BODY), cast.do("town_duty", "incident.open", BODY)
    assert first["caller"]["commitment"] != second["caller"]["commitment"]


def test_it_is_gone_for_good_once_it_is_erased(client: Doors, cast: County) -> None:
    """Design rule 6: personal data is destroyed, nothing of it comes back (突发事件应对法 art. 85)."""
    thing = client.post("town_duty", "/incidents", BODY).json["id"]
    assert cast.act("system", "incident.erase_private", {"id": thing}).status == 409
    for to in ("verifying", "dismissed"):
        client.post("town_duty", f"/incidents/{thing}/transition", {"to": to, "reason": "误报"})
    assert client.post("county_duty", f"/incidents/{thing}/erase-private").status_code == 404
    cast.do("system", "incident.erase_private", {"id": thing})
    assert client.get("town_duty", f"/incidents/{thing}/caller").status_code in (404, 410)
    assert cast.flaws() == []


def test_it_reaches_no_socket_no_log_no_file(serve: Callable[..., Served], live: Callable[..., Live]) -> None:
    served = serve()
    desk, other = live(served, "county_duty"), live(served, "fengzhou_duty")
    desk.watch("county"), other.watch("centre:140429100")
    key = new_id()
    opened = other.do("incident.open", BODY, key)["result"]
    other.do("incident.open", {**BODY, "kind": "unknown"}, new_id())
    desk.item("incident.opened", id=opened["id"])
    desk.watch(f"incident:{opened['id']}")
    other.do("incident.report", {"id": opened["id"], **REPORT}, new_id())
    desk.item("report.added", incident_id=opened["id"])
    [second] = (read := served.get("fengzhou_duty", f"/incidents/{opened['id']}/caller")).pop("others")
    assert (read, second["phone"]) == (CALLER, SECOND["phone"])
    served.stop()
    told = "\n".join(desk.raw + other.raw)
    assert opened["id"] in told
    assert marked(told) == []
    files = [path for path in served.data_dir.rglob("*") if path.is_file()]
    assert served.data_dir / "fengsui.db" in files
    for path in files:
        assert marked(path.read_bytes().decode("utf-8", "replace")) == [], path.name


def test_it_is_named_in_the_description_of_no_answer(server: Served) -> None:
    """OpenAPI shows a caller only as input and at its own door."""
    import requests

    document = requests.get(f"{server.url}/api/openapi.json", timeout=PATIENCE_S).json()
    for name in ("IncidentOut", "ReportOut"):
        out = document["components"]["schemas"][name]["properties"]
        assert "phone" not in str(out["caller"])
