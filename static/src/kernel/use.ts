/** The kernel as Vue sees it: refs that follow the store, the line, the clock, the queue, the keys and the language. */
import { computed, getCurrentScope, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { clock } from './clock'
import { onLang, trackLang } from './i18n'
import { keys, type Layer, type Shown } from './keys'
import type { Live, LineState } from './live'
import type { Outbox } from './outbox'
import { sound, type SoundState } from './sound'
import type { Change, Store } from './store'
import type { Eta, Kind, Position, RecordOf, TimelineItem } from './types'

const language = shallowRef(0)
trackLang(() => void language.value)
onLang(() => { language.value += 1 })

const until = (stop: () => void): void => { if (getCurrentScope()) onScopeDispose(stop) }

/** A value read again whenever `subscribe` says so. */
function following<T>(subscribe: (run: () => void) => () => void, read: () => T): ShallowRef<T> {
  const value = shallowRef(read()) as ShallowRef<T>
  until(subscribe(() => { value.value = read() }))
  return value
}

/** Counts changes of one kind; read `.value` inside a computed to follow it. */
export function useVersion(store: Store, change: Change): ShallowRef<number> {
  let n = 0
  return following((run) => store.subscribe(change, run), () => (n += 1))
}

/** All records of a kind, narrowed and sorted; computed once per change, not per reader. */
export function useAll<K extends Kind>(
  store: Store, kind: K, keepIf?: (r: RecordOf<K>) => boolean, sort?: (a: RecordOf<K>, b: RecordOf<K>) => number,
): ComputedRef<RecordOf<K>[]> {
  const version = useVersion(store, kind)
  return computed(() => {
    void version.value
    const all = store.all(kind)
    const some = keepIf ? all.filter(keepIf) : all
    return sort ? some.sort(sort) : some
  })
}

export function useOne<K extends Kind>(store: Store, kind: K, id: () => string | null | undefined): ComputedRef<RecordOf<K> | undefined> {
  const version = useVersion(store, kind)
  return computed(() => { void version.value; return store.get(kind, id()) })
}

export function useTimeline(store: Store, incidentId: () => string | null | undefined): ComputedRef<TimelineItem[]> {
  const version = useVersion(store, 'timeline')
  return computed(() => { void version.value; const id = incidentId(); return id ? store.timeline(id) : [] })
}

export function usePositions(store: Store): ComputedRef<(teamId: string) => Position | null> {
  const [moved, teams] = [useVersion(store, 'positions'), useVersion(store, 'team')]
  return computed(() => { void moved.value; void teams.value; return (id: string) => store.position(id) })
}

/** When the team of a task under way will be there. */
export function useEta(store: Store): ComputedRef<(taskId: string) => Eta | null> {
  const moved = useVersion(store, 'positions')
  return computed(() => { void moved.value; return (id: string) => store.eta(id) })
}

/** Server time in ms, once a second, shared by all. */
const now = shallowRef(clock.now())
let nowUsers = 0
let stopNow: (() => void) | null = null
export function useNow(): Readonly<ShallowRef<number>> {
  if (getCurrentScope()) {
    if (nowUsers === 0) { now.value = clock.now(); stopNow = clock.onTick((t) => { now.value = t }) }
    nowUsers += 1
    onScopeDispose(() => { nowUsers -= 1; if (nowUsers === 0) stopNow?.() })
  }
  return now
}

export function useLine(live: Live): { state: ShallowRef<LineState>; heardAt: () => number | null } {
  return { state: following((run) => live.onChange(run), () => live.state), heardAt: () => live.lastHeardAt }
}
/** When the server was last heard, once the line is down or silent; null while it is well, and before the first word. */
export function useCut(live: Live): ComputedRef<number | null> {
  const state = useLine(live).state
  const tick = useNow()
  return computed(() => { void tick.value; return state.value === 'offline' || state.value === 'stale' ? live.lastHeardAt : null })
}
export function useOutbox(outbox: Outbox): ShallowRef<{ pending: Outbox['pending']; refused: Outbox['refused'] }> {
  return following((run) => outbox.onChange(run), () => ({ pending: outbox.pending, refused: outbox.refused }))
}
export function useSound(): ShallowRef<SoundState> { return following((run) => sound.onChange(run), () => sound.state) }
export function useShownKeys(): ShallowRef<Shown[]> { return following((run) => keys.onChange(run), () => keys.list()) }

/** A layer of keys for as long as the component lives. */
export function useKeys(layer: Layer): void { until(keys.push(layer)) }
