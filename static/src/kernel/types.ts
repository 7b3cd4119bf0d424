/** The shapes that cross the wire, exactly as docs/architecture.md names them. No behaviour here. */
import type { RouteBasis } from './asked'
import type { Callout, CalloutList, CalloutPerson } from './callout'
import type { DutyCheck, DutyNote, Handover, Shift } from './duty'
import type { Decision } from './decision'
import type { Closure, DangerAdmission, DangerArea, DangerEntry } from './barred'
import type { Hazard, HazardNotice, Inspection, RiskPoint } from './hazard'
import type { Delivery, Reply } from './message'
import type { Instruction, Plan, Response } from './plan'
import type { InfoRequest, Reporting, Sitrep } from './sitrep'
import type { CareCase, Family, Opinion, Requisition, Statement, Track } from './tracks'
import type { Force, Need } from './needs'
import type { EvacuatedZone, Evacuation, EvacuationDestination, EvacuationRefusal, EvacuationZone } from './evacuation'
import type { Warning } from './warning'

export type Iso = string
export type Topic = string
export type Cursor = string
export type Lang = 'zh' | 'en'
export interface Text { zh: string; en: string }
/** a sentence of the server: in both languages, or in Chinese alone; `say()` reads either */
export type Said = Text | string

export interface Point { type: 'Point'; coordinates: [number, number] }
/** What every record carries. `(term, n, version)` orders two states of one thing. */
/** Personal data of a thing that is over: counts, never the data. */
export interface Destruction extends Base {
  number: string; subject_kind: string; subject_id: string; subject_number: string; centre: string; over_at: Iso; due_at: Iso
  state: 'due' | 'held' | 'erasing' | 'erased' | 'dropped'
  sorts: { code: string; zh: string; en: string; n: number }[]
  holds: { ground: string; why: string; assessor: string; post: string; until: Iso; review_at: Iso; by: string; at: Iso; ended: { by: string; at: Iso; reason: string } | null }[]
  hold_until: Iso | null; review_at: Iso | null; reminded: number; reminded_at: Iso
  reason: string | null; confirmed_by: string | null; confirmed_at: Iso | null; gone_at: Iso | null; replays: { at: Iso }[]
}
/** One edition of an incident's response file. */
export interface ArchiveFile extends Base {
  incident_id: string; incident_number: string; centre: string; edition: number; state: 'making' | 'ready' | 'failed'
  asked_by: string; asked_at: Iso; upto: number | null; done: number; total: number | null; made_at: Iso | null
  sha256: string | null; size: number | null; members: number | null; key_id: string | null; failed: Text | null
}
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
/** Within how many metres a road's kilometre lies where the posts put it. */
export interface RoadPlaced { within_m: number; how: 'post' | 'reckoned' | 'between' | 'beyond' }
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
  road: { ref: string | null; name: string | null; km: number; direction: string | null; /** its point follows from the register of posts */ placed?: RoadPlaced } | null
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

/** What somebody drew on the map of an incident. */
export interface Drawing extends Base {
  incident_id: string
  kind: 'point' | 'line' | 'polygon' | 'text'
  shape: GeoJSON.Geometry
  text: string | null
  by: string
  by_id: string
  at: Iso
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
  /** what its positions suggest, until a person says so or not */
  hint?: { to: TaskState; at: Iso; metres: number; no: boolean; by: string | null } | null
  suggestion: { rank: number; distance_m: number | null; eta_s: number | null; reasons: string[]; estimate: boolean; basis?: RouteBasis | null } | null
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
  /** how it travels, as ways are asked for */
  vehicle?: string
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
  posts: { id: string; title: string; numbers: string[]; deputy: string | null; lines?: { id: string; private: boolean }[] }[]
}

/** Contact of a township: when it was last heard, and whether the line is cut. */
export interface Link extends Base {
  state: 'up' | 'cut' | 'never'
  last_at: Iso | null
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
  reply: Reply
  closure: Closure
  hazard: Hazard
  hazard_notice: HazardNotice
  inspection: Inspection
  risk_point: RiskPoint
  drawing: Drawing
  danger_area: DangerArea
  danger_entry: DangerEntry
  danger_admission: DangerAdmission
  instruction: Instruction
  plan: Plan
  response: Response
  reporting: Reporting
  sitrep: Sitrep
  destruction: Destruction
  archive_file: ArchiveFile
  info_request: InfoRequest
  track: Track
  opinion: Opinion
  statement: Statement
  family: Family
  care_case: CareCase
  requisition: Requisition
  evacuation: Evacuation
  need: Need
  force: Force
  evacuated_zone: EvacuatedZone
  evacuation_destination: EvacuationDestination
  evacuation_refusal: EvacuationRefusal
  evacuation_zone: EvacuationZone
  warning: Warning
  decision: Decision
  callout: Callout
  callout_list: CalloutList
  callout_person: CalloutPerson
  duty: Shift
  duty_handover: Handover
  duty_note: DutyNote
  duty_check: DutyCheck
}
export type Kind = keyof Kinds | (string & {})
export type RecordOf<K extends Kind> = K extends keyof Kinds ? Kinds[K] : Base

export type * from './asked'
export type * from './barred'
export type * from './decision'
export type * from './callout'
export type * from './duty'
export type * from './evacuation'
export type * from './needs'
export type * from './hazard'
export type * from './message'
export type * from './plan'
export type * from './sitrep'
export type * from './told'
export type * from './tracks'
export type * from './warning'
