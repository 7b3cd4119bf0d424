/**
 * Three things to do now: derived from what is open, never stored. Verb first, life first, whom to ring, since when.
 * The same three keep their places: the hand on Q must not find another thing under it.
 */
import type { Alarm, Incident, Link, Task } from '../../kernel/types'
import { ENDED, OPENING } from './flow'
import { byIncident, isOverdue } from './queue'

export type ThingKind = 'mayday' | 'unanswered' | 'refused' | 'no_team' | 'cut' | 'verify' | 'figures' | 'reserved' | 'evacuated' | 'to_confirm' | 'ungraded' | 'hint'
export interface Thing {
  id: string
  kind: ThingKind
  incident: Incident | null
  task: Task | null
  link: Link | null
  alarm: Alarm | null
  /** running since */
  since: string
  /** its limit, when it has one */
  due: string | null
  late: boolean
  weight: number
}
export interface Sight { incidents: readonly Incident[]; tasks: readonly Task[]; links: readonly Link[]; alarms: readonly Alarm[]; now: number }

const BASE: Record<ThingKind, number> = {
  mayday: 0, unanswered: 30, refused: 20, no_team: 22, cut: 35, evacuated: 40, verify: 45, figures: 50, reserved: 55, to_confirm: 60, ungraded: 70, hint: 42,
}
const LIFE = { people: -15, possible: -6, none: 0 } as const

export function thingsToDo(sight: Sight): Thing[] {
  const byId = new Map(sight.incidents.map((i) => [i.id, i]))
  const out: Thing[] = []
  const add = (kind: ThingKind, id: string, since: string, more: Partial<Thing> = {}): void => {
    const incident = more.incident ?? (more.task ? byId.get(more.task.incident_id) ?? null : null)
    const late = more.late ?? false
    const weight = BASE[kind] + (kind === 'mayday' ? 0 : LIFE[incident?.life_risk ?? 'none']) - (late ? 12 : 0)
    out.push({ id: `${kind}:${id}`, kind, incident, task: null, link: null, alarm: null, since, due: null, late, weight, ...more, ...(incident ? { incident } : {}) })
  }
  for (const alarm of sight.alarms) if (/^mayday/.test(alarm.cause)) add('mayday', alarm.id, alarm.raised_at, { alarm, incident: byId.get(alarm.incident_id ?? '') ?? null })
  const tasksOf = byIncident(sight.tasks)
  for (const incident of sight.incidents) for (const task of tasksOf.get(incident.id) ?? []) fromTask(task, tasksOf.get(incident.id)!, sight.now, add)
  for (const link of sight.links) if (link.state === 'cut') add('cut', link.id, link.last_at ?? link.updated_at, { link, late: true })
  for (const incident of sight.incidents) fromIncident(incident, tasksOf.get(incident.id) ?? [], add)
  return out.sort((a, b) => a.weight - b.weight || a.since.localeCompare(b.since) || a.id.localeCompare(b.id))
}
type Add = (kind: ThingKind, id: string, since: string, more?: Partial<Thing>) => void

/** `beside`: all tasks of the same incident. */
function fromTask(task: Task, beside: readonly Task[], now: number, add: Add): void {
  if (task.state === 'ordered' && task.ordered_at) add('unanswered', task.id, task.ordered_at, { task, due: task.accept_due_at, late: isOverdue(task, now) })
  if (task.hint && !task.hint.no) add('hint', task.id, task.hint.at, { task })
  if (task.state === 'reserved') add('reserved', task.id, task.created_at, { task })
  if (task.state === 'evacuated') add('evacuated', task.id, task.times.evacuated ?? task.updated_at, { task })
  if (task.state === 'refused' && !replaced(task, beside)) add('refused', task.id, task.times.refused ?? task.updated_at, { task })
}
/** Another team was ordered to the same incident after the refusal. */
function replaced(task: Task, beside: readonly Task[]): boolean {
  const at = task.times.refused ?? task.updated_at
  return beside.some((t) => t.id !== task.id && !!t.ordered_at && t.ordered_at > at && t.state !== 'refused' && t.state !== 'cancelled')
}

function fromIncident(incident: Incident, tasks: readonly Task[], add: Add): void {
  const open = tasks.filter((t) => !ENDED.has(t.state))
  const refused = tasks.some((t) => t.state === 'refused')
  if (open.length === 0 && !refused && OPENING.has(incident.state)) add('no_team', incident.id, incident.received_at, { incident })
  if (incident.state === 'received') add('verify', incident.id, incident.received_at, { incident })
  const dispute = Object.values(incident.figures).find((f) => f && f.others.length > 0 && !f.confirmed)
  if (dispute && incident.life_risk !== 'none') add('figures', incident.id, dispute.as_of ?? incident.updated_at, { incident })
  if (incident.to_confirm) add('to_confirm', incident.id, incident.received_at, { incident })
  const suggested = incident.level_suggested?.confirmed
  if (!incident.level && suggested) add('ungraded', incident.id, incident.received_at, { incident })
}

/** The three shown. While they are the same three they keep their places; when one comes or goes they stand by weight again. */
export function settleThings(shown: readonly (string | null)[], ranked: readonly Thing[]): (Thing | null)[] {
  const top = ranked.slice(0, 3)
  const same = top.length === shown.filter(Boolean).length && top.every((t) => shown.includes(t.id))
  const order = same ? shown.flatMap((id) => top.find((t) => t.id === id) ?? []) : top
  return [0, 1, 2].map((i) => order[i] ?? null)
}
