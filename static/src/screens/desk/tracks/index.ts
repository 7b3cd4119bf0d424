/** Tracks at the desk: what is open on each, in which order it stands, what a statement says beside what is to be reported. Pure. */
import { shallowRef } from 'vue'
import { parseAhead } from '../finding'
import { CASUALTY_FIELDS, type CareCase, type Casualties, type Family, type Iso, type Opinion, type Requisition, type SaidField, type Statement, type Track } from '../../../kernel/types'

export const SORTS = ['lawful', 'opinion', 'order', 'psych', 'insurance', 'aftermath', 'investigation'] as const
export const THREE: readonly string[] = ['lawful', 'opinion', 'order']

/** The seven in their order; one that nobody touched is to do. */
export interface Line { sort: string; state: Track['state']; track: Track | undefined }
export const linesOf = (all: readonly Track[]): Line[] => SORTS.map((sort) => {
  const track = all.find((t) => t.sort === sort)
  return { sort, state: track?.state ?? 'open', track }
})
export const settled = (l: Line): boolean => l.state === 'done' || l.state === 'none'
/** Which of the three hold archiving back, where they are asked for. */
export const owed = (lines: readonly Line[], asked: boolean): Line[] => (asked ? lines.filter((l) => THREE.includes(l.sort) && !settled(l)) : [])

export interface Compared { field: SaidField; said: number; now: number | null; same: boolean }
/** Each figure of a statement beside the figure to report; those injured are the seriously and the lightly injured together. */
export function compared(figures: Statement['figures'], now: Partial<Casualties>): Compared[] {
  const injured = [now.serious, now.light].filter((n): n is number => typeof n === 'number')
  const value = (f: SaidField): number | null => (f === 'injured' ? (injured.length ? injured.reduce((a, b) => a + b, 0) : null) : now[f] ?? null)
  return ([...CASUALTY_FIELDS, 'injured'] as SaidField[]).flatMap((field) => {
    const said = figures[field]
    return said === undefined ? [] : [{ field, said, now: value(field), same: said === value(field) }]
  })
}

const DAY_MS = 86_400_000
/** `18:00`, or `12-03 18:00` for another day: the next such moment by the county's clock. */
export function dated(typed: string, now: number): Iso | null {
  const m = /^(\d{1,2})-(\d{1,2})\s+(\d{1,2})[:：](\d{2})$/.exec(typed.trim())
  if (!m) return parseAhead(typed, now)
  const [month, day, hour, minute] = m.slice(1).map(Number) as [number, number, number, number]
  const year = new Date(now + 8 * 3_600_000).getUTCFullYear()
  for (const y of [year, year + 1]) {
    const at = Date.UTC(y, month - 1, day, hour, minute) - 8 * 3_600_000
    const back = new Date(at + 8 * 3_600_000)
    if (hour < 24 && minute < 60 && back.getUTCMonth() === month - 1 && back.getUTCDate() === day && at > now - DAY_MS / 2) return new Date(at).toISOString()
  }
  return null
}

/** What wants somebody's eye in each part of the sheet. */
export interface Counts { tracks: number; opinion: number; statement: number; family: number; care: number; requisition: number }
export function wanting(lines: readonly Line[], asked: boolean, opinions: readonly Opinion[], statements: readonly Statement[], families: readonly Family[], cares: readonly CareCase[], taken: readonly Requisition[]): Counts {
  return {
    tracks: new Set([...owed(lines, asked), ...lines.filter((l) => l.track?.late_since)]).size,
    opinion: opinions.filter((o) => o.state === 'open').length,
    statement: statements.filter((s) => s.differs.length > 0 || ['draft', 'reviewing', 'approved'].includes(s.state)).length,
    family: families.filter((f) => f.state === 'open' && (f.late_since || !f.told_at)).length,
    care: cares.filter((c) => c.late_since).length,
    requisition: taken.filter((r) => !['settled', 'cancelled'].includes(r.state)).length,
  }
}

export interface Paper { number: string; title: string; text: string; approvals: Statement['approvals']; published: Statement['published']; stale: unknown[]; revision: number }
/** The paper page of a statement is drawn instead of the incident's while it is wanted. */
export const statementPaper = shallowRef<Paper | null>(null)
