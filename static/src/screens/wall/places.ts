/** Names of townships and how a place is said on the wall: the township, and what of the place text goes beyond it. */
import type { FeatureCollection } from 'geojson'
import type { Centre, Incident, Lang } from '../../kernel/types'

export interface Names { county: string; townships: Map<string, { zh: string; en: string }> }

export function namesOf(centres: Centre[], base: FeatureCollection | null, county: { code: string; name: string }, lang: Lang): Names {
  const townships = new Map<string, { zh: string; en: string }>()
  for (const centre of centres) if (centre.kind === 'township') townships.set(centre.code, { zh: centre.name, en: capital(centre.pinyin) ?? centre.name })
  let name = county.name
  for (const { properties: p } of base?.features ?? []) {
    if (p?.layer === 'cell') townships.set(String(p.code), { zh: String(p.name), en: String(p.name_en ?? p.name) })
    if (p?.layer === 'county' && lang === 'en' && p.name_en) name = String(p.name_en)
  }
  return { county: name, townships }
}
const capital = (word: string | null): string | null => (word ? word.charAt(0).toUpperCase() + word.slice(1) : null)

export const townshipCode = (incident: Incident): string | null => {
  const code = incident.village_code ?? incident.centre
  return code.length >= 9 ? code.slice(0, 9) : null
}

export function townshipName(names: Names, code: string | null | undefined, lang: Lang, short = false): string {
  const name = code ? names.townships.get(code.slice(0, 9)) : undefined
  if (!name) return ''
  if (lang === 'zh') return short ? name.zh.replace(/[乡镇]$/u, '') : name.zh
  return short ? name.en : `${name.zh} ${name.en}`
}

/** `监漳镇 下北漳村` / `监漳镇 Jianzhang 下北漳村`, short `Jianzhang 下北漳村`. */
export function placeOf(names: Names, incident: Incident, lang: Lang, how: { short?: boolean } = {}): string {
  const code = townshipCode(incident)
  const township = townshipName(names, code, lang, how.short === true && lang === 'en')
  const han = code ? names.townships.get(code)?.zh : undefined
  const said = (incident.place_text ?? '').trim()
  const rest = han && said.startsWith(han) ? said.slice(han.length).trim() : said
  return [township, rest].filter(Boolean).join(' ')
}
