/** Warnings on the wire. */
import type { MultiPolygon, Polygon } from 'geojson'
import type { Base, Iso, Text } from './types'

export type WarningLevel = 'red' | 'orange' | 'yellow' | 'blue'
export interface WarningTexts { headline: string | null; advice: string | null; measures: string | null; area: string | null }
export interface WarningCheck { code: string; law: string; text: Text; post: Text; done_by: string | null; done_at: Iso | null; note: string | null }
/** What the weather service or the county's own bodies warn of. `pending`: an update that nobody passed on yet. */
export interface Warning extends Base {
  identifier: string
  state: 'received' | 'relayed' | 'draft' | 'reviewing' | 'issued' | 'updated' | 'cancelled' | 'expired'
  relay: boolean
  channel: string
  status: string
  source: string
  category: string | null
  title: Text
  level: WarningLevel | null
  start_at: Iso
  ends_at: Iso | null
  area: { codes: string[]; shape: Polygon | MultiPolygon | null }
  struck: string[]
  texts: { zh: WarningTexts | null; en: WarningTexts | null }
  issuer: string
  issued_at: Iso | null
  centre: string
  entered_by: string
  entered_by_id: string
  signed: { step: string; by: string; by_id: string; at: Iso; reason: string | null }[]
  pending: { level: WarningLevel | null; by: string; by_id: string; at: Iso; source: string } | null
  checks: WarningCheck[]
  missing: string[]
}
