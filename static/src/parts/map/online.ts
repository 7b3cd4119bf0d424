/** Pictures of the ground from outside, under our own lines: chosen on this machine, off until then, never needed. */
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Map as GlMap } from 'maplibre-gl'
import { get, Problem } from '../../kernel/http'

export interface Source { id: string; zh: string; en: string; credit: string; max_zoom: number }
export interface Online {
  all: ShallowRef<Source[]>
  /** the id of the one that is shown; empty: none */
  chosen: Ref<string>
  /** pictures do not come: everything else of the map stands */
  missing: Ref<boolean>
  open: (map: GlMap) => void
  put: () => void
}
const ID = 'online'
/** What stays above the pictures: our own lines, and of these the lowest. */
const ABOVE = 'river'

/** What was chosen last on this machine, where it is still there. */
export const keptChoice = (all: readonly Source[], kept: string | null): string => (all.some((one) => one.id === kept) ? kept! : '')

export function useOnline(owner: string): Online {
  const key = `fengsui.online.${owner}`
  const all = shallowRef<Source[]>([])
  const chosen = ref('')
  const missing = ref(false)
  let gl: GlMap | null = null
  let over = false

  function put(): void {
    missing.value = false
    if (!gl) return
    if (gl.getLayer(ID)) gl.removeLayer(ID)
    if (gl.getSource(ID)) gl.removeSource(ID)
    const one = all.value.find((source) => source.id === chosen.value)
    if (!one) return
    gl.addSource(ID, { type: 'raster', tiles: [`${location.origin}/tiles/online/${one.id}/{z}/{x}/{y}`], tileSize: 256, maxzoom: one.max_zoom })
    // our own signs and lines are to be read on it, in either theme: it is quieter than they are
    const dark = document.documentElement.dataset['theme'] !== 'light'
    const paint = dark ? { 'raster-saturation': -0.5, 'raster-brightness-max': 0.4 } : { 'raster-saturation': -0.3, 'raster-opacity': 0.85 }
    gl.addLayer({ id: ID, type: 'raster', source: ID, paint: { ...paint, 'raster-fade-duration': 0 } }, gl.getLayer(ABOVE) ? ABOVE : undefined)
  }
  void get<{ items: Source[] }>('/map/online').then((found) => {
    if (over) return
    all.value = found.items
    chosen.value = keptChoice(found.items, localStorage.getItem(key))
  }).catch((error: unknown) => { if (!(error instanceof Problem)) throw error })
  watch(chosen, (id) => { localStorage.setItem(key, id); put() })
  onBeforeUnmount(() => { over = true })
  return {
    all, chosen, missing, put,
    open: (map) => {
      gl = map
      map.on('error', (event) => { if ((event as { sourceId?: string }).sourceId === ID) missing.value = true })
      map.on('sourcedata', (event) => { if (event.sourceId === ID && event.tile) missing.value = false })
      if (map.isStyleLoaded()) put()
      else map.once('load', put)
    },
  }
}
