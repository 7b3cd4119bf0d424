/** Call-outs as desk and wall read them: per list how many have acted, who has not, what a cut township leaves unknown. Pure but for `useCallouts`. */
import { computed, type ComputedRef } from 'vue'
import { dictionary, lang } from '../kernel/i18n'
import type { Store } from '../kernel/store'
import type { Callout, CalloutList, CalloutOutcome, CalloutPerson } from '../kernel/types'
import { useAll } from '../kernel/use'

const both = {
  callout: ['叫应', 'Call-out'], acted: ['已行动', 'acted'], answeredOnly: ['仅应答 {n}', '{n} only answered'], climbed: ['升级 {n}', '{n} climbed'], door: ['须上门 {n}', '{n} to the door'], silent: ['未应答 {n}', '{n} not reached'],
  cut: ['断线，结果未知', 'line cut, not known'], lastSeen: ['上次 {x} / {y}', 'last {x} / {y}'], listing: ['名单生成中', 'being listed'], rest: ['其余 {n} 个单位 {m} 人全部行动', 'the other {n} lists, {m} people: all acted'], allActed: ['全部行动', 'all acted'], differs: ['复叫不符 {n}', '{n} refuted'],
  since: ['{at} 起', 'since {at}'], more: ['另 {n} 个单位', '{n} more lists'], unnamed: ['{n} 村无责任人', '{n} villages without a name'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const t = dictionary(side(0), side(1))

/** In the order of their keys, 1 to 5. */
export const OUTCOMES: readonly CalloutOutcome[] = ['answered', 'on_post', 'moved', 'missed', 'visited']
export interface Row { list: CalloutList; total: number; acted: number; left: number; hand: number; cut: boolean }
export interface Standing { callout: Callout; rows: Row[]; total: number; acted: number; answered: number; unknown: boolean }

/** One line for each list: the county's first, then the townships in the order of their codes; a cut one is not known. */
export function standingOf(callout: Callout, lists: readonly CalloutList[], isCut: (centre: string) => boolean): Standing {
  const rows = lists.filter((l) => l.callout_id === callout.id).sort((a, b) => a.centre.localeCompare(b.centre)).map((list): Row => {
    const c = list.counts
    return { list, total: c.total, acted: c.acted, left: c.total - c.acted, hand: c.escalated + c.door + c.differs, cut: isCut(list.centre) }
  })
  const sum = (of: (r: Row) => number): number => rows.reduce((n, r) => n + of(r), 0)
  return { callout, rows, total: sum((r) => r.total), acted: sum((r) => r.acted), answered: sum((r) => r.list.counts.answered), unknown: rows.some((r) => r.cut) }
}
/** The lists on which somebody has not acted or that are not known: those to be fetched first, then the most. */
export function open(s: Standing): Row[] {
  return s.rows.filter((r) => r.left > 0 || r.cut || r.list.todo.length > 0 || r.list.unnamed.length > 0)
    .sort((a, b) => b.hand - a.hand || Number(b.cut) - Number(a.cut) || b.left - a.left || a.list.centre.localeCompare(b.list.centre))
}
/** What of a list needs a hand, in words. */
export function saysOf(r: Row): string {
  if (r.cut) return `${t('cut')} · ${t('lastSeen', { x: r.acted, y: r.total })}`
  const c = r.list.counts
  const reached = c.pending + c.missed
  const said = [c.door ? t('door', { n: c.door }) : '', c.escalated ? t('climbed', { n: c.escalated }) : '', c.differs ? t('differs', { n: c.differs }) : '', reached ? t('silent', { n: reached }) : '', c.answered ? t('answeredOnly', { n: c.answered }) : '', r.list.todo.length ? t('listing') : '', r.list.unnamed.length ? t('unnamed', { n: r.list.unnamed.length }) : '']
  return said.filter(Boolean).join(' · ') || t('allActed')
}
export const hasActed = (p: CalloutPerson): boolean => p.acts.length > 0 && !p.differs
export const needsHand = (p: CalloutPerson): boolean => p.state === 'escalated' || p.state === 'door_visit' || p.differs
export const titleOf = (c: Callout): string => c.title[lang()]

/** The call-outs under way, the newest first. */
export function useCallouts(store: Store, isCut: (centre: string) => boolean): ComputedRef<Standing[]> {
  const all = useAll(store, 'callout', (c) => c.live !== false, (a, b) => b.opened_at.localeCompare(a.opened_at) || b.id.localeCompare(a.id))
  const lists = useAll(store, 'callout_list', (l) => l.live !== false)
  return computed(() => all.value.map((c) => standingOf(c, lists.value, isCut)))
}
