/** The shapes that cross the wire, exactly as docs/architecture.md names them. No behaviour here. */

export type Iso = string
export type Topic = string
export type Cursor = string
export type Lang = 'zh' | 'en'
export interface Text { zh: string; en: string }
/** a sentence of the server: in both languages, or in Chinese alone; `say()` reads either */
export type Said = Text | string

export interface Point { type: 'Point'; coordinates: [number, number] }
/** What every record carries. `(term, n, version)` orders two states of one thing. */
export interface Base {
  id: string
  version: number
  term: number
  n: number
  home: string
  created_at: Iso
  updated_at: Iso
  /** false: it has left the lists, a store deletes it */
  live?: boolean
  audience?: string[]
}

export type Level = 'I' | 'II' | 'III' | 'IV'
export type LifeRisk = 'none' | 'possible' | 'people'
export const CASUALTY_FIELDS = ['dead', 'missing', 'trapped', 'serious', 'light', 'poisoned', 'rescued', 'evacuated'] as const
export type CasualtyField = (typeof CASUALTY_FIELDS)[number]
/** null is "not reported", never 0 */
export type Casualties = Record<CasualtyField, number | null>

export type IncidentState =
  | 'received' | 'verifying' | 'dismissed' | 'confirmed' | 'assessing' | 'responding'
  | 'controlled' | 'response_ended' | 'recovery' | 'review' | 'archived'
export type TaskState =
  | 'reserved' | 'ordered' | 'accepted' | 'refused' | 'assembling' | 'enroute' | 'on_scene'
  | 'working' | 'withdrawn' | 'evacuated' | 'recalled' | 'returned' | 'cancelled'
export type OrderMode = 'direct' | 'township' | 'via_authority' | 'request' | 'invite'

export interface ReportingFigure {
  value: number | null
  as_of: Iso | null
  source: string | null
  confirmed: boolean
  figure_id: string | null
  others: number[]
}
export interface Danger { code: 'water' | 'electric' | 'road' | (string & {}); text: string; at: Iso }

export interface Incident extends Base {
  number: string
  kind: string
  title: string
  state: IncidentState
  level: Level | null
  level_suggested: { confirmed: Level | null; possible: Level | null; because: Said[] } | null
  dangerous: boolean
  life_risk: LifeRisk
  location: Point | null
  location_basis: 'point' | 'village' | 'road' | 'none'
  schematic_anchor: Point | null
  village_code: string | null
  place_text: string | null
  centre: string
  /** what a schematic cell proposes; never its home by itself */
  proposed_centre: string | null
  opened_by: string | null
  to_confirm: boolean
  description: string | null
  occurred_at: Iso | null
  received_at: Iso
  source: string | null
  caller: { id: string; commitment: string } | null
  casualties: Casualties
  figures: Partial<Record<CasualtyField, ReportingFigure>>
  loss_wan: number | null
  area_ha: number | null
  magnitude: number | null
  extra: Record<string, unknown>
  dangers: Danger[]
  on_scene: { name: string; phone: string | null } | null
  merged_into: string | null
  merged_from: string[]
  shares: { centre: string; until: Iso | null }[]
  command: { authority: string; who: string; at: Iso; role: string } | null
  road: { ref: string | null; name: string | null; km: number; direction: string | null } | null
  /** until when a changed casualty figure counts */
  late_window: { until: Iso; days: number; source: Text; ended: boolean } | null
  /** what differs from what was reported last: a follow-up (续报) while it goes on, a supplement (补报) after its end */
  report_changed: { due: 'followup' | 'supplement'; since: Iso; changes: Partial<Record<CasualtyField, { from: number | null; to: number | null }>> } | null
  times: Partial<Record<IncidentState, Iso>>
}

export interface Figure extends Base {
  incident_id: string
  field: CasualtyField
  value: number
  as_of: Iso
  source: string | null
  confirmed: boolean
  chosen: boolean
  /** as of a time past the window: kept, counted nowhere (超出统计时限) */
  beyond?: boolean
  by: string
  at: Iso
}

export interface Report extends Base {
  incident_id: string
  text: string
  source: string | null
  at: Iso
  received_at: Iso
  by: string
  casualties: Partial<Casualties> | null
  location: Point | null
  /** what stands for its caller; the name and number are read at the incident's own door */
  caller: { id: string; commitment: string } | null
  /** name of its picture for `GET /files/{id}` */
  photo: string | null
}

export interface Proxy { person: string; channel: string; number?: string | null }
export interface TaskStep {
  state: TaskState
  at: Iso | null
  received_at: Iso
  by: string
  by_proxy: Proxy | null
  reason: string | null
  skipped: boolean
}
export interface Task extends Base {
  number: string
  incident_id: string
  incident_title: string
  team_id: string
  team_name: string
  centre: string
  state: TaskState
  order: string | null
  mode: OrderMode
  via: string | null
  ordered_by: string
  ordered_at: Iso | null
  accept_due_at: Iso | null
  alarm_at: Iso | null
  times: Partial<Record<TaskState, Iso>>
  steps: TaskStep[]
  refused_reason: string | null
  replaces: string | null
  /** not yet over */
  open: boolean
  call: { who: string; number: string } | null
  ordered_centre: string | null
  came_from: string | null
  suggestion: { rank: number; distance_m: number; eta_s: number; reasons: string[]; estimate: boolean } | null
}

