/** Danger areas of a store as a map draws them, and what hangs drawn on the incidents that are shown. */
import { computed, type ComputedRef } from 'vue'
import { hm } from '../../kernel/ages'
import type { Store } from '../../kernel/store'
import type { DangerArea, Drawing } from '../../kernel/types'
import { useAll } from '../../kernel/use'
import { lang } from '../../kernel/i18n'
import { word } from '../../kernel/words'
import type { Zone } from './danger'
import type { Drawn } from './drawn'

/** Planned ones say when they begin. */
export const zoneOf = (one: DangerArea): Zone => ({ id: one.id, shape: one.shape, planned: one.state === 'planned', name: `${word('danger_sorts', one.sort)}${one.state === 'planned' ? ` ${hm(one.begins_at)}` : ''}` })

export function useAreas(store: Store): ComputedRef<DangerArea[]> {
  return useAll(store, 'danger_area', (one) => one.live !== false, (a, b) => b.declared_at.localeCompare(a.declared_at)) as ComputedRef<DangerArea[]>
}
export function useZones(store: Store): ComputedRef<Zone[]> {
  const all = useAreas(store)
  return computed(() => { void lang(); return all.value.map(zoneOf) })
}
/** Drawings of some incidents, or of all that the store holds. */
export function useDrawn(store: Store, of: () => ReadonlySet<string> | null = () => null): ComputedRef<Drawn[]> {
  const all = useAll(store, 'drawing', (one) => one.live !== false) as ComputedRef<Drawing[]>
  return computed(() => { const some = of(); return all.value.filter((one) => !some || some.has(one.incident_id)).map(({ id, kind, shape, text }) => ({ id, kind, shape, text })) })
}
