/** Call-outs at the desk: what is under way, which rooms are heard, the people of a list in an order that does not move, what was entered last. */
import { onScopeDispose, watch, type ComputedRef } from 'vue'
import { hm, marks, ms } from '../../../kernel/ages'
import type { CalloutAttempt, CalloutCall, CalloutOutcome, CalloutPerson } from '../../../kernel/types'
import type { QueuedItem, RefusedItem } from '../../../kernel/disk'
import { useAll } from '../../../kernel/use'
import { word } from '../../../kernel/words'
import { OUTCOMES, hasActed, useCallouts, type Standing } from '../../../parts/callout'
import type { Desk } from '../desk'
import { w } from './words'

export const room = (list: string): string => `callout_list:${list}`
export const cutOf = (desk: Desk) => (centre: string): boolean => desk.links.value.some((l) => l.id === centre && l.state === 'cut')
export const useStandings = (desk: Desk): ComputedRef<Standing[]> => useCallouts(desk.screen.store, cutOf(desk))

/** The lists that this desk works itself are heard as long as they are open, so that they are there when the line is cut. */
export function useOwnRooms(desk: Desk): void {
  const own = useAll(desk.screen.store, 'callout_list', (l) => l.live !== false && l.centre === desk.screen.session.actor.centre)
  let heard: string[] = []
  watch(own, (lists) => {
    const rooms = lists.map((l) => room(l.id))
    desk.screen.live.watch(...rooms.filter((one) => !heard.includes(one)))
    desk.screen.live.unwatch(...heard.filter((one) => !rooms.includes(one)))
    heard = rooms
  }, { immediate: true })
  onScopeDispose(() => desk.screen.live.unwatch(...heard))
}

const LEVELS = ['county', 'township', 'village', 'keeper']
/** By place, who answers for all before the 包保人: an order that no outcome changes. */
export const inOrder = (a: CalloutPerson, b: CalloutPerson): number => a.code.localeCompare(b.code) || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.id.localeCompare(b.id)

/** Whom the list shows: all, or who has not acted; who acted while it was in hand (`held`) stays, so that nothing moves under a finger. */
export const shown = (people: readonly CalloutPerson[], all: boolean, held: ReadonlySet<string>): CalloutPerson[] => people.filter((p) => all || !hasActed(p) || held.has(p.id)).sort(inOrder)

/** The one to call after this: the next below that has not acted and is not waiting to be sent, from the top again at the end. */
export function nextOf(people: readonly CalloutPerson[], id: string | null, waits: (id: string) => boolean): string | null {
  const at = people.findIndex((p) => p.id === id)
  const round = [...people.slice(at + 1), ...people.slice(0, Math.max(at, 0))]
  return (round.find((p) => !hasActed(p) && p.state !== 'answered' && p.state !== 'confirmed' && !waits(p.id)) ?? round[0])?.id ?? id
}

/** The attempts that hold: the newest that nothing corrects may be taken back. */
export function lastHeld(p: CalloutPerson): CalloutAttempt | null {
  const corrected = new Set(p.attempts.map((a) => a.corrects))
  return [...p.attempts].reverse().find((a) => !corrected.has(a.n) && a.outcome !== null && !a.sample) ?? null
}
/** When it climbs, in words. */
export function climbText(p: CalloutPerson, now: number): string {
  if (!p.due_at) return ''
  const left = marks(Math.max(0, ms(p.due_at) - now))
  return w(p.state === 'escalated' || !p.superior ? 'doorIn' : 'climbs', { n: left })
}
/** The evidence of a robo-call, in words. */
export function callText(c: CalloutCall): string {
  const heard = c.heard_s === null || c.of_s === null || c.result !== 'answered' ? '' : w(c.whole ? 'wholeOf' : 'heard', { x: c.heard_s, y: c.of_s })
  return [c.simulated ? w('simulated') : '', w(`call_${c.result}`), heard, c.key ? w('pressed', { key: c.key }) : ''].filter(Boolean).join(' · ')
}
/** What of a robo-call is still open or went wrong; nothing once it came to an attempt. */
export function roboText(p: CalloutPerson): string {
  const r = p.robo
  if (!r || r.state === 'cancelled' || r.state === 'confirmed' || (r.state === 'failed' && p.attempts.some((a) => a.call && a.received_at >= r.asked_at))) return ''
  return `${w(`robo_${r.state}`)}${r.gateway === 'simulator' ? `（${w('simulated')}）` : ''}`
}
/** When the last word came; that it was the machine's, and whether that was only played. */
export function lastText(p: CalloutPerson): string {
  const last = p.attempts.at(-1)
  if (!last) return ''
  return last.call ? w(last.call.simulated ? 'playedAt' : 'rungAt', { at: hm(last.at) }) : hm(last.at)
}
/** Where a person stands, in words. A key pressed at the machine's call is no act and no visit, and is not called the same. */
export function stands(p: CalloutPerson): string {
  if (p.acts.length) return p.acts.map((a) => word('callout_outcomes', a)).join(' · ')
  return p.state === 'confirmed' && p.attempts.some((a) => a.call?.key) ? w('byKey') : word('states.callout', p.state)
}
const OURS = ['callout.attempt', 'callout.recall', 'callout.correct']
export const ofPerson = (items: readonly (QueuedItem | RefusedItem)[], id: string): boolean => items.some((i) => OURS.includes(i.name) && i.payload.id === id)
export const isOurs = (item: { name: string }): boolean => OURS.includes(item.name)
export const outcomeOf = (key: number): CalloutOutcome | null => OUTCOMES[key] ?? null
