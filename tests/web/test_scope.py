"""What one may not see is nowhere: lists, reads, timelines, suggestions, callers, journal, similar calls, figures, snapshots."""

from __future__ import annotations

from typing import Any

from command.core.queries import QUERIES
from command.core.records import KINDS
from tests.county import NOISE, County, new_id
from tests.doors import Doors

OUTSIDE = (
    "town_duty",
    "town_leader",
    "town_team",
    "village",
    "water_duty",
    "guest",
    "auditor",
    "admin",
    "keeper",
)


def everything(client: Doors, who: str) -> str:
    """All that somebody can list, as text."""
    return "".join(
        client.get(who, f"/{kind.path}?limit=1000").text
        for kind in KINDS.values()
        if kind.path and kind.path != "centres"
    )


def test_it_lists_nothing_of_another_townships_business(client: Doors, cast: County) -> None:
    for who in OUTSIDE:
        told = everything(client, who)
        for name in ("incident", "task", "hazard", "notice", "drill_incident", "drill_task", "drill_hazard"):
            assert cast.noise[name] not in told, who
        assert "噪声" not in told, who


def test_it_lists_them_to_those_whose_business_it_is(client: Doors, cast: County) -> None:
    for who in ("county_duty", "noise_duty", "wall", "planner", "county_leader"):
        told = everything(client, who)
        assert cast.noise["incident"] in told, who
        assert cast.noise["task"] in told, who
        assert cast.noise["hazard"] in told, who
        assert cast.noise["drill_incident"] not in told, who


READS = (
    "/incidents/{incident}", "/incidents/{incident}/timeline", "/incidents/{incident}/timeline-export", "/incidents/{incident}/suggestions",
    "/incidents/{incident}/caller", "/incidents/{incident}/impact",
    "/tasks/{task}", "/teams/{team}", "/teams/{team}/trail", "/figures/{figure}", "/reports/{report}", "/alarms/{alarm}",
    "/hazards/{hazard}", "/hazards/{hazard}/timeline", "/hazards/{hazard}/people", "/hazard_notices/{notice}",
    "/inspections/{inspection}", "/inspection_rounds/{round}",
    "/risk_points/{risk}", "/cameras/{camera}",
)  # fmt: skip


def things(client: Doors, cast: County) -> dict[str, str]:
    """One noise thing of each kind."""
    found = {
        name: cast.noise[name]
        for name in ("incident", "task", "hazard", "notice", "risk", "inspection", "round", "camera")
    }
    found["team"] = cast.teams["noise_team"]
    for name in ("figure", "report", "alarm"):
        found[name] = client.get("county_duty", f"/{name}s?incident_id={found['incident']}").json["items"][0][
            "id"
        ]
    return found


def test_it_reads_as_if_it_did_not_exist(client: Doors, cast: County) -> None:
    named = things(client, cast)
    for path in READS:
        assert client.get("county_duty", path.format(**named)).status_code == 200, path
        seen = client.get("town_duty", path.format(**named))
        nothing = client.get("town_duty", path.format(**dict.fromkeys(named, new_id())))
        assert seen.status_code == nothing.status_code == 404, path
        assert seen.json == nothing.json, path


