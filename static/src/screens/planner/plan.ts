/** A plan as it is written: what a new one begins with, what is sent, what a file gives. */
import type { Plan, PlanAction, PlanGroup, PlanLevel, ResponseLevel } from '../../kernel/types'

export const LEVELS: readonly ResponseLevel[] = ['R1', 'R2', 'R3', 'R4']
export interface Body { code: string; title: string; basis: string | null; kinds: string[]; areas: string[]; model: Plan['model']; levels: PlanLevel[]; groups: PlanGroup[]; actions: PlanAction[]; synthetic?: boolean }

export const newLevel = (level: ResponseLevel): PlanLevel => ({ level, trigger: '', incident_levels: [], warnings: [], people: false, approvers: [{ post: '', role: 'county_leader' }], measures: '', hours: 24 })
export const newGroup = (n: number): PlanGroup => ({ code: `g${n}`, name: '', lead: { centre: null, name: null, post: null }, members: [], duty: null })
export const newAction = (n: number): PlanAction => ({ code: `a${n}`, levels: [], text: '', to: 'home', post: null, group: null, urgency: 'urgent', within_min: 60, checklist: [], needs_proof: false })
export const blank = (): Body => ({ code: '', title: '', basis: null, kinds: [], areas: [], model: 'county_internal', levels: [newLevel('R4')], groups: [], actions: [] })

/** What of an edition is written in a draft and in a file; the rest is its life. */
export function bodyOf(plan: Plan): Body {
  const { code, title, basis, kinds, areas, model, levels, groups, actions, synthetic } = plan
  return structuredClone({ code, title, basis, kinds, areas, model, levels, groups, actions, ...(synthetic ? { synthetic } : {}) })
}
/** The first free code of a letter: one that was taken away is not given again while others stand after it. */
export function freeCode(letter: string, taken: readonly { code: string }[]): number {
  return Math.max(0, ...taken.map((one) => (one.code.startsWith(letter) ? Number(one.code.slice(letter.length)) || 0 : 0))) + 1
}
/** A whole plan of a file, or null for what is none. */
export function read(text: string): Body | null {
  try {
    const told = JSON.parse(text) as Partial<Body>
    return typeof told === 'object' && told !== null && typeof told.code === 'string' && typeof told.title === 'string' && Array.isArray(told.levels) ? (told as Body) : null
  } catch { return null }
}
