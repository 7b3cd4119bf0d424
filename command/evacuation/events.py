"""What happens in an evacuation, and who hears it: the county and the township whose people they are. Counts, never names."""

from __future__ import annotations

from typing import Any, ClassVar

from command.core import clock
from command.core.access import COUNTY, centre_party
from command.core.events import Event
from command.evacuation.contract import (
    CountOut,
    DestinationOut,
    EvacuatedZoneOut,
    EvacuationOut,
    RefusalOut,
)
from command.evacuation.words import ARRIVED, FIELDS, OUTCOMES, REASONS


def _numbers(numbers: dict[str, int]) -> tuple[str, str]:
    words = {**FIELDS, **ARRIVED}
    zh = "、".join(f"{words[name].zh} {value}" for name, value in numbers.items())
    return zh, ", ".join(f"{words[name].en} {value}" for name, value in numbers.items())


class EvacuationEvent(Event):
    """Heard by the county and the townships whose people leave, and where its incident is looked at."""

    kind: ClassVar[str] = "evacuation"
    record: EvacuationOut

    def topics(self) -> frozenset[str]:
        row = self.record
        here = {f"incident:{row.incident_id}"} if row.incident_id else set()
        mine = {centre_party(code) for code in row.townships}
        return frozenset({COUNTY, f"evacuation:{row.id}", *mine, *here})


class EvacuationOpened(EvacuationEvent):
    type: ClassVar[str] = "evacuation.opened"

    def text(self) -> dict[str, str]:
        row, who = self.record, self.record.decided[0]
        return {
            "zh": f"决定转移（{who['post']} {who['name']}）：{row.reason}，{row.zones} 个单元",
            "en": f"Evacuation decided ({who['post']} {who['name']}): {row.reason}, {row.zones} zones",
        }


class EvacuationGrew(EvacuationEvent):
    """More zones, by a decision of their own."""

    type: ClassVar[str] = "evacuation.grew"

    def text(self) -> dict[str, str]:
        who = self.record.decided[-1]
        return {
            "zh": f"决定扩大转移（{who['post']} {who['name']}）：共 {self.record.zones} 个单元",
            "en": f"Evacuation extended ({who['post']} {who['name']}): {self.record.zones} zones in all",
        }


class EvacuationEdited(EvacuationEvent):
    type: ClassVar[str] = "evacuation.edited"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"修改转移说明：{self.record.reason}",
            "en": f"Evacuation reworded: {self.record.reason}",
        }


class ReturnAllowed(EvacuationEvent):
    """Somebody by name found it safe."""

    type: ClassVar[str] = "evacuation.return_allowed"

    def text(self) -> dict[str, str]:
        who = self.record.safe[-1]
        return {
            "zh": f"决定可以返回（{who['post']} {who['name']}）：{who['reason']}，{who['zones']} 个单元",
            "en": f"Return allowed ({who['post']} {who['name']}): {who['reason']}, {who['zones']} zones",
        }


class EvacuationEnded(EvacuationEvent):
    type: ClassVar[str] = "evacuation.ended"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"转移结束：{self.record.ended_reason}",
            "en": f"Evacuation ended: {self.record.ended_reason}",
        }


class EvacuationPeopleErased(EvacuationEvent):
    type: ClassVar[str] = "evacuation.people_erased"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"转移人员信息已清除：{self.record.number}",
            "en": f"Names of the evacuated erased: {self.record.number}",
        }


class OwnEvent(Event):
    """Of one township: the county and that township hear it."""

    record: Any

    def topics(self) -> frozenset[str]:
        row = self.record
        return frozenset({COUNTY, centre_party(row.centre), f"evacuation:{row.evacuation_id}"})


class ZoneEvacuated(OwnEvent):
    """A zone became a part of an evacuation."""

    kind: ClassVar[str] = "evacuated_zone"
    type: ClassVar[str] = "evacuated_zone.opened"
    record: EvacuatedZoneOut

    def text(self) -> dict[str, str]:
        row = self.record
        return {
            "zh": f"{row.name} 应转移 {row.households} 户 {row.people} 人，去 {row.destination}",
            "en": f"{row.name}: {row.households} households, {row.people} people to {row.destination}",
        }


