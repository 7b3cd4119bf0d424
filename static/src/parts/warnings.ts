/** Warnings as every screen reads them: the gravest first, with their words; a level is always a word and a letter beside its colour. */
import { computed, type ComputedRef } from 'vue'
import { hm, ms, when } from '../kernel/ages'
import { dictionary, lang } from '../kernel/i18n'
import type { Store } from '../kernel/store'
import type { SessionInfo, Warning, WarningLevel, WarningTexts } from '../kernel/types'
import { useAll } from '../kernel/use'
import { kindOf } from '../kernel/words'
import type { Texture } from './map/paint'
import type { Warned } from './map/warned'

export const LEVELS: readonly WarningLevel[] = ['red', 'orange', 'yellow', 'blue']
const both = {
  red: ['红', 'R'], orange: ['橙', 'O'], yellow: ['黄', 'Y'], blue: ['蓝', 'B'], none: ['未', '?'],
  redSays: ['红色预警', 'red warning'], orangeSays: ['橙色预警', 'orange warning'], yellowSays: ['黄色预警', 'yellow warning'], blueSays: ['蓝色预警', 'blue warning'], noneSays: ['未定级预警', 'warning without a level'],
  until: ['至 {at}', 'until {at}'], open: ['无截止', 'no end given'], toRelay: ['待转发', 'not relayed'], updateWaits: ['更新待转发', 'update waits'], drafting: ['拟发', 'draft'], reviewing: ['待审核', 'in review'],
  townships: ['{n} 乡镇', '{n} townships'], township: ['1 乡镇', '1 township'], county: ['全县', 'whole county'], more: ['另 {n} 条', '{n} more'], warnings: ['预警', 'Warnings'], beware: ['警示', 'Beware'], measures: ['措施', 'Do'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const t = dictionary(side(0), side(1))

/** Which rooms a desk watches: the county's has drafts too; a department's has its own. */
export function warningRooms(s: SessionInfo): string[] {
  if (!s.actor.permissions.includes('warning.read')) return []
  return s.actor.parties.includes('county') ? ['warnings:county'] : ['warnings', `warnings:own:${s.actor.centre}`]
}
const rank = (w: Warning): number => (w.level ? LEVELS.indexOf(w.level) : LEVELS.length)
export const byGravity = (a: Warning, b: Warning): number => rank(a) - rank(b) || b.start_at.localeCompare(a.start_at) || a.id.localeCompare(b.id)
export const isPublic = (w: Warning): boolean => w.state !== 'draft' && w.state !== 'reviewing'

export function useWarnings(store: Store, wanted: (w: Warning) => boolean = () => true): ComputedRef<Warning[]> {
  return useAll(store, 'warning', (w) => w.live !== false && wanted(w), byGravity) as ComputedRef<Warning[]>
}
export const titleOf = (w: Warning): string => w.title[lang()]
export const textsOf = (w: Warning): WarningTexts | null => (lang() === 'en' ? w.texts.en ?? w.texts.zh : w.texts.zh ?? w.texts.en)
export const untilOf = (w: Warning, now: number): string => (w.ends_at ? t('until', { at: ms(w.ends_at) - now > 72_000_000 ? when(w.ends_at, now, lang()) : hm(w.ends_at) }) : t('open'))
/** What a person still has to do with it, if anything. */
export function waitsFor(w: Warning): string {
  if (w.pending) return t('updateWaits')
  if (w.state === 'received') return t('toRelay')
  return w.state === 'draft' ? t('drafting') : w.state === 'reviewing' ? t('reviewing') : ''
}
export const whereOf = (w: Warning, all: number): string => (w.struck.length >= all ? t('county') : t(w.struck.length === 1 ? 'township' : 'townships', { n: w.struck.length }))

export function textureOf(category: string | null): Texture {
  const kind = category ? kindOf(category) : undefined
  const family = kind?.parent ?? kind?.type ?? category ?? ''
  if (family === 'geological' || kind?.code === 'geological') return 'slope'
  if (family === 'flood_drought' || kind?.code === 'flood_drought') return 'flood'
  return category === 'rainstorm' || category === 'hail' || category === 'thunder' ? 'rain' : 'none'
}
export const warnedOf = (w: Warning): Warned => ({ codes: w.struck, shape: w.area.shape, texture: textureOf(w.category) })
export const useWarned = (warnings: ComputedRef<Warning[]>): ComputedRef<Warned[]> => computed(() => warnings.value.map(warnedOf))
