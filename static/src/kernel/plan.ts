/** Instructions, plans, responses and consultations as they cross the wire (docs/architecture.md). */
import type { Base, Iso, Text } from './types'

export type InstructionState = 'draft' | 'issued' | 'accepted' | 'in_progress' | 'feedback' | 'done' | 'verified' | 'returned' | 'cancelled'
export type Urgency = 'flash' | 'urgent' | 'routine'
export interface SaidBy { person: string; channel: string; number: string | null }
export interface InstructionStep { state: InstructionState; at: Iso; received_at: Iso; by: string; centre: string; by_proxy: SaidBy | null; reason: string | null }
export interface Instruction extends Base {
  number: string
  text: string
  urgency: Urgency
  from_centre: string
  from_name: string
  to_centre: string
  to_name: string
  post: string | null
  incident_id: string | null
  incident_title: string | null
  response_id: string | null
  warning_id: string | null
  action: string | null
  checklist: { text: string; done: boolean; by: string | null; at: Iso | null }[]
  needs_proof: boolean
  issued_by: string
  issued_at: Iso | null
  accept_due_at: Iso | null
  due_at: Iso | null
  /** a mark: the limit that passed */
  late: { accept: Iso | null; done: Iso | null }
  supervised: { text: string; by: string; at: Iso; answered_at: Iso | null }[]
  extended: { from: Iso | null; to: Iso; reason: string; by: string; at: Iso }[]
  feedback: { text: string | null; photo: string | null; at: Iso; by: string; by_proxy: SaidBy | null }[]
  state: InstructionState
  times: Partial<Record<InstructionState, Iso>>
  steps: InstructionStep[]
}

export type ResponseLevel = 'R1' | 'R2' | 'R3' | 'R4'
export interface Rung { post: string; role: string | null }
export interface PlanLevel { level: ResponseLevel; trigger: string; incident_levels: string[]; warnings: string[]; people: boolean; approvers: Rung[]; measures: string; hours: number | null }
export interface Member { centre: string | null; name: string | null; post: string | null }
export interface PlanGroup { code: string; name: string; lead: Member; members: Member[]; duty: string | null }
export interface PlanAction { code: string; levels: ResponseLevel[]; text: string; to: string; post: string | null; group: string | null; urgency: Urgency; within_min: number; checklist: string[]; needs_proof: boolean }
export type PlanState = 'draft' | 'approved' | 'in_force' | 'replaced' | 'withdrawn'
export interface Plan extends Base {
  code: string
  edition: number
  title: string
  centre: string
  basis: string | null
  kinds: string[]
  areas: string[]
  model: 'hierarchy' | 'county_internal'
  levels: PlanLevel[]
  groups: PlanGroup[]
  actions: PlanAction[]
  state: PlanState
  reason: string | null
  drafted_by: string
  approved: { name: string; post: string; document: string | null; by: string; at: Iso } | null
  in_force_at: Iso | null
  ended_at: Iso | null
  synthetic: boolean
}

export type ResponseState = 'suggested' | 'pending_approval' | 'active' | 'adjusted' | 'ended' | 'rejected'
export interface Approval {
  what: ResponseState
  level: ResponseLevel
  at: Iso
  by: string
  post: string
  spoken: { person: string; post: string; channel: string; number: string | null } | null
  confirmed: { by: string; at: Iso } | null
  disputed?: { by: string; at: Iso; text: string | null }
}
export interface Response extends Base {
  number: string
  plan_id: string
  plan_title: string
  plan_edition: number
  centre: string
  incident_id: string | null
  incident_title: string | null
  warning_id: string | null
  areas: string[]
  matter: string | null
  level: ResponseLevel | null
  expected_hours: number | null
  measures: string | null
  reasons: string[]
  proposed_by: string
  approvals: Approval[]
  issued: Record<string, string[]>
  state: ResponseState
  times: Partial<Record<ResponseState, Iso>>
  expected_until: Iso | null
  past_due: boolean
}
export interface SuggestedPlan { plan_id: string; title: string; edition: number; synthetic: boolean; level: ResponseLevel | null; reasons: Text[]; levels: PlanLevel[] }
export interface Consultation extends Base {
  number: string
  topic: string
  held_at: Iso
  how: string
  chair: string
  attended: { name: string; house: string | null; post: string | null }[]
  opinions: { name: string; text: string }[]
  conclusion: string
  recorded_by: string
  earlier: { conclusion: string; reason: string; by: string; at: Iso }[]
  response_id: string | null
  incident_id: string | null
}