class ZoneChanged(ZoneEvacuated):
    """Its numbers, its destination or its state are others than before."""

    type: ClassVar[str] = "evacuated_zone.changed"

    def text(self) -> dict[str, str]:
        row = self.record
        told = {name: one["value"] for name, one in row.figures.items() if name.startswith("people")}
        zh, en = _numbers(told)
        return {
            "zh": f"{row.name} 应转 {row.people}" + (f"：{zh}" if zh else ""),
            "en": f"{row.name}, {row.people} to move" + (f": {en}" if en else ""),
        }


class DestinationOpened(OwnEvent):
    kind: ClassVar[str] = "evacuation_destination"
    type: ClassVar[str] = "evacuation_destination.opened"
    record: DestinationOut

    def text(self) -> dict[str, str]:
        return {"zh": f"安置去处：{self.record.name}", "en": f"Destination: {self.record.name}"}


class DestinationChanged(DestinationOpened):
    type: ClassVar[str] = "evacuation_destination.changed"

    def text(self) -> dict[str, str]:
        zh, en = _numbers({name: one["value"] for name, one in self.record.figures.items()})
        return {"zh": f"{self.record.name}：{zh or '已结束'}", "en": f"{self.record.name}: {en or 'ended'}"}


class Counted(OwnEvent):
    """Somebody stated counts. `said`: name (of the zone or place)."""

    kind: ClassVar[str] = "evacuation_count"
    type: ClassVar[str] = "evacuation_count.stated"
    record: CountOut

    def topics(self) -> frozenset[str]:
        return frozenset({f"evacuation:{self.record.evacuation_id}"})

    def text(self) -> dict[str, str]:
        row = self.record
        zh, en = _numbers(row.numbers)
        proxy = row.by_proxy
        by_zh = f"代报 {proxy['person']} {proxy['channel']}：" if proxy else ""
        by_en = f"proxy {proxy['person']} ({proxy['channel']}): " if proxy else ""
        return {
            "zh": f"{by_zh}{self.said.get('name', '')} {zh}（{row.source} {clock.hm(row.as_of)}）",
            "en": f"{by_en}{self.said.get('name', '')}: {en} ({row.source}, {clock.hm(row.as_of)})",
        }


class RefusalRecorded(OwnEvent):
    kind: ClassVar[str] = "evacuation_refusal"
    type: ClassVar[str] = "evacuation_refusal.recorded"
    record: RefusalOut

    def text(self) -> dict[str, str]:
        row, word = self.record, REASONS[self.record.reason]
        again = f"，{clock.hm(row.next_visit_at)} 再上门" if row.next_visit_at else ""
        again_en = f", again at {clock.hm(row.next_visit_at)}" if row.next_visit_at else ""
        return {
            "zh": f"{row.zone_name} 拒绝转移 {row.households} 户 {row.people} 人（{word.zh}）{again}",
            "en": f"{row.zone_name}: {row.people} people refuse ({word.en}){again_en}",
        }


class RefusalVisited(RefusalRecorded):
    type: ClassVar[str] = "evacuation_refusal.visited"

    def text(self) -> dict[str, str]:
        row = self.record
        if not row.visits:
            return super().text()
        word = OUTCOMES[row.visits[-1]["outcome"]]
        return {
            "zh": f"{row.zone_name} 再次上门：{word.zh}（{row.households} 户 {row.people} 人）",
            "en": f"{row.zone_name}, visited again: {word.en} ({row.people} people)",
        }


class RefusalClosed(RefusalRecorded):
    """The evacuation ended: nobody need come again."""

    type: ClassVar[str] = "evacuation_refusal.closed"

    def text(self) -> dict[str, str]:
        return {
            "zh": f"{self.record.zone_name} 拒转登记随转移结束",
            "en": f"{self.record.zone_name}: refusal closed with the evacuation",
        }
