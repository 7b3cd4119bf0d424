/** Which hazards of those that are kept a list shows without a line, and since when a round is missing; plain functions of what is known. */
import type { Hazard, Inspection } from '../../kernel/types'
import { RUNNING, daysLeft } from './steps'

export interface Filter { text: string; centre: string; type: string; stage: string }
export const NOTHING: Filter = { text: '', centre: '', type: '', stage: '' }
/** Besides the states themselves: what somebody at a desk looks for. */
export const STAGES = ['late', 'week', 'major', 'shut'] as const

export function passes(one: Hazard, filter: Filter, now: number): boolean {
  if (filter.centre && one.centre !== filter.centre) return false
  if (filter.type && one.type !== filter.type) return false
  return inStage(one, filter.stage, now) && speaksOf(one, filter.text)
}

function inStage(one: Hazard, stage: string, now: number): boolean {
  const runs = RUNNING.has(one.state) && one.deadline !== null
  switch (stage) {
    case '': case 'shut': return true
    case 'late': return runs && Date.parse(one.deadline!) < now
    case 'week': return runs && Date.parse(one.deadline!) >= now && daysLeft(one.deadline!, now) <= 7
    case 'major': return one.level === 'major'
    default: return one.state === stage
  }
}

/** Every word that was typed stands somewhere in its name, number, place or duties. */
function speaksOf(one: Hazard, text: string): boolean {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return true
  const said = [one.title, one.number, one.place_text, ...Object.values(one.duties).map((duty) => duty?.name)].join(' ').toLowerCase()
  return words.every((word) => said.includes(word))
}

const DAY_MS = 86_400_000
/** Since when a round has been missing; null while none is. A round that did not come moved the date on, and is missing until somebody goes. */
export function missingSince(plan: Pick<Inspection, 'next_due' | 'last_at' | 'lapsed' | 'every_days'>, now: number): number | null {
  const due = Date.parse(plan.next_due)
  if (due < now) return plan.lapsed && !plan.last_at ? due - plan.every_days * DAY_MS : due
  const before = due - plan.every_days * DAY_MS
  const last = plan.last_at ? Date.parse(plan.last_at) : null
  if (!plan.lapsed || (last !== null && last >= before - 1000)) return null
  return last === null ? before : last + plan.every_days * DAY_MS
}
