/** What can be done with an instruction at this desk: the receiver's steps, the sender's, and the receiver's entered by proxy. */
import type { Instruction, InstructionState } from '../../../kernel/types'
import type { OrderWord } from './words'

export type Need = 'text' | 'reason' | 'minutes' | 'demand'
export interface Act {
  word: OrderWord
  /** the state that it leads to; without one it is no step */
  to?: InstructionState
  verb: 'transition' | 'feedback' | 'extend' | 'supervise'
  need?: Need
  /** what is said may be left out */
  loose?: boolean
  /** the receiver's step, entered for them */
  proxy?: boolean
}
export interface Side { receives: boolean; sends: boolean; may: (right: string) => boolean }

const OWED: readonly InstructionState[] = ['issued', 'accepted', 'in_progress', 'feedback']
const RECEIVER: Partial<Record<InstructionState, Act[]>> = {
  issued: [{ word: 'sAccept', to: 'accepted', verb: 'transition' }, { word: 'sReturn', to: 'returned', verb: 'transition', need: 'reason' }],
  accepted: [{ word: 'sBegin', to: 'in_progress', verb: 'transition' }, { word: 'sMore', verb: 'feedback', need: 'text' }],
  in_progress: [{ word: 'sFeedback', to: 'feedback', verb: 'transition', need: 'text' }],
  feedback: [{ word: 'sDone', to: 'done', verb: 'transition', need: 'reason', loose: true }, { word: 'sMore', verb: 'feedback', need: 'text' }],
  done: [{ word: 'sMore', verb: 'feedback', need: 'text' }],
}
const SENDER: Partial<Record<InstructionState, Act[]>> = {
  draft: [{ word: 'sIssue', to: 'issued', verb: 'transition' }],
  returned: [{ word: 'sIssue', to: 'issued', verb: 'transition' }],
  feedback: [{ word: 'sBack', to: 'in_progress', verb: 'transition', need: 'reason' }],
  done: [{ word: 'sVerify', to: 'verified', verb: 'transition' }, { word: 'sBack', to: 'in_progress', verb: 'transition', need: 'reason' }],
}
const CANCELS: readonly InstructionState[] = ['draft', 'issued', 'accepted', 'in_progress']

export function actsOf(one: Instruction, side: Side): Act[] {
  const out: Act[] = []
  if (side.sends && side.may('instruction.issue')) out.push(...(SENDER[one.state] ?? []))
  const own = side.receives && side.may('instruction.answer')
  const proxy = !own && side.sends && side.may('instruction.issue')
  if (own || proxy) out.push(...(RECEIVER[one.state] ?? []).map((act) => (proxy ? { ...act, proxy: true } : act)))
  if (side.sends && side.may('instruction.issue')) {
    if (OWED.includes(one.state)) out.push({ word: 'sExtend', verb: 'extend', need: 'minutes' })
    if (CANCELS.includes(one.state)) out.push({ word: 'sCancel', to: 'cancelled', verb: 'transition', need: 'reason' })
  }
  if (side.sends && side.may('instruction.supervise') && OWED.includes(one.state)) out.push({ word: 'sPress', verb: 'supervise', need: 'demand' })
  return out
}

/** What presses: life and lateness first, then whose time ends first. The same order for the same facts. */
export function byPress(a: Instruction, b: Instruction, now: number): number {
  const weight = (one: Instruction): number => (lateNow(one, now) ? 0 : one.state === 'issued' ? 1 : OWED.includes(one.state) ? 2 : one.state === 'returned' ? 3 : 4)
  const next = (one: Instruction): string => (one.state === 'issued' ? one.accept_due_at : null) ?? one.due_at ?? '9'
  return weight(a) - weight(b) || next(a).localeCompare(next(b)) || a.id.localeCompare(b.id)
}
export function lateNow(one: Instruction, now: number): 'accept' | 'done' | null {
  if (OWED.includes(one.state) && one.due_at && Date.parse(one.due_at) < now) return 'done'
  return one.state === 'issued' && one.accept_due_at && Date.parse(one.accept_due_at) < now ? 'accept' : null
}
/** Its own house's: it was given here, or it is to be done here. */
export const isMine = (one: Instruction, actor: { centre: string; parties: string[] }): boolean =>
  one.from_centre === actor.centre || one.to_centre === actor.centre || (!actor.parties.includes('county') && one.to_centre.startsWith(actor.centre))
export const isOwed = (one: Instruction): boolean => OWED.includes(one.state)
