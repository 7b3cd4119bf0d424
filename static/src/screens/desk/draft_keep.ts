/**
 * A call that is being taken outlives a reload or a crash: it is kept on this machine's disk for its own account, until it
 * is saved or discarded. It holds the caller's name and number, so it is destroyed with the session: at sign-out, at the
 * idle end and whenever the server says that nobody is signed in (kernel/session), whoever comes next.
 */
import { ref, watch, type Ref } from 'vue'
import { DRAFTS, drop, keep, kept } from '../../kernel/keep'
import { isEmpty, newDraft, type Draft } from './draft'

export interface KeptDraft {
  value: Ref<Draft>
  /** when the draft that was found on disk had been written; null for one of this run */
  restoredAt: Ref<string | null>
  /** empties it, here and on disk; what it was is returned */
  discard: () => Draft
  /** read from disk, if the account left one there */
  ready: Promise<void>
}
const SAVE_MS = 200

export function useKeptDraft(owner: string): KeptDraft {
  const value = ref(newDraft())
  const restoredAt = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** one write after another, so that an emptied draft is not overtaken by a fuller one */
  let last: Promise<void> = Promise.resolve()
  const write = (): void => {
    clearTimeout(timer)
    timer = undefined
    const now = JSON.parse(JSON.stringify(value.value)) as Draft
    last = last.then(() => (isEmpty(now) ? drop(owner, DRAFTS) : keep(owner, DRAFTS, now)))
  }
  const ready = kept<Draft>(owner, DRAFTS).then((found) => {
    if (!found || !isEmpty(value.value)) return
    value.value = { ...newDraft(), ...found.value }
    restoredAt.value = found.saved_at
  }).finally(() => {
    watch(value, (d) => {
      if (isEmpty(d)) { restoredAt.value = null; write() }
      else timer ??= setTimeout(write, SAVE_MS)
    }, { deep: true, flush: 'sync' })
  })
  globalThis.addEventListener?.('pagehide', () => { if (timer !== undefined) write() })
  return { value, restoredAt, ready, discard: () => { const was = value.value; value.value = newDraft(); return was } }
}
