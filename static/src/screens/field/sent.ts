/** Steps between the server's yes and the record that says so; kept over a reload, gone when the record has come. */
import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { QueuedItem, RefusedItem } from '../../kernel/disk'
import type { Task } from '../../kernel/types'
import { hasArrived, isStep, type Sent } from './mine'

const KEY = 'fengsui.field.sent'
const MOST = 30

export function useSent(box: Ref<{ pending: QueuedItem[]; refused: RefusedItem[] }>, taskOf: (id: string) => Task | undefined): ShallowRef<Sent[]> {
  const sent = shallowRef<Sent[]>(JSON.parse(localStorage.getItem(KEY) ?? '[]') as Sent[])
  watch(box, (now, before) => {
    const still = new Set([...now.pending, ...now.refused].map((item) => item.command_id))
    const left = before.pending.filter((item) => isStep(item) && !still.has(item.command_id))
      .map((item): Sent => ({ command_id: item.command_id, name: item.name, at: item.at, task: String(item.payload.id) }))
    const all = [...sent.value, ...left].filter((one) => !hasArrived(one, taskOf(one.task))).slice(-MOST)
    if (all.length === 0 && sent.value.length === 0) return
    sent.value = all
    localStorage.setItem(KEY, JSON.stringify(all))
  }, { flush: 'sync' })
  return sent
}
