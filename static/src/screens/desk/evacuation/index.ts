/** What the parts of the evacuation sheet share: the warning it was opened from, the page on paper, how a form speaks to the server. */
import { shallowRef } from 'vue'
import type { RefusedItem } from '../../../kernel/disk'
import { Problem } from '../../../kernel/http'
import type { Evacuation, Warning } from '../../../kernel/types'
import type { Desk } from '../desk'
import { w } from './words'

/** The warning whose sheet asked for it; taken once by the form. */
export const fromWarning = shallowRef<Warning | null>(null)
/** The paper page is drawn instead of the incident's while it is wanted. */
export const onPaper = shallowRef<Evacuation | null>(null)

const SOON_MS = 6_000
/**
 * Says it to the server. It is written down on this machine first, so that a cut line or a reload loses nothing and nothing goes twice;
 * what is refused while the form is open is said there. What people said in their own words is `sealed`: it goes at once or not at all,
 * and lies on no disk (RULES 8). Returns what is wrong, or ''.
 */
export async function tell(desk: Desk, label: string, name: string, payload: Record<string, unknown>, sealed = false): Promise<string> {
  if (sealed) {
    if (desk.cutAt.value !== null) return w('cutSealed')
    return (await desk.doing.act(label, name, payload)) === null ? desk.doing.last.value?.text ?? label : ''
  }
  const { outbox } = desk.screen
  const id = await outbox.put({ name, payload, label })
  const now = await outbox.outcome(id, desk.cutAt.value === null ? SOON_MS : 0)
  if (typeof now === 'string') { desk.doing.say(now === 'taken' ? label : w('writtenDown', { what: label })); return '' }
  await outbox.read(id)
  const why = whyNot(now)
  desk.doing.say(`${label}：${why}`, false)
  return why
}
/** Of what waits or was refused on this machine, what the evacuation's panel put there. */
export const ours = (item: { name: string }): boolean => item.name.startsWith('evacuation') || item.name === 'incident.casualties'
export const whyNot = (item: RefusedItem): string => new Problem(item.problem).message
/** A whole number as typed; null where nothing is, NaN where it is no number. */
export const whole = (typed: string): number | null => (typed.trim() === '' ? null : /^\d{1,6}$/.test(typed.trim()) ? Number(typed.trim()) : Number.NaN)
/** The first field of a form that opens takes the hand. */
export const vFirst = { mounted: (form: HTMLElement): void => { form.querySelector<HTMLElement>('.field')?.focus() } }
