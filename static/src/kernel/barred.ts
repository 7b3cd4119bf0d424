/** Where nobody drives, and where nobody should be without need. */
import type { Geometry, MultiPolygon, Polygon } from 'geojson'
import type { Base, Iso, Point, Text } from './types'

/** A closed part of the roads. `one_way`: along the line, its own direction stays open. */
export interface Closure extends Base {
  centre: string
  cause: string
  reason: string | null
  shape: Geometry
  one_way: boolean
  bars: string[]
  begins_at: Iso
  ends_at: Iso | null
  state: 'planned' | 'closed' | 'lifted'
  added_by: string
  lifted_by: string | null
  lifted_at: Iso | null
  lifted_reason: string | null
}

export type DangerSort = 'cordon' | 'flood' | 'landslide' | 'collapse' | 'toxic' | 'explosion' | 'blasting' | 'power' | 'fire' | 'other'
/** Where teams must not be without need. Time lifts none: `ends_at` is what is thought. */
export interface DangerArea extends Base {
  sort: DangerSort
  reason: string
  advice: string | null
  shape: Polygon | MultiPolygon
  point: Point | null
  radius_m: number | null
  incident_id: string | null
  centre: string
  begins_at: Iso
  ends_at: Iso | null
  state: 'planned' | 'in_force' | 'lifted'
  declared_by: string
  declared_at: Iso
  changed_by: string | null
  lifted_by: string | null
  lifted_at: Iso | null
  lifted_reason: string | null
}

/** A team in a danger area; live until it is out. */
export interface DangerEntry extends Base {
  area_id: string
  sort: DangerSort
  reason: string
  advice: Text
  team_id: string
  team_name: string
  centre: string
  area_centre: string
  entered_at: Iso
  depth_m: number
  receipt_at: Iso | null
  receipt_by: string | null
  left_at: Iso | null
  why: 'left' | 'lifted' | 'changed' | 'off_duty' | null
  admitted_by: string | null
}

/** A team that may be in a danger area: sent in by name. */
export interface DangerAdmission extends Base {
  area_id: string
  team_id: string
  team_name: string
  centre: string
  area_centre: string
  sort: string
  reason: string
  admitted_by: string
  admitted_at: Iso
  ended_by: string | null
  ended_at: Iso | null
}
