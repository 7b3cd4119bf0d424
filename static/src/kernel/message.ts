/** What leaves the house as a message, and what comes back. */
import type { Base, Iso, Text } from './types'

export type DeliveryState = 'waiting' | 'trying' | 'handed' | 'confirmed' | 'failed' | 'missed' | 'cancelled' | 'no_channel'
/** An SMS that came back: never the number, never the words. */
export interface Reply extends Base {
  channel: string
  delivery_id: string | null
  about_kind: string | null
  about_id: string | null
  centre: string
  whom: Text
  said_at: Iso
  acknowledged_by: string | null
  acknowledged_at: Iso | null
  audience: string[]
  live: boolean
}
/** One message that leaves the house, and what became of it; never its words, never the number. */
export interface Delivery extends Base {
  entry: number
  recipient: string
  whom: Text
  channel: 'sms' | 'voice' | (string & {})
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
