"""The sender's side for tests: a county with numbers on record, and a gateway whose answers the test decides."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.alarms.models import Alarm
from command.centres.models import Centre
from command.core import clock, due, gateways, ids, listing, records
from command.core.deliveries import sending
from command.core.deliveries.models import Delivery, DeliveryWork
from command.core.deliveries.sending import House
from command.core.gateways import Message, Outcome, Route
from command.core.receipts import Answer
from tests.county import COUNTY, County

NUMBER = "13900000001"
T = TypeVar("T")


class Office:
    """The team `town_team` with two leaders on record; `sent` is what the gateway took in its hands."""

    def __init__(self, cast: County, kind: str = "webhook") -> None:
        self.cast = cast
        self.team = cast.teams["town_team"]
        self.sent: list[Message] = []
        self.answers: list[Outcome] = []
        self.forever: Outcome | None = None
        self.house = House(cast.node, "a secret of the gateway")
        self.seen: dict[int, int] = {}
        leaders = [{"name": "队长", "number": NUMBER}, {"name": "副队长", "number": "13900000002"}]
        cast.do("town_duty", "team.leaders", {"id": self.team, "leaders": leaders})
        self.use(kind)
        self.work()
        self.sent.clear()

    def use(self, kind: str) -> None:
        """Choose the county's SMS gateway."""
        self.cast.do("admin", "setting.set", {"name": "gateway.sms", "centre": COUNTY, "value": kind})

    def always(self, outcome: Outcome | None) -> None:
        """What the gateway answers from now on."""
        self.forever = outcome

    def beside(self, function: Any, kind: str, message: Message, route: Route) -> Outcome:
        """Instead of a native thread: the simulator and a replaced gateway are the real ones, the webhook is ours."""
        if kind != "webhook" or gateways.GATEWAYS[kind].__name__ != "post":
            outcome: Outcome = function(kind, message, route)
            return outcome
        self.sent.append(message)
        if self.forever is not None:
            return self.forever
        return self.answers.pop(0) if self.answers else Outcome("handed", reference=f"m{len(self.sent)}")

    def follow(self) -> int:
        """Follow the journal; how often it acted."""
        return sending.follow(self.cast.node, self.seen)

    def forget_what_was_seen(self) -> None:
        """As a process that starts anew."""
        self.seen.clear()

    def work(self) -> None:
        """Follow, and work through all that is ripe."""
        self.follow()
        while found := sending.ripe(self.cast.node):
            for one in found:
                if one.expired:
                    sending.give_up(self.cast.node, one)
                else:
                    sending.attempt(self.house, one, self.beside)
            self.follow()

    def order(
        self, *, who: str = "town_duty", team: str = "town_team", order: str | None = None, **incident: Any
    ) -> str:
        """Order a team to a fresh incident; the task."""
        scene = incident.pop("on_scene", None)
        thing = self.cast.open(**incident)
        if scene:
            body = {"id": thing["id"], "on_scene": scene}
            self.cast.do("town_duty", "incident.edit", body, version=thing["version"])
        made: str = self.cast.order(who, thing["id"], team, order=order)[0]["id"]
        return made

    def task(self, task: str) -> dict[str, Any]:
        """A task as it is."""

        def read(session: Session) -> dict[str, Any]:
            row = records.find(session, "task", task, self.cast.actor("system"))
            shown: dict[str, Any] = records.show(session, "task", row).model_dump()
            return shown

        return self.read(read)

    def rows(self, about: str | None = None, world: int = 0) -> list[Delivery]:
        """The deliveries about a thing, or all but the noise's, in the order in which they were made."""
        query = sa.select(Delivery).order_by(Delivery.entry, Delivery.recipient)
        mine = (
            query.where(Delivery.about_id == about)
            if about
            else query.where(Delivery.about_id != self.cast.noise["task"])
        )
        return self.cast.node.database.read(lambda s: list(s.execute(mine).scalars()), world=world)

    def read(self, job: Callable[[Session], T]) -> T:
        """Read in life."""
        return self.cast.node.database.read(job, world=0)

    def do(self, name: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        """Act as the system."""
        return self.cast.do("system", name, payload)

    def settle(self, delivery: str, lease: str, outcome: str) -> Answer:
        """Bring an outcome under a lease."""
        payload = {"id": delivery, "lease": lease, "gateway": "webhook", "outcome": outcome}
        return self.cast.act("system", "delivery.settle", payload)

    def private(self) -> int:
        """How many sealed rows there are."""
        return self.read(
            lambda s: s.execute(sa.select(sa.func.count()).select_from(DeliveryWork)).scalar_one()
        )

    def ripen(self) -> None:
        """What waits for its next try may be tried now; its age is what it was."""
        self._set(next_at=clock.real() - timedelta(seconds=1), where=DeliveryWork.next_at.is_not(None))

    def lapse(self) -> None:
        """Every lease runs out."""
        self._set(lease_until=clock.real() - timedelta(seconds=1), where=DeliveryWork.lease.is_not(None))

    def age(self, by: timedelta) -> None:
        """What waits is older by so much."""
        self._set(expires_at=clock.real() - by, where=sa.true())

    def _set(self, *, where: Any, **values: Any) -> None:
        change = sa.update(DeliveryWork).where(where).values(**values)
        self.cast.node.database.write(lambda s: s.execute(change), world=0)

    def listed(self, who: str, states: str) -> list[dict[str, Any]]:
        """The list as somebody reads it."""
        kind, actor = records.KINDS["delivery"], self.cast.actor(who)
        asked = listing.parse(kind, {"state": states})
        items: list[dict[str, Any]] = self.read(lambda s: listing.page(s, kind, actor, asked))["items"]
        return items

    def alarms(self) -> list[dict[str, Any]]:
        """The live alarms that are about what did not go out."""

        def read(session: Session) -> list[dict[str, Any]]:
            rows = session.execute(
                sa.select(Alarm).where(Alarm.live, Alarm.cause.startswith("unsent:"))
            ).scalars()
            return [one.model_dump() for one in records.KINDS["alarm"].show(session, list(rows))]

        return self.read(read)

    def raise_alarm(self) -> str:
        """An alarm of the first rank at the township."""
        body = {
            "cause": "test", "rank": 1, "title": {"zh": "水库险情", "en": "reservoir"}, "centre": "140429100",
            "parties": ["county", "centre:140429100"],
        }  # fmt: skip
        made: str = self.cast.do("system", "alarm.raise", body)["id"]
        return made

    def promised(self, alarm: str) -> bool:
        """Whether the leader will be told of it."""
        key = f"alarm.escalate:{alarm}"
        return self.read(lambda s: s.get(due.Due, (0, key)) is not None)

    def leader(self, code: str, number: str) -> None:
        """Put the number of a centre's leader on duty on record."""

        def job(session: Session) -> None:
            centre = session.get(Centre, code)
            assert centre is not None
            centre.posts = [
                {"id": "p", "title": "带班领导", "numbers": [number], "deputy": None, "lines": []}
            ]

        self.cast.node.database.write(job, world=0)

    def outbox(self) -> list[dict[str, Any]]:
        """What the simulator wrote."""
        files = sorted((self.cast.node.data_dir / "outbox").glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]

    # what the table of actions asks for

    def unfollowed(self) -> int:
        """An order that was not followed yet; the end of the journal."""
        self.order()
        return self.cast.end()

    def waiting(self, who: str = "town_duty") -> Delivery:
        """The first delivery of an order, not tried yet."""
        task = self.order(who=who)
        self.follow()
        return self.rows(task)[0]

    def claimed(self) -> dict[str, str]:
        """One with its lease, as the worker that holds it says."""
        lease = ids.new_id()
        wanted = self.waiting().id
        one = next(ripe for ripe in sending.ripe(self.cast.node) if ripe.id == wanted)
        assert sending.claim(self.house, one, lease) is not None
        return {"id": wanted, "lease": lease}

    def late(self) -> str:
        """One whose time is over before it was tried."""
        wanted = self.waiting().id
        self.age(timedelta(seconds=1))
        return wanted

    def handed(self) -> Delivery:
        """One that the gateway took."""
        task = self.order()
        self.work()
        return self.rows(task)[0]

    def long_ago(self) -> str:
        """One that the gateway took three hours ago."""
        wanted = self.handed().id
        change = (
            sa.update(Delivery)
            .where(Delivery.id == wanted)
            .values(ended_at=clock.real() - timedelta(hours=3))
        )
        self.cast.node.database.write(lambda s: s.execute(change), world=0)
        return wanted

    def dead(self, who: str = "town_duty") -> Delivery:
        """One that the gateway refused; the team's other leader was reached."""
        self.answers = [Outcome("refused", "空号", "no such number")]
        task = self.order(who=who)
        self.work()
        return self.rows(task)[0]

    def night(self) -> Iterator[str]:
        """Everything that can become of a delivery, one command at a time."""
        task = self.order(team="town_team", title="外发", life_risk="people")
        yield "order"
        self.follow()
        yield "made"
        self.answers = [Outcome("again", "网关忙", "busy"), Outcome("refused", "空号", "no such number")]
        self.work()
        yield "tried, failed"
        self.ripen()
        self.answers = [Outcome("refused", "空号", "no such number")]
        self.work()
        yield "failed, and the desk is alarmed"
        first, second = self.rows(task)
        self.cast.do("town_duty", "delivery.acknowledge", {"id": first.id})
        yield "somebody took note"
        self.cast.do("town_duty", "delivery.retry", {"id": second.id})
        yield "again by hand"
        self.work()
        yield "handed"
        self.do("delivery.confirm", {"id": second.id, "arrived": True})
        yield "confirmed"
        self.cast.step("town_team", task, "accepted")
        yield "accepted: it leaves the screens"
        self.cast.step("town_duty", task, "recalled")
        self.follow()
        yield "recalled"
        self.cast.step("town_team", task, "returned")
        yield "returned before the recall went out"
        self.do("delivery.expire", {"id": self.late()})
        yield "missed"
        self.do("alarm.escalate", {"id": self.raise_alarm()})
        yield "nobody takes an alarm"
        letter = self.cast.do("system", "reply.take", {"number": "13700000009", "text": "桥断了"})["id"]
        yield "a stranger writes"
        self.cast.do("county_duty", "reply.acknowledge", {"id": letter})
        yield "the county read it"
