/** Evacuations on the wire: counts with their sources, never a name. */
import type { MultiPolygon, Polygon } from 'geojson'
import type { Base, Iso } from './types'

export type CountField = 'people_done' | 'people_refused' | 'people_unreached' | 'people_returned' | 'households_done' | 'households_refused' | 'households_unreached' | 'households_returned'
export type ArrivalField = 'people_arrived' | 'households_arrived'
export interface SaidCount { value: number; as_of: Iso; source: string; by: string; by_proxy: { person: string; channel: string } | null; count_id: string }
export interface CountFigure extends SaidCount { others: SaidCount[] }
export interface EvacuationDecision { name: string; post: string; at: Iso; entered_by: string; entered_at: Iso; zones: number; reason?: string }
export interface EvacuationZone extends Base {
  name: string
  sort: string
  centre: string
  village_code: string | null
  village: string | null
  shape: Polygon | MultiPolygon | null
  households: number
  people: number
  vulnerable: number | null
  responsible: string
  /** who holds the post: sealed, read through its own door */
  keeper: { id: string } | null
  destination: { name: string }
  route: string | null
  synthetic: boolean
}
export interface Evacuation extends Base {
  number: string
  reason: string
  centre: string
  warning_id: string | null
  incident_id: string | null
  townships: string[]
  zones: number
  decided: EvacuationDecision[]
  opened_by: string
  opened_at: Iso
  state: 'open' | 'returning' | 'ended'
  safe: EvacuationDecision[]
  synthetic: boolean
}
export interface EvacuatedZone extends Base {
  evacuation_id: string
  zone_id: string
  name: string
  centre: string
  village_code: string | null
  village: string | null
  households: number
  people: number
  vulnerable: number | null
  responsible: string
  route: string | null
  destination_id: string
  destination: string
  state: 'open' | 'returning' | 'ended'
  figures: Partial<Record<CountField, CountFigure>>
  /** lists of names: how many each holds, never who */
  named: { count: number }[]
  synthetic: boolean
}
export interface EvacuationDestination extends Base {
  evacuation_id: string
  name: string
  centre: string
  figures: Partial<Record<ArrivalField, CountFigure>>
  named: { count: number }[]
  /** those who left for here and those who arrived, held against each other by name */
  matched: { gone: number; arrived: number; both: number; elsewhere: number; missing: number; unclear: number; strangers: number; at: Iso } | null
}
export interface EvacuationRefusal extends Base {
  evacuation_id: string
  zone_id: string
  zone_name: string
  centre: string
  households: number
  people: number
  reason: string
  next_visit_at: Iso | null
  visitor: string
  state: 'open' | 'moved' | 'ended'
}
