/** The impact of the chosen incident as the server tells it: asked when it is opened, kept with its time, also for the paper. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { span } from '../../kernel/ages'
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
export interface Part extends Said { role: string; inside: number; kinds: (Said & { code: string; count: number })[]; sums: (Said & { name: string; sum: number | null; unknown: number })[]; items: Thing[]; people?: People }
export interface Force { id: string; name: string; centre: string; headcount: number; type: Said; status: Said & { code: string }; eta_s: number | null; distance_m: number | null; basis: string; position_at: string | null }
export interface Forces { bands: { minutes: number; count: number; by_then: number; items: Force[] }[]; cut_off: Force[]; later: number; unplaced: number; off_duty: number; basis: { code: string; say: Said } }
export interface Domino { code: string; say: Said; why: Said; distance_m: number; thing: { name: string | null; kind: Said }; from: { name: string | null; kind: Said } | null }
export interface Impact {
  incident_id: string; zone: { radius_m: number; area_km2: number } | null; text: Said | null; roles: Part[]; teams: Forces | null; dominoes: Domino[]; dominoes_more: number
  unplaced: (Said & { role: string; count: number })[]; absent: (Said & { role: string; why: string })[]
  basis: { distance: Said; times: { code: string; say: Said }; dominoes: Said } | null; computed_at: string
}

export const RADII = [500, 1000, 3000, 5000, 10000] as const
export const radius: Ref<number> = ref(3000)
export const impact: ShallowRef<Impact | null> = shallowRef(null)
export const wrong = ref('')
const asking = ref(0)
export const busy = asking

export const pathOf = (id: string): string => `/incidents/${id}/impact`
export const fileOf = (id: string): string => `${API}${pathOf(id)}?radius_m=${radius.value}`

/** What comes late, of another incident or another radius, is let go. */
export async function ask(id: string): Promise<void> {
  if (impact.value?.incident_id !== id) impact.value = null
  const wanted = radius.value
  asking.value += 1
  wrong.value = ''
  try {
    const found = await get<Impact>(pathOf(id), { query: { radius_m: wanted } })
    if (wanted === radius.value) impact.value = found
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    wrong.value = error.message
  } finally { asking.value -= 1 }
}

const WINDS: readonly Said[] = [['北', 'N'], ['东北', 'NE'], ['东', 'E'], ['东南', 'SE'], ['南', 'S'], ['西南', 'SW'], ['西', 'W'], ['西北', 'NW']].map(([zh, en]) => ({ zh: zh!, en: en! }))
export const windOf = (bearing: number): string => WINDS[Math.round(bearing / 45) % 8]![lang()]
export const far = (metres: number): string => (metres < 1000 ? `${metres} m` : `${(metres / 1000).toFixed(metres < 10_000 && metres % 1000 ? 1 : 0)} km`)
export const whereOf = (x: Thing): string => (x.distance_m === 0 ? '0 m' : `${windOf(x.bearing)} ${far(x.distance_m)}`)
export const minutes = (seconds: number): string => span(Math.max(60, Math.round(seconds / 60) * 60) * 1000, lang())
export const inWords = (x: Said): string => x[lang()]
export const factsOf = (x: Thing): string => x.facts.filter((f) => f.value !== null && f.value !== '').map((f) => (f.said ? inWords(f.said) : `${inWords(f)} ${String(f.value)}`)).join(' · ')
