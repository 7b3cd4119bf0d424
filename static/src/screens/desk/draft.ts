/** A call being taken: what is filled so far, what it becomes when saved, what to ask next. Its keeping is draft_keep.ts. */
import type { CasualtyField, LifeRisk, PlaceHit } from '../../kernel/types'
import { parseRoad, type Road } from './roads'

export interface RoadAt { ref: string; km: number; point: [number, number]; within_m: number; words: { zh: string; en: string } }
export const COUNTED: readonly CasualtyField[] = ['missing', 'trapped', 'dead', 'serious', 'light', 'evacuated']

export interface Draft {
  startedAt: number | null
  whereTyped: string
  place: PlaceHit | null
  point: [number, number] | null
  detail: string
  /** where the register of posts puts the road's kilometre */
  roadAt?: RoadAt | null
  kindTyped: string
  kind: string | null
  risk: LifeRisk | null
  counts: Partial<Record<CasualtyField, string>>
  callerUnit: string
  callerName: string
  callerPhone: string
  words: string
}
export const newDraft = (): Draft => ({
  startedAt: null, whereTyped: '', place: null, point: null, detail: '', kindTyped: '', kind: null, risk: null, counts: {}, callerUnit: '', callerName: '', callerPhone: '', words: '',
})

/** Nothing was said yet: a form that was only opened is not a call. */
export const isEmpty = (d: Draft): boolean =>
  !d.place && !d.point && !d.kind && !d.risk && [d.whereTyped, d.detail, d.kindTyped, d.callerUnit, d.callerName, d.callerPhone, d.words, ...Object.values(d.counts)].every((x) => !x?.trim())

export const villageOf = (d: Draft): string | null => (d.place && /^\d{12}$/.test(d.place.code) ? d.place.code : d.place?.village_code ?? null)
/** A point that was typed, or that of the named place that was chosen. */
export const pointOf = (d: Draft): [number, number] | null => d.point ?? d.place?.location?.coordinates ?? null
/** Road and kilometre, where the words say them in one way only. */
export const roadOf = (d: Draft): Road | null => parseRoad(d.detail) ?? parseRoad(d.whereTyped)
/** A road runs through many townships: its kilometre is a place only beside the one it lies in. */
const townshipOf = (d: Draft): string | null => (d.place?.kind === 'township' && roadOf(d) ? d.place.code : null)
/** The posts' answer, while it is the one to what is typed now. */
export const roadAtOf = (d: Draft): RoadAt | null => { const road = roadOf(d); return road && d.roadAt?.ref === road.ref && d.roadAt.km === road.km ? d.roadAt : null }
/** Where to look around: a point, or that of the road. */
export const spotOf = (d: Draft): [number, number] | null => pointOf(d) ?? roadAtOf(d)?.point ?? null
export const placed = (d: Draft): boolean => spotOf(d) !== null || villageOf(d) !== null || townshipOf(d) !== null
export const complete = (d: Draft): boolean => placed(d) && d.kind !== null && d.risk !== null

export function countsOf(d: Draft): Partial<Record<CasualtyField, number>> {
  const out: Partial<Record<CasualtyField, number>> = {}
  for (const field of COUNTED) {
    const typed = (d.counts[field] ?? '').trim()
    if (/^\d{1,6}$/.test(typed)) out[field] = Number(typed)
  }
  return out
}

export function placeText(d: Draft): string | null {
  const name = d.place ? (d.place.kind === 'township' ? d.place.name : `${d.place.township ?? ''} ${d.place.name}`.trim()) : ''
  return [name, d.detail.trim()].filter(Boolean).join(' ') || null
}

/** Who called, as far as he said; it is sealed by the server and stands in no record. */
function callerOf(d: Draft): { caller?: Record<string, string | null> } {
  const caller = { name: d.callerName.trim() || null, phone: d.callerPhone.trim() || null, unit: d.callerUnit.trim() || null }
  return caller.name || caller.phone || caller.unit ? { caller } : {}
}

/** As `incident.open` takes it. What was not said is left out: it is not reported, not 0. */
export function openPayload(d: Draft): Record<string, unknown> {
  const counts = countsOf(d)
  return {
    kind: d.kind, life_risk: d.risk,
    ...(villageOf(d) ? { village_code: villageOf(d) } : {}),
    ...(pointOf(d) ? { location: { type: 'Point', coordinates: pointOf(d) } } : {}),
    ...(roadOf(d) ? { road: roadOf(d) } : {}), ...(townshipOf(d) && !pointOf(d) ? { centre: townshipOf(d) } : {}),
    ...(placeText(d) ? { place_text: placeText(d) } : {}),
    ...(Object.keys(counts).length > 0 ? { casualties: counts } : {}),
    ...callerOf(d),
    ...(d.words.trim() ? { description: d.words.trim() } : {}),
    source: sourceOf(d),
  }
}
/** As `incident.report` takes it: the call as one more report of that incident. */
export function reportPayload(d: Draft, kindWord: string, label: (f: CasualtyField) => string): Record<string, unknown> {
  const counts = countsOf(d)
  const numbers = Object.entries(counts).map(([f, n]) => `${label(f as CasualtyField)} ${n}`)
  const text = d.words.trim() || [kindWord, placeText(d), ...numbers].filter(Boolean).join('，')
  return {
    text, source: sourceOf(d), ...(Object.keys(counts).length > 0 ? { casualties: counts } : {}),
    ...(d.point ? { location: { type: 'Point', coordinates: d.point } } : {}),
    ...callerOf(d),
  }
}
/** Who said it, without name or number: those are sealed with the caller. */
export const sourceOf = (d: Draft): string => (d.callerUnit.trim() ? `${d.callerUnit.trim()} 电话` : '电话报告')
