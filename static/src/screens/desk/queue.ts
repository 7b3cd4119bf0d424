/** The queue by risk to life: fixed sections that stand there with 0 when empty, so that absence is information. */
import type { Incident, Link, Task } from '../../kernel/types'

export type SectionName = 'people' | 'possible' | 'grave' | 'others'
export interface Section { name: SectionName; incidents: Incident[]; cut: Link[] }

const LEVEL = { I: 0, II: 1, III: 2, IV: 4 } as const
const weight = (i: Incident): number => (i.level ? LEVEL[i.level] : 3)
const byWeight = (a: Incident, b: Incident): number => weight(a) - weight(b) || a.received_at.localeCompare(b.received_at) || a.id.localeCompare(b.id)

export function sectionOf(i: Incident): SectionName {
  if (i.life_risk !== 'none') return i.life_risk
  return i.level === 'I' || i.level === 'II' ? 'grave' : 'others'
}

/** A silent township stands under "possible": silence is not safety. */
export function sections(incidents: readonly Incident[], links: readonly Link[] = []): Section[] {
  const cut = links.filter((l) => l.state === 'cut')
  return (['people', 'possible', 'grave', 'others'] as const).map((name) => ({
    name, incidents: incidents.filter((i) => sectionOf(i) === name).sort(byWeight), cut: name === 'possible' ? cut : [],
  }))
}

/** Tasks by their incident: on a great night each look through all of them for each incident would take the second that it has. */
export function byIncident(tasks: readonly Task[]): Map<string, Task[]> {
  const found = new Map<string, Task[]>()
  for (const task of tasks) {
    const those = found.get(task.incident_id)
    if (those) those.push(task)
    else found.set(task.incident_id, [task])
  }
  return found
}
export const isOverdue = (t: Task, now: number): boolean => t.state === 'ordered' && !!t.accept_due_at && now > Date.parse(t.accept_due_at)

/** One row per team, in the order they were sent: a row never moves, its digit is its own. What is over is left out. */
export function taskRows(tasks: readonly Task[], incidentId: string): Task[] {
  const rows = tasks.filter((t) => t.incident_id === incidentId && t.state !== 'returned' && t.state !== 'cancelled')
  return rows.sort((a, b) => BY_NUMBER.compare(a.number, b.number))
}
const BY_NUMBER = new Intl.Collator('en', { numeric: true })
