/** The county's own words, as the server gives them: kinds of incident, states, modes, team types, skills, levels. */
import { get } from './http'
import { lang } from './i18n'
import type { Text } from './types'

export interface KindField { name: string; label: Text; type: string; unit?: string | null; options?: { code: string; label: Text }[] }
export interface KindWord {
  code: string
  label: Text
  short?: Text
  icon: string | null
  class: string
  type: string
  graded: boolean
  fields: KindField[]
  questions: Text[]
  first_actions: Text[]
}
type Raw = Record<string, unknown>

const kinds = new Map<string, KindWord>()
const groups = new Map<string, Map<string, Text>>()

export async function loadWords(): Promise<void> {
  const [said, tree] = await Promise.all([get<Raw>('/words'), get<unknown>('/kinds')])
  heard = { words: said, kinds: tree }
  takeWords(said)
  takeKinds(tree)
}

let heard: { words: Raw; kinds: unknown } = { words: {}, kinds: [] }
/** As the server gave them, for keeping. */
export function words(): { words: Raw; kinds: unknown } { return heard }

/** `{group: {code: {zh, en}}}` or `{group: [{code, zh, en}]}`; a group may hold groups (`states: {task: …}` reads as `states.task`). */
export function takeWords(raw: Raw, prefix = ''): void {
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value !== 'object' || value === null) continue
    const rows = Array.isArray(value)
      ? (value as Raw[]).map((row): [string, unknown] => [String(row.code), row.label ?? row])
      : Object.entries(value as Raw)
    const texts = rows.filter(([, text]) => isText(text)) as [string, Text][]
    if (texts.length > 0) groups.set(prefix + name, new Map(texts))
    else if (!Array.isArray(value)) takeWords(value as Raw, `${prefix}${name}.`)
  }
}

const isText = (v: unknown): v is Text => typeof v === 'object' && v !== null && typeof (v as Text).zh === 'string'
const textOf = (raw: Raw): Text => (isText(raw.label) ? raw.label : { zh: String(raw.zh ?? raw.code), en: String(raw.en ?? raw.code) })

/** Walks classes → types → subtypes, whatever they are nested in; what a subtype does not say it has from its type. */
export function takeKinds(raw: unknown, above: Partial<KindWord> = {}, depth = 0): void {
  const rows = Array.isArray(raw) ? raw : ((raw as Raw).items ?? (raw as Raw).classes ?? [])
  for (const row of rows as Raw[]) {
    const code = String(row.code)
    const kind: KindWord = {
      icon: null, graded: true, fields: [], questions: [], first_actions: [],
      ...above, ...(row as Partial<KindWord>),
      code, label: textOf(row),
      class: depth === 0 && !row.class ? code : String(row.class ?? above.class ?? code),
      type: depth <= 1 && !row.type ? code : String(row.type ?? above.type ?? code),
    }
    if (depth > 0 || row.class) kinds.set(code, kind)
    const under = row.types ?? row.subtypes
    if (Array.isArray(under)) takeKinds(under, kind, depth + 1)
  }
}

export function kindOf(code: string): KindWord | undefined { return kinds.get(code) }
export function allKinds(): KindWord[] { return [...kinds.values()] }
export function kindLabel(code: string): string { return kinds.get(code)?.label[lang()] ?? code }
/** Social-security incidents have no legal level. */
export function isGraded(code: string): boolean { return kinds.get(code)?.graded ?? true }
/** `word('states.task', 'enroute')`; an unknown code is shown as it is, never hidden. */
export function word(group: string, code: string | null | undefined): string {
  if (!code) return ''
  return groups.get(group)?.get(code)?.[lang()] ?? code
}
export function wordsIn(group: string): { code: string; label: string }[] {
  return [...(groups.get(group) ?? [])].map(([code, text]) => ({ code, label: text[lang()] }))
}