def test_it_has_a_test_for_every_read_of_one_thing() -> None:
    """A new question about one thing, or a new kind with an address, must be added above."""
    asked = {
        query.http.removeprefix("GET ") for query in QUERIES.values() if query.http and "{id}" in query.http
    }
    asked |= {f"/{kind.path}/{{id}}" for kind in KINDS.values() if kind.path}
    tested = {path.replace("{" + path.split("{")[1].split("}")[0] + "}", "{id}") for path in READS}
    # registers, what leaves the house and what is written back: their readers are tested in tests/centres,
    # tests/core/test_drills.py, tests/core/test_deliveries.py and tests/core/test_replies.py; areas, roads, their posts,
    # closures, danger areas and named places are everybody's; imports are tested in
    # tests/imports, drawings in tests/incidents/test_drawings.py, who watched a camera in tests/cameras/test_viewing.py,
    # entries into danger areas and admissions in tests/dangers/test_entries.py, shifts, handovers, the log and roll-calls in tests/duty,
    # instructions in tests/instructions, plans, responses and consultations in tests/plans, reports in tests/sitreps,
    # warnings in tests/warnings, call-outs in tests/callout, decisions in tests/decisions, evacuations in tests/evacuation,
    # tracks in tests/tracks, destructions in tests/destruction, response files and what stands before them in tests/archive,
    # requisitions in tests/requisitions, needs and forces in tests/needs
    public = {
        "/areas/{id}",
        "/road_nets/{id}",
        "/named-places/{id}",
        "/imports/{id}/report",
        "/imports/{id}",
        "/drawings/{id}",
        "/closures/{id}",
        "/callouts/{id}",
        "/callouts/{id}/export",
        "/callouts/{id}/measures",
        "/callout_lists/{id}",
        "/callout_lists/{id}/robo",
        "/callout_people/{id}",
        "/callout_people/{id}/numbers",
        "/camera_viewings/{id}",
        "/camera_viewings/{id}/note",
        "/camera_viewings/{id}/stream",
        "/danger_areas/{id}",
        "/danger_entries/{id}",
        "/danger_admissions/{id}",
        "/deliveries/{id}",
        "/duty/{id}",
        "/duty_handovers/{id}",
        "/duty_notes/{id}",
        "/duty_notes/{id}/person",
        "/duty_checks/{id}",
        "/decisions/{id}",
        "/destructions/{id}",
        "/archive_files/{id}",
        "/archive_files/{id}/verify",
        "/incidents/{id}/gates",
        "/instructions/{id}",
        "/needs/{id}",
        "/needs/{id}/notice",
        "/forces/{id}",
        "/forces/{id}/person",
        "/plans/{id}",
        "/responses/{id}",
        "/consultations/{id}",
        "/reportings/{id}",
        "/sitreps/{id}",
        "/sitreps/{id}/paper",
        "/incidents/{id}/told",
        "/info_requests/{id}",
        "/info_requests/{id}/caller",
        "/warnings/{id}",
        "/tracks/{id}",
        "/opinions/{id}",
        "/statements/{id}",
        "/statements/{id}/paper",
        "/families/{id}",
        "/care_cases/{id}",
        "/care_cases/{id}/notes",
        "/incidents/{id}/tracks",
        "/incidents/{id}/family-people",
        "/cap_messages/{id}",
        "/evacuation_zones/{id}",
        "/evacuation_zones/{id}/keeper",
        "/evacuations/{id}",
        "/evacuations/{id}/table",
        "/evacuations/{id}/people",
        "/evacuated_zones/{id}",
        "/evacuated_zones/{id}/people",
        "/evacuation_destinations/{id}",
        "/evacuation_counts/{id}",
        "/evacuation_refusals/{id}",
        "/requisitions/{id}",
        "/requisitions/{id}/owner",
        "/replies/{id}",
        "/replies/{id}/words",
        "/road-posts/{id}",
        "/teams/{id}/leaders",
        "/centres/{id}",
        "/centres/{id}/posts/{post}/private",
        "/users/{id}",
        "/users/{id}/access",
        "/devices/{id}",
        "/worlds/{id}",
        "/settings/{id}",
        "/links/{id}",
    }
    assert asked - public == tested


def test_it_refuses_lists_to_roles_that_may_not_read_them(client: Doors) -> None:
    assert client.get("keeper", "/incidents").status_code == 403
    assert client.get("evaluator", "/tasks").status_code == 403
    assert client.get("county_duty", "/settings").status_code == 200
    assert client.get("town_team", "/settings").status_code == 403
    assert client.get("county_duty", "/users").status_code == 403
    for who in ("auditor", "security", "admin"):
        assert len(client.get(who, "/users").json["items"]) > 10, who


def test_it_shows_a_team_only_itself_and_its_own_tasks(client: Doors, cast: County) -> None:
    incident = cast.open("county_duty")["id"]
    mine, other = cast.order("county_duty", incident, "town_team", "other_team")
    assert [one["id"] for one in client.get("town_team", "/teams").json["items"]] == [cast.teams["town_team"]]
    assert [one["id"] for one in client.get("town_team", "/tasks").json["items"]] == [mine["id"]]
    assert [one["id"] for one in client.get("town_team", "/incidents").json["items"]] == [incident]
    assert client.get("town_team", f"/tasks/{other['id']}").status_code == 404
    assert client.get("town_team", "/figures").json["items"] == []


