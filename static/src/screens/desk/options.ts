/** What can be done about a thing: digits after Q, W or E. Changing the team and taking the old order back are two acts. */
import { armSuggestion, cancelTask, enterState, noteCall, openFigures, openSheet, ringing } from './commands'
import type { Desk } from './desk'
import { mayCancel } from './flow'
import { CALL_OUTCOMES } from './outcomes'
import { hms } from '../../kernel/ages'
import type { Task } from '../../kernel/types'
import { word } from '../../kernel/words'
import { numberSaid } from '../../parts/english'
import type { Thing } from './things'
import { t } from './words'

export interface Option { label: string; run: () => void }

/** Whom to ring about a thing. */
export function callOfThing(desk: Desk, thing: Thing): { who: string; number: string } | null {
  if (thing.task) return ringing(desk, thing.task)
  const team = thing.alarm?.team_id ? desk.teams.value.get(thing.alarm.team_id) : null
  if (team?.call) return team.call.who === '值班室' ? { ...team.call, who: `${team.name} 值班室` } : team.call
  if (thing.link) return centreCall(desk, thing.link.id)
  const i = thing.incident
  if (i?.on_scene?.phone) return { who: i.on_scene.name, number: i.on_scene.phone }
  return i ? centreCall(desk, i.centre) : null
}
function centreCall(desk: Desk, code: string): { who: string; number: string } | null {
  const centre = desk.centres.value.find((c) => c.code === code)
  const phone = centre?.phones[0]
  if (centre && phone) return { who: `${centre.name} ${phone.label}`, number: phone.number }
  const post = centre?.posts[0]
  return centre && post?.numbers[0] ? { who: `${centre.name} ${post.title}`, number: post.numbers[0] } : null
}

/** Beside the team's own name its desk is just 值班室. */
export const bare = (who: string, team: string): string => who.replace(`${team} `, '')

export function optionsOf(desk: Desk, thing: Thing): Option[] {
  const out: Option[] = []
  if (thing.kind === 'hint' && thing.task) hintOptions(desk, thing.task, out)
  const call = callOfThing(desk, thing)
  const incidentId = thing.incident?.id
  const done = (run: () => void | Promise<void>) => (): void => { desk.back(); void run() }
  if (call && incidentId && desk.may('incident.report')) {
    out.push({ label: t('oRang', { who: desk.named(thing.task ? bare(call.who, thing.task.team_name) : call.who), number: numberSaid(call.number) }), run: done(() => noteCall(desk, incidentId, call.who, call.number, CALL_OUTCOMES[0]!.zh)) })
    out.push({ label: t('oNoAnswer'), run: done(() => noteCall(desk, incidentId, call.who, call.number, CALL_OUTCOMES[1]!.zh)) })
  }
  if (['unanswered', 'refused', 'no_team'].includes(thing.kind) && desk.may('task.order')) out.push({ label: t(thing.kind === 'no_team' ? 'oSuggest' : 'oNext'), run: () => armSuggestion(desk) })
  const task = thing.task
  if (task) taskOptions(desk, thing, out, call, done)
  if (thing.kind === 'verify' && desk.may('incident.transition')) out.push({ label: t('oState'), run: () => openSheet(desk, 'move') })
  if (thing.kind === 'figures' && desk.may('incident.choose')) out.push({ label: t('oFigures'), run: () => openFigures(desk) })
  if (thing.kind === 'figures' && desk.may('incident.casualties')) out.push({ label: t('oNewFigure'), run: () => openSheet(desk, 'casualties') })
  if (thing.kind === 'ungraded' && desk.may('incident.grade')) out.push({ label: t('oGrade'), run: () => openSheet(desk, 'grade') })
  if (thing.kind === 'to_confirm' && desk.may('incident.handover')) out.push({ label: t('oHome'), run: () => openSheet(desk, 'handover') })
  return out
}

/** One digit confirms what the positions say, with the time they say; one denies it. */
function hintOptions(desk: Desk, task: Task, out: Option[]): void {
  const hint = task.hint
  if (!hint || !desk.may('task.proxy')) return
  out.push({ label: t('oHintYes', { state: word('states.task', hint.to), at: hms(hint.at) }), run: () => { desk.back(); void desk.doing.act(t('didHint', { name: desk.named(task.team_name), state: word('states.task', hint.to) }), 'task.transition', { id: task.id, to: hint.to, at: hint.at, by_proxy: { person: desk.screen.session.actor.name, channel: '位置' } }) } })
  out.push({ label: t('oHintNo'), run: () => { desk.back(); void desk.doing.act(t('didHintNo', { name: desk.named(task.team_name) }), 'task.deny_hint', { id: task.id }) } })
}

function taskOptions(desk: Desk, thing: Thing, out: Option[], call: { who: string; number: string } | null, done: (run: () => void | Promise<void>) => () => void): void {
  const task = thing.task!
  if (thing.kind === 'unanswered' && desk.may('task.proxy')) {
    out.push({ label: t('oAccepted'), run: done(async () => { await enterState(desk, task, 'accepted', { person: call?.who ?? desk.screen.session.actor.name, channel: '电话', number: call?.number ?? null, at: null, reason: null, released_by: null }) }) })
  }
  if (desk.may('task.step') && mayCancel(task.state)) out.push({ label: t('oCancel'), run: done(() => cancelTask(desk, task)) })
  if (thing.kind === 'reserved' && desk.may('task.step')) out.push({ label: t('oOrderNow'), run: done(async () => { await desk.doing.act(t('didSend', { names: desk.named(task.team_name) }), 'task.transition', { id: task.id, to: 'ordered' }) }) })
  if (thing.kind === 'evacuated' && desk.may('task.proxy')) out.push({ label: t('oRelease'), run: () => { desk.mode.value = { kind: 'proxy', rows: desk.rows.value, task: task.id } } })
}
