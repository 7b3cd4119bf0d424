"""Families and care: no name in the journal, in answers or in records; read by few, each reading logged; destroyed with the rest."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from command.core import canonical
from command.core.live import topics
from command.tracks.models import TrackKey, TrackSecret
from tests.county import County
from tests.doors import Doors
from tests.tracks import ground


def whole(cast: County) -> tuple[str, str, str]:
    """An incident with a family that was told something and somebody in care."""
    incident = ground.roof_fall(cast)
    family = ground.family(cast, incident)
    cast.do("county_duty", "family.tell", {"id": family, "text": "已看到救援通道"})
    case = ground.care(cast, incident)
    cast.do("carer", "care.hold", {"id": case, "note": "梦见井下，睡不着"})
    return incident, family, case


def test_no_name_number_place_or_note_is_in_the_journal_or_in_a_record(client: Doors, cast: County) -> None:
    _, family, case = whole(cast)
    cast.do("county_duty", "family.edit", {"id": family, "lodging": "迎宾楼三零二"})
    told = [one.record + one.text for one in cast.entries()]
    told += [client.get("county_duty", path).data for path in (f"/families/{family}", f"/care_cases/{case}")]
    told += [client.get("carer2", "/care_cases?limit=100").data]
    for marker in ground.MARKERS:
        assert all(marker.encode() not in one for one in told), marker


def test_families_are_read_by_the_home_centre_and_the_county_and_each_reading_is_logged(
    client: Doors, cast: County
) -> None:
    incident, _, _ = whole(cast)
    path = f"/incidents/{incident}/family-people"
    for who in ("county_duty", "town_duty"):
        one = ground.read(client, who, path)["items"][0]
        assert (one["victim"], one["liaison"], one["lodging"]) == (
            ground.VICTIM,
            ground.LIAISON,
            "迎宾楼三零二",
        )
        assert one["tellings"][0]["text"] == "已看到救援通道"
    assert client.get("other_duty", path).status_code == 404
    for who in ("publicity_duty", "carer", "county_leader", "planner", "wall"):
        assert client.get(who, path).status_code == 403, who
    log = ground.read(client, "auditor", "/access-log?what=families")["items"]
    assert len(log) == 2


def test_notes_of_care_are_read_by_the_carer_and_the_named_colleague_alone(
    client: Doors, cast: County
) -> None:
    _, _, case = whole(cast)
    path = f"/care_cases/{case}/notes"
    for who in ("carer", "carer2"):
        found = ground.read(client, who, path)
        assert (found["name"], found["items"][0]["note"]) == ("柳青禾", "梦见井下，睡不着")
    nothing = client.get("carer3", path)
    assert nothing.status_code == 404
    for who in ("county_duty", "county_leader", "admin", "town_duty", "planner", "auditor"):
        assert client.get(who, path).status_code == 403, who
    held = cast.act("carer3", "care.hold", {"id": case, "note": "旁人"})
    assert held.status == 403
    named = {"id": case, "colleague_id": cast.users["carer3"]}
    assert cast.act("carer2", "care.change", named).status == 403, "the carer alone names the colleague"
    stranger = {**named, "colleague_id": cast.users["county_duty"]}
    assert ground.answer(cast, "carer", "care.change", stranger)[0] == 422
    cast.do("carer", "care.change", named)
    assert (client.get("carer3", path).status_code, client.get("carer2", path).status_code) == (200, 404)
    assert len(ground.read(client, "auditor", "/access-log?what=care%20notes")["items"]) == 3


def test_the_room_is_heard_by_who_sees_the_incident_and_reads_tracks_and_by_no_wall(cast: County) -> None:
    incident, _, _ = whole(cast)

    def hears(who: str) -> bool:
        actor = cast.actor(who)
        return cast.node.database.read(lambda s: topics.allowed(s, actor, f"tracks:{incident}"), world=0)

    heard = {who for who in ("county_duty", "town_duty", "publicity_duty", "carer", "county_leader", "planner", "wall",
                             "other_duty", "town_team", "water_duty") if hears(who)}  # fmt: skip
    assert heard == {"county_duty", "town_duty", "publicity_duty", "carer", "county_leader", "planner"}
    said = [
        one for one in cast.entries() if one.kind in ("family", "care_case", "statement", "opinion", "track")
    ]
    assert said
    assert all(set(cast.topics(one.seq)) == {f"tracks:{incident}"} for one in said)
    assert topics.alone("incident", "x") == ["incident:x", "tracks:x"]


def test_erasing_destroys_families_and_notes_and_nothing_of_another_incident(
    client: Doors, cast: County
) -> None:
    incident, family, case = whole(cast)
    other = ground.roof_fall(cast)
    ground.family(cast, other)
    for to in ("responding", "controlled", "response_ended"):
        cast.do("county_duty", "incident.transition", {"id": incident, "to": to, "reason": "结束"})
    cast.do("system", "incident.erase_private", {"id": incident})

    def left(model: Any) -> int:
        of = sa.select(sa.func.count()).select_from(model)
        return cast.node.database.read(
            lambda s: s.execute(of.where(model.incident_id == incident)).scalar_one(), world=0
        )

    assert (left(TrackSecret), left(TrackKey)) == (0, 0)
    assert ground.read(client, "carer", f"/care_cases/{case}/notes")["items"][0].get("note") is None
    assert (
        ground.read(client, "county_duty", f"/incidents/{incident}/family-people")["items"][0].get("victim")
        is None
    )
    assert ground.answer(cast, "county_duty", "family.edit", {"id": family, "lodging": "别处"})[0] == 410
    kept = ground.read(client, "county_duty", f"/incidents/{other}/family-people")["items"][0]
    assert kept["victim"] == ground.VICTIM


def test_a_family_has_one_liaison_and_only_its_centre_and_the_county_enter(cast: County) -> None:
    incident = ground.roof_fall(cast)
    family = ground.family(cast, incident, who="town_duty")
    second = cast.do("county_duty", "family.open", {"id": incident, "victim": "甲某某", "liaison": "乙某某"})
    assert second["number"] == 2
    nobody = {"id": incident, "liaison": "乙某某"}
    assert ground.answer(cast, "county_duty", "family.open", nobody)[0] == 422, "nobody is named"
    assert cast.act("publicity_duty", "family.tell", {"id": family, "text": "某事"}).status == 403
    assert cast.act("other_duty", "family.tell", {"id": family, "text": "某事"}).status == 404
    cast.do("town_duty", "family.notify", {"id": family, "how": "phone"})
    assert cast.act("town_duty", "family.notify", {"id": family, "how": "phone"}).status == 409
    closed = cast.do("town_duty", "family.close", {"id": family, "reason": "已返家"})
    assert closed["state"] == "closed"
    refused = cast.act("town_duty", "family.tell", {"id": family, "text": "某事"})
    assert refused.status == 409
    assert canonical.load(refused.body)["detail"] == "对接已结束"
