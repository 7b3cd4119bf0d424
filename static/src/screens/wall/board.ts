/** The board of open incidents: in which order, which rows are never paged away, and what fits into a given room. Pure. */
import { ms } from '../../kernel/ages'
import type { Incident, IncidentState, Level, LifeRisk, Task, TaskState } from '../../kernel/types'

export interface Row {
  incident: Incident
  /** its number on the board and on the map */
  index: number
  /** teams bound to it now */
  teams: number
  /** nobody was sent yet, or all who were have ended */
  awaiting: boolean
  /** never paged away */
  fixed: boolean
}
export type Mode = 'response' | 'quiet'

const AFTER = new Set<IncidentState>(['response_ended', 'recovery', 'review', 'archived', 'dismissed'])
const OVER = new Set<TaskState>(['refused', 'returned', 'cancelled'])
const RISK: Record<LifeRisk, number> = { people: 0, possible: 1, none: 2 }
const LEVELS: Record<Level, number> = { I: 0, II: 1, III: 2, IV: 4 }
const UNGRADED = 3
const WAIT_MS = 600_000
/** quiet comes back only so long after the last response has ended */
const CALM_MS = 1_800_000

export const isActive = (incident: Incident): boolean => !AFTER.has(incident.state)
export const isEngaged = (task: Task): boolean => !OVER.has(task.state)
export const levelRank = (level: Level | null): number => (level ? LEVELS[level] : UNGRADED)

/** Life risk, then waiting for teams over ten minutes, then level, then age; what is over stands last. */
export function boardRows(incidents: Incident[], tasks: Task[], now: number): Row[] {
  const bound = new Map<string, number>()
  for (const task of tasks) if (isEngaged(task)) bound.set(task.incident_id, (bound.get(task.incident_id) ?? 0) + 1)
  const rows = incidents.filter((i) => !i.merged_into).map((incident) => {
    const teams = bound.get(incident.id) ?? 0
    const active = isActive(incident)
    const awaiting = active && teams === 0 && incident.state !== 'controlled'
    const grave = incident.level === 'I' || incident.level === 'II'
    return { incident, index: 0, teams, awaiting, fixed: active && (incident.life_risk !== 'none' || grave || awaiting) }
  })
  rows.sort((a, b) => weight(a, now) - weight(b, now) || ms(a.incident.received_at) - ms(b.incident.received_at) || (a.incident.id < b.incident.id ? -1 : 1))
  rows.forEach((row, i) => { row.index = i + 1 })
  return rows
}

function weight(row: Row, now: number): number {
  if (!isActive(row.incident)) return 1000
  const late = row.awaiting && now - ms(row.incident.received_at) > WAIT_MS
  return RISK[row.incident.life_risk] * 100 + (late ? 0 : 50) + levelRank(row.incident.level)
}

/** Response while anything is active, and for half an hour after the last response ended. */
export function modeOf(incidents: Incident[], now: number): Mode {
  const lately = (i: Incident): boolean => {
    const ended = i.times.response_ended
    return ended !== undefined && now - ms(ended) < CALM_MS
  }
  return incidents.some((i) => isActive(i) || lately(i)) ? 'response' : 'quiet'
}

/** Row heights in type units. */
export const TALL = 16.6
export const PLAIN = 9.8
const TIGHT = 11
const LOW = 8.2
const SMALL = 6.6
/** two to a line with room to spare */
const WIDE = 8.6
/** the line that says how many are hidden; kept free wherever pages turn, so that its coming never changes what fits */
const FOOT = 6.4
/** few rows stand wider apart, up to so much */
const GROWN = 1.16

export interface Fit {
  fixed: Row[]
  pages: Row[][]
  /** height of a life-risk row and of the others */
  tall: number
  plain: number
  /** life-risk rows on one line */
  tight: boolean
  /** so many that the others stand two to a line */
  two: boolean
}

export const isTall = (row: Row): boolean => row.incident.life_risk !== 'none' && isActive(row.incident)

/**
 * What stands always and what takes turns. The fixed rows shrink, then stand two to a line, before any would leave;
 * only when even that is too much do those without life risk that wait for a team take turns as well.
 */
export function fit(rows: Row[], room: number): Fit {
  const height = (list: Row[], tall: number, plain = PLAIN): number => list.reduce((sum, r) => sum + (isTall(r) ? tall : plain), 0)
  const fixed = rows.filter((r) => r.fixed)
  const rest = rows.filter((r) => !r.fixed)
  for (const tall of [TALL, TIGHT]) {
    const all = height(rows, tall)
    if (all > room) continue
    const grown = Math.min(GROWN, all ? room / all : 1)
    return { fixed: rows, pages: [], tall: tall * grown, plain: PLAIN * grown, tight: tall === TIGHT, two: false }
  }
  const above = room - FOOT
  for (const [tall, plain] of [[TALL, PLAIN], [TIGHT, PLAIN], [TIGHT, LOW]] as const) {
    const left = Math.floor((above - height(fixed, tall, plain)) / plain)
    if (left >= Math.min(2, rest.length)) return { fixed, pages: inPages(rest, left), tall, plain, tight: tall === TIGHT, two: false }
  }
  return inTwo(fixed, rest, room)
}

function inTwo(fixed: Row[], rest: Row[], room: number): Fit {
  const danger = fixed.filter(isTall)
  const others = fixed.filter((r) => !isTall(r))
  const tallIn = (space: number): number => Math.max(SMALL, Math.min(TIGHT, (space - 2 * SMALL) / Math.max(1, danger.length)))
  const whole = room - danger.length * tallIn(room)
  const lines = Math.ceil((others.length + rest.length) / 2)
  if (lines * SMALL <= whole) {
    const plain = Math.min(WIDE, whole / Math.max(1, lines))
    return { fixed: [...danger, ...others, ...rest], pages: [], tall: tallIn(room), plain, tight: true, two: true }
  }
  const tall = tallIn(room - FOOT)
  const places = Math.max(2, 2 * Math.floor((room - FOOT - danger.length * tall) / SMALL))
  const kept = Math.min(others.length, places - 2)
  const turning = [...others.slice(kept), ...rest]
  return { fixed: [...danger, ...others.slice(0, kept)], pages: inPages(turning, places - kept), tall, plain: SMALL, tight: true, two: true }
}

function inPages(rows: Row[], size: number): Row[][] {
  const pages: Row[][] = []
  for (let i = 0; i < rows.length; i += Math.max(1, size)) pages.push(rows.slice(i, i + Math.max(1, size)))
  return pages
}

/** Open incidents by level, and those without one. */
export function countLevels(rows: Row[]): Record<Level | 'none', number> {
  const counts = { I: 0, II: 0, III: 0, IV: 0, none: 0 }
  for (const { incident } of rows) counts[incident.level ?? 'none'] += 1
  return counts
}
