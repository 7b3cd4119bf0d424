/** Messages that failed or came too late to send, and what this desk does about each: send it again, or note that it was told by telephone. */
import { say } from '../../kernel/i18n'
import type { Delivery } from '../../kernel/types'
import { t as dt } from '../../parts/delivery'
import { ringing } from './commands'
import type { Desk } from './desk'
import { placeOf } from './say'

const DEAD: ReadonlySet<string> = new Set(['failed', 'missed'])
export const isDead = (d: Delivery): boolean => DEAD.has(d.state) && d.live !== false
/** What this desk may try again: the county all, a township its own centre's. */
export function isMine(desk: Desk, d: Delivery): boolean {
  const { actor } = desk.screen.session
  return desk.may('delivery.retry') && (actor.parties.includes('county') || d.centre === actor.centre)
}
export async function again(desk: Desk, which: readonly Delivery[], name: string): Promise<void> {
  await Promise.all(which.map((d) => desk.doing.act(dt('didAgain', { name }), 'delivery.retry', { id: d.id })))
}
export async function noted(desk: Desk, which: readonly Delivery[], name: string): Promise<void> {
  await Promise.all(which.map((d) => desk.doing.act(dt('didNote', { name }), 'delivery.acknowledge', { id: d.id })))
}

/** What a message is about, and whom to ring instead. */
export function matterOf(desk: Desk, d: Delivery): { text: string; call: { who: string; number: string } | null } {
  const { store } = desk.screen
  const task = d.about_kind === 'task' ? store.get('task', d.about_id) : undefined
  const incident = store.get('incident', task?.incident_id)
  if (task) return { text: incident ? placeOf(desk, incident) : desk.named(task.incident_title), call: ringing(desk, task) }
  const alarm = d.about_kind === 'alarm' ? store.get('alarm', d.about_id) : undefined
  return { text: alarm ? desk.named(say(alarm.title)) : '', call: null }
}
