/** Orders to get out at once: what the desk has entered for a task of this team, until somebody here has pressed that it was read. */
import { computed, ref, type ComputedRef } from 'vue'
import type { Task, TaskStep } from '../../kernel/types'
import type { OwnTask } from './mine'

export interface Evacuation { key: string; task: OwnTask; step: TaskStep }
const KEPT = 'fengsui.field.evacuations-read'
const MOST = 40

/** Entered by the desk on its own (`desk` is the channel it then has), not as the team's words by telephone or radio. */
export function evacuationOf(task: Task, own: string): TaskStep | null {
  if (task.state !== 'evacuated') return null
  const step = task.steps.findLast((one) => one.state === 'evacuated')
  return step && step.by !== own && (!step.by_proxy || step.by_proxy.channel === 'desk') ? step : null
}

export function useEvacuations(open: ComputedRef<OwnTask[]>, own: string): { orders: ComputedRef<Evacuation[]>; read: (order: Evacuation) => void } {
  const seen = ref<string[]>(JSON.parse(localStorage.getItem(KEPT) ?? '[]') as string[])
  const orders = computed(() => open.value.flatMap((task) => {
    const step = evacuationOf(task, own)
    const key = `${task.id} ${step?.received_at}`
    return step && !seen.value.includes(key) ? [{ key, task, step }] : []
  }))
  const read = (order: Evacuation): void => {
    seen.value = [...seen.value, order.key].slice(-MOST)
    localStorage.setItem(KEPT, JSON.stringify(seen.value))
  }
  return { orders, read }
}
