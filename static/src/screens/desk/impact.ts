/** The impact of the chosen incident as the server tells it: asked when it is opened, kept with its time, also for the paper. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { date, hm, span } from '../../kernel/ages'
import { API, Problem, get } from '../../kernel/http'
import { lang } from '../../kernel/i18n'

export interface Said { zh: string; en: string }
export interface Thing {
  id: string; layer: string; name: string | null; kind: (Said & { code: string }) | null; inside: boolean; distance_m: number; bearing: number
  drive: { seconds: number | null; metres: number | null; basis: string } | null
  people: { count: number; on: string | null; source: string | null } | null
  facts: (Said & { name: string; value: unknown; said: Said | null })[]
}
export interface People { count: number | null; known: number; unknown: number; oldest: string | null; undated: boolean; sources: string[] }
/** `registered`: whether anything of it is on record at all; null where the role is no register (what is closed, what happens). */
export interface Part extends Said { role: string; registered: boolean | null; inside: number; kinds: (Said & { code: string; count: number })[]; sums: (Said & { name: string; sum: number | null; unknown: number })[]; items: Thing[]; people?: People }
export interface Force { id: string; name: string; centre: string; headcount: number; type: Said; status: Said & { code: string }; eta_s: number | null; distance_m: number | null; basis: string; position_at: string | null }
export interface Forces { bands: { minutes: number; count: number; by_then: number; items: Force[] }[]; cut_off: Force[]; later: number; unplaced: number; off_duty: number; basis: { code: string; say: Said } }
export interface Domino { code: string; say: Said; why: Said; distance_m: number; thing: { name: string | null; kind: Said }; from: { name: string | null; kind: Said } | null }
export interface Impact {
  incident_id: string | null; zone: { radius_m: number; area_km2: number } | null; text: Said | null; roles: Part[]; teams: Forces | null; dominoes: Domino[]; dominoes_more: number
  unplaced: (Said & { role: string; count: number })[]; absent: (Said & { role: string; why: string })[]
  basis: { distance: Said; times: { code: string; say: Said }; dominoes: Said } | null; computed_at: string
}

/** A drawn shape whose impact is asked instead of the chosen incident's; forgotten when the incident's is opened by its key. */
export interface OfShape { shape: GeoJSON.Geometry; name: string }
export const ofShape: ShallowRef<OfShape | null> = shallowRef(null)
/** A shape with an inside needs nothing around it. */
export const hasInside = (one: OfShape): boolean => one.shape.type === 'Polygon' || one.shape.type === 'MultiPolygon'
export const RADII = [500, 1000, 3000, 5000, 10000] as const
export const AROUND = [0, 500, 1000, 3000, 5000] as const
export const radius: Ref<number> = ref(3000)
/** how far around a shape that has an inside */
export const margin: Ref<number> = ref(0)
export const impact: ShallowRef<Impact | null> = shallowRef(null)
/** what the impact is of: an incident's id, or a shape */
export const answered = ref('')
export const wrong = ref('')
const asking = ref(0)
export const busy = asking

export interface Asked { key: string; path: string; query: Record<string, string | number> }
const FIVE = 1e5
/** Five digits of a degree are a metre: so the address stays short. */
const short = (value: unknown): unknown => (Array.isArray(value) ? value.map(short) : typeof value === 'number' ? Math.round(value * FIVE) / FIVE : value)
export const askedOf = (id: string): Asked => ({ key: id, path: `/incidents/${id}/impact`, query: { radius_m: radius.value } })
export const askedOfShape = (one: OfShape): Asked => {
  const shape = JSON.stringify({ type: one.shape.type, coordinates: 'coordinates' in one.shape ? short(one.shape.coordinates) : [] })
  return { key: shape, path: '/impact', query: { shape, radius_m: hasInside(one) ? margin.value : radius.value } }
}
export const fileOf = (one: Asked): string => `${API}${one.path}?${new URLSearchParams(Object.entries(one.query).map(([k, v]) => [k, String(v)])).toString()}`

let turn = 0
/** What comes late, of another incident, shape or radius, is let go. */
export async function ask(one: Asked): Promise<void> {
  if (answered.value !== one.key) impact.value = null
  const mine = (turn += 1)
  asking.value += 1
  wrong.value = ''
  try {
    const found = await get<Impact>(one.path, { query: one.query })
    if (mine === turn) { impact.value = found; answered.value = one.key }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (mine === turn) wrong.value = error.message
  } finally { asking.value -= 1 }
}

const WINDS: readonly Said[] = [['北', 'N'], ['东北', 'NE'], ['东', 'E'], ['东南', 'SE'], ['南', 'S'], ['西南', 'SW'], ['西', 'W'], ['西北', 'NW']].map(([zh, en]) => ({ zh: zh!, en: en! }))
export const windOf = (bearing: number): string => WINDS[Math.round(bearing / 45) % 8]![lang()]
export const far = (metres: number): string => (metres < 1000 ? `${metres} m` : `${(metres / 1000).toFixed(metres < 10_000 && metres % 1000 ? 1 : 0)} km`)
export const whereOf = (x: Thing): string => (x.distance_m === 0 ? '0 m' : `${windOf(x.bearing)} ${far(x.distance_m)}`)
export const minutes = (seconds: number): string => span(Math.max(60, Math.round(seconds / 60) * 60) * 1000, lang())
export const inWords = (x: Said): string => x[lang()]
/** Times of facts as people read them. */
const plain = (value: unknown): string => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? `${date(value, lang())} ${hm(value)}` : String(value))
export const factsOf = (x: Thing): string => x.facts.filter((f) => f.value !== null && f.value !== '').map((f) => (f.said ? inWords(f.said) : `${inWords(f)} ${plain(f.value)}`)).join(' · ')
