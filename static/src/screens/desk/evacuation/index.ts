/** What the parts of the evacuation sheet share: the warning it was opened from, the page on paper, how a form speaks to the server. */
import { shallowRef } from 'vue'
import type { Evacuation, Warning } from '../../../kernel/types'
import type { Desk } from '../desk'

/** The warning whose sheet asked for it; taken once by the form. */
export const fromWarning = shallowRef<Warning | null>(null)
/** The paper page is drawn instead of the incident's while it is wanted. */
export const onPaper = shallowRef<Evacuation | null>(null)

/** Says it to the server; without a line it is written down on this machine and sent when the line is back. Returns what is wrong, or ''. */
export async function tell(desk: Desk, label: string, name: string, payload: Record<string, unknown>): Promise<string> {
  if (desk.cutAt.value !== null) {
    await desk.screen.outbox.put({ name, payload, label })
    return ''
  }
  const done = await desk.doing.act(label, name, payload)
  return done === null ? desk.doing.last.value?.text ?? label : ''
}
/** A whole number as typed; null where nothing is, NaN where it is no number. */
export const whole = (typed: string): number | null => (typed.trim() === '' ? null : /^\d{1,6}$/.test(typed.trim()) ? Number(typed.trim()) : Number.NaN)
/** The first field of a form that opens takes the hand. */
export const vFirst = { mounted: (form: HTMLElement): void => { form.querySelector<HTMLElement>('.field')?.focus() } }
