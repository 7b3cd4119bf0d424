/** Totals of people over all open incidents: what is known, since when, from where, confirmed or not. Absent is not 0. Pure. */
import { ms } from '../../kernel/ages'
import type { CasualtyField, Incident } from '../../kernel/types'

export interface Total {
  field: CasualtyField
  /** null: nobody has reported it */
  value: number | null
  /** what it would be with the competing figures in place of the chosen ones; null if nothing competes */
  other: number | null
  confirmed: boolean
  /** of the oldest statement that counts */
  asOf: number | null
  /** incidents that contribute more than 0 */
  from: Incident[]
}

export function totalOf(field: CasualtyField, incidents: Incident[], confirmedOnly = false): Total {
  const told = incidents.flatMap((incident) => {
    const figure = incident.figures[field]
    const value = figure?.value ?? incident.casualties[field]
    if (value === null || value === undefined) return []
    const confirmed = figure?.confirmed ?? false
    if (confirmedOnly && !confirmed) return []
    return [{ incident, value, confirmed, others: figure?.others ?? [], asOf: figure?.as_of ? ms(figure.as_of) : null }]
  })
  if (told.length === 0) return { field, value: null, other: null, confirmed: false, asOf: null, from: [] }
  const counted = told.filter((s) => s.value > 0)
  const speaking = counted.length ? counted : told
  const value = sum(told.map((s) => s.value))
  const other = sum(told.map((s) => (s.others.length ? Math.max(...s.others) : s.value)))
  const times = speaking.flatMap((s) => (s.asOf === null ? [] : [s.asOf]))
  return {
    field, value,
    other: told.some((s) => s.others.length > 0) ? other : null,
    confirmed: speaking.every((s) => s.confirmed),
    asOf: times.length ? Math.min(...times) : null,
    from: counted.map((s) => s.incident),
  }
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0)
