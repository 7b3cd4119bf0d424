/**
 * How places, teams and posts are called in English: a place by the romanisation that the register has, a post by its
 * word; what has none keeps its Chinese name. Nothing is made up. In Chinese all stays as it was said.
 */
import { lang } from '../../kernel/i18n'
import type { CasualtyField, Centre, OrderMode, Said } from '../../kernel/types'
import { word } from '../../kernel/words'
import { t, type DeskWord } from './words'

export const capital = (pinyin: string): string => pinyin.charAt(0).toUpperCase() + pinyin.slice(1)

/** Posts and lines as the telephone register names them; only where such a word ends a name. */
const POSTS: Record<string, string> = {
  现场联络员: 'on-scene contact', 联络员: 'contact', 带班领导: 'duty leader', 卫星电话: 'satphone', 值班室: 'duty desk', 值班员: 'duty officer', 台: 'desk', 调度: 'dispatch',
}
const POST = new RegExp(`(^|[\\x20-\\x7e]) ?(${Object.keys(POSTS).join('|')})$`)

interface Romaniser { centres: readonly Centre[]; names: Map<string, string>; pattern: RegExp | null }
let made: Romaniser = { centres: [], names: new Map(), pattern: null }

/** Townships always, villages by their full name; the longest name wins. */
function romaniser(centres: readonly Centre[]): Romaniser {
  if (made.centres === centres) return made
  const names = new Map<string, string>()
  for (const c of centres) if (c.pinyin && (c.kind === 'township' || (c.kind === 'village' && c.name.length > 2))) names.set(c.name, capital(c.pinyin))
  const longest = [...names.keys()].sort((a, b) => b.length - a.length)
  made = { centres, names, pattern: longest.length > 0 ? new RegExp(longest.map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g') : null }
  return made
}

/** `蟠龙镇值班室` → `Panlong duty desk`; `监漳镇综合应急救援队` → `Jianzhang 综合应急救援队`. */
export function named(centres: readonly Centre[], text: string): string {
  if (lang() === 'zh' || !text) return text
  const { names, pattern } = romaniser(centres)
  const placed = pattern ? text.replace(pattern, (name) => ` ${names.get(name)!} `) : text
  return placed.replace(/ {2,}/g, ' ').replace(/ ([,.:;，：；])/g, '$1').trim().replace(POST, (_, before: string, post: string) => `${before}${before && before !== ' ' ? ' ' : ''}${POSTS[post]!}`)
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
