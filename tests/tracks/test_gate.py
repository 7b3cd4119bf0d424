"""三同步: asked for of social events, of the kinds the county names and where a person takes one up; it holds 归档 back, no more."""

from __future__ import annotations

from typing import Any

from command.core import canonical
from tests.county import COUNTY, FIRE, VILLAGE, County
from tests.doors import Doors
from tests.sitreps.reading import rows
from tests.tracks import ground

END = ("responding", "controlled", "response_ended", "review")


def ended(cast: County, kind: str) -> str:
    """An incident whose response has ended and that is under review: three 三同步 tracks nobody touched do not hold that back."""
    incident = cast.do(
        "town_duty", "incident.open", {"kind": kind, "title": "聚集", "village_code": VILLAGE}
    )["id"]
    for to in END:
        move(cast, incident, to)
    _report_nothing(cast, incident)
    return str(incident)


def _report_nothing(cast: County, incident: str) -> None:
    """What is owed in reports is another gate: it is waived."""
    cast.do("system", "reporting.follow", {"id": incident})
    for row in rows(cast, "reporting"):
        for clock in row["clocks"] if row["incident_id"] == incident else ():
            if clock["state"] in ("running", "overdue"):
                who = "county_duty" if row["centre"] == COUNTY else "town_duty"
                cast.do(
                    who, "reporting.waive", {"id": row["id"], "key": clock["key"], "reason": "已电话说明"}
                )


def move(cast: County, incident: str, to: str) -> Any:
    return cast.act("town_duty", "incident.transition", {"id": incident, "to": to, "reason": "按程序"})


def put(cast: County, incident: str, sort: str, state: str, who: str = "town_duty", **more: Any) -> Any:
    return cast.act(who, "track.set", {"id": incident, "sort": sort, "state": state, **more})


def test_a_social_event_is_archived_when_all_three_are_settled_and_not_before(cast: County) -> None:
    incident, noise = ended(cast, "wage_dispute"), ended(cast, "wage_dispute")
    for sort in ("lawful", "opinion", "order"):
        put(cast, noise, sort, "none", reason="别的事件")
        refused = move(cast, incident, "archived")
        assert refused.status == 409
        said = canonical.load(refused.body)
        assert f"track.{sort}" in [one["code"] for one in said["gates"]]
        assert "三同步" in said["detail"]
        assert put(cast, incident, sort, "none" if sort == "order" else "done", reason="已了结").ok
    assert move(cast, incident, "archived").ok
    assert move(cast, incident, "review").ok, "it is opened again as any other"


def test_it_holds_neither_dismissal_nor_the_end_of_the_response_back(cast: County) -> None:
    for path in (("verifying", "dismissed"), END):
        made = cast.do(
            "town_duty", "incident.open", {"kind": "mass_incident", "title": "聚集", "village_code": VILLAGE}
        )
        for to in path:
            assert move(cast, made["id"], to).ok, to


def test_of_other_kinds_it_is_asked_for_where_the_county_says_so_or_a_person_takes_one_up(
    cast: County,
) -> None:
    plain, named, flagged = ended(cast, FIRE), ended(cast, "gas"), ended(cast, FIRE)
    assert put(cast, flagged, "opinion", "done").ok
    assert move(cast, flagged, "archived").status == 409, "one of the three asks for all three"
    value = {"name": "tracks.three_sync_kinds", "centre": COUNTY, "value": ["coal_mine"]}
    cast.do("admin", "setting.set", value)
    assert move(cast, named, "archived").status == 409
    assert put(cast, plain, "aftermath", "doing").ok, "aftermath is none of the three"
    assert move(cast, plain, "archived").ok


def test_it_says_why_it_does_not_concern_and_waits_for_opinion_items(cast: County) -> None:
    incident = ended(cast, "wage_dispute")
    unsaid = {"id": incident, "sort": "lawful", "state": "none"}
    assert ground.answer(cast, "town_duty", "track.set", unsaid)[0] == 422, "不涉及 says why"
    item = cast.do("town_duty", "opinion.note", {"id": incident, "seen_where": "抖音", "claim": "有人被打"})
    assert put(cast, incident, "opinion", "done").status == 409
    cast.do("town_duty", "opinion.settle", {"id": item["id"], "to": "answered", "text": "已辟谣"})
    assert put(cast, incident, "opinion", "done").ok
    again = {"id": incident, "sort": "opinion", "state": "doing"}
    assert ground.answer(cast, "town_duty", "track.set", again)[0] == 422, "opened again for a reason"
    assert put(cast, incident, "opinion", "doing", reason="又有新帖").ok


def test_whose_track_it_is_sets_it_and_nobody_elses(cast: County) -> None:
    incident = ground.roof_fall(cast)
    for sort in ("insurance", "opinion"):
        assert put(cast, incident, sort, "doing", "publicity_duty").status == (
            403 if sort == "insurance" else 200
        )
    given = {"id": incident, "sort": "insurance", "owner_centre": ground.PUBLICITY, "owner_post": "保险专班"}
    cast.do("county_duty", "track.set", given)
    assert put(cast, incident, "insurance", "done", "publicity_duty").ok
    assert put(cast, incident, "insurance", "done", "other_duty").status == 404
    assert put(cast, incident, "insurance", "done", "county_leader").status == 403


def test_the_slice_that_archives_asks_what_is_owed(client: Doors, cast: County) -> None:
    incident = ended(cast, "wage_dispute")
    board = ground.read(client, "town_duty", f"/incidents/{incident}/tracks")
    assert (board["three_sync"], board["owed"]) == (True, ["lawful", "opinion", "order"])
    assert client.get("other_duty", f"/incidents/{incident}/tracks").status_code == 404
    assert client.get("wall", f"/incidents/{incident}/tracks").status_code == 403


def test_what_hangs_on_a_merged_incident_is_read_where_it_went(cast: County, client: Doors) -> None:
    gone, into = ground.roof_fall(cast), ground.roof_fall(cast)
    noise = ground.roof_fall(cast)
    seen = {"seen_where": "短视频平台", "claim": "有人被埋"}
    ids = [
        client.post("county_duty", f"/incidents/{one}/opinions", seen).json["id"]
        for one in (gone, into, noise)
    ]

    def of(incident: str) -> list[str]:
        items = client.get("county_duty", f"/opinions?incident_id={incident}").json["items"]
        return sorted(one["id"] for one in items)

    cast.do("county_duty", "incident.merge", {"id": gone, "into": into})
    assert of(into) == sorted(ids[:2])
    assert client.get("county_duty", f"/opinions/{ids[0]}").json["incident_id"] == gone, "nothing moved"
    cast.do("county_duty", "incident.unmerge", {"id": gone})
    assert (of(gone), of(into)) == ([ids[0]], [ids[1]])
