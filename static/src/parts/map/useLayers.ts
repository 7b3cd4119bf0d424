/** A map's layers for a screen: read once, kept as this account left them, told of entries, put on the map when it is open. */
import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Map as GlMap } from 'maplibre-gl'
import { Problem } from '../../kernel/http'
import type { Store } from '../../kernel/store'
import { OWN, choicesFrom, fetchLayers, filterOf, staleBy, type About, type Choices } from './catalogue'
import { Overlay, type Hit, type Shown } from './overlay'
import type { Box } from './placing'

export interface Layers {
  all: ShallowRef<About[]>
  choices: ShallowRef<Choices>
  /** what is on the map now, from below */
  shown: ComputedRef<Shown[]>
  wrong: Ref<string | null>
  /** boxes (px) that signs of layers take now */
  taken: ShallowRef<Box[]>
  open: (map: GlMap, ink: (token: string) => string, text: number) => void
  restyle: () => void
  refreshAll: () => void
  at: (x: number, y: number) => Hit[]
  box: (x: number, y: number, reach: number) => [number, number, number, number] | null
}
/** Entries come in bursts: one asking for all of them. */
const GATHER_MS = 400

export function useLayers(store: Store, owner: string, world = 0): Layers {
  const key = `fengsui.layers.${owner}`
  const all = shallowRef<About[]>([])
  const choices = shallowRef<Choices>({})
  const taken = shallowRef<Box[]>([])
  const wrong = ref<string | null>(null)
  const shown = computed((): Shown[] => all.value.flatMap((layer) => {
    const choice = choices.value[layer.id]
    const filter = choice?.on && !OWN.has(layer.id) ? filterOf(layer, choice) : null
    return filter === null ? [] : [{ layer, filter }]
  }))
  let overlay: Overlay | null = null
  let gl: GlMap | null = null
  const stale = new Set<string>()
  let pending: ReturnType<typeof setTimeout> | undefined

  void fetchLayers().then((layers) => {
    choices.value = choicesFrom(layers, localStorage.getItem(key))
    all.value = layers
  }).catch((error: unknown) => { if (!(error instanceof Problem)) throw error; wrong.value = error.message })
  watch(shown, (list) => overlay?.show(list))
  watch(choices, (now, before) => { if (Object.keys(before).length) localStorage.setItem(key, JSON.stringify(now)) })
  const off = store.onEntry((entry) => {
    for (const name of staleBy(all.value, entry.type)) stale.add(name)
    if (stale.size) pending ??= setTimeout(() => { pending = undefined; overlay?.refresh(stale); stale.clear() }, GATHER_MS)
  })
  onBeforeUnmount(() => { off(); clearTimeout(pending) })

  return {
    all, choices, shown, wrong, taken,
    open: (map, ink, text) => {
      gl = map
      overlay = new Overlay(map, ink, text, world)
      overlay.show(shown.value)
      map.on('idle', () => { const now = overlay?.boxes() ?? []; if (JSON.stringify(now) !== JSON.stringify(taken.value)) taken.value = now })
    },
    restyle: () => overlay?.restyle(),
    refreshAll: () => overlay?.refresh(shown.value.map((one) => one.layer.id)),
    at: (x, y) => overlay?.at(x, y) ?? [],
    box: (x, y, reach) => {
      if (!gl) return null
      const [a, b] = [gl.unproject([x - reach, y + reach]), gl.unproject([x + reach, y - reach])]
      return [a.lng, a.lat, b.lng, b.lat]
    },
  }
}
