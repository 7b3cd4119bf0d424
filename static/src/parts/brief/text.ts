/** Sentences to be read aloud: how long they are, what of them fits, times of day as one says them. Pure. */
import { day, hm } from '../../kernel/ages'
import { dictionary, lang } from '../../kernel/i18n'

const zh = { more: '另有{n}项', comma: '；', stop: '。', today: '今天', yesterday: '昨天', at: '{h}时{m}分' }
const en: Record<keyof typeof zh, string> = { more: '{n} more', comma: '; ', stop: '.', today: 'today', yesterday: 'yesterday', at: '{h}:{m}' }
const t = dictionary(zh, en)

/** A minute of reading aloud: about 300 characters of Chinese or 150 words of English. */
export const A_MINUTE = { zh: 300, en: 150 } as const
const ALOUD = { zh: /[\p{L}\p{N}]/gu, en: /[\p{L}\p{N}][\p{L}\p{N}.:'’-]*/gu } as const
/** How much is spoken: characters without marks in Chinese, words in English (a Chinese name within it counts by its characters). */
export function spoken(text: string): number {
  if (lang() === 'zh') return text.match(ALOUD.zh)?.length ?? 0
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return Math.ceil(han / 2) + (text.replace(/\p{Script=Han}/gu, ' ').match(ALOUD.en)?.length ?? 0)
}
export const seconds = (amount: number): number => Math.ceil((amount * 60) / A_MINUTE[lang()])

/** Words that people wrote, cut where the room ends: the cut is seen. */
export function clip(text: string, room: number): string {
  const plain = text.replace(/\s+/g, ' ').trim().replace(/[。.；;]+$/, '')
  if (spoken(plain) <= room) return plain
  const units = lang() === 'zh' ? [...plain] : plain.split(/(?<= )/)
  let held = ''
  for (const unit of units) { if (spoken(held + unit) > room) break; held += unit }
  return `${(held || [...plain].slice(0, room).join('')).trim()}…`
}

/** As many clauses as are read in the room given, the weightier first; the first `must` are always said; the rest is a count. */
export function sentence(clauses: readonly string[], room: number, must = 1): string {
  const said: string[] = []
  for (const clause of clauses) {
    const left = clauses.length - said.length - 1
    const whole = [...said, clause, ...(left > 0 ? [t('more', { n: left })] : [])].join(t('comma'))
    if (said.length >= must && spoken(whole) > room) break
    said.push(clause)
  }
  const left = clauses.length - said.length
  const text = [...said, ...(left > 0 ? [t('more', { n: left })] : [])].join(t('comma'))
  const sound = lang() === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return /[。.！？!?…]$/.test(sound) ? sound : sound + t('stop')
}

const DAY_MS = 86_400_000
/** `2时06分`, of another day `昨天23时40分`; by the county's clock. */
export function clockSaid(at: number, now: number, withToday = false): string {
  const [h, m] = hm(at).split(':') as [string, string]
  const time = t('at', { h: lang() === 'zh' ? Number(h) : h, m })
  const gap = lang() === 'zh' ? '' : ' '
  if (day(at, 'zh') === day(now, 'zh') && now - at < DAY_MS) return withToday ? t('today') + gap + time : time
  if (day(at, 'zh') === day(now - DAY_MS, 'zh') && now - at < 2 * DAY_MS && at < now) return t('yesterday') + gap + time
  return day(at, lang()) + gap + time
}
/** Digits set a little apart from Han characters, for the eye alone. */
export const spaced = (text: string): string => text.replace(/(\p{Script=Han})(?=\d)|(\d)(?=\p{Script=Han})/gu, '$1$2\u2009')
