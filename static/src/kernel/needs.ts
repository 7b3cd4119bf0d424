/** Needs and social forces on the wire: never who leads a force. */
import type { Base, Iso } from './types'

export interface Need extends Base {
  number: string
  centre: string
  incident_id: string | null
  incident_title: string | null
  skill: string | null
  what: string
  people: number
  place: string
  bring: string | null
  until: Iso
  insurance: string
  safety: string
  contact_post: string
  published_by: { name: string; post: string; by: string; at: Iso } | null
  state: 'draft' | 'published' | 'met' | 'withdrawn' | 'lapsed'
}
export interface Force extends Base {
  number: string
  centre: string
  incident_id: string | null
  incident_title: string | null
  need_id: string | null
  organisation: string
  headcount: number
  skills: string[]
  equipment: string | null
  vehicles: string | null
  arrived_at: Iso
  arrived_where: string
  channel: string | null
  assigned: { task_area: string; reports_to: string; briefed_by: string; insurance_seen: boolean; at: Iso } | null
  missing: number
  state: 'checked_in' | 'assigned' | 'checked_out' | 'declined'
}
