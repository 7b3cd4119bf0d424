/** Shifts, handovers, the log and roll-calls as they cross the wire (docs/architecture.md). */
import type { Base, Iso, Text } from './types'

export type DutyRole = 'leader' | 'director' | 'officer' | 'driver' | 'expert'
export interface PersonOnDuty { role: DutyRole; name: string; number: string | null; deputy: string | null; deputy_number: string | null }
export interface Shift extends Base {
  centre: string
  begins_at: Iso
  ends_at: Iso
  people: PersonOnDuty[]
  note: string | null
  state: 'planned' | 'near' | 'on' | 'ended' | 'lapsed' | 'dropped'
  began_at: Iso | null
  ended_at: Iso | null
  /** invented people of the demo county (示意) */
  synthetic: boolean
}
export interface HandoverItem {
  key: string; sort: string; about: { kind: string; id: string }; zh: string; en: string; at: Iso; due_at: Iso | null
  state: 'open' | 'accepted' | 'deferred' | 'settled'; by: string | null; done_at: Iso | null; reason: string | null; carried: string | null
}
export interface Handover extends Base {
  centre: string
  from_id: string
  to_id: string
  due_at: Iso
  items: HandoverItem[]
  remarks: Partial<Record<'weather' | 'leaders_away' | 'equipment' | 'other', string>>
  gathered_at: Iso
  handed_by: string | null
  handed_at: Iso | null
  accepted_by: string | null
  accepted_at: Iso | null
  reminded_at: Iso | null
  state: 'open' | 'accepted' | 'lapsed'
}
export interface DutyNote extends Base { centre: string; sort: string; who: string; text: string; at: Iso; by: string; promise: string | null; promise_due_at: Iso | null; kept_at: Iso | null }
export interface DutyCheck extends Base {
  centre: string; asked_by: string; on_behalf: string | null; asked_at: Iso; answer_by: Iso
  state: 'asked' | 'present' | 'missed' | 'spared'; how: 'act' | 'key' | null; answered_by: string | null; answered_at: Iso | null; reason: Partial<Text>
}
/** Those who answer, the leader first. */
export const answering = (shift: Shift | null | undefined): PersonOnDuty[] => (shift?.people ?? []).filter((one) => one.role !== 'driver' && one.role !== 'expert')
