/** How far an evacuation is, added up from its zones. Absent is not 0; who refuses or was not reached has not gone. Pure. */
import { ms } from '../kernel/ages'
import type { CountField, EvacuatedZone, EvacuationDestination } from '../kernel/types'

export interface Sum {
  zones: EvacuatedZone[]
  due: number
  /** null: nobody has said */
  done: number | null
  refused: number | null
  unreached: number | null
  returned: number | null
  /** due less done; below 0: more went than the register knows */
  left: number
  /** zones that nobody has spoken of */
  silent: number
  /** of the oldest figure that counts */
  asOf: number | null
  /** figures on which sources differ */
  differs: number
}
const add = (zones: readonly EvacuatedZone[], field: CountField): number | null => {
  const told = zones.flatMap((z) => { const f = z.figures[field]; return f ? [f.value] : [] })
  return told.length ? told.reduce((a, b) => a + b, 0) : null
}
const SHOWN: CountField[] = ['people_done', 'people_refused', 'people_unreached']

export function sumOf(zones: readonly EvacuatedZone[]): Sum {
  const due = zones.reduce((n, z) => n + z.people, 0)
  const done = add(zones, 'people_done')
  const figures = zones.flatMap((z) => SHOWN.flatMap((f) => { const one = z.figures[f]; return one ? [one] : [] }))
  return {
    zones: [...zones], due, done, refused: add(zones, 'people_refused'), unreached: add(zones, 'people_unreached'), returned: add(zones, 'people_returned'), left: due - (done ?? 0),
    silent: zones.filter((z) => !z.figures.people_done).length, asOf: figures.length ? Math.min(...figures.map((f) => ms(f.as_of))) : null, differs: figures.filter((f) => f.others.length > 0).length,
  }
}

export interface Township extends Sum { centre: string }
/** Those with most people still inside first; equal ones keep the order of their codes. */
export function byTownship(zones: readonly EvacuatedZone[]): Township[] {
  const codes = [...new Set(zones.map((z) => z.centre))].sort()
  return codes.map((centre) => ({ centre, ...sumOf(zones.filter((z) => z.centre === centre)) })).sort((a, b) => b.left - a.left || a.centre.localeCompare(b.centre))
}
/** Township, village, name: a row stays where it is. */
export const inPlace = (a: EvacuatedZone, b: EvacuatedZone): number => a.centre.localeCompare(b.centre) || (a.village_code ?? '').localeCompare(b.village_code ?? '') || a.name.localeCompare(b.name) || a.id.localeCompare(b.id)

export interface Arrival { place: EvacuationDestination; left: number | null; arrived: number | null; /** left less arrived, where both are known */ gap: number | null }
/** Who set out for a place and who has arrived there. */
export function arrivals(places: readonly EvacuationDestination[], zones: readonly EvacuatedZone[]): Arrival[] {
  return [...places].sort((a, b) => a.centre.localeCompare(b.centre) || a.name.localeCompare(b.name)).map((place) => {
    const left = add(zones.filter((z) => z.destination_id === place.id), 'people_done')
    const arrived = place.figures.people_arrived?.value ?? null
    return { place, left, arrived, gap: left === null || arrived === null ? null : left - arrived }
  })
}