export interface Team extends Base {
  name: string
  type: string
  centre: string
  skills: string[]
  headcount: number | null
  equipment: string[]
  readiness: 'L1' | 'L2' | 'L3'
  mode: OrderMode
  via: string | null
  call: { who: string; number: string } | null
  base: Point | null
  synthetic: boolean
  on_duty: boolean
  status: 'available' | 'reserved' | 'engaged' | 'resting' | 'off'
  position: { lon: number; lat: number; at: Iso } | null
}

export interface Alarm extends Base {
  cause: string
  rank: 1 | 2 | 3
  life_risk: boolean
  title: Text
  detail: Text
  incident_id: string | null
  task_id: string | null
  team_id: string | null
  centre: string | null
  count: number
  raised_at: Iso
  last_at: Iso
  acknowledged_by: string | null
  acknowledged_at: Iso | null
  silenced_by: string | null
  cleared_at: Iso | null
}

export interface Centre extends Base {
  code: string
  name: string
  pinyin: string | null
  kind: 'county' | 'township' | 'village' | 'department' | 'unit'
  parent: string | null
  phones: { label: string; number: string }[]
  posts: { title: string; numbers: string[]; deputy: string | null }[]
}

/** Contact of a township: when it was last heard, and whether the line is cut. */
export interface Link extends Base {
  state: 'up' | 'cut' | 'never'
  last_at: Iso | null
}

export type DeliveryState = 'waiting' | 'trying' | 'handed' | 'confirmed' | 'failed' | 'missed' | 'cancelled' | 'no_channel'
/** One message that leaves the house, and what became of it; never its words, never the number. */
export interface Delivery extends Base {
  entry: number
  recipient: string
  whom: Text
  channel: 'sms' | (string & {})
  purpose: 'order' | 'recall' | 'evacuate' | 'alarm' | (string & {})
  about_kind: string
  about_id: string
  centre: string
  gateway: 'none' | 'simulator' | 'webhook' | (string & {})
  state: DeliveryState
  reason: Partial<Text>
  tries: number
  urgent: boolean
  max_age_s: number
  made_at: Iso
  expires_at: Iso
  next_at: Iso | null
  handed_at: Iso | null
  confirmed_at: Iso | null
  ended_at: Iso | null
  reference: string | null
  acknowledged_by: string | null
  acknowledged_at: Iso | null
}

/** Kinds of record a screen may hold; a kind not listed here is kept as a plain Base. */
export interface Kinds {
  incident: Incident
  figure: Figure
  report: Report
  task: Task
  team: Team
  alarm: Alarm
  centre: Centre
  link: Link
  delivery: Delivery
}
export type Kind = keyof Kinds | (string & {})
export type RecordOf<K extends Kind> = K extends keyof Kinds ? Kinds[K] : Base

// ---- live ----
export interface TimelineItem {
  cursor: Cursor
  at: Iso
  received_at: Iso
  type: string
  kind: string
  text: Text
  actor: string
  actor_name: string | null
  record: Partial<Base> & Record<string, unknown>
}
export interface Entry extends TimelineItem {
  cause: string | null
  command: string | null
  world: number
  prev: Record<Topic, Cursor | null>
  /** of these topics, those that lose it while another keeps it */
  lost?: Topic[]
}
export interface Snapshot {
  items: { type: string; record: Base }[]
  timeline?: (Omit<TimelineItem, 'cursor' | 'text'> & { cursor?: Cursor; seq?: number; text: Text | string })[]
}
export interface TopicState { cursor: Cursor; snapshot: Snapshot | null }
export interface EntriesMessage { upto: Cursor; now: Iso; items: Entry[] }
/** Positions as integer columns: degrees × 1e6, seconds since the epoch. */
export interface SignalMessage {
  topic: Topic
  tick: number
  now: Iso
  ids: string[]
  lon: number[]
  lat: number[]
  at: number[]
}
/** When each township was heard last: seconds since 1970, every 10 s. */
export interface ContactMessage {
  topic: Topic
  tick: number
  now: Iso
  ids: string[]
  at: number[]
}
export interface Position { lon: number; lat: number; at: number }

// ---- http ----
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
}
export interface SuggestionItem {
  team: Pick<Team, 'id' | 'name'> & Partial<Team>
  rank: number
  distance_m: number
  eta_s: number
  estimate: boolean
  mode: OrderMode
  via: string | null
  call: { who: string; number: string } | null
  /** Chinese alone; `reasons_said` has both languages */
  reasons: Said[]
  reasons_said?: Text[]
  default: boolean
}
export interface Suggestions {
  items: SuggestionItem[]
  /** some of each reason, the soonest first; the counts are of all */
  left_out: { team: { id: string; name: string }; code: string; reason: Said; reasons?: Text }[]
  left_out_counts: { code: string; count: number; reason: Text }[]
  shortfalls: Said[]
  shortfalls_said?: Text[]
  basis: { point: Point; schematic: boolean; text: Said }
  computed_at: Iso
}
export interface Door { role: string; href: string; label: Text; say: Text }
export interface Doors { demo: boolean; play: boolean; doors: Door[]; county?: County }
