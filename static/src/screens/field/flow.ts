/** What a team may enter next for its own task: the same flow as the server's, the desk's decisions left out. */
import type { TaskState } from '../../kernel/types'

/** The state a step leads to → the action's name. */
export const VERBS: Partial<Record<TaskState, string>> = {
  accepted: 'task.accept', refused: 'task.refuse', assembling: 'task.assemble', enroute: 'task.depart', on_scene: 'task.arrive',
  working: 'task.work', withdrawn: 'task.withdraw', evacuated: 'task.evacuate', returned: 'task.return',
}
const STATE_OF = new Map(Object.entries(VERBS).map(([state, verb]) => [verb, state as TaskState]))

/** The state an action's name means, or null if it is no step. */
export const stateOf = (action: string): TaskState | null => STATE_OF.get(action) ?? null

const ONWARD: Record<TaskState, readonly TaskState[]> = {
  reserved: [],
  ordered: ['accepted', 'refused', 'assembling', 'enroute', 'on_scene'],
  refused: [],
  accepted: ['assembling', 'enroute', 'on_scene', 'refused'],
  assembling: ['enroute', 'on_scene', 'refused'],
  enroute: ['on_scene', 'refused'],
  on_scene: ['working', 'withdrawn', 'evacuated'],
  working: ['withdrawn', 'evacuated'],
  evacuated: ['working', 'on_scene', 'withdrawn'],
  withdrawn: ['returned'],
  recalled: ['returned'],
  returned: [],
  cancelled: [],
}
export const MAIN_LINE: readonly TaskState[] = ['ordered', 'accepted', 'assembling', 'enroute', 'on_scene', 'working', 'withdrawn', 'returned']
const DECISIONS = new Set<TaskState>(['refused', 'evacuated', 'recalled', 'cancelled'])
export const ENDED: ReadonlySet<TaskState> = new Set(['refused', 'returned', 'cancelled'])

/** The one step the large key enters; null when the team has nothing to enter. */
export function nextStep(state: TaskState): TaskState | null {
  if (state === 'recalled') return 'returned'
  if (state === 'evacuated') return 'withdrawn'
  const at = MAIN_LINE.indexOf(state)
  return at < 0 ? null : (MAIN_LINE[at + 1] ?? null)
}

function walk(from: TaskState): Set<TaskState> {
  const seen = new Set<TaskState>()
  const queue = [from]
  for (let state = queue.shift(); state; state = queue.shift()) {
    for (const to of ONWARD[state]) {
      if (seen.has(to)) continue
      seen.add(to)
      if (!DECISIONS.has(to)) queue.push(to)
    }
  }
  return seen
}

/** Every state that may be entered now: one listed step, or farther along the main line into what is not recorded yet. */
export function reachable(state: TaskState, recorded: readonly TaskState[]): TaskState[] {
  const direct = new Set(ONWARD[state])
  const far = walk(state)
  const open = (to: TaskState): boolean => direct.has(to) || (far.has(to) && !DECISIONS.has(to) && !recorded.includes(to) && to !== state)
  return (Object.keys(VERBS) as TaskState[]).filter(open)
}

/** Back to work after an emergency evacuation names who declared it safe. */
export const needsRelease = (from: TaskState, to: TaskState): boolean => from === 'evacuated' && (to === 'working' || to === 'on_scene')
