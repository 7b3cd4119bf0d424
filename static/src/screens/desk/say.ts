/** How an incident is named on the desk: place short, people first. */
import { API } from '../../kernel/http'
import { lang } from '../../kernel/i18n'
import type { Centre, Incident, Task, TaskStep, TimelineItem } from '../../kernel/types'
import { word } from '../../kernel/words'
import { capital } from '../../parts/english'
import type { Desk } from './desk'
import { t } from './words'

export function placeOf(desk: Desk, i: Incident): string {
  const said = i.place_text ?? i.title.split('・')[1]
  return said ? desk.named(said) : desk.townshipName(i.centre)
}
/** A centre by its name in this language, as far as it is known. */
export const centreName = (c: Centre): string => (lang() === 'en' && c.pinyin && (c.kind === 'township' || c.kind === 'village') ? capital(c.pinyin) : c.name)
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
  const known: Record<string, 'chPhone' | 'chRadio' | 'chFace' | 'chOther' | 'chSms'> = { 电话: 'chPhone', 电台: 'chRadio', 当面: 'chFace', 其他: 'chOther', '短信（未验证）': 'chSms' }
  return known[channel] ? t(known[channel]) : channel === 'desk' ? t('title') : channel
}
export const teamCount = (n: number): string => t(n === 1 ? 'oneTeam' : 'teams', { n })
/** The words of a line of the timeline. */
export const wordsOf = (i: TimelineItem): unknown => (i as TimelineItem & { texts?: unknown }).texts ?? i.text
/** Where the timeline is had as a file: the server writes it, and writes down who took it. */
export const timelineFile = (i: Incident): string => `${API}/incidents/${i.id}/timeline-export?words=${lang()}`
