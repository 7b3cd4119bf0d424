/** What the board of needs knows: who is here, how far a need is filled, and what each act asks for. */
import type { Force, Need } from '../../../kernel/types'
import type { NeedWord } from './words'

export interface Field { name: string; word: NeedWord; kind?: 'number' | 'time' | 'tick' | 'skill' | 'outcome'; optional?: boolean; max?: number; value?: string }
export type Verb = 'draft' | 'publish' | 'change' | 'close' | 'checkIn' | 'assign' | 'recount' | 'checkOut' | 'account' | 'decline'
export interface Form { action: string; right: string; fields: Field[] }

const people = (word: NeedWord): Field => ({ name: 'headcount', word, kind: 'number' })
const counted: Field = { name: 'counted_by', word: 'countedBy', max: 40 }
const reason: Field = { name: 'reason', word: 'reason', max: 200 }
export const FORMS: Record<Verb, Form> = {
  draft: { action: 'need.draft', right: 'need.write', fields: [
    { name: 'what', word: 'what', max: 300 }, { name: 'people', word: 'count', kind: 'number' }, { name: 'skill', word: 'skill', kind: 'skill', optional: true }, { name: 'place', word: 'place', max: 120 }, { name: 'until', word: 'end', kind: 'time' },
    { name: 'bring', word: 'bring', max: 300, optional: true }, { name: 'insurance', word: 'insurance', max: 300 }, { name: 'safety', word: 'safety', max: 300 }, { name: 'contact_post', word: 'post', max: 60 },
  ] },
  publish: { action: 'need.publish', right: 'need.publish', fields: [{ name: 'published_by.name', word: 'name', max: 40 }, { name: 'published_by.post', word: 'job', max: 60 }] },
  change: { action: 'need.edit', right: 'need.write', fields: [{ name: 'people', word: 'count', kind: 'number', optional: true }, { name: 'until', word: 'end', kind: 'time', optional: true }, { name: 'place', word: 'place', max: 120, optional: true }, { name: 'safety', word: 'safety', max: 300, optional: true }, reason] },
  close: { action: 'need.close', right: 'need.write', fields: [{ name: 'to', word: 'how', kind: 'outcome' }, reason] },
  checkIn: { action: 'force.check_in', right: 'force.enter', fields: [
    { name: 'organisation', word: 'organisation', max: 80 }, { name: 'leader.name', word: 'leaderName', max: 40 }, { name: 'leader.number', word: 'number', max: 40 }, people('count'), { name: 'arrived_where', word: 'where', max: 120 },
    { name: 'skills', word: 'skill', kind: 'skill', optional: true }, { name: 'equipment', word: 'equipment', max: 300, optional: true }, { name: 'vehicles', word: 'vehicles', max: 300, optional: true }, { name: 'channel', word: 'channel', max: 40, optional: true },
  ] },
  assign: { action: 'force.assign', right: 'force.assign', fields: [{ name: 'task_area', word: 'area', max: 200 }, { name: 'reports_to', word: 'reportsTo', max: 80 }, { name: 'briefed_by', word: 'briefedBy', max: 40 }, { name: 'briefed', word: 'briefed', kind: 'tick' }, { name: 'insurance_seen', word: 'insured', kind: 'tick' }] },
  recount: { action: 'force.recount', right: 'force.enter', fields: [people('count'), counted, reason] },
  checkOut: { action: 'force.check_out', right: 'force.enter', fields: [people('out'), counted, { name: 'note', word: 'note', max: 200, optional: true }] },
  account: { action: 'force.account', right: 'force.enter', fields: [people('found'), counted, { name: 'note', word: 'whereFound', max: 200 }] },
  decline: { action: 'force.decline', right: 'force.enter', fields: [{ name: 'reason', word: 'kindly', max: 200 }, { name: 'elsewhere', word: 'elsewhere', max: 200 }] },
}

/** What was typed as the server takes it; null while something is missing or no number. `time` reads a time of day ahead. */
export function payload(form: Form, typed: Readonly<Record<string, string | boolean>>, time: (text: string) => string | null): Record<string, unknown> | null {
  const told: Record<string, unknown> = {}
  for (const f of form.fields) {
    const value = typed[f.name] ?? (f.kind === 'tick' ? false : '')
    const text = typeof value === 'string' ? value.trim() : ''
    if (f.kind === 'tick') { told[f.name] = value === true; continue }
    if (!text) { if (f.optional) continue; return null }
    const said = f.kind === 'number' ? (/^\d{1,5}$/.test(text) ? Number(text) : null) : f.kind === 'time' ? time(text) : f.name === 'skills' ? [text] : text
    if (said === null) return null
    const [group, part] = f.name.split('.') as [string, string | undefined]
    if (part) told[group] = { ...(told[group] as object | undefined), [part]: said }
    else told[group] = said
  }
  return told
}

/** People of it are in the field. */
export const isHere = (f: Force): boolean => f.state === 'checked_in' || f.state === 'assigned'
export const peopleOf = (forces: readonly Force[]): number => forces.filter(isHere).reduce((n, f) => n + f.headcount, 0)
/** How many have come for a need and are here. */
export const filled = (need: Need, forces: readonly Force[]): number => peopleOf(forces.filter((f) => f.need_id === need.id))
/** Who is missing first, then who waits for work, then who works; in each the longest here first. */
export const byWant = (a: Force, b: Force): number => rank(a) - rank(b) || a.arrived_at.localeCompare(b.arrived_at) || a.id.localeCompare(b.id)
const rank = (f: Force): number => (f.missing ? 0 : f.state === 'checked_in' ? 1 : 2)
export const byEnd = (a: Need, b: Need): number => a.until.localeCompare(b.until) || a.id.localeCompare(b.id)

/** What may be done with a need or a force where it stands. */
export const needVerbs = (n: Need): Verb[] => (n.state === 'draft' ? ['publish', 'change', 'close'] : n.state === 'published' ? ['checkIn', 'change', 'close'] : [])
export const forceVerbs = (f: Force): Verb[] => (f.missing ? ['account'] : f.state === 'checked_in' ? ['assign', 'recount', 'checkOut', 'decline'] : f.state === 'assigned' ? ['assign', 'recount', 'checkOut'] : [])
