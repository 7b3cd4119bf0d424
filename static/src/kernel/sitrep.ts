/** Reports and what is owed in them as they cross the wire (docs/architecture.md). */
import type { Base, CasualtyField, Iso, Text } from './types'

export type ReportKind = 'phone_flash' | 'first' | 'followup' | 'final' | 'verified' | 'supplement' | 'correction' | 'daily' | 'nil'
export type SitrepState = 'draft' | 'reviewing' | 'rejected' | 'signed' | 'submitted' | 'received_by_superior' | 'supplement_required'
export type ClockState = 'pending' | 'running' | 'overdue' | 'met' | 'waived' | 'dropped'
export type Told = Partial<Record<CasualtyField, number | null>>
export type Differing = Partial<Record<CasualtyField, { from: number | null; to: number | null }>>
export interface Late { late_s: number; each: { code: string; source: string; mark: string; late_s: number }[]; excluded: 'cut' | 'proxy' | null }
export interface ReportClock {
  key: string
  report: 'first' | 'followup' | 'supplement'
  to: string
  channel: 'phone' | 'written' | 'any'
  basis: string
  starts_at: Iso
  due_at: Iso
  levels: string[]
  rules: { code: string; minutes: number; source: string; mark: string; clock: string; starts_at: Iso; due_at: Iso }[]
  state: ClockState
  met: (Late & { sitrep_id: string; number: string; kind: ReportKind; at: Iso; by: string }) | null
  cuts: { from: Iso; to: Iso | null }[]
  why: Text | null
}
/** What one centre owes in reports of one incident. */
export interface Reporting extends Base {
  incident_id: string
  incident_number: string
  incident_title: string
  centre: string
  clocks: ReportClock[]
  /** told too, without a limit */
  also: string[]
  last: Record<string, { sitrep_id: string; number: string; kind: ReportKind; at: Iso; figures: Told }>
  differs: Record<string, Differing>
}
export interface Sending {
  to: string
  person: string
  channel: string
  number: string | null
  at: Iso
  entered_at: Iso
  by: string
  by_proxy: { person: string; channel: string } | null
  figures: Told
  revision: number
  clocks: (Late & { key: string; report: string; channel: string; due_at: Iso })[]
  received: { person: string; at: Iso; by: string } | null
}
export interface Sitrep extends Base {
  number: string
  kind: ReportKind
  ordinal: number
  incident_id: string | null
  incident_number: string | null
  incident_title: string | null
  centre: string
  to: string[]
  state: SitrepState
  sections: { code: string; title: Text; text: string }[]
  edited: string[]
  figures: Told
  figures_at: Iso
  base: { sitrep_id: string; number: string; kind: ReportKind; to: string; at: Iso; figures: Told } | null
  changes: Differing
  period: { from: Iso; to: Iso } | null
  due_at: Iso | null
  reviewed: { by: string; at: Iso; note: string | null } | null
  signed: { name: string; post: string; by: string; at: Iso; oral: { channel: string } | null; confirmed_by: string | null; confirmed_at: Iso | null } | null
  sent: Sending[]
  revision: number
  drafted_by: string
  drafted_by_id: string
  drafted_at: Iso
}
export interface InfoRequest extends Base {
  incident_id: string
  centre: string
  office: string
  asks: string
  known: boolean
  state: 'open' | 'verified' | 'refused'
  taken_by: string
  taken_at: Iso
  checked: { by: string; at: Iso; reached: string | null; note: string | null } | null
}
