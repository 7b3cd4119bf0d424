/** What no store holds: P90 of the time to arrive, and what happened lately. Read at start, at long intervals, and carried on by entries. */
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { get } from '../../kernel/http'
import type { Store } from '../../kernel/store'
import type { Cursor, Iso, Text } from '../../kernel/types'

export interface Happening {
  cursor: Cursor
  at: Iso
  type: string
  kind: string
  text: Text
  incident_id: string | null
  /** what visitors may be told in place of the text */
  incident_kind: string | null
  centre: string | null
  state: string | null
}
export interface Arrivals {
  days: number
  n: number
  p90_s: number | null
  previous_p90_s: number | null
  previous_n: number
  target_s: number | null
  since: Iso
  until: Iso
  items: { at: Iso; s: number }[]
}
export interface Summary { arrivals: Arrivals; recent: Happening[]; now: Iso }

const AGAIN_MS = 300_000
const RETRY_MS = 15_000
const KEPT = 40
/** Steps of a person's own work and what only stores need are no news for a wall. */
const NEWS = /^(incident|task|alarm|report|link)\./

export function useSummary(store: Store): ShallowRef<Summary | null> {
  const summary = shallowRef<Summary | null>(null)
  const ahead: Happening[] = []
  let timer: ReturnType<typeof setTimeout>
  const read = async (): Promise<void> => {
    let wait = AGAIN_MS
    try {
      const said = await get<Summary>('/wall/summary')
      summary.value = { ...said, recent: merged(said.recent, [...ahead, ...(summary.value?.recent ?? [])]) }
    } catch (error) {
      console.warn('the summary could not be read, once more soon', error)
      wait = RETRY_MS
    }
    timer = setTimeout(() => void read(), wait)
  }
  const stop = store.onEntry((entry) => {
    if (!NEWS.test(entry.type) || !entry.text?.zh) return
    const r = entry.record as Record<string, unknown>
    const incident = entry.kind === 'incident' ? r : (store.get('incident', r.incident_id as string) as unknown as Record<string, unknown> | undefined)
    const happening: Happening = {
      cursor: entry.cursor, at: entry.at, type: entry.type, kind: entry.kind, text: entry.text,
      incident_id: (entry.kind === 'incident' ? r.id : r.incident_id) as string | null,
      incident_kind: (incident?.kind as string) ?? null, centre: (incident?.centre as string) ?? null, state: (r.state as string) ?? null,
    }
    if (summary.value) summary.value = { ...summary.value, recent: merged([happening], summary.value.recent) }
    else ahead.unshift(happening)
  })
  void read()
  onScopeDispose(() => { stop(); clearTimeout(timer) })
  return summary
}

/** Newest first, each once. */
export function merged(fresh: Happening[], held: Happening[]): Happening[] {
  const all = new Map([...held, ...fresh].map((h) => [h.cursor, h]))
  return [...all.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : seq(b.cursor) - seq(a.cursor))).slice(0, KEPT)
}
const seq = (cursor: Cursor): number => Number(cursor.split('.').pop() ?? 0)
