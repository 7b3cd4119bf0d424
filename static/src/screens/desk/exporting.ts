/** What leaves the desk as a file: the timeline as CSV, each cell made harmless to a spreadsheet. */
import { hms } from '../../kernel/ages'
import type { TimelineItem } from '../../kernel/types'
import type { Desk } from './desk'
import { textOf } from './say'
import { t } from './words'

/** A cell that begins like a formula is a formula to a spreadsheet: an apostrophe before it makes it words again (RULES 33). */
export function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
/** Oldest first; both times in full, so that it can be sorted anywhere. The mark at the start tells Excel that it is UTF-8. */
export function csv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
const stamp = (at: string): string => `${new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)} ${hms(at)}`

export const wordsOf = (i: TimelineItem): unknown => (i as TimelineItem & { texts?: unknown }).texts ?? i.text

export function timelineCsv(items: readonly TimelineItem[]): string {
  const head = [t('csvAt'), t('csvReceived'), t('csvWho'), t('csvWhat'), t('csvType')]
  const rows = items.filter((i) => textOf(wordsOf(i))).map((i) => [stamp(i.at), stamp(i.received_at), i.actor === 'system' ? t('system') : i.actor_name ?? '', textOf(wordsOf(i)), i.type])
  return csv(head, rows)
}

export function exportTimeline(desk: Desk): void {
  const i = desk.incident.value
  if (!i) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([timelineCsv(desk.screen.store.timeline(i.id))], { type: 'text/csv;charset=utf-8' }))
  link.download = `${i.number}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
