"""What a team calls from the field: asking for help, its own words, and mayday. Each for the own team only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from command.alarms.contract import AlarmOut
from command.alarms.models import Alarm
from command.core import files
from command.core.access import COUNTY, audience_of, centre_party, permission, team_party
from command.core.actions import Tx, action
from command.core.errors import Conflict, Forbidden, NotFound
from command.core.events import on
from command.incidents.contract import AddPhoto, ReportOut
from command.incidents.queries import incident_row, parties
from dispatch.tasks.actions import STEP
from dispatch.tasks.contract import AskHelp, CancelMayday, Mayday, TaskStepped, Tell
from dispatch.tasks.flow import ENDED_STATES, TASK_FLOW
from dispatch.tasks.models import Task
from dispatch.tasks.queries import open_tasks
from dispatch.teams.models import Team

MAYDAY = permission("team.mayday", "call mayday for one's own team")
WORDS = "words:"
WORDS_STAND = timedelta(hours=2)
OVER = ENDED_STATES | {"withdrawn"}
RANK = {"refused": 3, "insist": 2}
SAID = {
    "refused": ("现场所报未采纳", "Said at the scene, not taken"),
    "insist": ("现场坚持所报时间", "The scene insists on its time"),
}


def _urgent(payload: dict[str, Any]) -> bool:
    return True  # a call from the field is always taken, also when the disk is nearly full


def _own(tx: Tx, team_id: str) -> None:
    if tx.actor.team_id != team_id:
        raise Forbidden("Only the team itself may do this", zh="只有本队可以这样做")


def _report(
    tx: Tx, incident_id: str, source: str, text: str, location: dict[str, Any] | None = None
) -> ReportOut | None:
    """Hang the team's words on the incident."""
    return _hang(tx, "incident.report", incident_id, {"text": text, "source": source, "location": location})


def _hang(
    tx: Tx, name: str, incident_id: str, payload: dict[str, Any], prepared: Any = None
) -> ReportOut | None:
    """Let the team add to the incident, also when it may not see it any more."""
    sees = team_party(tx.actor.team_id or "") in audience_of(tx.session, "incident", incident_id)
    alone = sees and tx.actor.may("incident.report")
    reported: ReportOut = tx.act(name, {"id": incident_id, **payload}, as_system=not alone, prepared=prepared)
    return reported


def _alarm(tx: Tx, task: Task, cause: str, rank: int, title: dict[str, str], detail: dict[str, str]) -> None:
    heard = {party for party in parties(tx.session, task.incident_id) if not party.startswith("team:")}
    centre = incident_row(tx.session, task.incident_id).centre
    payload = {
        "cause": cause,
        "rank": rank,
        "title": title,
        "detail": detail,
        "incident_id": task.incident_id,
        "task_id": task.id,
        "team_id": task.team_id,
        "centre": centre,
        "parties": sorted(heard | {COUNTY, centre_party(task.centre)}),
    }
    tx.act("alarm.raise", payload, as_system=True)


@action(
    "task.ask_help",
    wish=AskHelp,
    needs=STEP,
    target="task",
    http="POST /tasks/{id}/ask_help",
    status=201,
    output=ReportOut,
    urgent=_urgent,
)
def ask_help(tx: Tx, task: Task, wish: AskHelp) -> ReportOut | None:
    """Ask for people, vehicles or supplies: a report on the incident, and an alarm for the desk until the team withdraws."""
    _own(tx, task.team_id)
    if task.state in ENDED_STATES:
        raise Conflict(f"The task is {task.state}", zh=f"任务已{TASK_FLOW.zh[task.state]}")
    zh, en = wish.wanted()
    _alarm(
        tx,
        task,
        f"help:{task.id}:{tx.command}",
        2,
        {"zh": f"{task.team_name} 求援", "en": f"{task.team_name} asks for help"},
        {"zh": zh, "en": en},
    )
    return _report(tx, task.incident_id, task.team_name, f"求援：{zh}")


@action(
    "task.tell",
    wish=Tell,
    needs=STEP,
    target="task",
    http="POST /tasks/{id}/tell",
    status=201,
    output=ReportOut,
    urgent=_urgent,
)
def tell(tx: Tx, task: Task, wish: Tell) -> ReportOut | None:
    """The team's own words on the incident of its task. What the server did not take still reaches the timeline, and the desk."""
    _own(tx, task.team_id)
    if wish.why != "report":
        zh, en = SAID[wish.why]
        cause = f"{WORDS}{task.id}:{tx.command}"
        title = {"zh": f"{task.team_name} {zh}", "en": f"{task.team_name}: {en}"}
        _alarm(tx, task, cause, RANK[wish.why], title, {"zh": wish.text[:200], "en": wish.text[:200]})
        tx.due(tx.now + WORDS_STAND, "alarm.clear", {"cause": cause}, key=f"alarm.clear:{cause}")
    return _report(tx, task.incident_id, task.team_name, wish.text)


