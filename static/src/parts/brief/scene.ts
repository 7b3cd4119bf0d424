/** What a brief is made of: the records of the store at one moment, narrowed to one incident or the whole night. Pure. */
import { ms } from '../../kernel/ages'
import type { CalloutList, Centre, Closure, DangerArea, EvacuatedZone, Evacuation, Incident, Instruction, Link, Reporting, Response, Task, Waiting, Warning } from '../../kernel/types'

export interface Scene {
  now: number
  /** whose brief: a division code */
  centre: string
  county: boolean
  incidents: readonly Incident[]
  tasks: readonly Task[]
  responses: readonly Response[]
  instructions: readonly Instruction[]
  warnings: readonly Warning[]
  links: readonly Link[]
  centres: readonly Centre[]
  reportings: readonly Reporting[]
  dangers: readonly DangerArea[]
  callouts: readonly CalloutList[]
  evacuations: readonly Evacuation[]
  zones: readonly EvacuatedZone[]
  closures: readonly Closure[]
  /** null: could not be read yet */
  waiting: readonly Waiting[] | null
  /** names of places, teams and posts in the language of the screen */
  named: (text: string) => string
}
export type LineCode = 'where' | 'people' | 'forces' | 'done' | 'next' | 'decide' | 'cut' | 'reports'
export interface Line {
  code: LineCode
  text: string
  /** as of when it is known; null where nothing tells */
  at: number | null
  /** needs a hand: overdue, out of contact */
  want?: boolean
  /** what it rests on is older than it may be */
  old?: boolean
}

const OVER = new Set(['dismissed', 'response_ended', 'recovery', 'review', 'archived'])
/** Incidents under way, the gravest first: people in danger, then level, then the newest. */
export function underWay(incidents: readonly Incident[]): Incident[] {
  const risk = { people: 0, possible: 1, none: 2 }
  const level = (i: Incident): string => i.level ?? 'V'
  return incidents.filter((i) => !OVER.has(i.state) && !i.merged_into)
    .sort((a, b) => risk[a.life_risk] - risk[b.life_risk] || rank(level(a)) - rank(level(b)) || b.received_at.localeCompare(a.received_at) || a.id.localeCompare(b.id))
}
const rank = (level: string): number => ['I', 'II', 'III', 'IV', 'V'].indexOf(level)

/** The scene of one incident: what hangs on it, and what concerns all (contact, what waits without an incident). */
export function only(scene: Scene, incidentId: string | null): Scene {
  const incidents = underWay(scene.incidents)
  if (!incidentId) return { ...scene, incidents }
  const here = <T extends { incident_id: string | null }>(rows: readonly T[]): T[] => rows.filter((r) => r.incident_id === incidentId)
  const evacuations = scene.evacuations.filter((e) => e.incident_id === incidentId || e.incident_id === null)
  return {
    ...scene, evacuations, zones: scene.zones.filter((z) => evacuations.some((e) => e.id === z.evacuation_id)), incidents: scene.incidents.filter((i) => i.id === incidentId), tasks: here(scene.tasks), instructions: here(scene.instructions),
    responses: here(scene.responses), reportings: here(scene.reportings), dangers: here(scene.dangers),
    waiting: scene.waiting?.filter((w) => w.incident_id === incidentId || w.incident_id === null) ?? null,
  }
}
export const latest = (times: readonly (string | number | null | undefined)[]): number | null =>
  times.reduce<number | null>((last, at) => (at === null || at === undefined ? last : Math.max(last ?? 0, ms(at))), null)
export const oldest = (times: readonly (string | number | null | undefined)[]): number | null =>
  times.reduce<number | null>((first, at) => (at === null || at === undefined ? first : Math.min(first ?? Infinity, ms(at))), null)
