/** What a socket tells: entries of the journal, snapshots, fleeting signals. */
import type { RouteBasis } from './asked'
import type { Base, Cursor, Iso, Text, Topic } from './types'

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
  /** kinds that the topic tells of by entries and holds none of */
  passing?: string[]
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
/** When teams under way will be there, by task: seconds since 1970 (null: no open road), as of which position, on what it rests. */
export interface EtaMessage {
  topic: Topic
  tick: number
  now: Iso
  ids: string[]
  due: (number | null)[]
  at: number[]
  basis: RouteBasis[]
  metres: (number | null)[]
}
/** `due`, `at` in ms; `due` null: no open road leads there. */
export interface Eta { due: number | null; at: number; basis: RouteBasis; metres: number | null }
export interface Position { lon: number; lat: number; at: number }
