/**
 * A road and a kilometre as a caller reads them from a post: `G208 K123+400`, `国道208 123公里`, `208国道123公里+400米`.
 * Only what can be read in one way is understood; anything else stays words. No point is made of it.
 */
export interface Road { ref: string; name: string | null; km: number; direction: string | null }

const LETTER: Record<string, string> = { 国道: 'G', 省道: 'S', 县道: 'X', 乡道: 'Y', 村道: 'C' }
const CLASS = Object.keys(LETTER).join('|')
const NUMBER = '\\d{1,4}(?!\\d)'
/** `G208`, `G208国道`, `国道208`, `208国道`, each perhaps with the road's own name (`武墨线`). */
const WHICH = new RegExp(`^(?:([GSXYCZ]) ?(${NUMBER})(?:(?=线)线|(${CLASS}))?|(${CLASS}) ?(${NUMBER})线?|(${NUMBER}) ?(${CLASS}))(?: ?([\\u4e00-\\u9fa5]{1,8}(?:线|高速公路|高速)))?`)
/** A kilometre with its metres: after a bare `+` three digits, as posts have them; `+50` could be either. */
const KM = /^ ?第?(?:K ?(\d{1,4})(?:\.(\d{1,3})| ?\+ ?(\d{3})(?!\d)米?| ?\+ ?(\d{1,3})(?:米|M(?![A-Z])))?|(\d{1,4})(?:\.(\d{1,3}))? ?(?:公里|千米|KM)(?: ?\+ ?(\d{3})(?!\d)米?| ?\+? ?(\d{1,3})(?:米|M(?![A-Z])))?) ?处? ?/
const WAY = /^(?:[,，]? ?([往向去][\u4e00-\u9fa5]{1,10}?)(?:方向)?|[,，]? ?([上下]行|[东南西北]向))?$/
/** `离某线 3 公里` tells how far away, not where on it. */
const APART = /[离距到至与和、]/

export function parseRoad(typed: string): Road | null {
  const text = typed.normalize('NFKC').toUpperCase().trim().replace(/\s+/g, ' ')
  const which = WHICH.exec(text)
  if (!which) return null
  const [whole, letter, number, also, before, second, third, after, name] = which
  const own = letter ?? LETTER[before ?? after ?? '']
  if (!own || (also && LETTER[also] !== own) || (name && APART.test(name))) return null
  const post = KM.exec(text.slice(whole.length))
  if (!post) return null
  const [, k, kPart, kMetres, kOwn, far, farPart, farMetres, farOwn] = post
  const part = kPart ?? farPart
  const metres = kMetres ?? kOwn ?? farMetres ?? farOwn
  if (part && metres) return null
  const way = WAY.exec(text.slice(whole.length + post[0].length))
  if (!way) return null
  const km = Number(`${k ?? far}.${part ?? (metres ?? '').padStart(3, '0')}`)
  return { ref: `${own}${number ?? second ?? third}`, name: name ?? null, km, direction: way[1] ?? way[2] ?? null }
}

/** As the server says it: `S322 武墨线 K12+300 往长治`. */
export function roadWords(road: Road): string {
  const metres = Math.round(road.km * 1000)
  return [road.ref, road.name, `K${Math.floor(metres / 1000)}+${String(metres % 1000).padStart(3, '0')}`, road.direction].filter(Boolean).join(' ')
}
