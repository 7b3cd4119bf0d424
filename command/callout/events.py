"""What happens to call-outs, and who may hear it. A list is told by count to the desks of the county and its township and to the
wall; the people on it only in its own room, which a desk asks for when it works the list."""

from __future__ import annotations

from typing import ClassVar

from command.callout.contract import CalloutListOut, CalloutOut, CalloutPersonOut
from command.callout.words import OUTCOMES
from command.core.events import Event

ROOM = "callout_list:"


class CalloutEvent(Event):
    kind: ClassVar[str] = "callout"
    record: CalloutOut

    def topics(self) -> frozenset[str]:
        return frozenset(self.record.audience)

    def named(self) -> tuple[str, str]:
        """What it is called in both languages."""
        return self.record.title["zh"], self.record.title["en"]


class CalloutOpened(CalloutEvent):
    type: ClassVar[str] = "callout.opened"

    def text(self) -> dict[str, str]:
        zh, en = self.named()
        return {"zh": f"开始叫应：{zh}", "en": f"Call-out begun: {en}"}


class CalloutWidened(CalloutEvent):
    type: ClassVar[str] = "callout.widened"

    def text(self) -> dict[str, str]:
        zh, en = self.named()
        return {"zh": f"叫应范围扩大：{zh}", "en": f"Call-out widened: {en}"}


class CalloutEnded(CalloutEvent):
    type: ClassVar[str] = "callout.ended"

    def text(self) -> dict[str, str]:
        zh, en = self.named()
        why = self.record.ended_reason
        return {
            "zh": f"{self.record.ended_by} 结束叫应：{zh}" + (f"（{why}）" if why else ""),
            "en": f"{self.record.ended_by} ended the call-out: {en}" + (f" ({why})" if why else ""),
        }


class ListEvent(Event):
    kind: ClassVar[str] = "callout_list"
    record: CalloutListOut

    def topics(self) -> frozenset[str]:
        return frozenset(self.record.audience)

    def text(self) -> dict[str, str]:
        return {}


class ListMade(ListEvent):
    """A centre has a list, or more of it."""

    type: ClassVar[str] = "callout_list.made"


class ListCounted(ListEvent):
    """Other figures."""

    type: ClassVar[str] = "callout_list.counted"


class CalloutClimbed(ListEvent):
    """Some did not answer in time. `said`: superior, door: how many went to which."""

    type: ClassVar[str] = "callout.climbed"

    def text(self) -> dict[str, str]:
        superior, door = self.said.get("superior", 0), self.said.get("door", 0)
        zh = [f"{superior} 人升级至上级责任人"] * bool(superior) + [f"{door} 人须上门"] * bool(door)
        en = [f"{superior} climb to the superior"] * bool(superior) + [f"{door} to the door"] * bool(door)
        return {
            "zh": f"{self.record.name}叫应未应答：{'，'.join(zh)}",
            "en": f"{self.record.name}, no answer: {', '.join(en)}",
        }


class SampleDrawn(ListEvent):
    """Some are called again. `said`: n."""

    type: ClassVar[str] = "callout.sampled"

    def text(self) -> dict[str, str]:
        n = self.said.get("n", 0)
        return {"zh": f"{self.record.name}抽查复叫 {n} 人", "en": f"{self.record.name}: {n} called again"}


class RoboBegun(ListEvent):
    """The machine rings some of a list, by a person's key. `said`: n, by."""

    type: ClassVar[str] = "callout.robo_begun"

    def text(self) -> dict[str, str]:
        n, by = self.said.get("n", 0), self.said.get("by", "")
        return {
            "zh": f"{by} 发起{self.record.name}机器人外呼 {n} 人",
            "en": f"{by} had the machine ring {n} of {self.record.name}",
        }


class PersonEvent(Event):
    """Of a person on a list: the post, never a number."""

    kind: ClassVar[str] = "callout_person"
    record: CalloutPersonOut

    def topics(self) -> frozenset[str]:
        return frozenset({ROOM + self.record.list_id})

    def whom(self) -> str:
        """Place and post."""
        return f"{self.record.place} {self.record.post}"

    def text(self) -> dict[str, str]:
        return {}


class PersonListed(PersonEvent):
    type: ClassVar[str] = "callout_person.listed"


class PersonClimbed(PersonEvent):
    type: ClassVar[str] = "callout_person.climbed"


class PersonRung(PersonEvent):
    """A person asked for a robo-call to them."""

    type: ClassVar[str] = "callout_person.rung"


class PersonRobo(PersonEvent):
    """How far a robo-call came, short of having been made."""

    type: ClassVar[str] = "callout_person.robo"


class PersonSampled(PersonEvent):
    type: ClassVar[str] = "callout_person.sampled"


class PersonAttempted(PersonEvent):
    """An attempt, its correction, or what a re-call heard."""

    type: ClassVar[str] = "callout_person.attempted"

    def text(self) -> dict[str, str]:
        last = self.record.attempts[-1]
        word = OUTCOMES.get(last["outcome"] or "")
        zh, en = (word.zh, word.en) if word else ("撤销误记", "entry taken back")
        proxy = last["by_proxy"]
        more = f"（代报 {proxy['person']} {proxy['channel']}）" if proxy else ""
        also = f" (proxy {proxy['person']}, {proxy['channel']})" if proxy else ""
        again = ("更正：", "corrected: ") if last["corrects"] else ("", "")
        if last["sample"]:
            again = ("复叫：", "called again: ")
        return {"zh": f"{self.whom()} {again[0]}{zh}{more}", "en": f"{self.whom()}: {again[1]}{en}{also}"}
