/** A hazard and its papers as they cross the wire (docs/architecture.md). */
import type { Base, Iso, Point } from './types'

export type HazardState =
  | 'reported' | 'registered' | 'graded' | 'assigned' | 'listed' | 'rectifying' | 'extension' | 'acceptance' | 'rejected'
  | 'closed' | 'lookback' | 'monitored'
export interface Duty { centre: string | null; name: string; post: string | null }
export type DutyPart = 'territory' | 'department' | 'unit'
export interface HazardPhoto { photo: string; stage: 'before' | 'after' | 'acceptance' | 'lookback'; text: string | null; location: Point | null; at: Iso; received_at: Iso; by: string }
export interface HazardStep { state: HazardState; at: Iso; received_at: Iso; by: string; reason: string | null; ahead: boolean }
/** What was shown on site. */
export interface Proof { by: string; at: Iso; distance_m: number | null; reason: string | null }
export interface Hazard extends Base {
  number: string
  type: string
  item: string | null
  title: string
  state: HazardState
  level: 'general' | 'major' | null
  lec: { l: number; e: number; c: number; d: number; result: string; colour: string } | null
  criteria: string[]
  standard: string | null
  location: Point | null
  village_code: string | null
  place_text: string | null
  centre: string
  description: string | null
  threatened: number | null
  found_at: Iso
  received_at: Iso
  found_by: string
  source: string
  duties: Partial<Record<DutyPart, Duty>>
  lead: DutyPart | null
  duty: string | null
  measure: string | null
  fund: string | null
  plan: string | null
  deadline: Iso | null
  interim: { code: string; text: string | null; by: string; at: Iso }[]
  signed: { kind: string; name: string; post: string; at: Iso }[]
  extensions: { from: Iso | null; to: Iso; reason: string; by: string; at: Iso; granted: boolean | null }[]
  watch: { watcher: string; trigger: string; route: string; people: number; shelter: string | null; contact: { id: string } | null } | null
  reporter: { id: string } | null
  basis: string | null
  to_confirm: boolean
  found_centre: string
  acceptance: Proof | null
  lookback: Proof | null
  photos: HazardPhoto[]
  incidents: string[]
  climb: { step: string; at: Iso; to: string[] } | null
  recurred: number
  closed_at: Iso | null
  closed_how: string | null
  steps: HazardStep[]
  synthetic: boolean
}

export interface HazardNotice extends Base {
  hazard_id: string
  hazard_number: string
  kind: 'circular' | 'talk' | 'listing'
  state: 'draft' | 'signed' | 'dropped'
  addressee: string
  text: string
  drafted_at: Iso
  signed_name: string | null
  signed_post: string | null
  signed_at: Iso | null
}

export type Colour = 'red' | 'orange' | 'yellow' | 'blue'
export interface RiskPoint extends Base {
  name: string
  type: string
  item: string | null
  colour: Colour
  lec: Hazard['lec']
  centre: string
  location: Point | null
  village_code: string | null
  place_text: string | null
  harm: string | null
  controls: string | null
  control_level: 'county' | 'township' | 'unit' | 'post'
  answers_centre: string | null
  answers: string | null
  synthetic: boolean
}
export interface Inspection extends Base {
  title: string
  centre: string
  assigned: string
  location: Point | null
  place_text: string | null
  hazard_id: string | null
  risk_point_id: string | null
  checklist: string[]
  every_days: number
  next_due: Iso
  last_at: Iso | null
  lapsed: number
}
export interface Round extends Base {
  inspection_id: string
  at: Iso
  received_at: Iso
  by: string
  place: Point
  distance_m: number | null
  photo: string
  answers: { item: string; ok: boolean; note: string | null }[]
  failed: number
  reason: string | null
  hazard_id: string | null
}
