"""A phone with a stock tracking app tells where its team is; a stranger creates nothing."""

from __future__ import annotations

import time
from typing import Any

import pytest

import wsgi
from tests.county import County

JSON = {
    "coords": {
        "latitude": 36.85,
        "longitude": 112.9,
        "accuracy": 5.5,
        "speed": -1,
        "heading": 181.2,
        "altitude": 900.1,
    }
}


@pytest.fixture(params=["sqlite"])
def kind(request: pytest.FixtureRequest) -> str:
    """The door is the same on either database."""
    found: str = request.param
    return found


@pytest.fixture
def phone(running: wsgi.Running, cast: County) -> Any:
    return running.app.test_client()


def trail(running: wsgi.Running, cast: County, team: str) -> list[dict[str, Any]]:
    head = {"Authorization": f"Bearer {cast.tokens['county_duty']}"}
    answer = running.app.test_client().get(f"/api/v1/teams/{cast.teams[team]}/trail", headers=head)
    found: list[dict[str, Any]] = answer.json["items"]
    return found


@pytest.mark.parametrize("path", ["/track/osmand", "/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_of_the_app_becomes_a_position_of_the_team(
    phone: Any, running: wsgi.Running, cast: County, path: str, method: str
) -> None:
    said = {"id": cast.tokens["town_team"], "lat": "36.84", "lon": "112.87", "timestamp": str(int(time.time()) - 5),
            "speed": "19.438", "bearing": "90.0", "altitude": "900", "accuracy": "4.2", "batt": "80"}  # fmt: skip
    assert phone.open(path, method=method, query_string=said).status_code == 200
    (point,) = trail(running, cast, "town_team")
    assert (point["lon"], point["lat"], point["heading"], point["accuracy"]) == (112.87, 36.84, 90.0, 4.2)
    assert point["speed"] == pytest.approx(10.0, abs=0.01)


@pytest.mark.parametrize("path", ["/track/osmand", "/"])
def test_the_json_of_the_newer_app_too(phone: Any, running: wsgi.Running, cast: County, path: str) -> None:
    body = {
        "device_id": cast.tokens["town_team"],
        "location": JSON | {"timestamp": "2026-07-01T02:03:04.500Z"},
    }
    assert phone.post(path, json=body).status_code == 200
    (point,) = trail(running, cast, "town_team")
    assert (point["at"], point["speed"], point["heading"]) == ("2026-07-01T02:03:04.500Z", None, 181.2)


@pytest.mark.parametrize(
    "when", ["1782871384", "1782871384000", "2026-07-01T02:03:04Z", "2026-07-01 02:03:04"]
)
def test_it_reads_the_times_that_apps_send(
    phone: Any, running: wsgi.Running, cast: County, when: str
) -> None:
    said = {"id": cast.tokens["town_team"], "lat": "36.84", "lon": "112.87", "timestamp": when}
    assert phone.get("/track/osmand", query_string=said).status_code == 200
    assert trail(running, cast, "town_team")[0]["at"] == "2026-07-01T02:03:04.000Z"


def test_a_device_that_nobody_knows_creates_nothing(phone: Any, running: wsgi.Running, cast: County) -> None:
    for key in ("123456", cast.teams["town_team"], cast.users["town_team"]):
        said = {"id": key, "lat": "36.84", "lon": "112.87"}
        assert phone.get("/track/osmand", query_string=said).status_code == 401
        assert phone.get("/", query_string=said).status_code == 401
    duty = {"id": cast.tokens["county_duty"], "lat": "36.84", "lon": "112.87"}
    assert phone.get("/track/osmand", query_string=duty).status_code == 403
    assert trail(running, cast, "town_team") == []


@pytest.mark.parametrize(
    "said",
    [
        {"lat": "north"},
        {"lat": "91"},
        {"lat": "nan"},
        {"lat": ""},
        {"timestamp": "noon"},
        {"timestamp": "1e300"},
    ],
    ids=str,
)
def test_bad_values_are_refused(
    phone: Any, running: wsgi.Running, cast: County, said: dict[str, str]
) -> None:
    whole = {"id": cast.tokens["town_team"], "lat": "36.84", "lon": "112.87"} | said
    assert phone.get("/track/osmand", query_string=whole).status_code == 422
    assert trail(running, cast, "town_team") == []


def test_the_first_page_is_still_the_first_page(phone: Any) -> None:
    assert phone.get("/track/osmand").status_code == 400
    assert phone.get("/?lang=en").status_code in (200, 302, 503)
    for body in ("[]", '{"location": 3}', '{"device_id": 7}', "{"):
        assert phone.post("/track/osmand", data=body, content_type="application/json").status_code == 400
