/** How the desk names places, teams and posts (parts/english.ts), the ways of ordering and the casualties where room is short. */
import { lang } from '../../kernel/i18n'
import type { CasualtyField, Centre, OrderMode, Said } from '../../kernel/types'
import { word } from '../../kernel/words'
import { english, placesOf, type Places } from '../../parts/english'
import { t, type DeskWord } from './words'

let made: { centres: readonly Centre[]; places: Places } = { centres: [], places: new Map() }
/** `蟠龙镇值班室` → `Panlong duty desk`; `监漳镇综合应急救援队` → `Jianzhang general rescue team`. */
export function named(centres: readonly Centre[], text: string): string {
  if (made.centres !== centres) made = { centres, places: placesOf(centres) }
  return english(text, made.places)
}

const MODES: Record<OrderMode, DeskWord> = { direct: 'mDirect', township: 'mTownship', via_authority: 'mVia', request: 'mRequest', invite: 'mInvite' }
/** `经119调派`, `via 119`: the way of ordering in as few words as the table has room for. */
export function modeText(mode: OrderMode, via: Said | null | undefined): string {
  const through = typeof via === 'string' ? via : via?.[lang()] ?? ''
  if (mode === 'via_authority' && through && !word('modes', mode).includes(through) && through !== '主管单位') return t('mViaWhom', { via: through })
  return [t(MODES[mode]), mode === 'request' ? through : ''].filter(Boolean).join(' ')
}

const SHORT: Record<CasualtyField, DeskWord> = {
  missing: 'cMissing', trapped: 'cTrapped', dead: 'cDead', serious: 'cSerious', light: 'cLight', poisoned: 'cPoisoned', rescued: 'cRescued', evacuated: 'cEvacuated',
}
/** A casualty's word where a cell is narrow. */
export const shortCasualty = (field: CasualtyField): string => t(SHORT[field])
