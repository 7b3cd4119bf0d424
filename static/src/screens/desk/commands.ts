/** What the keys do: each an act of the server, said in the desk's words. */
import { get } from '../../kernel/http'
import { lang, say } from '../../kernel/i18n'
import { sound } from '../../kernel/sound'
import type { Alarm, CasualtyField, Incident, Task, TaskState } from '../../kernel/types'
import { kindOf, word, wordZh } from '../../kernel/words'
import { arm, chosen, mayFire, tick } from './arming'
import type { Desk, SheetName } from './desk'
import { mayCancel, mayEvacuate, mayRecall } from './flow'
import { outcomeWord } from './outcomes'
import { CALL, callOf, callText } from './phones'
import type { Row } from './suggestion'
import { statements } from './statements'
import { t } from './words'

export function openSheet(desk: Desk, name: SheetName): void { desk.mode.value = { kind: 'sheet', name } }

export function armSuggestion(desk: Desk): void {
  if (!desk.may('task.order')) return
  desk.looked.value = -1
  desk.suggestion.arm()
  desk.mode.value = { kind: 'armed' }
}

/** The order in words, as the team reads it and the record keeps it: what, where, how many. In Chinese, whatever this screen speaks. */
export function orderText(i: Incident): string {
  const people = (['missing', 'trapped'] as const).filter((f) => i.casualties[f]).map((f) => `${wordZh('casualties', f)} ${i.casualties[f]}`)
  return [`${kindOf(i.kind)?.label.zh ?? i.kind}，${i.place_text ?? i.title}`, ...people].join('，')
}

export interface Terms { task_area: string; insurance: string; contact: string }

/** What is armed is let go at once, so that F counts once. Invited forces need their terms named first; the rest goes out. */
export async function sendArmed(desk: Desk, reserve = false): Promise<void> {
  const incident = desk.incident.value
  const rows = desk.suggestion.chosen()
  if (!incident || rows.length === 0 || !desk.suggestion.ready()) return
  const [invited, direct] = [rows.filter((r) => r.mode === 'invite' && !reserve), rows.filter((r) => r.mode !== 'invite' || reserve)]
  desk.suggestion.disarm()
  desk.back()
  if (direct.length > 0 && !(await send(desk, incident, direct, reserve, null))) return
  if (invited.length === 0 || desk.selected.value !== incident.id || desk.mode.value.kind !== 'command') return
  desk.suggestion.armed.value = arm(invited, invited.map((r) => r.id), performance.now())
  openSheet(desk, 'terms')
}

export async function send(desk: Desk, incident: Incident, rows: Row[], reserve: boolean, terms: Terms | null): Promise<boolean> {
  const label = t(reserve ? 'didReserve' : 'didSend', { names: rows.map((r) => desk.named(r.team.name)).join(lang() === 'zh' ? '、' : ', ') })
  const made = await desk.doing.act<{ items: Task[] }>(label, 'task.order', {
    id: incident.id, team_ids: rows.map((r) => r.id), order: orderText(incident), reserve, ...(terms ? { terms } : {}),
  })
  if (!made) return false
  desk.doing.offerUndo(t('undoSend', { n: made.items.length }), async () => {
    for (const task of made.items) await takeBack(desk, desk.screen.store.get('task', task.id) ?? task)
  })
  return true
}

/** An order not yet answered is cancelled; one answered in the meantime is recalled. */
async function takeBack(desk: Desk, task: Task): Promise<void> {
  const payload = { id: task.id, reason: t('undoReason') }
  if (mayCancel(task.state)) await desk.doing.act(t('didCancel', { name: desk.named(task.team_name) }), 'task.cancel', payload)
  else if (mayRecall(task.state)) await desk.doing.act(t('didRecall', { name: desk.named(task.team_name) }), 'task.recall', payload)
}

export async function undoLast(desk: Desk): Promise<void> {
  const undo = desk.doing.undo.value
  if (!undo || desk.doing.undoLeft.value === 0) return
  desk.doing.undo.value = null
  await undo.run()
}

/** Nothing typed is lost by one key: Z brings it back within 10 s. */
export function discardDraft(desk: Desk): void {
  const was = desk.draft.discard()
  if (desk.mode.value.kind === 'intake') desk.back()
  desk.doing.say(t('draftGone'))
  desk.doing.offerUndo(t('draftUndo'), async () => { desk.draft.value.value = was; desk.mode.value = { kind: 'intake' } })
}

// ---- recall and evacuation: a frozen list, digits tick, F does ----
export function armTasks(desk: Desk, kind: 'recall' | 'evacuate'): void {
  const fits = kind === 'recall' ? mayRecall : mayEvacuate
  const rows = desk.rows.value
  if (!rows.some((r) => fits(r.state))) return
  const ticked = kind === 'evacuate' ? rows.filter((r) => fits(r.state)).map((r) => r.id) : []
  desk.mode.value = { kind, armed: arm(rows, ticked, performance.now()) }
}

export function tickTask(desk: Desk, n: number): void {
  const mode = desk.mode.value
  if (mode.kind !== 'recall' && mode.kind !== 'evacuate') return
  const row = mode.armed.items[n - 1]
  const fits = mode.kind === 'recall' ? mayRecall : mayEvacuate
  if (!row || !fits(row.state)) return
  const whole = mode.armed.items.filter((r) => fits(r.state))
  // X alone takes everybody out; the first digit after it means this one only.
  const from = mode.kind === 'evacuate' && whole.length > 1 && mode.armed.ticked.size === whole.length ? { ...mode.armed, ticked: new Set<string>() } : mode.armed
  desk.mode.value = { ...mode, armed: tick(from, n) }
}

