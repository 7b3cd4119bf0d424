/**
 * What waits for a leader, from every slice (GET /decisions/waiting): read at the start, again when an entry tells of something that
 * may have changed it, and when the line is back; kept for a reload without a line. Only the server knows what this account may tap.
 */
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { Screen } from '../../kernel/begin'
import { Problem, get } from '../../kernel/http'
import { keep, kept } from '../../kernel/keep'
import type { Waiting, WaitingList } from '../../kernel/types'

export interface Waits { items: ShallowRef<readonly Waiting[] | null>; at: ShallowRef<number | null> }

const KEPT = 'decisions'
export function useWaiting({ store, live, session }: Pick<Screen, 'store' | 'live' | 'session'>, offline = false): Waits {
  const items = shallowRef<readonly Waiting[] | null>(null)
  const at = shallowRef<number | null>(null)
  let starts: readonly string[] = ['decision.']
  let [busy, again, gone] = [false, false, false]

  async function read(): Promise<void> {
    if (busy) { again = true; return }
    busy = true
    try {
      const found = await get<WaitingList>('/decisions/waiting')
      if (gone) return
      items.value = found.items
      starts = found.refreshed_by
      at.value = Date.now()
      if (offline) void keep(session.actor.id, KEPT, found)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    } finally {
      busy = false
      if (again && !gone) { again = false; void read() }
    }
  }
  async function start(): Promise<void> {
    const held = offline ? await kept<WaitingList>(session.actor.id, KEPT) : null
    if (held && !items.value && !gone) { items.value = held.value.items; starts = held.value.refreshed_by; at.value = Date.parse(held.saved_at) }
    await read()
  }
  void start()
  let was = live.state
  const off = [
    live.onChange(() => { if (live.state === 'live' && was !== 'live') void read(); was = live.state }),
    store.onEntry((entry) => { if (starts.some((one) => entry.type.startsWith(one))) void read() }),
  ]
  onScopeDispose(() => { gone = true; off.forEach((stop) => { stop() }) })
  return { items, at }
}
