/** What was asked of the server: one at a time under its own name, what waits, what was refused and why, what can be taken back. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { clock } from '../../kernel/clock'
import type { Live } from '../../kernel/live'
import { useNow } from '../../kernel/use'
import { UNDO_MS } from './arming'

export interface Said { text: string; ok: boolean; at: number }
export interface Undo { label: string; until: number; run: () => Promise<void> }
export interface Doing {
  /** acts sent and not yet answered */
  waiting: ShallowRef<{ id: number; label: string; since: number }[]>
  last: ShallowRef<Said | null>
  undo: ShallowRef<Undo | null>
  undoLeft: ComputedRef<number>
  /** Returns the result, or null when it was refused (then `last` says why). */
  act: <T = unknown>(label: string, name: string, payload: Record<string, unknown>, version?: number) => Promise<T | null>
  say: (text: string, ok?: boolean) => void
  offerUndo: (label: string, run: () => Promise<void>) => void
}

export function useDoing(live: Live): Doing {
  const waiting = shallowRef<{ id: number; label: string; since: number }[]>([])
  const last = shallowRef<Said | null>(null)
  const undo = shallowRef<Undo | null>(null)
  const now = useNow()
  let count = 0
  const say = (text: string, ok = true): void => { last.value = { text, ok, at: clock.now() } }
  const undoLeft = computed(() => Math.max(0, Math.ceil(((undo.value?.until ?? 0) - now.value) / 1000)))

  async function act<T>(label: string, name: string, payload: Record<string, unknown>, version?: number): Promise<T | null> {
    const id = (count += 1)
    waiting.value = [...waiting.value, { id, label, since: clock.now() }]
    const outcome = await live.do<T>(name, payload, { ...(version === undefined ? {} : { version }), giveUpMs: 120_000 })
    waiting.value = waiting.value.filter((w) => w.id !== id)
    if (outcome.ok) { say(label); return outcome.result }
    say(`${label}：${outcome.problem.message}`, false)
    return null
  }

  return {
    waiting, last, undo, undoLeft, act, say,
    offerUndo: (label, run) => { undo.value = { label, until: clock.now() + UNDO_MS, run } },
  }
}
