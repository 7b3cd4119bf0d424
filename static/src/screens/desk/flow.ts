/** What a desk may enter next for a task or an incident: the server's flows, to offer only what it will take. */
import type { IncidentState, Task, TaskState } from '../../kernel/types'

const TASK: Record<TaskState, readonly TaskState[]> = {
  reserved: ['ordered', 'cancelled'],
  ordered: ['accepted', 'assembling', 'enroute', 'on_scene', 'refused', 'recalled', 'cancelled'],
  accepted: ['assembling', 'enroute', 'on_scene', 'refused', 'recalled'],
  refused: ['ordered'],
  assembling: ['enroute', 'on_scene', 'refused', 'recalled'],
  enroute: ['on_scene', 'refused', 'recalled'],
  on_scene: ['working', 'withdrawn', 'evacuated', 'recalled'],
  working: ['withdrawn', 'evacuated', 'recalled'],
  withdrawn: ['returned'],
  evacuated: ['working', 'on_scene', 'withdrawn', 'recalled'],
  recalled: ['returned'],
  returned: [],
  cancelled: [],
}
export const MAIN_LINE: readonly TaskState[] = ['ordered', 'accepted', 'assembling', 'enroute', 'on_scene', 'working', 'withdrawn', 'returned']
const ON_SCENE = MAIN_LINE.indexOf('on_scene')
export const ENDED: ReadonlySet<TaskState> = new Set<TaskState>(['refused', 'returned', 'cancelled'])

/** A step a desk may enter: the likeliest first. `fill` = it was passed over and needs its time. */
export interface Enter { to: TaskState; fill: boolean; needs: ('reason' | 'released' | 'at')[] }

export function entries(task: Pick<Task, 'state' | 'steps'>): Enter[] {
  const recorded = new Set(task.steps.map((s) => s.state))
  const here = MAIN_LINE.indexOf(task.state)
  const far = here < 0 ? [] : MAIN_LINE.slice(here + 1, here < ON_SCENE ? ON_SCENE + 2 : undefined).filter((s) => !recorded.has(s))
  const near = TASK[task.state].filter((s) => s !== 'cancelled' && s !== 'recalled')
  const ahead = [...new Set([...far, ...near])].sort((a, b) => weight(a) - weight(b))
  const missed = task.steps.filter((s) => s.skipped).map((s) => s.state)
  return [
    ...ahead.map((to): Enter => ({ to, fill: false, needs: needsOf(task.state, to) })),
    ...missed.map((to): Enter => ({ to, fill: true, needs: ['at'] })),
  ]
}
const weight = (s: TaskState): number => (MAIN_LINE.includes(s) ? MAIN_LINE.indexOf(s) : s === 'evacuated' ? 20 : 21)

function needsOf(from: TaskState, to: TaskState): Enter['needs'] {
  if (from === 'evacuated' && (to === 'working' || to === 'on_scene')) return ['released']
  return to === 'refused' ? ['reason'] : []
}

export const mayRecall = (s: TaskState): boolean => s === 'reserved' || TASK[s].includes('recalled')
export const mayEvacuate = (s: TaskState): boolean => TASK[s].includes('evacuated')
export const mayCancel = (s: TaskState): boolean => TASK[s].includes('cancelled')

const INCIDENT: Record<IncidentState, readonly IncidentState[]> = {
  received: ['verifying', 'confirmed', 'responding'],
  verifying: ['confirmed', 'dismissed'],
  dismissed: ['verifying'],
  confirmed: ['assessing', 'responding'],
  assessing: ['responding', 'dismissed'],
  responding: ['controlled'],
  controlled: ['response_ended', 'responding'],
  response_ended: ['recovery', 'review', 'responding'],
  recovery: ['review', 'responding'],
  review: ['archived', 'responding'],
  archived: ['review'],
}
const NEEDS_REASON: ReadonlySet<IncidentState> = new Set<IncidentState>(['dismissed', 'response_ended', 'archived'])
export const incidentOnward = (s: IncidentState): readonly IncidentState[] => INCIDENT[s] ?? []
export const needsReason = (s: IncidentState): boolean => NEEDS_REASON.has(s)
/** Still before or in its response: a team is to be sent. */
export const OPENING: ReadonlySet<IncidentState> = new Set<IncidentState>(['received', 'verifying', 'confirmed', 'assessing', 'responding'])
