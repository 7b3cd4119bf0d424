/** The county's own words, as the server gives them: kinds of incident, states, modes, team types, skills, levels. */
import { get } from './http'
import { lang } from './i18n'
import type { Text } from './types'

export interface KindField { name: string; label: Text; type: string; unit: string | null; options: { code: string; label: Text }[] }
export interface KindWord {
  code: string
  label: Text
  class: string
  type: string
  parent: string | null
  icon: string | null
  /** first letters of the Chinese name, as typed without an input method (山洪 → sh) */
  initials: string
  graded: boolean
  /** named, but not offered at intake */
  hidden: boolean
  fields: KindField[]
  questions: Text[]
  first_actions: Text[]
}
type Raw = Record<string, unknown>

const kinds = new Map<string, KindWord>()
const groups = new Map<string, Map<string, Text>>()

export async function loadWords(ask: { timeoutMs?: number } = {}): Promise<void> {
  const [said, tree] = await Promise.all([get<Raw>('/words', ask), get<unknown>('/kinds', ask)])
  heard = { words: said, kinds: tree }
  takeWords(said)
  takeKinds(tree)
}

let heard: { words: Raw; kinds: unknown } = { words: {}, kinds: [] }
/** As the server gave them, for keeping. */
export function words(): { words: Raw; kinds: unknown } { return heard }

/** `{group: {code: {zh, en}}}` */
export function takeWords(raw: Raw): void {
  for (const [group, rows] of Object.entries(raw)) {
    groups.set(group, new Map(Object.entries(rows as Raw).filter((row): row is [string, Text] => isText(row[1]))))
  }
}

const isText = (v: unknown): v is Text => typeof v === 'object' && v !== null && typeof (v as Text).zh === 'string'

const BARE = { parent: null, icon: null, initials: '', graded: true, hidden: false, fields: [], questions: [], first_actions: [] }

/** Classes → types → subtypes; what a subtype does not say it has from its type. */
export function takeKinds(rows: unknown, above: Partial<KindWord> = {}): void {
  for (const row of (Array.isArray(rows) ? rows : []) as Raw[]) {
    const { types, subtypes, zh, en, ...said } = row
    const kind = { ...BARE, ...above, ...said, label: { zh: String(zh), en: String(en) } } as KindWord
    if (row.class) kinds.set(kind.code, kind)
    if (types) takeKinds(types)
    if (subtypes) takeKinds(subtypes, kind)
  }
}

export function kindOf(code: string): KindWord | undefined { return kinds.get(code) }
export function allKinds(): KindWord[] { return [...kinds.values()] }
export function kindLabel(code: string): string { return kinds.get(code)?.label[lang()] ?? code }
/** Social-security incidents have no legal level. */
export function isGraded(code: string): boolean { return kinds.get(code)?.graded ?? true }
/** `word('states.task', 'enroute')`, also states.incident, modes, team_types, skills, readiness, team_status, levels, life_risk, casualties; an unknown code is shown as it is, never hidden. */
export function word(group: string, code: string | null | undefined): string {
  if (!code) return ''
  return groups.get(group)?.get(code)?.[lang()] ?? code
}
/** The Chinese word: what is recorded is in the county's language, whatever the screen speaks. */
export const wordZh = (group: string, code: string): string => groups.get(group)?.get(code)?.zh ?? code
export function wordsIn(group: string): { code: string; label: string }[] {
  return [...(groups.get(group) ?? [])].map(([code, text]) => ({ code, label: text[lang()] }))
}