@action(
    "task.photo",
    wish=AddPhoto,
    needs=STEP,
    target="task",
    http="POST /tasks/{id}/photos",
    status=201,
    output=ReportOut,
    prepare=files.kept_of,
)
def photo(tx: Tx, task: Task, wish: AddPhoto) -> ReportOut | None:
    """The team's photo of the scene, on the incident of its task."""
    _own(tx, task.team_id)
    payload = {**wish.model_dump(), "source": task.team_name}
    return _hang(tx, "incident.photo", task.incident_id, payload, prepared=tx.prepared)


@on(TaskStepped)
def settle_calls(tx: Tx, event: TaskStepped) -> None:
    """A team that has withdrawn asks for nothing more."""
    if event.record.state in OVER:
        query = sa.select(Alarm.cause).where(Alarm.live, Alarm.cause.startswith(f"help:{event.record.id}:"))
        for cause in tx.session.execute(query).scalars().all():
            tx.act("alarm.clear", {"cause": cause}, as_system=True)


def _live_mayday(tx: Tx, team_id: str) -> Alarm | None:
    return tx.session.execute(
        sa.select(Alarm).where(Alarm.cause == f"mayday:{team_id}", Alarm.live)
    ).scalar_one_or_none()


@action(
    "team.mayday",
    wish=Mayday,
    needs=MAYDAY,
    target="team",
    http="POST /teams/{id}/mayday",
    status=201,
    output=AlarmOut,
    urgent=_urgent,
)
def mayday(tx: Tx, team: Team, wish: Mayday) -> AlarmOut:
    """A team is in danger of life: the county, its centre and all who work on its incident hear it at once."""
    _own(tx, team.id)
    before = _live_mayday(tx, team.id)
    if before is not None and before.acknowledged_at is not None:  # called again: it must sound again
        tx.act("alarm.clear", {"cause": before.cause}, as_system=True)
    tasks = open_tasks(tx.session, [team.id])
    heard = {COUNTY, centre_party(team.centre), team_party(team.id)}
    for task in tasks:
        heard |= parties(tx.session, task.incident_id)
    newest = tasks[-1] if tasks else None
    zh, en = wish.where()
    alarm: AlarmOut = tx.act(
        "alarm.raise",
        {
            "cause": f"mayday:{team.id}",
            "rank": 1,
            "life_risk": True,
            "title": {"zh": f"{team.name} 遇险求救", "en": f"MAYDAY: {team.name}"},
            "detail": {
                "zh": f"{newest.incident_title}・{zh}" if newest else zh,
                "en": f"{newest.incident_title} · {en}" if newest else en,
            },
            "incident_id": newest.incident_id if newest else None,
            "task_id": newest.id if newest else None,
            "team_id": team.id,
            "centre": team.centre,
            "parties": sorted(heard),
        },
        as_system=True,
    )
    for incident_id in {task.incident_id for task in tasks}:
        _report(
            tx,
            incident_id,
            team.name,
            f"遇险求救：{zh}",
            wish.location.model_dump() if wish.location else None,
        )
    return alarm


@action(
    "team.mayday_cancel",
    wish=CancelMayday,
    needs=MAYDAY,
    target="team",
    http="POST /teams/{id}/mayday/cancel",
    output=AlarmOut,
    urgent=_urgent,
)
def cancel_mayday(tx: Tx, team: Team, wish: CancelMayday) -> AlarmOut:
    """The team takes its mayday back: pressed by mistake, or out of danger."""
    _own(tx, team.id)
    before = _live_mayday(tx, team.id)
    if before is None:
        raise Conflict("It has no open mayday", zh="没有未解除的求救")
    cleared: AlarmOut | None = tx.act("alarm.clear", {"cause": before.cause}, as_system=True)
    if cleared is None:
        raise NotFound()
    words = "误触遇险求救，已撤销" if wish.why == "mistake" else "已脱险，遇险求救结束"
    for incident_id in {task.incident_id for task in open_tasks(tx.session, [team.id])}:
        _report(tx, incident_id, team.name, words)
    return cleared
