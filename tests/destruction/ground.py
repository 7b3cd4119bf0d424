"""Responses that are over, with personal data wherever a slice keeps it, planted as markers."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from command.core import clock
from command.destruction import jobs
from tests.county import County, new_id

CALLER = {"name": "欧阳标记甲", "phone": "13987650001"}
OTHER = {"name": "司马标记丁", "phone": "13987650002"}
NOTE = {
    "sort": "call_in", "who": "村民来电", "text": "问路",
    "person": {"name": "诸葛标记庚", "phone": "13987650003"},
}  # fmt: skip
MARKERS = ("欧阳标记甲", "13987650001", "司马标记丁", "13987650002", "诸葛标记庚", "13987650003")
LONG_AGO = timedelta(days=31)


def ended(cast: County, to: str = "response_ended", *, ago: timedelta = LONG_AGO, **body: Any) -> str:
    """An incident with callers, whose response ended so long ago."""
    thing: str = cast.open(caller=CALLER, **body)["id"]
    cast.do("town_duty", "incident.report", {"id": thing, "text": "水到房檐", "caller": OTHER})
    cast.do("town_duty", "duty_note.write", {**NOTE, "incident_id": thing})
    steps = {
        "response_ended": ("responding", "controlled", "response_ended"),
        "archived": ("responding", "controlled", "response_ended", "review", "archived"),
        "dismissed": ("verifying", "dismissed"),
    }
    at = clock.wire(clock.real() - ago)
    for step in steps[to]:
        cast.do(
            "county_duty", "incident.transition", {"id": thing, "to": step, "reason": "处置完毕", "at": at}
        )
    return thing


def listed(cast: County, thing: str) -> dict[str, Any]:
    """The destruction of a thing, after the job looked."""
    jobs.look(cast.node)
    [found] = [one for one in destructions(cast) if one["subject_id"] == thing]
    return found


def drafted(cast: County, thing: str) -> dict[str, Any]:
    """The destruction of an incident, put on the list by itself."""
    return cast.do("system", "destruction.draft", {"kind": "incident", "id": thing})


def as_counted(one: dict[str, Any]) -> dict[str, Any]:
    """What confirms a destruction as it is shown."""
    counts = {sort["code"]: sort["n"] for sort in one["sorts"]}
    return {"id": one["id"], "reason": "保存期满", "counts": counts}


def assessed() -> dict[str, Any]:
    """An assessment for which personal data is held."""
    now = clock.real()
    times = {"until": clock.wire(now + timedelta(days=60)), "review_at": clock.wire(now + timedelta(days=30))}
    return {
        "ground": "evidence",
        "why": "事故调查需核对首报人",
        "assessor": "李评估",
        "post": "法制科长",
        **times,
    }


def tomb(cast: County) -> dict[str, Any]:
    """A line of the list of erasures of which this installation knows nothing."""
    return {
        "id": new_id(), "number": "XH-140429-20260101-001", "kind": "incident", "thing": ended(cast),
        "subject_number": "140429-20260101-001", "centre": "140429", "at": clock.wire(clock.real()), "by": "甲 security",
    }  # fmt: skip


def destructions(cast: County) -> list[dict[str, Any]]:
    """All destructions as the journal told them last."""
    last: dict[str, dict[str, Any]] = {}
    for entry in cast.entries():
        if entry.kind == "destruction":
            record = json.loads(entry.record)
            last[record["id"]] = record
    return list(last.values())


def confirm(cast: County, one: dict[str, Any], who: str = "security") -> dict[str, Any]:
    """Confirm what is shown."""
    return cast.do(who, "destruction.confirm", as_counted(one))
