"""The timeline as a file: whole, harmless to a spreadsheet, for those who see the incident, and never without a line in the access log."""

from __future__ import annotations

import csv
import io

import pytest

from tests.county import County
from tests.doors import Doors


@pytest.fixture
def incident(client: Doors, cast: County) -> str:
    """An incident with a word that a spreadsheet would run; another stands beside it."""
    cast.open(title="另一起")
    made: str = cast.open()["id"]
    cast.do("town_duty", "incident.report", {"id": made, "text": "=HYPERLINK(1)", "source": "+86 村民"})
    return made


def rows(client: Doors, who: str, incident: str, query: str = "") -> list[list[str]]:
    """The cells of the file as somebody is given it."""
    told = client.get(who, f"/incidents/{incident}/timeline-export{query}")
    assert told.status_code == 200, told.text
    assert told.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(told.text.removeprefix("\ufeff"))))


def test_it_has_every_line_in_order_and_no_cell_that_runs(client: Doors, incident: str) -> None:
    head, *lines = rows(client, "county_duty", incident)
    assert head == ["发生时刻", "收到时刻", "谁", "何事", "类型"]
    told = client.get("county_duty", f"/incidents/{incident}/timeline").json["items"]
    assert [line[4] for line in lines] == [one["type"] for one in told]
    assert [line[3].removeprefix("'") for line in lines] == [one["text"] for one in told]
    assert not [cell for line in lines for cell in line if cell[:1] in ("=", "+", "-", "@")]
    assert "HYPERLINK" in str(lines)
    assert "另一起" not in str(lines)
    assert rows(client, "county_duty", incident, "?words=en")[0][0] == "At"
    assert client.get("county_duty", f"/incidents/{incident}/timeline-export?words=fr").status_code == 422


def test_it_writes_down_who_took_it_and_of_which_incident(client: Doors, incident: str) -> None:
    number = client.get("town_duty", f"/incidents/{incident}").json["number"]
    rows(client, "town_duty", incident)
    for who, status in (("other_duty", 404), ("keeper", 403)):
        assert client.get(who, f"/incidents/{incident}/timeline-export").status_code == status
    read = client.get("auditor", "/access-log").json["items"]
    assert [(one["username"], one["what"], one["thing"]) for one in read] == [
        ("town_duty", "export", f"timeline {number}")
    ]
