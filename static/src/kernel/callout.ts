/** Call-outs on the wire: the whole, the list of each centre by count, the people of a list by post. */
import type { Base, Iso, Proxy, Text } from './types'
import type { WarningLevel } from './warning'

export type CalloutState = 'pending' | 'calling' | 'answered' | 'missed' | 'escalated' | 'door_visit' | 'confirmed' | 'acted' | 'closed'
export type CalloutOutcome = 'answered' | 'on_post' | 'moved' | 'missed' | 'visited'

export interface Callout extends Base {
  number: string
  warning_id: string | null
  title: Text
  level: WarningLevel | null
  reason: string
  areas: string[]
  centre: string
  opened_by: string
  opened_at: Iso
  state: CalloutState
  ended_by: string | null
  ended_at: Iso | null
  ended_reason: string | null
}
export type CalloutCount = 'total' | 'acted' | 'answered' | 'on_post' | 'moved' | 'visited' | 'pending' | 'missed' | 'escalated' | 'door' | 'differs'
export interface CalloutList extends Base {
  callout_id: string
  centre: string
  name: string
  /** not listed yet; nobody is named there */
  todo: string[]
  unnamed: string[]
  counts: Record<CalloutCount, number>
}
export interface CalloutLine { id: string; kind: 'landline' | 'mobile' | 'satellite' | 'radio'; number: string | null; private: boolean }
export interface CalloutAttempt {
  n: number
  at: Iso
  received_at: Iso
  by: string
  centre: string
  channel: string
  label: Text | null
  outcome: CalloutOutcome | null
  by_proxy: Proxy | null
  sample: boolean
  corrects: number | null
  reason: string | null
  call?: CalloutCall | null
}
/** What a robo-call came to; `whole`: listened to the end, said only where the gateway reports the seconds. */
export interface CalloutCall { result: 'answered' | 'no_answer' | 'busy' | 'wrong_number'; heard_s: number | null; of_s: number | null; key: string | null; whole: boolean; simulated: boolean }
export interface CalloutRobo { asked_at: Iso; by: string; state: 'waiting' | 'handed' | 'confirmed' | 'failed' | 'missed' | 'cancelled' | 'no_channel'; gateway: string; reason: Partial<Text> }
export interface CalloutPerson extends Base {
  callout_id: string
  list_id: string
  centre: string
  code: string
  place: string
  level: 'county' | 'township' | 'village' | 'keeper'
  post_id: string
  post: string
  holder: string | null
  lines: CalloutLine[]
  superior: { code: string; place: string; post_id: string; post: string; holder: string | null; lines: CalloutLine[] } | null
  state: CalloutState
  tries: number
  acts: CalloutOutcome[]
  /** a re-call heard less than was said */
  differs: boolean
  due_at: Iso | null
  listed_at: Iso
  answered_at: Iso | null
  escalated_at: Iso | null
  door_at: Iso | null
  attempts: CalloutAttempt[]
  sample: { asked_at: Iso; asked_by: string; done_at: Iso | null; by: string | null; heard: CalloutOutcome | null; differs: boolean } | null
  robo?: CalloutRobo | null
}
