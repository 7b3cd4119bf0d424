/** A zone's shape between the evacuation panel and the large map: which zone is drawn, and a new zone's form while its shape is drawn. */
import { shallowRef } from 'vue'
import type { Polygon } from 'geojson'

export interface NewZone { name: string; sort: string; township: string; village: string; households: string; people: string; responsible: string; destination: string; route: string; shape: Polygon | null }

/** What the map should take in hand when it opens: a zone of the register by its id, the new one, or whichever is chosen there. */
export const shaping = shallowRef<{ zone: string | null; fresh: boolean } | null>(null)
/** The form of a new zone, kept while its shape is drawn; taken once by the form. */
export const freshZone = shallowRef<NewZone | null>(null)
