/** Decisions asked of leaders, and all that waits for one, as they cross the wire (docs/architecture.md). */
import type { Base, Iso, Said, Text } from './types'

export interface SpokenWord { person: string; post: string; channel: string; number: string | null }
export interface WordGiven {
  by: string
  at: Iso
  post: string
  spoken: SpokenWord | null
  confirmed: { by: string; at: Iso } | null
  disputed?: { by: string; at: Iso; text: string | null }
}
export interface Decision extends Base {
  number: string
  centre: string
  from_centre: string
  from_name: string
  incident_id: string | null
  incident_title: string | null
  question: string
  grounds: string | null
  options: { code: string; text: string }[]
  asked_by: string
  asked_at: Iso
  due_at: Iso | null
  late: Iso | null
  state: 'asked' | 'decided' | 'withdrawn'
  chosen: string | null
  reason: string | null
  approval: WordGiven | null
  decided_at: Iso | null
  withdrawn: { by: string; at: Iso; reason: string } | null
}
/** One tap: an existing action with its input, at the version that was looked at. */
export interface Tap extends Text { action: string; payload: Record<string, unknown>; version: number; reason: boolean; main: boolean; back: { action: string; payload: Record<string, unknown> } | null }
export interface Waiting {
  key: string
  sort: string
  about: { kind: string; id: string }
  title: Text
  state: 'asked' | 'spoken' | 'disputed'
  facts: { label: Text; text: Said }[]
  asked_by: string
  asked_at: Iso
  due_at: Iso | null
  incident_id: string | null
  options: Tap[]
  word: WordGiven | null
  /** what may be recorded here of a leader's word, and of which posts (none: of any) */
  by_word: Tap[]
  posts: string[]
}
export interface WaitingList { items: Waiting[]; refreshed_by: string[] }
