/** Which steps are listed from a state, what each asks for, and which of them a role may take; the server has the last word. */
import type { Hazard, HazardState } from '../../kernel/types'

export type Part = 'level' | 'lec' | 'criteria' | 'standard' | 'interim' | 'duties' | 'five' | 'deadline' | 'signed' | 'granted' | 'photo' | 'note' | 'reason' | 'watch' | 'at_once'

/** taxonomy: status_flows.hazard; a test on the server holds both to it */
const ONWARD: Record<HazardState, HazardState[]> = {
  reported: ['registered'], registered: ['graded', 'closed'], graded: ['assigned', 'listed', 'monitored'], listed: ['rectifying'],
  assigned: ['rectifying', 'listed'], rectifying: ['acceptance', 'extension', 'listed'], extension: ['rectifying'], acceptance: ['closed', 'rejected'],
  rejected: ['rectifying'], closed: ['lookback'], lookback: ['closed', 'rectifying'], monitored: ['assigned', 'closed'],
}
const RIGHT: Partial<Record<HazardState, string>> = {
  listed: 'hazard.list', rectifying: 'hazard.rectify', extension: 'hazard.rectify', acceptance: 'hazard.rectify', rejected: 'hazard.accept',
  closed: 'hazard.accept', lookback: 'hazard.accept',
}
const NATURAL = ['geological', 'flood']

export function nextSteps(hazard: Pick<Hazard, 'state' | 'level' | 'type'>, may: (permission: string) => boolean): HazardState[] {
  return ONWARD[hazard.state].filter((to) => {
    if (to === 'monitored' && !NATURAL.includes(hazard.type)) return false
    if (to === 'assigned' && hazard.level === 'major' && hazard.state === 'graded') return false
    const special = (hazard.state === 'extension' || hazard.state === 'registered' || hazard.state === 'monitored') && to !== 'listed'
    return may(special ? 'hazard.handle' : (RIGHT[to] ?? 'hazard.handle'))
  })
}

export function partsOf(hazard: Pick<Hazard, 'state' | 'level' | 'duties'>, to: HazardState): Part[] {
  switch (to) {
    case 'graded': return ['level', 'lec', 'criteria', 'standard', 'interim']
    case 'assigned': return ['duties', 'deadline']
    case 'listed': return [...(hazard.duties.department ? [] : ['duties' as const]), 'five', 'deadline', 'signed']
    case 'extension': return ['deadline', 'reason']
    case 'rectifying': return hazard.state === 'extension' ? ['granted', 'reason'] : hazard.state === 'lookback' ? ['reason', 'deadline'] : []
    case 'acceptance': return ['photo', 'note']
    case 'rejected': return ['reason']
    case 'closed': return hazard.state === 'registered' ? ['at_once', 'reason'] : hazard.state === 'monitored' ? ['reason'] : ['photo', 'note', 'reason']
    case 'monitored': return ['watch']
    default: return []
  }
}

/** While one of these lasts the deadline runs. */
export const RUNNING: ReadonlySet<string> = new Set(['assigned', 'listed', 'rectifying', 'extension', 'rejected'])
const LOCAL_MS = 8 * 3_600_000
const dayOf = (at: number): number => Math.floor((at + LOCAL_MS) / 86_400_000)
/** Days on the county's calendar from now to a deadline: 0 on its day, negative once it has passed. */
export const daysLeft = (deadline: string, now: number): number => dayOf(Date.parse(deadline)) - dayOf(now)
