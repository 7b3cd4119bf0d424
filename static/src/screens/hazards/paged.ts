/**
 * A long register as this screen sees it: the first of what is sought and how much there is, read over HTTP and kept on this device.
 * What is shown is true by the entries: a record that changes changes at once, what comes, goes or moves is read anew soon after.
 */
import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Screen } from '../../kernel/begin'
import { clock } from '../../kernel/clock'
import { Problem, get } from '../../kernel/http'
import { keep, kept } from '../../kernel/keep'
import { session } from '../../kernel/session'
import type { Base, Entry, Kind } from '../../kernel/types'

export interface Answer<T> { items: T[]; next: string | null; count: number; counts: Record<string, number> }
export interface Paged<T> {
  answer: ShallowRef<Answer<T> | null>
  /** when it was read, while it is not told live */
  asOf: ComputedRef<number | null>
  /** how many are not shown */
  rest: ComputedRef<number>
  /** there are more than a screen is given: narrow what is sought */
  full: ComputedRef<boolean>
  more: () => void
}
export const FIRST = 50
export const MOST = 500
const SOON_MS = 300
const CALM_MS = 2000
const newer = (a: Base, b: Base): boolean =>
  (a.term ?? 0) !== (b.term ?? 0) ? (a.term ?? 0) > (b.term ?? 0) : (a.n ?? 0) !== (b.n ?? 0) ? (a.n ?? 0) > (b.n ?? 0) : a.version > b.version

/** The rows after an entry: what it changed, without what it took away; null when nothing that is shown changed. */
export function after<T extends Base>(rows: T[], entry: Pick<Entry, 'kind' | 'type' | 'record'>, belongs: (one: T) => boolean): T[] | null {
  const at = rows.findIndex((one) => one.id === entry.record.id)
  const held = rows[at]
  if (!held) return null
  if (entry.type === 'scope.ended') return rows.filter((one) => one !== held)
  const told = entry.record as unknown as T
  if (!newer(told, held)) return null
  return belongs(told) ? rows.with(at, told) : rows.filter((one) => one !== held)
}

/** Runs soon, then not again before it has ended and some time has passed, however often it is asked. */
export function calmly(run: () => Promise<void>): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let [busy, again, over] = [false, false, false]
  function ask(): void {
    if (busy) again = true
    else if (!over) timer ??= setTimeout(() => void go(), SOON_MS)
  }
  async function go(): Promise<void> {
    busy = true
    await run()
    await new Promise((done) => setTimeout(done, CALM_MS))
    busy = false
    timer = undefined
    if (again) { again = false; ask() }
  }
  return { ask, stop: () => { over = true; clearTimeout(timer) } }
}

/** Read over HTTP again whenever one of some kinds is told of, and when the line is back. */
export function useTold<T>(screen: Screen, kinds: readonly Kind[], path: string): ShallowRef<T | null> {
  const value = shallowRef<T | null>(null) as ShallowRef<T | null>
  const asking = calmly(async () => { try { value.value = await get<T>(path) } catch (error) { unread(path, error) } })
  follow(screen, kinds, asking, () => undefined)
  asking.ask()
  return value
}

