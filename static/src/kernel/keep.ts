/**
 * What an offline reload shows: the last picture of the store and small values of the screen (own task, step, session).
 * Everything belongs to one owner; another person on the same phone never sees it.
 */
import { disk } from './disk'
import type { Store, StoreImage } from './store'

const SAVE_MS = 1000
const keyOf = (owner: string, name: string): string => `${owner}/${name}`

export async function keep(owner: string, name: string, value: unknown): Promise<void> {
  await (await disk()).put('kept', { owner, saved_at: new Date().toISOString(), value: structuredClone(value) }, keyOf(owner, name))
}

export async function kept<T>(owner: string, name: string): Promise<{ value: T; saved_at: string } | null> {
  const row = await (await disk()).get('kept', keyOf(owner, name))
  return row ? { value: row.value as T, saved_at: row.saved_at } : null
}

export async function drop(owner: string, name: string): Promise<void> { await (await disk()).delete('kept', keyOf(owner, name)) }

/** A draft may hold a caller's name and number: it does not outlive the session (RULES 8). */
export const DRAFTS = 'draft'
export async function forgetDrafts(): Promise<void> {
  const db = await disk()
  for (const key of await db.getAllKeys('kept')) if (key.endsWith(`/${DRAFTS}`)) await db.delete('kept', key)
}

/** Signed out, or the right is lost: nothing stays behind. */
export async function forget(owner: string): Promise<void> {
  const db = await disk()
  for (const key of await db.getAllKeys('kept')) if (key.startsWith(`${owner}/`)) await db.delete('kept', key)
}

/** Who used this phone last, so that an offline reload knows whose picture to show. */
export const LAST = '~last'

/** Restores the store if a picture is kept, then keeps it up to date. Returns when it was saved, and the way to stop. */
export async function keepStore(store: Store, owner: string, name = 'store'): Promise<{ saved_at: string | null; stop: () => void; save: () => Promise<void> }> {
  const found = await kept<StoreImage>(owner, name)
  if (found?.value.v === 1) store.restore(found.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = async (): Promise<void> => { clearTimeout(timer); timer = undefined; await keep(owner, name, store.serialise()) }
  const off = store.subscribe('any', () => { timer ??= setTimeout(() => void save(), SAVE_MS) })
  const hide = (): void => { if (timer !== undefined) void save() }
  globalThis.addEventListener?.('pagehide', hide)
  return {
    saved_at: found?.saved_at ?? null,
    save,
    stop: () => { off(); clearTimeout(timer); globalThis.removeEventListener?.('pagehide', hide) },
  }
}
