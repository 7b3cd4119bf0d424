/** How an incident is named on the desk: place short, people first. */
import { lang } from '../../kernel/i18n'
import type { Incident, Task, TaskStep } from '../../kernel/types'
import { word } from '../../kernel/words'
import type { Desk } from './desk'
import { t } from './words'

export function placeOf(desk: Desk, i: Incident): string {
  if (i.place_text) return i.place_text
  const after = i.title.split('・')[1]
  return after ?? desk.townshipName(i.centre)
}
/** `失联 2 被困 3`: what puts it in its section; null when nothing of it is reported. */
export function peopleText(i: Incident): string | null {
  const parts = (['missing', 'trapped', 'dead', 'serious'] as const).filter((f) => (i.casualties[f] ?? 0) > 0).map((f) => (lang() === 'zh' ? `${word('casualties', f)} ${i.casualties[f]}` : `${i.casualties[f]} ${word('casualties', f).toLowerCase()}`))
  return parts.length > 0 ? parts.slice(0, 2).join(' ') : null
}
export const lastStep = (task: Task): TaskStep | undefined => [...task.steps].reverse().find((s) => s.state === task.state && !s.skipped)
/** A text of the wire, whichever way it came. */
export function textOf(said: unknown): string {
  if (typeof said === 'string') return said
  const both = said as { zh?: string; en?: string } | null
  return both?.[lang()] ?? both?.zh ?? ''
}
export function channelWord(channel: string): string {
  const known: Record<string, 'chPhone' | 'chRadio' | 'chFace' | 'chOther'> = { phone: 'chPhone', radio: 'chRadio', face: 'chFace', other: 'chOther' }
  return known[channel] ? t(known[channel]) : channel === 'desk' ? t('title') : channel
}
