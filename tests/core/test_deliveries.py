"""Deliveries after the journal: made once for each recipient, sent at least once, never too old, and told to a person when not."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from command.core import canonical, clock, gateways
from command.core.access import COUNTY as ALL
from command.core.deliveries import after, jobs, sending
from command.core.deliveries.models import DeliveryWork, Followed
from command.core.deliveries.queries import show_deliveries
from command.core.events import EVENTS
from command.core.gateways import Message, Outcome, Route
from tests.core.office import NUMBER, Office
from tests.county import DRILL, TOWN, County, new_id
from tests.doors import Doors


@pytest.fixture
def office(cast: County) -> Office:
    """The sender's side of the county: numbers on record, a gateway whose answers the test decides."""
    return Office(cast)


def test_it_makes_one_row_for_each_leader_and_entry_however_often_it_follows(office: Office) -> None:
    task = office.order()
    assert office.follow() >= 1
    rows = office.rows(task)
    assert [row.recipient for row in rows] == [f"team:{office.team}:0", f"team:{office.team}:1"]
    assert {(row.state, row.purpose, row.channel, row.centre) for row in rows} == {
        ("waiting", "order", "sms", TOWN)
    }
    end = office.cast.end()
    office.forget_what_was_seen()
    assert office.follow() == 0
    assert office.cast.end() == end


def test_it_makes_nothing_twice_when_the_place_in_the_journal_is_lost(office: Office) -> None:
    """Were the cursor ever set back, the rows are there already."""
    task = office.order()
    office.follow()
    office.cast.node.database.write(lambda s: s.execute(sa.update(Followed).values(seq=0)), world=0)
    office.forget_what_was_seen()
    office.follow()
    assert len(office.rows(task)) == 2


