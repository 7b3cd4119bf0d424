/** The own task as the phone shows it: what the server knows, and on top of it what still waits in the queue. */
import type { QueuedItem, RefusedItem } from '../../kernel/disk'
import type { CasualtyField, Incident, Proxy, Task, TaskState, TaskStep } from '../../kernel/types'
import { ENDED, stateOf } from './flow'

/** What the wire says of a task beyond the shared type. */
export interface OwnTask extends Task {
  ordered_centre: string
  terms: { task_area: string | null; insurance: string | null; contact: string | null } | null
  open: boolean
}
export interface Shown {
  state: TaskState
  /** when this state was entered, by the scene's clock */
  at: string | null
  /** it still waits in the queue */
  queued: boolean
}

/** Open tasks: unanswered orders first, then the newest. */
export function openTasks(tasks: readonly Task[]): OwnTask[] {
  const mine = (tasks as OwnTask[]).filter((task) => task.open !== false && !ENDED.has(task.state))
  const rank = (task: Task): number => (task.state === 'ordered' ? 0 : 1)
  return mine.sort((a, b) => rank(a) - rank(b) || (b.ordered_at ?? '').localeCompare(a.ordered_at ?? ''))
}

/** A step that the server has taken but whose record is still on its way: without it the key would jump back for a moment. */
export type Sent = Pick<QueuedItem, 'command_id' | 'name' | 'at'> & { task: string }

export const isStep = (item: QueuedItem): boolean => stateOf(item.name) !== null && !item.payload.at
export const hasArrived = (sent: Sent, task: Task | undefined): boolean =>
  !task || task.steps.some((step) => !step.skipped && step.state === stateOf(sent.name))

export function shownState(task: Task, pending: readonly QueuedItem[], sent: readonly Sent[] = []): Shown {
  const waiting = pending.filter((item) => item.payload.id === task.id && isStep(item)).at(-1)
  if (waiting) return { state: stateOf(waiting.name)!, at: waiting.at, queued: true }
  const under = sent.filter((one) => one.task === task.id && !hasArrived(one, task)).at(-1)
  if (under) return { state: stateOf(under.name)!, at: under.at, queued: false }
  return { state: task.state, at: task.times[task.state] ?? null, queued: false }
}

export const recorded = (task: Task): TaskState[] => task.steps.map((step) => step.state)

/** Steps that were passed over and may be filled in. */
export function skipped(task: Task, pending: readonly QueuedItem[]): TaskState[] {
  const waiting = new Set(pending.filter((item) => item.payload.id === task.id && item.payload.at).map((item) => item.payload.to))
  return task.steps.filter((step) => step.skipped && !waiting.has(step.state)).map((step) => step.state)
}

export type Hurt = Exclude<CasualtyField, 'rescued' | 'evacuated'>
export interface People { field: Hurt; value: number; asOf: string | null; confirmed: boolean; others: number[] }
const FIRST: readonly Hurt[] = ['missing', 'trapped', 'serious', 'poisoned', 'light', 'dead']
const RISK: readonly Hurt[] = ['missing', 'trapped']

/** Who is to be found or saved first; a figure of 0 is said only of the missing and the trapped, an absent one never. */
export function people(incident: Incident): People[] {
  return FIRST.flatMap((field) => {
    const figure = incident.figures?.[field]
    const value = figure?.value ?? incident.casualties?.[field] ?? null
    if (value === null || (value === 0 && !RISK.includes(field))) return []
    return [{ field, value, asOf: figure?.as_of ?? null, confirmed: figure?.confirmed ?? false, others: figure?.others ?? [] }]
  })
}

/** Who came first: the step as the server holds it, where it differs from what this phone wanted to enter. */
export interface Override { state: TaskState; by: string; at: string | null; proxy: Proxy | null }
export function override(task: Task | undefined, item: RefusedItem): Override | null {
  if (!task) return null
  const wanted = stateOf(item.name)
  const of = (step: TaskStep | undefined): Override | null =>
    step ? { state: step.state, by: step.by, at: step.at, proxy: step.by_proxy } : null
  return of(task.steps.find((step) => step.state === wanted && !step.skipped)) ?? of(task.steps.at(-1))
}

/** The same words for the same refused item, however often this phone starts: an id made from the item's own. */
export function echoId(commandId: string): string {
  const last = parseInt(commandId.at(-1)!, 16)
  return commandId.slice(0, -1) + (last ^ 1).toString(16)
}

const EARTH_M = 6_371_000
const rad = (degrees: number): number => (degrees * Math.PI) / 180
export type Place = readonly [lon: number, lat: number]

/** Straight line, metres. */
export function metres([lon1, lat1]: Place, [lon2, lat2]: Place): number {
  const a = Math.sin(rad(lat2 - lat1) / 2) ** 2 + Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * Math.sin(rad(lon2 - lon1) / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.sqrt(a))
}
/** Degrees from north, clockwise. */
export function bearing([lon1, lat1]: Place, [lon2, lat2]: Place): number {
  const y = Math.sin(rad(lon2 - lon1)) * Math.cos(rad(lat2))
  const x = Math.cos(rad(lat1)) * Math.sin(rad(lat2)) - Math.sin(rad(lat1)) * Math.cos(rad(lat2)) * Math.cos(rad(lon2 - lon1))
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360
}
/** Which of eight directions, 0 = north, clockwise. */
export const octant = (from: Place, to: Place): number => Math.round(bearing(from, to) / 45) % 8
/** `850 米` below a kilometre, else `4.2 公里`. */
export function length(m: number, zh: boolean): string {
  if (m < 1000) return `${Math.round(m / 10) * 10} ${zh ? '米' : 'm'}`
  return `${(m / 1000).toFixed(m < 20_000 ? 1 : 0)} ${zh ? '公里' : 'km'}`
}
