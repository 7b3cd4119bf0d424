/** Our own forces: how many are out and in which state, how many are free, which orders nobody has answered. Pure. */
import { ms } from '../../kernel/ages'
import type { Incident, Task, TaskState, Team } from '../../kernel/types'
import { isEngaged } from './board'

/** Shown in this order; `assembling` stands with those who accepted, `recalled` with those who go back. */
export const SHOWN_STATES = ['ordered', 'accepted', 'enroute', 'on_scene', 'working', 'withdrawn', 'evacuated'] as const
export type ShownState = (typeof SHOWN_STATES)[number]
const AS: Partial<Record<TaskState, ShownState>> = { assembling: 'accepted', recalled: 'withdrawn' }
const FORWARD: TaskState[] = ['reserved', 'ordered', 'accepted', 'assembling', 'recalled', 'withdrawn', 'enroute', 'on_scene', 'working', 'evacuated']

/** What each engaged team is doing: with several tasks, the one farthest forward. */
export function doing(tasks: Task[]): Map<string, Task> {
  const now = new Map<string, Task>()
  for (const task of tasks) {
    if (!isEngaged(task)) continue
    const held = now.get(task.team_id)
    if (!held || FORWARD.indexOf(task.state) > FORWARD.indexOf(held.state)) now.set(task.team_id, task)
  }
  return now
}

export interface Forces { out: number; counts: Record<ShownState, number>; reserved: number; available: number; resting: number; off: number; all: number }
export function countForces(teams: Team[], tasks: Task[]): Forces {
  const counts: Record<ShownState, number> = { ordered: 0, accepted: 0, enroute: 0, on_scene: 0, working: 0, withdrawn: 0, evacuated: 0 }
  let reserved = 0
  const busy = doing(tasks)
  for (const { state } of busy.values()) {
    const shown = AS[state] ?? state
    if (shown === 'reserved') reserved += 1
    else if (shown in counts) counts[shown as ShownState] += 1
  }
  const free = teams.filter((t) => !busy.has(t.id))
  const of = (status: Team['status']): number => free.filter((t) => t.status === status).length
  return { out: busy.size - reserved, counts, reserved, available: of('available'), resting: of('resting'), off: of('off'), all: teams.length }
}

export interface Deadline { task: Task; due: number; late: boolean; /** past the second limit as well: alarmed */ alarmed: boolean }
/** Orders that nobody has answered, the most pressing first. */
export function unanswered(tasks: Task[], now: number): Deadline[] {
  return tasks
    .filter((t) => t.state === 'ordered' && t.accept_due_at)
    .map((task) => {
      const due = ms(task.accept_due_at!)
      return { task, due, late: now > due, alarmed: task.alarm_at !== null && now > ms(task.alarm_at) }
    })
    .sort((a, b) => a.due - b.due)
}

export interface Refusal { task: Task; at: number }
/** Teams that could not go, while nobody has gone to that incident since. */
export function refusals(tasks: Task[], incidents: Incident[]): Refusal[] {
  const open = new Set(incidents.map((i) => i.id))
  return tasks.filter((t) => t.state === 'refused' && open.has(t.incident_id)).flatMap((task) => {
    const at = ms(task.times.refused ?? task.updated_at)
    const answered = tasks.some((o) => o.incident_id === task.incident_id && o.id !== task.id && (o.replaces === task.id || ms(o.ordered_at ?? o.created_at) > at))
    return answered ? [] : [{ task, at }]
  })
}