export async function fireTasks(desk: Desk): Promise<void> {
  const mode = desk.mode.value
  if ((mode.kind !== 'recall' && mode.kind !== 'evacuate') || !mayFire(mode.armed, performance.now())) return
  const rows = chosen(mode.armed)
  if (rows.length === 0) return
  desk.back()
  await Promise.all(rows.map((row) => {
    const held = row.state === 'reserved'
    const [label, name] = mode.kind === 'evacuate' ? ['didEvacuate', 'task.evacuate'] as const : held ? ['didCancel', 'task.cancel'] as const : ['didRecall', 'task.recall'] as const
    return desk.doing.act(t(label, { name: desk.named(row.team_name) }), name, { id: row.id })
  }))
}

// ---- 改派: recalled here and ordered there, as one act ----
/** Those ticked for a recall that can be sent elsewhere instead. */
export function movable(desk: Desk): Task[] {
  const mode = desk.mode.value
  return mode.kind === 'recall' ? chosen(mode.armed).map((r) => desk.screen.store.get('task', r.id) ?? r).filter((r) => mayRecall(r.state)) : []
}
export function takeAlong(desk: Desk): void {
  desk.moving.value = movable(desk)
  openSheet(desk, 'reassign')
}
/** True when every team went; what was refused stands in the bar with its reason. */
export async function reassign(desk: Desk, tasks: readonly Task[], to: Incident, reason: string): Promise<boolean> {
  let all = true
  for (const task of tasks) {
    const label = t('didReassign', { name: desk.named(task.team_name), n: desk.numbers.value.held[to.id] ?? to.number })
    const made = await desk.doing.act<Task>(label, 'task.reassign', { id: task.id, incident_id: to.id, order: orderText(to), ...(reason ? { reason } : {}) })
    all &&= made !== null
  }
  return all
}

// ---- one task ----
export interface ProxyWords { person: string; channel: string; number: string | null; at: string | null; reason: string | null; released_by: string | null }

export async function enterState(desk: Desk, task: Task, to: TaskState, said: ProxyWords): Promise<boolean> {
  const payload: Record<string, unknown> = { id: task.id, to, by_proxy: { person: said.person, channel: said.channel, ...(said.number ? { number: said.number } : {}) } }
  if (said.at) payload.at = said.at
  if (said.reason) payload.reason = said.reason
  if (said.released_by) payload.released_by = said.released_by
  const label = t('didProxy', { name: desk.named(task.team_name), state: word('states.task', to) })
  return (await desk.doing.act(label, to === 'ordered' ? 'task.order_again' : 'task.transition', to === 'ordered' ? { id: task.id } : payload)) !== null
}

export async function cancelTask(desk: Desk, task: Task): Promise<void> {
  await desk.doing.act(t('didCancel', { name: desk.named(task.team_name) }), 'task.cancel', { id: task.id })
}

/** A call that was made is noted on the incident: who was rung and what came of it. */
export async function noteCall(desk: Desk, incidentId: string, who: string, number: string, outcome: string): Promise<void> {
  await desk.doing.act(t('didCall', { who: desk.named(who), outcome: outcomeWord(outcome) }), 'incident.report', { id: incidentId, text: callText(who, number, outcome), source: CALL })
}
export const ringing = (desk: Desk, task: Task): { who: string; number: string } | null => callOf(task, desk.teams.value.get(task.team_id))

// ---- alarms ----
export async function acknowledge(desk: Desk, alarm: Alarm): Promise<void> {
  await desk.doing.act(t('didAck', { what: desk.named(say(alarm.title)) }), 'alarm.acknowledge', { id: alarm.id })
}
/** 查岗: say that this post is manned. */
export async function answerCheck(desk: Desk): Promise<void> {
  const asked = desk.screen.store.all('duty_check').find((one) => one.state === 'asked' && one.centre === desk.screen.session.actor.centre)
  if (asked) await desk.doing.act(t('kPresent'), 'duty.present', { id: asked.id })
}
/** Silence one bundle by name, or give it its sound back. */
export async function toggleSilence(desk: Desk, alarm: Alarm): Promise<void> {
  const what = desk.named(say(alarm.title))
  if (alarm.silenced_by) await desk.doing.act(t('didUnsilence', { what }), 'alarm.unsilence', { id: alarm.id })
  else await desk.doing.act(t('didSilence', { what }), 'alarm.silence', { id: alarm.id })
}
export function toggleMute(desk: Desk): void {
  const muted = sound.state === 'muted'
  sound.mute(!muted)
  desk.mutedAt.value = muted ? null : new Date().toISOString()
}

// ---- figures ----
export function openFigures(desk: Desk): void {
  const disputed = disputedFigures(desk)
  if (disputed.length > 0) desk.mode.value = { kind: 'figure', choices: disputed }
}
/** The statements of the first figure on which people differ. */
export function disputedFigures(desk: Desk): (typeof desk.figures.value) {
  const incident = desk.incident.value
  if (!incident) return []
  const field = Object.entries(incident.figures).find(([, f]) => f && f.others.length > 0)?.[0]
  return field ? statements(desk.figures.value, field as CasualtyField) : []
}
export async function chooseFigure(desk: Desk, n: number): Promise<void> {
  const mode = desk.mode.value
  const figure = mode.kind === 'figure' ? mode.choices[n - 1] : undefined
  if (!figure) return
  desk.back()
  await desk.doing.act(t('didChoose', { what: word('casualties', figure.field), n: figure.value }), 'incident.choose_figure', { id: figure.incident_id, figure_id: figure.id })
}

export async function fetchBase(): Promise<GeoJSON.FeatureCollection> { return get<GeoJSON.FeatureCollection>('/map/base') }
