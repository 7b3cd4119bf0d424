/** Tracks of an incident as they cross the wire (docs/architecture.md). No name is in any of them. */
import type { Base, CasualtyField, Iso } from './types'

export interface Track extends Base {
  incident_id: string
  sort: string
  state: 'open' | 'doing' | 'done' | 'none'
  owner_centre: string | null
  owner_post: string | null
  due_at: Iso | null
  note: string | null
  steps: { from: string; to: string; by: string; at: Iso; reason: string | null }[]
  late_since: Iso | null
}
export interface Opinion extends Base {
  incident_id: string
  seen_where: string
  url: string | null
  claim: string
  heat: string
  verdict: 'unknown' | 'true' | 'false'
  answers_centre: string | null
  answers_post: string | null
  due_at: Iso | null
  seen_at: Iso
  noted_by: string
  state: 'open' | 'answered' | 'dropped'
  answer: string | null
  answered_by: string | null
  answered_at: Iso | null
  late_since: Iso | null
}
/** A figure that a statement may say: one of the incident's, or those seriously and lightly injured together. */
export type SaidField = CasualtyField | 'injured'
export interface SideApproval { by: string; by_id: string; at: Iso; note: string | null; spoken?: { person: string; post: string; channel: string } | null; confirmed?: { by: string; at: Iso } | null; disputed?: { by: string; at: Iso } }
export interface Statement extends Base {
  number: string
  incident_id: string
  title: string
  text: string
  figures: Partial<Record<SaidField, number>>
  unread: string[]
  revision: number
  approvals: Partial<Record<'command' | 'publicity', SideApproval>>
  state: 'draft' | 'reviewing' | 'approved' | 'published' | 'withdrawn'
  reason: string | null
  differs: { field: SaidField; said: number; now: number | null }[]
  stale_since: Iso | null
  published: { where: string; by: string; at: Iso; url: string | null; entered_by: string; differs: boolean }[]
  drafted_by: string
  drafted_at: Iso
}
export interface Family extends Base {
  incident_id: string
  number: number
  centre: string
  told_at: Iso | null
  tellings: { id: string; at: Iso; by: string }[]
  notified: { at: Iso; by: string; how: string } | null
  state: 'open' | 'held' | 'closed'
  late_since: Iso | null
}
export interface CareCase extends Base {
  incident_id: string
  number: number
  group: 'victim' | 'family' | 'rescuer'
  carer: string
  carer_id: string
  colleague: string | null
  colleague_id: string | null
  sessions: { id: string; at: Iso; by: string }[]
  next_at: Iso | null
  state: 'open' | 'closed'
  late_since: Iso | null
}
/** Something requisitioned (征用): returned or lost, then settled with its owner, who stands in no record. */
export interface Requisition extends Base {
  number: string
  incident_id: string
  centre: string
  sort: string
  what: string
  quantity: number
  unit: string
  owner_kind: 'person' | 'organisation'
  authority: string
  basis: string | null
  worth_yuan: number | null
  note: string | null
  taken_by: string
  taken_at: Iso
  state: 'in_use' | 'returned' | 'lost' | 'settled' | 'cancelled'
  given_back: { at: Iso; by: string; condition: 'intact' | 'damaged' | 'lost'; received_by: string | null; note: string | null } | null
  settled: { at: Iso; by: string; how: 'paid' | 'waived'; amount_yuan: number | null; paper: string } | null
  reason: string | null
}
