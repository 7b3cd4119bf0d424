/**
 * How long and how old, in words and in marks: `4′32″`, `36分前`, `10:38`; times of day of the county (Asia/Shanghai, 24 h);
 * and from when a value counts as stale.
 */
import type { Lang } from './types'

/** Seconds after which a value is stale (look/notes: links, positions, gauges, casualties, roll call). */
export const STALE_S = {
  link: 60,
  moving: 180,
  standing: 900,
  gauge: 900,
  casualty: 1800,
  rollcall: 28_800,
  screen: 10,
} as const
export type StaleKind = keyof typeof STALE_S

export const ms = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at))
export const isStale = (kind: StaleKind, at: string | number, now: number): boolean =>
  now - ms(at) > STALE_S[kind] * 1000

const two = (n: number): string => String(n).padStart(2, '0')
const parts = (span: number): { h: number; m: number; s: number; total: number } => {
  const total = Math.max(0, Math.floor(span / 1000))
  return { h: Math.floor(total / 3600), m: Math.floor((total % 3600) / 60), s: total % 60, total }
}

/** `8″`, `4′32″`, from ten minutes on `22′`, from one hour `1:44′`, from two days `3d`. The same in both languages. */
export function marks(span: number): string {
  const { h, m, s, total } = parts(span)
  if (total >= 172_800) return `${Math.floor(total / 86_400)}d`
  if (h > 0) return `${h}:${two(m)}′`
  if (m >= 10) return `${m}′`
  return m > 0 ? `${m}′${two(s)}″` : `${s}″`
}

/** `45秒` `36分` `1时04分` `3天` / `45 s` `36 min` `1 h 04` `3 d` */
export function span(length: number, lang: Lang): string {
  const { h, m, s, total } = parts(length)
  const zh = lang === 'zh'
  if (total >= 172_800) return zh ? `${Math.floor(total / 86_400)}天` : `${Math.floor(total / 86_400)} d`
  if (h > 0) return zh ? `${h}时${two(m)}分` : `${h} h ${two(m)}`
  if (m > 0) return zh ? `${m}分` : `${m} min`
  return zh ? `${s}秒` : `${s} s`
}

/** `36分前` / `36 min ago`; what lies less than a second back or ahead is `刚刚` / `now`. */
export function ago(at: string | number, now: number, lang: Lang): string {
  const past = now - ms(at)
  if (past < 1000) return lang === 'zh' ? '刚刚' : 'now'
  return lang === 'zh' ? `${span(past, lang)}前` : `${span(past, lang)} ago`
}

/** `28分后` / `in 28 min` */
export function ahead(at: string | number, now: number, lang: Lang): string {
  const left = span(Math.max(0, ms(at) - now), lang)
  return lang === 'zh' ? `${left}后` : `in ${left}`
}

/** Time left as `10:38`, over an hour `1:10:38`; once passed `+2:14`. */
export function countdown(due: string | number, now: number): string {
  const left = ms(due) - now
  const late = left < 0
  const { h, m, s } = parts(late ? -left : left + 999)
  const text = h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
  return late ? `+${text}` : text
}

const ZONE = 'Asia/Shanghai'
const format = (lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: ZONE, ...options })
const HM = format('zh', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const HMS = format('zh', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
const DATES = {
  zh: { short: format('zh', { month: 'long', day: 'numeric' }), long: format('zh', { year: 'numeric', month: 'long', day: 'numeric' }), week: format('zh', { weekday: 'long' }) },
  en: { short: format('en', { month: 'short', day: 'numeric' }), long: format('en', { year: 'numeric', month: 'short', day: 'numeric' }), week: format('en', { weekday: 'short' }) },
} as const
const DAY = format('en', { year: 'numeric', month: '2-digit', day: '2-digit' })

/** `02:31` */
export const hm = (at: string | number): string => HM.format(ms(at))
/** `02:31:22` */
export const hms = (at: string | number): string => HMS.format(ms(at))
/** `7月22日` / `22 Jul` */
export const day = (at: string | number, lang: Lang): string => DATES[lang].short.format(ms(at))
/** `2026年7月22日 星期三` / `22 Jul 2026 Wed` */
export const date = (at: string | number, lang: Lang): string =>
  `${DATES[lang].long.format(ms(at))} ${DATES[lang].week.format(ms(at))}`
/** `02:31` today, else with its day: a bare time of yesterday would mislead. */
export const when = (at: string | number, now: number, lang: Lang): string =>
  DAY.format(ms(at)) === DAY.format(now) ? hm(at) : `${day(at, lang)} ${hm(at)}`

export const LEVEL_NUMERAL = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ', IV: 'Ⅳ' } as const
