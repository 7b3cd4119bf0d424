/** The team's own past tasks, kept on this phone: of what they were and how they ended. The incident itself is no longer its business. */
import { onMounted, shallowRef, type ShallowRef } from 'vue'
import { keep, kept } from '../../kernel/keep'
import type { Task, TaskState } from '../../kernel/types'

export interface Past { id: string; number: string; title: string; state: TaskState; at: string }
export interface History { all: ShallowRef<Past[]>; note: (task: Task) => Promise<void> }

const NAME = 'history'
const MOST = 30

/** The newest first, each once, with what was heard of it last. */
export function withPast(all: readonly Past[], task: Task): Past[] {
  const at = task.times[task.state] ?? task.updated_at
  const one: Past = { id: task.id, number: task.number, title: task.incident_title, state: task.state, at }
  return [one, ...all.filter((other) => other.id !== task.id)].sort((a, b) => b.at.localeCompare(a.at)).slice(0, MOST)
}

export function useHistory(owner: string): History {
  const all = shallowRef<Past[]>([])
  let read: Promise<void> | null = null
  const open = (): Promise<void> => (read ??= kept<Past[]>(owner, NAME).then((held) => { all.value = held?.value ?? [] }))
  onMounted(open)
  return {
    all,
    note: async (task) => { await open(); all.value = withPast(all.value, task); await keep(owner, NAME, all.value) },
  }
}
