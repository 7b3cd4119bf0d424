/** What one hand types at intake: kinds by initials, coordinates in the ways people read them out. */
import type { KindWord } from '../../kernel/words'

type Typed = KindWord & { initials?: string; hidden?: boolean }

/** Best first: whole initials or name, then beginnings, then anywhere. Subtypes before their type when equal. */
export function findKinds(kinds: readonly KindWord[], typed: string, limit = 6): KindWord[] {
  const q = typed.toLowerCase().replace(/\s+/g, '')
  if (!q) return []
  return (kinds as readonly Typed[])
    .map((k, i) => ({ k, i, score: k.hidden ? 0 : match(k, q) }))
    .filter((r) => r.score > 0)
    .sort((a, b) => b.score - a.score || Number(a.k.code === a.k.type) - Number(b.k.code === b.k.type) || a.i - b.i)
    .slice(0, limit)
    .map((r) => r.k)
}
function match(k: Typed, q: string): number {
  const [short, zh, en] = [k.initials ?? '', k.label.zh, k.label.en.toLowerCase().replace(/\s+/g, '')]
  if (q === short || q === zh || q === k.code) return 100
  if (short.startsWith(q) || zh.startsWith(q)) return 80
  return en.startsWith(q) || (q.length > 1 && (zh.includes(q) || en.includes(q))) ? 50 : 0
}

/**
 * `112.86 36.84` (either order), `112°51′36″E 36°50′24″N`: [lon, lat] in degrees, or null.
 * In China longitude is 73–136 and latitude 3–54, so the two cannot be taken for each other.
 */
export function parseCoordinates(typed: string): [number, number] | null {
  const numbers = [...typed.matchAll(/(\d+(?:\.\d+)?)(?:\s*[°度]\s*(?:(\d+(?:\.\d+)?)\s*[′'分]\s*)?(?:(\d+(?:\.\d+)?)\s*[″"秒])?)?/g)]
  if (numbers.length !== 2 || !/[.°度]/.test(typed)) return null
  const [a, b] = numbers.map((m) => Number(m[1]) + Number(m[2] ?? 0) / 60 + Number(m[3] ?? 0) / 3600) as [number, number]
  const [lon, lat] = a >= 73 ? [a, b] : [b, a]
  return lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54 ? [round(lon), round(lat)] : null
}
const round = (n: number): number => Math.round(n * 1e6) / 1e6

/** `14:05` or `1405` of today or, if that lies ahead, of yesterday (county time, +08:00); null when it is no time. */
export function parseTime(typed: string, now: number): string | null {
  const m = /^(\d{1,2})[:：]?(\d{2})$/.exec(typed.trim())
  if (!m || Number(m[1]) > 23 || Number(m[2]) > 59) return null
  const local = new Date(now + 8 * 3_600_000)
  const at = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), Number(m[1]), Number(m[2])) - 8 * 3_600_000
  return new Date(at > now + 60_000 ? at - 86_400_000 : at).toISOString()
}

/** `14:05` or `1405` as the next time of that name (county time): until when. */
export function parseAhead(typed: string, now: number): string | null {
  const at = parseTime(typed, now + 86_400_000)
  if (!at) return null
  const ms = Date.parse(at)
  return new Date(ms - now > 86_400_000 ? ms - 86_400_000 : ms).toISOString()
}