def test_it_makes_each_row_once_with_many_followers_at_once(office: Office) -> None:
    """Should two processes believe that they lead, neither doubles nor loses anything."""
    tasks = [office.order(), office.order(team="county_team", who="county_duty")]
    begin = threading.Barrier(4)
    failed: list[BaseException] = []

    def follower() -> None:
        begin.wait()
        try:
            sending.follow(office.cast.node, {})
        except sa.exc.DBAPIError as error:
            failed.append(error)

    threads = [threading.Thread(target=follower) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [len(office.rows(task)) for task in tasks] == [2, 1]
    made = [row for row in office.cast.entries() if row.type == "delivery.made"]
    assert len({row.record for row in made}) == len(made)
    assert office.cast.flaws() == []


def test_it_makes_nothing_when_it_dies_before_the_commit_and_all_of_it_afterwards(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = office.order()
    from command.core.deliveries import making

    real = making._keep_private

    def die(*arguments: Any) -> None:
        real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "_keep_private", die)
    with pytest.raises(KeyboardInterrupt):
        office.follow()
    monkeypatch.undo()
    assert office.rows(task) == []
    office.forget_what_was_seen()
    office.follow()
    assert len(office.rows(task)) == 2
    assert office.cast.flaws() == []


def test_it_does_not_tell_what_happened_before_it_was_installed(office: Office) -> None:
    office.order()
    office.cast.node.database.write(lambda s: s.execute(sa.delete(Followed)), world=0)
    office.cast.node.database.write(lambda s: sending.begin(s, "x"), world=0)
    office.forget_what_was_seen()
    office.follow()
    assert office.rows() == []


def test_it_says_that_there_is_no_channel_and_pretends_nothing(office: Office) -> None:
    office.use("none")
    task = office.order()
    office.work()
    rows = office.rows(task)
    assert {row.state for row in rows} == {"no_channel"}
    assert rows[0].reason["zh"] == "无短信通道，请电话"
    assert office.sent == []
    assert office.alarms() == []
    assert office.private() == 0


def test_it_says_that_no_number_is_on_record(office: Office) -> None:
    task = office.order(team="town_team2")
    office.work()
    (row,) = office.rows(task)
    assert (row.state, row.reason["zh"]) == ("no_channel", "未登记短信号码，请电话")


def test_it_hands_over_place_kind_contact_who_ordered_and_the_code(office: Office) -> None:
    task = office.order(order="转移群众", on_scene={"name": "村主任", "phone": "6201"})
    office.work()
    assert [message.to for message in office.sent] == [NUMBER, "13900000002"]
    text = office.sent[0].text
    for said in ("丰州综合队", "山洪", "东坪社区", "转移群众", "村主任 6201", "甲 town_duty", "前接令"):
        assert said in text, text
    assert office.task(task)["number"] in text
    rows = office.rows(task)
    assert {row.state for row in rows} == {"handed"}
    assert rows[0].handed_at is not None
    assert rows[0].reference == "m1"


def test_it_keeps_numbers_and_words_out_of_the_journal_and_of_every_plain_column(office: Office) -> None:
    office.order(order="暗号海棠", on_scene={"name": "甲", "phone": "6201"})
    office.work()
    said = "".join(
        row.record.decode() + row.text.decode() for row in office.cast.entries() if row.kind == "delivery"
    )
    assert said
    assert NUMBER not in said
    assert "暗号海棠" not in said
    numbers = [entry for entry in office.cast.entries() if NUMBER in entry.record.decode()]
    assert numbers == []
    sealed = office.read(lambda s: [row.sealed for row in s.execute(sa.select(DeliveryWork)).scalars()])
    assert sealed
    assert all(NUMBER.encode() not in one and "海棠".encode() not in one for one in sealed)


def test_it_tells_the_screens_each_step(office: Office) -> None:
    task = office.order()
    office.answers = [Outcome("again", "网关忙（503）", "busy"), Outcome("handed"), Outcome("handed")]
    office.work()
    office.ripen()
    office.work()
    office.do("delivery.confirm", {"id": office.rows(task)[0].id, "arrived": True})
    said = [row.type for row in office.cast.entries() if row.kind == "delivery"]
    assert said.count("delivery.made") >= 2
    assert [one for one in said if one != "delivery.made"] == [
        "delivery.tried", "delivery.handed", "delivery.handed", "delivery.confirmed",
    ]  # fmt: skip
    last = next(row for row in reversed(office.cast.entries()) if row.type == "delivery.confirmed")
    assert set(office.cast.topics(last.seq)) == {ALL, f"centre:{TOWN}"}


def test_it_waits_longer_after_each_try_and_gives_up_when_the_next_would_be_too_late(office: Office) -> None:
    task = office.order()
    office.always(Outcome("again", "网关无应答", "no answer"))
    pauses = []
    for _ in range(4):
        office.work()
        row = office.rows(task)[0]
        assert row.state == "trying"
        assert row.next_at is not None
        pauses.append(round((row.next_at - clock.real()).total_seconds()))
        office.ripen()
    assert pauses == pytest.approx([5, 15, 30, 60], abs=3)
    office.age(timedelta(seconds=-30))  # half a minute is left, and the next try would be in two
    office.work()
    row = office.rows(task)[0]
    assert row.state == "failed"
    assert row.reason["zh"] == "网关无应答"
    assert row.live


def test_it_does_not_send_what_is_too_old_but_lists_it_as_missed(office: Office) -> None:
    task = office.order()
    office.follow()
    office.age(timedelta(hours=6))
    office.work()
    rows = office.rows(task)
    assert {row.state for row in rows} == {"missed"}
    assert office.sent == []
    listed = office.listed("town_duty", "missed")
    assert {row["id"] for row in listed} == {row.id for row in rows}


def test_it_lists_as_missed_what_it_comes_to_only_after_its_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server was down for six hours: the siren is not sounded now."""
    task = office.order()
    real = clock.real()
    monkeypatch.setattr(clock, "real", lambda: real + timedelta(hours=6))
    office.work()
    assert {row.state for row in office.rows(task)} == {"missed"}
    assert office.sent == []


def test_it_sends_nothing_when_the_clock_steps_by_a_year(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.order()
    office.follow()
    real = clock.real()
    monkeypatch.setattr(clock, "real", lambda: real + timedelta(days=365))
    office.work()
    assert office.sent == []


def test_it_lets_a_worker_that_lost_its_lease_write_nothing(office: Office) -> None:
    task = office.order()
    office.follow()
    one = next(r for r in sending.ripe(office.cast.node) if r.id == office.rows(task)[0].id)
    first, second = new_id(), new_id()
    assert sending.claim(office.house, one, first) is not None
    assert sending.claim(office.house, one, second) is None, "held"
    office.lapse()
    assert sending.claim(office.house, one, second) is not None, "its time ran out"
    late = office.settle(one.id, first, "handed")
    assert late.status == 409
    assert office.rows(task)[0].state == "waiting"
    assert office.settle(one.id, second, "handed").ok
    assert office.rows(task)[0].state == "handed"
    assert office.settle(one.id, second, "handed").status == 409, "a lease is used once"


def test_it_is_claimed_by_one_of_many_workers(office: Office) -> None:
    task = office.order()
    office.follow()
    wanted = office.rows(task)[0].id
    one = next(r for r in sending.ripe(office.cast.node) if r.id == wanted)
    taken: list[object] = []
    begin = threading.Barrier(6)

    def worker() -> None:
        begin.wait()
        if sending.claim(office.house, one, new_id()) is not None:
            taken.append(one)

    threads = [threading.Thread(target=worker) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


def test_it_sends_again_after_a_crash_between_the_gateway_and_the_outcome_with_the_same_id(
    office: Office,
) -> None:
    task = office.order()
    office.follow()
    one = next(r for r in sending.ripe(office.cast.node) if r.id == office.rows(task)[0].id)

    def die(*arguments: Any) -> Outcome:
        office.beside(*arguments)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sending.attempt(office.house, one, die)
    assert [message.id for message in office.sent] == [one.id]
    assert sending.attempt(office.house, one, office.beside) is None, "the lease still runs"
    office.lapse()
    assert sending.attempt(office.house, one, office.beside) == "handed"
    assert [message.id for message in office.sent] == [one.id, one.id]


def test_it_takes_what_a_gateway_throws_for_no_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = office.order()

    def broken(message: Message, route: Route) -> Outcome:
        raise ValueError("a gateway's own bug")

    monkeypatch.setitem(gateways.GATEWAYS, "webhook", broken)
    office.work()
    assert {row.state for row in office.rows(task)} == {"trying"}


def test_it_makes_a_dead_letter_of_an_entry_that_cannot_be_worked_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One bad entry does not stop the ones behind it, and a person hears of it."""

    def broken(tx: Any, told: Any) -> Any:
        raise KeyError("nobody foresaw this")

    monkeypatch.setitem(after._followers, "incident.graded", [broken])
    bad = office.cast.open()["id"]
    office.cast.do("county_duty", "incident.grade", {"id": bad, "level": "III"})
    task = office.order()
    office.work()
    assert {row.state for row in office.rows(task)} == {"handed"}
    (dead,) = [row for row in office.rows() if row.purpose == "unknown"]
    assert (dead.state, dead.live) == ("failed", True)
    assert any(alarm["cause"] == f"unsent:{dead.about_id}" for alarm in office.alarms())


def test_it_calls_off_the_sms_of_an_order_that_was_recalled_before_it_went(office: Office) -> None:
    task = office.order()
    office.follow()
    office.cast.step("town_duty", task, "recalled")
    office.work()
    by = {(row.purpose, row.state) for row in office.rows(task)}
    assert by == {("order", "cancelled"), ("recall", "handed")}
    assert ["召回" in message.text for message in office.sent] == [True, True]


def test_it_does_not_even_begin_an_order_that_was_taken_back_at_once(office: Office) -> None:
    task = office.order()
    office.cast.step("town_duty", task, "cancelled")
    office.work()
    assert office.rows(task) == []


def test_it_tells_of_a_cancelled_order_who_heard_of_it(office: Office) -> None:
    task = office.order()
    office.work()
    office.cast.step("town_duty", task, "cancelled", reason="误派")
    office.work()
    texts = [message.text for message in office.sent if "任务撤销" in message.text]
    assert len(texts) == 2
    assert "误派" in texts[0]


def test_it_does_not_retry_an_attempt_that_was_on_its_way_when_it_was_recalled(office: Office) -> None:
    task = office.order()
    office.follow()
    one = next(r for r in sending.ripe(office.cast.node) if r.id == office.rows(task)[0].id)

    def meanwhile(*arguments: Any) -> Outcome:
        office.cast.step("town_duty", task, "recalled")
        return Outcome("again", "网关无应答", "no answer")

    sending.attempt(office.house, one, meanwhile)
    row = next(row for row in office.rows(task) if row.id == one.id)
    assert (row.state, row.live) == ("cancelled", False)


def test_it_says_that_an_sms_went_out_although_it_was_recalled_meanwhile(office: Office) -> None:
    task = office.order()
    office.follow()
    one = next(r for r in sending.ripe(office.cast.node) if r.id == office.rows(task)[0].id)

    def meanwhile(*arguments: Any) -> Outcome:
        office.cast.step("town_duty", task, "recalled")
        return Outcome("handed")

    sending.attempt(office.house, one, meanwhile)
    assert next(row for row in office.rows(task) if row.id == one.id).state == "handed"


def test_it_calls_for_evacuation_at_once_before_all_that_waits(office: Office) -> None:
    task = office.order()
    office.work()
    office.cast.step("town_team", task, "on_scene")
    office.order(team="county_team", who="county_duty")
    office.cast.step("town_duty", task, "evacuated", reason="坝体裂缝")
    office.follow()
    office.sent.clear()
    office.work()
    assert office.sent[0].purpose == "evacuate"
    assert "紧急撤离" in office.sent[0].text
    assert "坝体裂缝" in office.sent[0].text


def test_it_tells_a_team_nothing_that_the_team_itself_reported(office: Office) -> None:
    task = office.order()
    office.work()
    office.cast.step("town_team", task, "on_scene")
    office.cast.step("town_team", task, "evacuated")
    office.cast.step(
        "town_duty",
        task,
        "enroute",
        at=clock.wire(clock.real()),
        by_proxy={"person": "队长", "channel": "电台"},
    )
    office.work()
    assert {row.purpose for row in office.rows(task)} == {"order"}


def test_it_leaves_the_screens_when_the_order_is_answered(office: Office) -> None:
    task = office.order()
    office.work()
    office.cast.step("town_team", task, "accepted")
    assert all(not row.live for row in office.rows(task))
    assert office.private() == 0


def test_it_alarms_when_an_order_reached_nobody_and_ends_it_when_somebody_answers(office: Office) -> None:
    task = office.order(life_risk="people")
    office.always(Outcome("refused", "网关拒收（400）", "refused"))
    office.work()
    assert {row.state for row in office.rows(task)} == {"failed"}
    (alarm,) = office.alarms()
    assert (alarm["rank"], alarm["life_risk"], alarm["task_id"]) == (1, True, task)
    assert "请电话" in alarm["detail"]["zh"]
    office.cast.step("town_team", task, "accepted")
    assert office.alarms() == []


def test_it_does_not_alarm_while_another_number_may_still_be_reached(office: Office) -> None:
    office.order()
    office.answers = [Outcome("refused", "空号", "unknown number"), Outcome("handed")]
    office.work()
    assert office.alarms() == []


def test_it_sends_again_by_hand_with_a_new_time_and_the_alarm_ends(office: Office) -> None:
    task = office.order()
    office.always(Outcome("refused", "网关拒收", "refused"))
    office.work()
    assert len(office.alarms()) == 1
    office.always(None)
    for row in office.rows(task):
        again = office.cast.do("town_duty", "delivery.retry", {"id": row.id})
        assert (again["state"], again["tries"]) == ("waiting", 0)
    office.work()
    assert {row.state for row in office.rows(task)} == {"handed"}
    assert office.alarms() == []


def test_it_does_not_send_again_what_is_settled(office: Office) -> None:
    task = office.order()
    office.always(Outcome("refused", "网关拒收", "refused"))
    office.work()
    row = office.rows(task)[0]
    office.cast.step("town_team", task, "accepted")
    assert office.cast.act("town_duty", "delivery.retry", {"id": row.id}).status == 409


def test_it_takes_a_dead_letter_off_the_list_when_somebody_took_note(office: Office) -> None:
    task = office.order()
    office.always(Outcome("refused", "网关拒收", "refused"))
    office.work()
    for row in office.rows(task):
        office.cast.do("town_duty", "delivery.acknowledge", {"id": row.id})
    assert {(row.state, row.live, row.acknowledged_by) for row in office.rows(task)} == {
        ("failed", False, "甲 town_duty")
    }
    assert office.alarms() == []
    assert office.cast.act("town_duty", "delivery.retry", {"id": row.id}).status == 409


def test_it_shows_a_list_by_state_and_centre_and_only_ones_own(office: Office, client: Doors) -> None:
    task = office.order()
    office.always(Outcome("refused", "网关拒收", "refused"))
    office.work()
    ids = {row.id for row in office.rows(task)}
    assert {
        one["id"] for one in client.get("town_duty", "/deliveries?state=failed,missed").json["items"]
    } == ids
    assert client.get("town_duty", "/deliveries?state=handed").json["items"] == []
    assert ids <= {one["id"] for one in client.get("county_duty", f"/deliveries?centre={TOWN}").json["items"]}
    assert client.get("other_duty", "/deliveries").json["items"] == []
    one = next(iter(ids))
    assert client.ask("other_duty", "GET", f"/deliveries/{one}").status_code == 404
    assert client.ask("town_team", "GET", "/deliveries").status_code == 403


def test_it_confirms_or_fails_what_the_gateway_reports_later(office: Office) -> None:
    task = office.order()
    office.work()
    first, second = office.rows(task)
    office.do("delivery.confirm", {"id": first.id, "arrived": True})
    office.do("delivery.confirm", {"id": first.id, "arrived": False})
    office.do(
        "delivery.confirm",
        {"id": second.id, "arrived": False, "reason": {"zh": "空号", "en": "no such number"}},
    )
    assert [(row.state, row.reason.get("zh")) for row in office.rows(task)] == [
        ("confirmed", None),
        ("failed", "空号"),
    ]


def test_it_wakes_the_leader_on_duty_when_nobody_takes_an_alarm_of_the_first_rank(office: Office) -> None:
    office.leader(TOWN, "13811110000")
    alarm = office.raise_alarm()
    office.do("alarm.escalate", {"id": alarm})
    office.work()
    assert [(message.to, message.purpose) for message in office.sent] == [("13811110000", "alarm")]
    assert "一级告警无人确认" in office.sent[0].text
    (row,) = office.rows(alarm)
    assert row.whom["zh"].endswith("带班领导")
    office.cast.do("town_duty", "alarm.acknowledge", {"id": alarm})
    assert office.rows(alarm)[0].live is False


def test_it_wakes_nobody_when_the_alarm_was_taken_in_time(office: Office) -> None:
    office.leader(TOWN, "13811110000")
    alarm = office.raise_alarm()
    assert office.promised(alarm)
    office.cast.do("town_duty", "alarm.acknowledge", {"id": alarm})
    assert not office.promised(alarm)
    office.do("alarm.escalate", {"id": alarm})
    office.work()
    assert office.sent == []


def test_it_tells_the_desk_that_the_leader_was_not_told(office: Office) -> None:
    office.leader(TOWN, "13811110000")
    alarm = office.raise_alarm()
    office.always(Outcome("refused", "空号", "no such number"))
    office.do("alarm.escalate", {"id": alarm})
    office.work()
    assert any(one["cause"] == f"unsent:{alarm}" and one["rank"] == 2 for one in office.alarms())


def test_it_pretends_in_a_drill_and_says_so_first_of_all(office: Office) -> None:
    incident = office.cast.open(world=DRILL)["id"]
    made = office.cast.do(
        "county_duty", "task.order", {"id": incident, "team_ids": [office.team]}, world=DRILL
    )
    office.work()
    rows = office.rows(made["items"][0]["id"], world=DRILL)
    assert {(row.state, row.gateway) for row in rows} == {("handed", "simulator")}
    assert office.sent == [], "the real gateway hears nothing of a drill"
    lines = [one for one in office.outbox() if one["to"] == NUMBER]
    assert len(lines) == 1
    assert lines[0]["text"].startswith("【演练】")
    assert lines[0]["simulated"] is True
    assert lines[0]["world"] == DRILL


def test_it_writes_the_simulators_box_for_its_owner_only(office: Office) -> None:
    office.use("simulator")
    task = office.order()
    office.work()
    (file,) = (office.cast.node.data_dir / "outbox").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    row = office.rows(task)[0]
    assert (row.state, row.gateway) == ("handed", "simulator")
    assert "未真正发出" in row.reason["zh"]
    said = [canonical.load(e.text)["zh"] for e in office.cast.entries() if e.type == "delivery.handed"]
    assert all("（模拟）" in one for one in said)


def test_it_closes_what_ended_long_ago_and_keeps_what_a_person_must_see(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.answers = [Outcome("handed"), Outcome("refused", "空号", "no such number")]
    task = office.order()
    office.work()
    jobs.sweep(office.cast.node)
    assert [row.live for row in office.rows(task)] == [True, True]
    real = clock.real()
    monkeypatch.setattr(clock, "real", lambda: real + timedelta(hours=3))
    jobs.sweep(office.cast.node)
    assert [(row.state, row.live) for row in office.rows(task)] == [("handed", False), ("failed", True)]


def test_it_shows_every_delivery_event_in_both_languages(office: Office) -> None:
    task = office.order()
    office.work()
    row = office.rows(task)[0]
    shown = office.read(lambda s: show_deliveries(s, [row]))[0]
    for type_, event in EVENTS.items():
        if event.kind == "delivery" and type_ != "delivery.closed":
            text = event(record=shown).text()
            assert text["zh"]
            assert text["en"]


def test_it_keeps_a_teams_numbers_sealed_and_logs_who_reads_them(office: Office, client: Doors) -> None:
    told = client.get("town_duty", f"/teams/{office.team}/leaders").json["items"]
    assert [one["number"] for one in told] == [NUMBER, "13900000002"]
    read = office.read(lambda s: s.connection().exec_driver_sql("select what, thing from access_entry").all())
    assert ("team_leaders", office.team) in [tuple(row) for row in read]
    assert client.ask("other_duty", "GET", f"/teams/{office.team}/leaders").status_code == 404
    assert client.ask("town_team", "GET", f"/teams/{office.team}/leaders").status_code == 403
