/** The roads of the net in force, asked once and again when another takes its place; and the closures of the store as the map draws them. */
import type { Feature, FeatureCollection, LineString, Position } from 'geojson'
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { Problem, get } from '../../kernel/http'
import type { Store } from '../../kernel/store'
import type { Closure } from '../../kernel/types'
import { useAll } from '../../kernel/use'
import type { Closed, Road } from '../../parts/map/closed'

const MAIN = new Set(['motorway', 'trunk', 'primary', 'secondary'])
/** Of a real county the lanes are too many for a map of this size: those that vehicles are sent over. */
const CLASSES = 'motorway,trunk,primary,secondary,tertiary,unclassified'

export function useRoads(store: Store): ShallowRef<Road[]> {
  const roads = shallowRef<Road[]>([])
  const nets = useAll(store, 'road_net')
  let asked = 0
  watch(() => nets.value.map((n) => n.id).join(), async (now) => {
    const mine = (asked += 1)
    if (!now) { roads.value = []; return }
    try {
      const found = await get<FeatureCollection>('/layers/roads', { query: { class: CLASSES, limit: 1000 } })
      if (mine === asked) roads.value = found.features.map(roadOf)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }, { immediate: true })
  onScopeDispose(() => { asked = -1 })
  return roads
}
const roadOf = (f: Feature): Road => ({ points: (f.geometry as LineString).coordinates, main: MAIN.has(String(f.properties?.class)) })

export function useClosures(store: Store): ComputedRef<Closure[]> {
  return useAll(store, 'closure', (c) => c.live !== false, (a, b) => b.begins_at.localeCompare(a.begins_at)) as ComputedRef<Closure[]>
}
export function useClosed(store: Store): ComputedRef<Closed[]> {
  const all = useClosures(store)
  return computed(() => all.value.map((c) => ({ id: c.id, shape: c.shape, planned: c.state === 'planned' })))
}

export type Drawn = 'Point' | 'LineString' | 'Polygon'
/** What was clicked as a shape, or null while it is none yet. */
export function shapeOf(kind: Drawn, at: readonly Position[]): Closure['shape'] | null {
  if (kind === 'Point') return at.length ? { type: 'Point', coordinates: at[at.length - 1]! } : null
  if (kind === 'LineString') return at.length > 1 ? { type: 'LineString', coordinates: [...at] } : null
  return at.length > 2 ? { type: 'Polygon', coordinates: [[...at, at[0]!]] } : null
}
