"""Who takes part: handing an incident over, sharing it, admitting those who work on it, higher authority in command."""

from __future__ import annotations

from collections.abc import Iterable

from command.centres.queries import centre
from command.core import clock
from command.core.access import COUNTY, audience_of, centre_party, permission, set_audience
from command.core.actions import Tx, action
from command.core.errors import Conflict, Invalid, NotFound
from command.incidents.actions import not_ahead, own
from command.incidents.contract import Admit, HandOver, IncidentOut, Share, TakeCommand, Unshare
from command.incidents.events import AudienceChanged, CommandTaken
from command.incidents.models import Incident
from command.incidents.queries import INCIDENTS

HANDOVER = permission("incident.handover", "hand an incident to another centre")
SHARE = permission("incident.share", "share an incident with another centre")
COMMAND = permission("incident.command", "record that a higher authority commands")


def change_parties(
    tx: Tx, row: Incident, add: Iterable[str], remove: Iterable[str], zh: str, en: str
) -> IncidentOut:
    """Change who sees an incident; losers are told to delete, gainers get all of it (RULES 12)."""
    before = audience_of(tx.session, "incident", row.id)
    kept = {
        COUNTY,
        centre_party(row.centre),
        centre_party(row.opened_by),
        *(centre_party(one["centre"]) for one in row.shares),
    }
    after = (before | set(add)) - (set(remove) - kept)
    gained, lost = set_audience(tx.session, "incident", row.id, after)
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(
        AudienceChanged(
            record=shown, parties=before & after, gained=gained, lost=lost, said={"zh": zh, "en": en}
        )
    )
    return shown


def due_key(incident_id: str, centre: str) -> str:
    """The name of the promise that ends a share."""
    return f"unshare:{incident_id}:{centre}"


def _known(tx: Tx, code: str) -> str:
    found = centre(tx.session, code)
    if found is None:
        raise Invalid(f"centre: there is no centre {code}", zh=f"没有单位 {code}")
    return found.name


@action(
    "incident.handover",
    wish=HandOver,
    needs=HANDOVER,
    target="incident",
    http="POST /incidents/{id}/handover",
    output=IncidentOut,
)
def hand_over(tx: Tx, row: Incident, wish: HandOver) -> IncidentOut:
    """Make another centre the home centre of an incident; the old one keeps it only if it opened or shares it."""
    own(tx, row)
    name = _known(tx, wish.centre)
    if wish.centre == row.centre:
        raise Conflict("It is there already", zh="它已属于该单位")
    old, row.centre, row.to_confirm, row.proposed_centre = row.centre, wish.centre, False, None
    remove = [centre_party(old)]
    reason = f"（{wish.reason}）" if wish.reason else ""
    return change_parties(
        tx, row, [centre_party(wish.centre)], remove, f"移交 {name}{reason}", f"Handed over to {name}"
    )


@action(
    "incident.share",
    wish=Share,
    needs=SHARE,
    target="incident",
    http="POST /incidents/{id}/shares",
    output=IncidentOut,
)
def share(tx: Tx, row: Incident, wish: Share) -> IncidentOut:
    """Let another centre see an incident, for a time or until it ends."""
    own(tx, row)
    name = _known(tx, wish.centre)
    if centre_party(wish.centre) in (centre_party(row.centre), centre_party(tx.node[:6])):
        raise Conflict("It is theirs already, or the county's", zh="该单位本来就能看到，无须共享")
    if wish.until is not None and wish.until <= tx.now:
        raise Invalid("until: it has passed", zh="截止时间已过")
    others = [one for one in row.shares if one["centre"] != wish.centre]
    row.shares = [*others, {"centre": wish.centre, "until": clock.wire(wish.until) if wish.until else None}]
    key = due_key(row.id, wish.centre)
    if wish.until is not None:
        tx.due(wish.until, "incident.unshare", {"id": row.id, "centre": wish.centre}, key=key)
    else:
        tx.call_off(key)  # shared again without an end: an end that was promised before does not come
    return change_parties(tx, row, [centre_party(wish.centre)], [], f"共享给 {name}", f"Shared with {name}")


@action(
    "incident.unshare",
    wish=Unshare,
    needs=SHARE,
    target="incident",
    http="POST /incidents/{id}/unshare",
    output=IncidentOut,
)
def unshare(tx: Tx, row: Incident, wish: Unshare) -> IncidentOut:
    """End a share: the centre's screens delete the incident."""
    own(tx, row)
    left = [one for one in row.shares if one["centre"] != wish.centre]
    if len(left) == len(row.shares):
        raise NotFound("It is not shared with that centre", zh="没有共享给该单位")
    row.shares = left
    tx.call_off(due_key(row.id, wish.centre))
    name = _known(tx, wish.centre)
    return change_parties(
        tx, row, [], [centre_party(wish.centre)], f"停止共享给 {name}", f"No longer shared with {name}"
    )


@action("incident.admit", wish=Admit, target="incident", inner=True, output=IncidentOut)
def admit(tx: Tx, row: Incident, wish: Admit) -> IncidentOut:
    """Let those in who were ordered to an incident, and those out who are not needed."""
    before = audience_of(tx.session, "incident", row.id)
    if set(wish.add) <= before and not set(wish.remove) & before:
        return tx.show(INCIDENTS, row)
    return change_parties(tx, row, wish.add, wish.remove, "", "")


@action(
    "incident.take_command",
    wish=TakeCommand,
    needs=COMMAND,
    target="incident",
    http="POST /incidents/{id}/command",
    output=IncidentOut,
)
def take_command(tx: Tx, row: Incident, wish: TakeCommand) -> IncidentOut:
    """Record that a higher authority commands (突发事件应对法 art.17): who, when, and what our part is now."""
    own(tx, row)
    not_ahead(tx, "at", wish.at)
    row.command = {
        "authority": wish.authority,
        "who": wish.who,
        "at": clock.wire(wish.at or tx.at),
        "role": wish.role,
    }
    tx.touch(row)
    shown = tx.show(INCIDENTS, row)
    tx.say(CommandTaken(record=shown, parties=audience_of(tx.session, "incident", row.id)))
    return shown
