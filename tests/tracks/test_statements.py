"""Statements: by two persons of two sides, with the figures that were reported; marked when these change; published by a person."""

from __future__ import annotations

from typing import Any

from command.core import canonical
from tests.county import County
from tests.doors import Doors
from tests.sitreps.reading import rows
from tests.tracks import ground


def approve(cast: County, who: str, thing: str) -> Any:
    return cast.act(who, "statement.approve", {"id": thing})


def test_its_figures_are_those_reported_above_or_it_says_which_differ(cast: County) -> None:
    incident = ground.roof_fall(cast)
    thing = ground.draft(cast, incident)
    refused = approve(cast, "county_leader", thing)
    assert "先报送" in canonical.load(refused.body)["detail"], "nobody above knows them"
    ground.tell_above(cast, incident)
    wrong = ground.draft(cast, incident, text="事故造成5人被困、1人死亡，救援正在进行。")
    refused = approve(cast, "county_leader", wrong)
    said = canonical.load(refused.body)
    assert refused.status == 409
    assert said["differs"] == [
        {"field": "dead", "said": 1, "now": None, "told": None},
        {"field": "trapped", "said": 5, "now": 4, "told": 4},
    ]
    assert "被困：稿中 5，报出数 4，已报上级 4" in said["detail"]
    assert approve(cast, "county_leader", thing).ok
    cast.do("county_duty", "incident.casualties", {"id": incident, "trapped": 3, "confirmed": True})
    fresh = ground.draft(cast, incident, text="3人被困，救援正在进行。")
    refused = approve(cast, "publicity_duty", fresh)
    assert "报出数 3，已报上级 4" in canonical.load(refused.body)["detail"], "report above first"
    ground.tell_above(cast, incident)
    assert approve(cast, "publicity_duty", fresh).ok


def test_two_persons_of_two_sides_approve_and_nobody_else(cast: County) -> None:
    incident = ground.roof_fall(cast)
    ground.tell_above(cast, incident)
    cast.do("county_duty", "incident.share", {"id": incident, "centre": "140429-water"})
    thing = ground.draft(cast, incident)
    for who in ("water_duty", "county_duty", "planner", "carer"):
        assert approve(cast, who, thing).status == 403, who
    assert approve(cast, "other_duty", thing).status == 404
    assert approve(cast, "county_leader", thing).ok
    assert approve(cast, "county_leader", thing).status == 409, "its own side once"
    row = rows(cast, "statement")[-1]
    assert (row["state"], sorted(row["approvals"])) == ("reviewing", ["command"])
    published = {"id": thing, "where": "武乡发布", "by": "宣传部王某"}
    assert cast.act("publicity_duty", "statement.record_published", published).status == 409, (
        "one side is not both"
    )
    assert approve(cast, "publicity_duty", thing).ok
    done = cast.do("publicity_duty", "statement.record_published", published)
    assert (done["state"], done["published"][0]["where"]) == ("published", "武乡发布")


def test_other_words_void_what_was_approved(cast: County) -> None:
    incident = ground.roof_fall(cast)
    ground.tell_above(cast, incident)
    thing = ground.approved(cast, incident)
    version = rows(cast, "statement")[-1]["version"]
    body = {"id": thing, "text": "事故造成4人被困。请勿信谣传谣。"}
    changed = cast.do("publicity_duty", "statement.edit", body, version=version)
    assert (changed["state"], changed["approvals"], changed["revision"]) == ("draft", {}, 2)
    assert sorted(changed["past"][0]["approvals"]) == ["command", "publicity"]
    twice = {"id": thing, "text": "4人被困。目前被困3人。"}
    asked = ground.answer(cast, "publicity_duty", "statement.edit", twice, version=changed["version"])
    assert asked[0] == 422
    back = {"id": thing, "to": "draft", "reason": "措辞"}
    assert cast.act("publicity_duty", "statement.move", back).ok


def test_it_is_marked_when_the_figures_change_and_no_longer_when_they_are_the_same(cast: County) -> None:
    incident, other = ground.roof_fall(cast), ground.roof_fall(cast)
    for one in (incident, other):
        ground.tell_above(cast, one)
    thing, noise = ground.approved(cast, incident), ground.approved(cast, other)
    cast.do("county_duty", "incident.casualties", {"id": incident, "trapped": 3})
    known = {one["id"]: one for one in rows(cast, "statement")}
    assert known[thing]["differs"] == [{"field": "trapped", "said": 4, "now": 3}]
    assert known[thing]["stale_since"] is not None
    assert known[noise]["stale_since"] is None
    cast.do("county_duty", "incident.casualties", {"id": incident, "trapped": 4})
    known = {one["id"]: one for one in rows(cast, "statement")}
    assert (known[thing]["differs"], known[thing]["stale_since"]) == ([], None)


def test_no_name_leaves_before_the_family_was_notified(client: Doors, cast: County) -> None:
    incident = ground.roof_fall(cast)
    family = ground.family(cast, incident)
    for text in (f"遇难者{ground.VICTIM}，男。", "遇难者乔 望·山，男。", f"家属{ground.RELATIVE}称"):
        body = {"id": incident, **ground.WORDS, "text": text}
        status, words = ground.answer(cast, "publicity_duty", "statement.draft", body)
        assert status == 422, text
        assert ground.VICTIM not in words
    body = {"id": incident, "title": "通报", "text": "遇难者〔姓名2〕"}
    assert ground.answer(cast, "publicity_duty", "statement.draft", body)[0] == 422, "there is no such family"
    thing = ground.draft(cast, incident, text="遇难者〔姓名1〕，男，46岁。")
    refused = approve(cast, "county_leader", thing)
    assert refused.status == 409
    assert "家属1尚未告知" in canonical.load(refused.body)["detail"]
    assert client.get("publicity_duty", f"/statements/{thing}/paper").status_code == 409
    cast.do("county_duty", "family.notify", {"id": family, "how": "in_person"})
    assert approve(cast, "county_leader", thing).ok
    assert approve(cast, "publicity_duty", thing).ok
    paper = ground.read(client, "publicity_duty", f"/statements/{thing}/paper")
    assert paper["text"] == f"遇难者{ground.VICTIM}，男，46岁。"
    assert "names in a statement" in client.get("auditor", "/access-log").text
    cast.do("county_duty", "incident.transition", {"id": incident, "to": "responding"})
    assert ground.VICTIM not in b"".join(one.record + one.text for one in cast.entries()).decode()
    assert client.get("other_duty", f"/statements/{thing}/paper").status_code == 404
