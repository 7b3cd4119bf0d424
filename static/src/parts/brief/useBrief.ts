/** The brief as a screen has it: its records from the store, its eight lines each time one of them or the clock moves. */
import { computed, type ComputedRef, type Ref } from 'vue'
import type { Screen } from '../../kernel/begin'
import type { Incident } from '../../kernel/types'
import { useAll, useNow } from '../../kernel/use'
import { english, placesOf } from '../english'
import { linesOf } from './lines'
import { underWay, type Line, type Scene } from './scene'
import { useVillages } from './villages'
import { useWaiting, type Waits } from './waiting'

export interface Brief { scene: ComputedRef<Scene>; lines: ComputedRef<Line[]>; open: ComputedRef<Incident[]>; waits: Waits; named: (text: string) => string }

export function useBrief(screen: Screen, incident: Ref<string | null>, offline = false): Brief {
  const { store, session } = screen
  const now = useNow()
  const waits = useWaiting(screen, offline)
  const known = useAll(store, 'centre')
  const villages = useVillages(screen, offline)
  const centres = computed(() => [...known.value, ...villages.value])
  const places = computed(() => placesOf(centres.value))
  const named = (text: string): string => english(text, places.value)
  const rows = {
    incidents: useAll(store, 'incident'), tasks: useAll(store, 'task'), responses: useAll(store, 'response'), instructions: useAll(store, 'instruction'),
    warnings: useAll(store, 'warning'), links: useAll(store, 'link'), reportings: useAll(store, 'reporting'), dangers: useAll(store, 'danger_area'), closures: useAll(store, 'closure'), callouts: useAll(store, 'callout_list'), evacuations: useAll(store, 'evacuation'), zones: useAll(store, 'evacuated_zone'),
  }
  const scene = computed((): Scene => ({
    now: now.value, centre: session.actor.centre.slice(0, 9), county: session.actor.parties.includes('county'), centres: centres.value, named, waiting: waits.items.value,
    incidents: rows.incidents.value, tasks: rows.tasks.value, responses: rows.responses.value, instructions: rows.instructions.value,
    warnings: rows.warnings.value, links: rows.links.value, reportings: rows.reportings.value, dangers: rows.dangers.value, closures: rows.closures.value,
    callouts: rows.callouts.value, evacuations: rows.evacuations.value, zones: rows.zones.value,
  }))
  return { scene, lines: computed(() => linesOf(scene.value, incident.value)), open: computed(() => underWay(rows.incidents.value)), waits, named }
}
