/** How an incident is named on the desk: place short, people first. */
import { lang } from '../../kernel/i18n'
import type { Centre, Incident, Task, TaskStep } from '../../kernel/types'
import { word } from '../../kernel/words'
import type { Desk } from './desk'
import { t } from './words'

export function placeOf(desk: Desk, i: Incident): string {
  const said = i.place_text ?? i.title.split('・')[1]
  if (!said) return desk.townshipName(i.centre)
  return lang() === 'zh' ? said : inPinyin(desk, i, said)
}
/** A place as it was said, its township and village by their pinyin. */
function inPinyin(desk: Desk, i: Incident, said: string): string {
  const named = desk.centres.value.filter((c) => c.code === i.village_code || (c.kind === 'township' && said.includes(c.name)))
  return named.sort((a, b) => b.name.length - a.name.length).reduce((text, c) => (c.pinyin ? text.replace(c.name, capital(c)) : text), said)
}
const capital = (c: Centre): string => c.pinyin!.charAt(0).toUpperCase() + c.pinyin!.slice(1)
/** A centre by its name in this language, as far as it is known. */
export const centreName = (c: Centre): string => (lang() === 'en' && c.pinyin && (c.kind === 'township' || c.kind === 'village') ? capital(c) : c.name)
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
/** Channels are kept in Chinese, as the record of the county has them. */
export function channelWord(channel: string): string {
  const known: Record<string, 'chPhone' | 'chRadio' | 'chFace' | 'chOther'> = { 电话: 'chPhone', 电台: 'chRadio', 当面: 'chFace', 其他: 'chOther' }
  return known[channel] ? t(known[channel]) : channel === 'desk' ? t('title') : channel
}
