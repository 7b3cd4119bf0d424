/** Cameras near the chosen incident, as the server tells them: asked when opened and when one of them changes. */
import { ref, shallowRef } from 'vue'
import { Problem, get } from '../../kernel/http'
import { lang } from '../../kernel/i18n'
import { word } from '../../kernel/words'

export interface Camera {
  id: string; name: string; centre: string; place_text: string | null; facing: number | null; owner: string | null; protocol: 'hls' | 'mjpeg' | 'webrtc' | null
  state: 'online' | 'offline' | 'unknown' | 'none'; state_at: string | null; reason: string | null; checked_at: string | null; synthetic: boolean
}
export interface Near { camera: Camera; distance_m: number | null; bearing: number | null }
export interface Viewing { id: string; camera_id: string; purpose: string; until: string; begun_at: string; prolonged: number }
interface Found { items: Near[]; more: number; basis: 'point' | 'village' | 'none' }

export const PURPOSES = ['incident', 'verify', 'search', 'weather', 'traffic', 'fault', 'drill', 'other'] as const
export type Purpose = (typeof PURPOSES)[number]
export const MOST_PROLONGED = 5
export const found = shallowRef<(Found & { incident: string }) | null>(null)
export const wrong = ref('')

/** What comes late, of another incident, is let go. */
export async function ask(incident: string): Promise<void> {
  if (found.value?.incident !== incident) found.value = null
  latest = incident
  wrong.value = ''
  try {
    const told = await get<Found>('/cameras/near', { query: { incident_id: incident } })
    if (latest === incident) found.value = { ...told, incident }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    wrong.value = error.message
  }
}
let latest = ''

export const stateOf = (c: Camera): string => word('states.camera', c.state)
export const reasonOf = (c: Camera): string => (c.state === 'offline' && c.reason ? word('camera_reasons', c.reason) : '')
export const purposeOf = (p: string): string => word('camera_purposes', p)
/** The player's page says its words in the desk's language and colours. */
export const pageOf = (v: Viewing, theme: string): string => `/camera/${v.id}?lang=${lang()}&theme=${theme}&n=${v.prolonged}`
