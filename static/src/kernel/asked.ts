/** What is asked over HTTP and answered: refusals, who is signed in, places, suggestions, doors. */
import type { Iso, Lang, OrderMode, Point, Said, Team, Text } from './types'

export interface ProblemBody {
  type: string
  title: string
  status: number
  detail?: string
  /** the detail in both languages */
  said?: { zh: string; en: string }
  errors?: { loc?: (string | number)[] | string; msg?: string; [k: string]: unknown }[]
  command_id?: string
  [k: string]: unknown
}
export interface Actor {
  id: string
  name: string
  role: string
  centre: string
  centre_name: string
  team_id: string | null
  parties: string[]
  permissions: string[]
}
export interface County { code: string; name: string; name_en?: string }
export interface SessionInfo {
  actor: Actor
  csrf: string
  /** somebody else made the password: nothing opens before it is changed */
  password_due?: boolean
  /** the screens that the account may open */
  screens?: { path: string; label: Said }[]
  /** the first screen of the role */
  home?: string
  county: County
  demo: boolean
  now: Iso
  lang: Lang | string
}
export interface PlaceHit {
  code: string
  name: string
  kind: string
  township_code: string | null
  township: string | null
  initials: string
  score: number
  /** a named place (mine, school, …): its own point, the village it lies in, and the name it was found by */
  place_id?: string
  alias?: string | null
  location?: { type: 'Point'; coordinates: [number, number] } | null
  village_code?: string | null
}
export type RouteBasis = 'road' | 'sketch' | 'straight'
export interface SuggestionItem {
  team: Pick<Team, 'id' | 'name'> & Partial<Team>
  rank: number
  /** null: no open road leads there, or nobody knows where the team is */
  distance_m: number | null
  eta_s: number | null
  estimate: boolean
  /** on what the time rests: the road net, a drawn one, the straight line */
  basis?: RouteBasis | null
  mode: OrderMode
  via: string | null
  call: { who: string; number: string } | null
  /** Chinese alone; `reasons_said` has both languages */
  reasons: Said[]
  reasons_said?: Text[]
  /** danger areas that its way leads through */
  dangers?: Peril[]
  default: boolean
}
/** A danger area as a way or a suggestion names it. */
export interface Peril { id: string; sort: string; say: Text }
export interface Suggestions {
  items: SuggestionItem[]
  /** some of each reason, the soonest first; the counts are of all */
  left_out: { team: { id: string; name: string }; code: string; reason: Said; reasons?: Text }[]
  left_out_counts: { code: string; count: number; reason: Text }[]
  shortfalls: Said[]
  shortfalls_said?: Text[]
  basis: { point: Point; schematic: boolean; text: Said; times?: Text & { code: RouteBasis; source: string | null } }
  /** danger areas that the incident lies in */
  dangers?: Peril[]
  computed_at: Iso
}
export interface Door { role: string; href: string; label: Text; say: Text }
export interface Doors { demo: boolean; play: boolean; doors: Door[]; county?: County }
/** A way over the roads. `short_m`: the road is closed so far before the goal; `closures`: those that stop it. */
export interface WayAnswer {
  from: [number, number]
  to: [number, number]
  vehicle: string
  computed_at: Iso
  basis: Text & { code: RouteBasis; source: string | null; say: Text }
  reachable: boolean
  closures: string[]
  /** danger areas that the way leads through, or that the goal lies in */
  dangers?: Peril[]
  distance_m?: number
  duration_s?: number
  off_road_m?: [number, number]
  short_m?: number
  geometry?: { type: 'LineString'; coordinates: [number, number][] }
  steps?: { name: string | null; ref: string | null; class: string; distance_m: number; duration_s: number; bearing: number }[]
}
