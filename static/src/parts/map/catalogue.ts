/** The layers that this account may see, which of them are on, and which entries make them stale. No drawing. */
import { get } from '../../kernel/http'
import { lang } from '../../kernel/i18n'

export interface Value { code: string; zh: string; en: string }
export interface Column { name: string; kind: 'text' | 'integer' | 'number' | 'boolean' | 'time'; zh: string; en: string; values: Value[] }
export interface Style {
  sign: 'dot' | 'ring' | 'square' | 'diamond' | 'triangle' | 'hexagon' | 'cross'
  tone: 'ink' | 'ink-2' | 'act' | 'water' | 'line' | 'attention'
  line: 'solid' | 'dash' | 'dots'
  fill: boolean
  label: string | null
  by: string | null
  /** values of `by` that are drawn grey, hollow and dashed: what is there and does not work */
  stale: string[]
  group: 'live' | 'force' | 'danger' | 'place' | 'ground'
  on: boolean
  min_zoom: number
  cluster: boolean
}
export interface About { id: string; zh: string; en: string; geometry: 'point' | 'line' | 'polygon' | 'mixed'; style: Style; columns: Column[]; refreshed_by: string[] }
/** What of a layer is shown: `without` are the values of its `by` column that are taken away. */
export interface Choice { on: boolean; without: string[] }
export type Choices = Record<string, Choice>

/** Drawn by the view itself, from the store: live signs and the still ground. */
export const OWN: ReadonlySet<string> = new Set(['incidents', 'teams', 'areas', 'neighbours', 'rivers', 'danger_areas'])
export const GROUPS: readonly Style['group'][] = ['live', 'force', 'danger', 'place', 'ground']

export const fetchLayers = async (): Promise<About[]> => (await get<{ items: About[] }>('/layers')).items
export const nameOf = (one: { zh: string; en: string }): string => (lang() === 'en' ? one.en : one.zh)
export const byColumn = (layer: About): Column | null => layer.columns.find((c) => c.name === layer.style.by && c.values.length > 0) ?? null

/** What was chosen on this machine by this account; what is new is as its slice says. */
export function choicesFrom(layers: readonly About[], kept: string | null): Choices {
  let known: Choices = {}
  try { known = JSON.parse(kept ?? '{}') as Choices } catch { known = {} }
  return Object.fromEntries(layers.map((layer): [string, Choice] => {
    const old = known[layer.id]
    const values = new Set(byColumn(layer)?.values.map((v) => v.code))
    return [layer.id, { on: typeof old?.on === 'boolean' ? old.on : layer.style.on, without: (old?.without ?? []).filter((v) => values.has(v)) }]
  }))
}

/** The part of a tile's address that leaves values away; null = all are away, nothing is asked. */
export function filterOf(layer: About, choice: Choice): string | null {
  const column = byColumn(layer)
  if (!column || choice.without.length === 0) return ''
  const left = column.values.map((v) => v.code).filter((v) => !choice.without.includes(v))
  // what has no value at all (未定级) is not in the list of values and stays
  return left.length ? `${column.name}=${[...left, ''].map(encodeURIComponent).join(',')}` : null
}

/** The layers whose features an event may have changed. */
export const staleBy = (layers: readonly About[], event: string): string[] =>
  layers.filter((one) => one.refreshed_by.some((start) => event.startsWith(start))).map((one) => one.id)
