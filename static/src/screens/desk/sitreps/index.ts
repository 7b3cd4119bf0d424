/** Reports at the desk: what is owed until when, which paper is in hand, who knows which figures. Pure but for `useDue`. */
import { computed, type ComputedRef } from 'vue'
import { countdown, marks, ms } from '../../../kernel/ages'
import { CASUALTY_FIELDS, type CasualtyField, type ClockState, type ReportClock, type Reporting, type Sending, type Sitrep, type Told } from '../../../kernel/types'
import { useAll, useNow } from '../../../kernel/use'
import { word } from '../../../kernel/words'
import type { Desk } from '../desk'
import { w } from './words'

export interface Due { reporting: Reporting; clock: ReportClock; state: ClockState; due: number }
const OPEN: readonly ClockState[] = ['overdue', 'running', 'pending']

/** Open clocks of a centre, the most pressing first; what has run out on the screen's clock is late before the server says so. */
export function dueOf(all: readonly Reporting[], centre: string, now: number): Due[] {
  return all.filter((r) => r.centre === centre).flatMap((reporting) => reporting.clocks.filter((c) => OPEN.includes(c.state)).map((clock) => {
    const due = ms(clock.due_at)
    return { reporting, clock, due, state: clock.state === 'running' && now > due ? 'overdue' as const : clock.state }
  })).sort((a, b) => Number(a.state === 'pending') - Number(b.state === 'pending') || a.due - b.due || a.clock.key.localeCompare(b.clock.key))
}

export function useDue(desk: Desk): { due: ComputedRef<Due[]>; late: ComputedRef<number> } {
  const now = useNow()
  const all = useAll(desk.screen.store, 'reporting')
  const due = computed(() => dueOf(all.value, centreOf(desk), now.value))
  return { due, late: computed(() => due.value.filter((d) => d.state === 'overdue').length) }
}
export const centreOf = (desk: Desk): string => desk.screen.session.actor.centre.slice(0, 9)

/** In words: what is left, or by how much it is late; a clock that does not run says on what it depends. */
export function leftText(d: Due, now: number): string {
  if (d.state === 'pending') return w('whenGraded', { levels: d.clock.levels.join(w('or')) })
  return d.state === 'overdue' ? w('lateBy', { n: marks(now - d.due) }) : w('left', { n: countdown(d.due, now) })
}

/** The source of a rule that nobody wrote but the factory: its mark says it all. */
const OWN = '出厂默认'
/** A rule in words: how many minutes since what, by which source; law and own rule are told apart. */
export const ruleText = (r: ReportClock['rules'][number]): string => `${w('within', { n: r.minutes })} ${word('report_bases', r.clock)} · ${r.source === OWN ? word('report_marks', r.mark) : `${r.source}（${word('report_marks', r.mark)}）`}`

/** What is in hand: a paper not yet sent. */
export const inHand = (s: Sitrep): boolean => ['draft', 'reviewing', 'rejected', 'signed'].includes(s.state)

export interface Row { field: CasualtyField; before: number | null | undefined; now: number | null; changed: boolean }
/** The figures of a report beside what was told last, in the order of the form; what nobody ever reported is left out. */
export function figureRows(figures: Told, base: Told | null): Row[] {
  return CASUALTY_FIELDS.flatMap((field) => {
    const [now, before] = [figures[field] ?? null, base ? base[field] ?? null : undefined]
    if (now === null && (before === undefined || before === null)) return []
    return [{ field, before, now, changed: before !== undefined && before !== now }]
  })
}

export interface Telling { paper: Sitrep; sending: Sending }
/** Every time somebody was told, in the order of time. */
export const tellings = (papers: readonly Sitrep[]): Telling[] => papers.flatMap((paper) => paper.sent.map((sending) => ({ paper, sending }))).sort((a, b) => a.sending.at.localeCompare(b.sending.at))

/** Figures of which recipients know different ones: each with what every one was told last. */
export function disagreeing(all: readonly Telling[]): { field: CasualtyField; values: { to: string; value: number | null }[] }[] {
  const last = new Map<string, Sending>()
  for (const { sending } of all) last.set(sending.to, sending)
  return CASUALTY_FIELDS.flatMap((field) => {
    const values = [...last.values()].map((s) => ({ to: s.to, value: s.figures[field] ?? null }))
    return new Set(values.map((v) => v.value)).size > 1 ? [{ field, values }] : []
  })
}

/** How late it was, as it was kept when it was sent. */
export function lateText(s: Sending): string {
  const worst = [...s.clocks].sort((a, b) => b.late_s - a.late_s)[0]
  if (!worst) return ''
  if (!worst.late_s) return w('inTime')
  const law = worst.each.filter((e) => e.mark === 'V' && e.late_s > 0).length > 0
  const by = w(law ? 'lateLaw' : 'lateOwn', { n: marks(worst.late_s * 1000) })
  return worst.excluded ? `${by}；${word('report_excluded', worst.excluded)}` : by
}
export const figuresText = (f: Told): string => figureRows(f, null).map((r) => `${word('casualties', r.field)} ${r.now}`).join(w('comma')) || w('none')