/** `path` without what is sought is the list that is kept; null: nothing is asked. `belongs`: whether a changed one still stands in it. */
export function usePaged<T extends Base>(screen: Screen, kind: Kind, name: () => string, path: () => [base: string, sought: Record<string, string>] | null, belongs: (one: T) => boolean): Paged<T> {
  const answer = shallowRef<Answer<T> | null>(null) as ShallowRef<Answer<T> | null>
  const readAt = ref<number | null>(null)
  const limit = ref(FIRST)
  let turn = 0
  async function read(): Promise<void> {
    const [mine, owner, asked, key] = [++turn, screen.session.actor.id, path(), `hazards page ${name()}`]
    if (!asked) { answer.value = null; return }
    const sought = Object.fromEntries(Object.entries(asked[1]).filter(([, value]) => value.trim()))
    try {
      const found = await get<Answer<T>>(asked[0], { query: { ...sought, limit: String(limit.value) } })
      if (mine !== turn) return
      answer.value = found
      readAt.value = clock.now()
      // the first page of all is what a phone goes on with without a line; nothing is written down for somebody who has signed out
      if (!Object.keys(sought).length && limit.value === FIRST && session()?.actor.id === owner) await keep(owner, key, found)
    } catch (error) {
      unread(asked[0], error)
      const held = await kept<Answer<T>>(owner, key)
      if (mine !== turn || !held) return
      const first = answer.value === null || Object.keys(sought).length > 0
      if (first) { answer.value = held.value; readAt.value = Date.parse(held.saved_at) }
    }
  }
  const asking = calmly(read)
  let typed: ReturnType<typeof setTimeout> | undefined
  watch(name, () => { answer.value = null; readAt.value = null; limit.value = FIRST })
  watch(() => [name(), JSON.stringify(path())], ([, now], was) => {
    clearTimeout(typed)
    if (was && was[1] !== now) limit.value = FIRST
    typed = setTimeout(() => void read(), was && was[0] === name() ? 150 : 0)
  }, { immediate: true })
  watch(limit, (now, was) => { if (now > was) void read() })
  const line = follow(screen, [kind], asking, (entry) => {
    const rows = answer.value && after(answer.value.items, entry, belongs)
    if (rows && answer.value) answer.value = { ...answer.value, items: rows }
  })
  onBeforeUnmount(() => { clearTimeout(typed); turn += 1 })
  const rest = computed(() => Math.max(0, (answer.value?.count ?? 0) - (answer.value?.items.length ?? 0)))
  return {
    answer, rest,
    asOf: computed(() => (line.value ? null : readAt.value)),
    full: computed(() => limit.value >= MOST),
    more: () => { limit.value = Math.min(MOST, limit.value * 2) },
  }
}

/** The one that is looked at: from the page at once, then as it is now, and by its entries from then on. */
export function useAlone<T extends Base>(screen: Screen, kind: Kind, id: () => string, path: string, rows: () => T[]): { one: ComputedRef<T | null>; told: (run: (entry: Entry) => void) => void } {
  const alone = shallowRef<T | null>(null) as ShallowRef<T | null>
  const listeners = new Set<(entry: Entry) => void>()
  async function look(): Promise<void> {
    const asked = id()
    if (!asked) return
    alone.value = rows().find((one) => one.id === asked) ?? (alone.value?.id === asked ? alone.value : null)
    try {
      const found = await get<T>(`${path}/${encodeURIComponent(asked)}`)
      if (id() === asked && (alone.value?.id !== asked || !newer(alone.value, found))) alone.value = found
    } catch (error) { unread(path, error) }
  }
  watch(id, () => void look(), { immediate: true })
  let well = screen.live.state === 'live'
  onBeforeUnmount(screen.live.onChange(() => {
    const is = screen.live.state === 'live'
    if (is && !well) void look()
    well = is
  }))
  onBeforeUnmount(screen.store.onEntry((entry) => {
    for (const run of listeners) run(entry)
    if (entry.kind === kind && entry.record.id === id() && entry.type !== 'scope.ended') alone.value = entry.record as unknown as T
  }))
  return { one: computed(() => (alone.value?.id === id() ? alone.value : (rows().find((one) => one.id === id()) ?? null))), told: (run) => void listeners.add(run) }
}

/** Hear of some kinds, and of the line: whether it is well. */
function follow(screen: Screen, kinds: readonly Kind[], asking: ReturnType<typeof calmly>, told: (entry: Entry) => void): ShallowRef<boolean> {
  const well = shallowRef(screen.live.state === 'live')
  const stops = [
    screen.store.onEntry((entry) => { if ((kinds as readonly string[]).includes(entry.kind)) { told(entry); asking.ask() } }),
    screen.live.onChange(() => {
      const is = screen.live.state === 'live'
      if (is && !well.value) asking.ask()
      well.value = is
    }),
  ]
  onBeforeUnmount(() => { stops.forEach((stop) => stop()); asking.stop() })
  return well
}

function unread(path: string, error: unknown): void {
  if (!(error instanceof Problem)) throw error
  console.warn('not read', path, error)
}
