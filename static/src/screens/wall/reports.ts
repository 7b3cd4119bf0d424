/** Reports that are due, as the wall tells them: calmly, in words, the most pressing first. Pure. */
import { ms } from '../../kernel/ages'
import type { ReportClock, Reporting } from '../../kernel/types'

export interface ReportDue { key: string; reporting: Reporting; clock: ReportClock; due: number; late: boolean }

/** Open clocks of the county itself; a township's stand on its own desk. Those that wait for a level are not due yet. */
export function reportsDue(all: readonly Reporting[], county: string, now: number): ReportDue[] {
  return all.filter((r) => r.centre === county).flatMap((reporting) => reporting.clocks
    .filter((c) => c.state === 'running' || c.state === 'overdue')
    .map((clock) => ({ key: `${reporting.id}:${clock.key}`, reporting, clock, due: ms(clock.due_at), late: now > ms(clock.due_at) })))
    .sort((a, b) => a.due - b.due || a.key.localeCompare(b.key))
}

/** Before this they are told together: a wall that names each an hour ahead hides what is pressing. */
export const NEAR_MS = 15 * 60_000

/** Which are named one by one, and how many others there are with the first of them. */
export function pressing(all: readonly ReportDue[], now: number, room: number): { named: ReportDue[]; later: ReportDue[] } {
  const near = all.filter((d) => d.due - now <= NEAR_MS)
  const named = near.slice(0, Math.max(0, room))
  return { named, later: all.slice(named.length) }
}
