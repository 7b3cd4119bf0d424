/**
 * Which language the screen speaks, and its own words. Each screen brings a pair of flat dictionaries;
 * the Chinese one is the type of the English one, so a missing key does not compile.
 */
import type { Lang, Said } from './types'

let current: Lang = 'zh'
let read: () => void = () => undefined
const watchers = new Set<(lang: Lang) => void>()

export function lang(): Lang { read(); return current }

/** `?lang=` wins, then the session's language, then Chinese. */
export function chooseLang(sessionLang?: string | null, search: string = globalThis.location?.search ?? ''): Lang {
  const asked = new URLSearchParams(search).get('lang') ?? sessionLang ?? 'zh'
  setLang(asked.toLowerCase().startsWith('en') ? 'en' : 'zh')
  return current
}

export function setLang(next: Lang): void {
  current = next
  const root = globalThis.document?.documentElement
  if (root) root.lang = next === 'zh' ? 'zh-CN' : 'en'
  for (const run of watchers) run(next)
}

export function onLang(run: (lang: Lang) => void): () => void { watchers.add(run); return () => watchers.delete(run) }
/** For use.ts only: what to touch when the language is read, so that a view draws again after a change. */
export function trackLang(touch: () => void): void { read = touch }

/** A `{zh, en}` (or a bare sentence) from the wire in the screen's language. */
export const say = (text: Said | null | undefined): string => (typeof text === 'string' ? text : text ? text[lang()] || text.zh : '')

export type Words = Record<string, string>
export type Args = Record<string, string | number | null | undefined>
export type Translate<Z extends Words> = (key: keyof Z & string, args?: Args) => string

/** `const t = dictionary(zh, en)`; `t('late', {min: 3})` fills `{min}`. */
export function dictionary<const Z extends Words>(zh: Z, en: { [K in keyof Z]: string }): Translate<Z> {
  return (key, args) => {
    const text: string = (lang() === 'zh' ? zh : en)[key]
    return args ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole)) : text
  }
}