def test_it_tells_a_team_only_its_own_part_of_the_timeline(client: Doors, cast: County) -> None:
    incident = cast.open("county_duty")["id"]
    cast.do("county_duty", "incident.report", {"id": incident, "text": "先前的话"})
    mine, other = cast.order("county_duty", incident, "town_team", "other_team")
    cast.step("other_team", other["id"], "accepted")
    whole = client.get("county_duty", f"/incidents/{incident}/timeline").text
    part = client.get("town_team", f"/incidents/{incident}/timeline").text
    assert "先前的话" in whole
    assert other["id"] in whole
    assert "先前的话" not in part
    assert other["id"] not in part
    assert mine["id"] in part


def test_it_suggests_to_a_township_only_teams_that_it_may_order(client: Doors, cast: County) -> None:
    incident = cast.open()["id"]
    told = client.get("town_duty", f"/incidents/{incident}/suggestions").json
    named = {one["team"]["id"] for one in told["items"]} | {one["team"]["id"] for one in told["left_out"]}
    assert named <= {cast.teams["town_team"], cast.teams["town_team2"]}
    assert named
    county = client.get("county_duty", f"/incidents/{incident}/suggestions").json
    assert cast.teams["county_team"] in {one["team"]["id"] for one in county["items"]}


def test_it_finds_no_similar_call_of_another_township(client: Doors) -> None:
    asked = "/incidents/similar?kind=forest_fire&village_code=140429105200"
    assert "噪声" in client.get("county_duty", asked).text
    assert client.get("town_duty", asked).json["items"] == []


def test_it_reads_the_journal_only_to_auditors_and_the_county(client: Doors, cast: County) -> None:
    for who in ("town_duty", "town_team", "planner", "wall"):
        answer = client.get(who, "/journal")
        assert answer.status_code == 403 or "噪声" not in answer.text, who
    assert client.get("auditor", "/journal").status_code == 200


def test_it_hides_what_was_shared_once_the_share_ends(client: Doors, cast: County) -> None:
    incident = cast.open()["id"]
    assert client.get("other_duty", f"/incidents/{incident}").status_code == 404
    cast.do("town_duty", "incident.share", {"id": incident, "centre": "140429101"})
    assert client.get("other_duty", f"/incidents/{incident}").status_code == 200
    cast.do("town_duty", "incident.unshare", {"id": incident, "centre": "140429101"})
    for path in ("", "/timeline", "/suggestions", "/caller"):
        assert client.get("other_duty", f"/incidents/{incident}{path}").status_code == 404
    assert client.get("other_duty", "/incidents").json["items"] == []


def test_it_lets_a_share_end_by_itself(cast: County) -> None:
    from datetime import timedelta

    from command.core import clock, due, jobs

    incident = cast.open()["id"]
    until = clock.wire(clock.real() + timedelta(hours=1))
    cast.do("town_duty", "incident.share", {"id": incident, "centre": "140429101", "until": until})
    audience = "centre:140429101"
    assert audience in cast.do("town_duty", "incident.grade", {"id": incident, "level": "IV"})["audience"]
    key = (0, f"unshare:{incident}:140429101")

    def bring_forward(session: Any) -> None:
        session.get(due.Due, key).at = clock.real() - timedelta(seconds=1)

    cast.node.database.write(bring_forward, world=0)
    assert jobs.run_due(cast.node) >= 1  # the noise's own promises may be due by now
    assert cast.node.database.read(lambda session: session.get(due.Due, key), world=None) is None
    assert (
        audience not in cast.do("town_duty", "incident.grade", {"id": incident, "level": "III"})["audience"]
    )


def test_it_never_shows_another_townships_code_in_a_snapshot(cast: County) -> None:
    from command.core import records

    def held(topic: str) -> list[dict[str, Any]]:
        return cast.node.database.read(lambda session: records.snapshot(session, topic), world=0)

    mine = held("centre:140429100")
    assert cast.noise["incident"] not in {one["record"]["id"] for one in mine}
    assert NOISE not in {one["record"].get("centre") for one in mine}
    assert cast.noise["incident"] in {one["record"]["id"] for one in held(f"centre:{NOISE}")}
