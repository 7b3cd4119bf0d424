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
