/**
 * Danger areas as the phone has to tell of them. Inside: what the server saw, and with or without a line what this phone sees by
 * itself, each until somebody here has pressed that it was read. Ahead: before it sets out, those at the goal or on the way.
 */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { DangerAdmission, DangerArea, DangerEntry, Text } from '../../kernel/types'
import type { Store } from '../../kernel/store'
import { useAll } from '../../kernel/use'
import { word } from '../../kernel/words'
import { holds } from '../../parts/map/danger'
import type { Fix } from './sharing'

export interface Inside { area: string; entry: string | null; sort: string; reason: string; advice: Text | null; since: string }
const KEPT = 'fengsui.field.dangers-read'
const MOST = 60
const FIXES = 2
const LEAST_EXACT_M = 60

/** How many fixes one after another lay in each area: one that is not exact says nothing, one outside begins anew. */
export function counted(before: ReadonlyMap<string, number>, areas: readonly DangerArea[], fix: Fix): Map<string, number> {
  if ((fix.accuracy ?? 0) > LEAST_EXACT_M) return new Map(before)
  return new Map(areas.flatMap((one): [string, number][] => (one.state === 'in_force' && holds(one.shape, [fix.lon, fix.lat]) ? [[one.id, (before.get(one.id) ?? 0) + 1]] : [])))
}

export function useDangers(store: Store, team: string, fix: Ref<Fix | null>, now: Readonly<Ref<number>>, receipt: (entry: DangerEntry) => void): { inside: ComputedRef<Inside[]>; areas: ComputedRef<DangerArea[]>; admitted: (area: string) => DangerAdmission | undefined; read: (one: Inside) => void } {
  const areas = useAll(store, 'danger_area', (one) => one.live !== false) as ComputedRef<DangerArea[]>
  const entries = useAll(store, 'danger_entry', (one) => one.live !== false && one.team_id === team) as ComputedRef<DangerEntry[]>
  /** Who was sent in by name is not warned of being there. */
  const admissions = useAll(store, 'danger_admission', (one) => one.live !== false && one.team_id === team)
  const admitted = (area: string): DangerAdmission | undefined => admissions.value.find((one) => one.area_id === area)
  const seen = ref<string[]>(JSON.parse(localStorage.getItem(KEPT) ?? '[]') as string[])
  const own = shallowRef<ReadonlyMap<string, number>>(new Map())
  const since = new Map<string, string>()
  watch([fix, areas], ([at]) => {
    if (!at) { own.value = new Map(); return }
    own.value = counted(own.value, areas.value, at)
    for (const id of own.value.keys()) if (!since.has(id)) since.set(id, new Date(at.at).toISOString())
    for (const id of since.keys()) if (!own.value.has(id)) { since.delete(id); seen.value = seen.value.filter((key) => key !== `own ${id}`) }
  })
  // Read of before the server had seen it: its entry is receipted by itself, and not shown a second time.
  watch(entries, (told) => {
    for (const one of told) {
      if (one.receipt_at || seen.value.includes(one.id) || !seen.value.includes(`own ${one.area_id}`)) continue
      note(one.id)
      receipt(one)
    }
  }, { immediate: true })
  const inside = computed((): Inside[] => {
    void now.value
    const told = entries.value.filter((one) => !one.admitted_by).map((one): Inside => ({ area: one.area_id, entry: one.id, sort: one.sort, reason: one.reason, advice: one.advice, since: one.entered_at }))
    const mine = areas.value.filter((one) => (own.value.get(one.id) ?? 0) >= FIXES && !admitted(one.id) && !told.some((x) => x.area === one.id))
      .map((one): Inside => ({ area: one.id, entry: null, sort: one.sort, reason: one.reason, advice: one.advice ? { zh: one.advice, en: one.advice } : null, since: since.get(one.id) ?? new Date(now.value).toISOString() }))
    return [...told.filter((x) => !entries.value.find((e) => e.id === x.entry)?.receipt_at), ...mine].filter((x) => !seen.value.includes(keyOf(x)) && !(x.entry && seen.value.includes(`own ${x.area}`)))
  })
  function note(key: string): void {
    seen.value = [...seen.value, key].slice(-MOST)
    localStorage.setItem(KEPT, JSON.stringify(seen.value))
  }
  return { inside, areas, admitted, read: (one) => note(keyOf(one)) }
}
const keyOf = (one: Inside): string => one.entry ?? `own ${one.area}`

export const adviceOf = (one: { sort: string; advice: Text | null }, lang: 'zh' | 'en'): string => one.advice?.[lang] ?? word('danger_advice', one.sort)
