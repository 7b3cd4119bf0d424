/** Lengths, areas and the scale bar: plain arithmetic on the ellipsoid's local radii, right to 0.1 % over a county. */
export type LonLat = readonly [lon: number, lat: number]

const A = 6378137
const E2 = 0.00669437999014
const RAD = Math.PI / 180

/** Metres for one degree of longitude and of latitude at a latitude (WGS-84). */
export function degreeAt(lat: number): { east: number; north: number } {
  const s = Math.sin(lat * RAD)
  const w = 1 - E2 * s * s
  return { east: ((A * Math.cos(lat * RAD)) / Math.sqrt(w)) * RAD, north: ((A * (1 - E2)) / (w * Math.sqrt(w))) * RAD }
}

export function metres(a: LonLat, b: LonLat): number {
  const unit = degreeAt((a[1] + b[1]) / 2)
  return Math.hypot((b[0] - a[0]) * unit.east, (b[1] - a[1]) * unit.north)
}

export function length(points: readonly LonLat[]): number {
  let sum = 0
  for (let i = 0; i + 1 < points.length; i += 1) sum += metres(points[i]!, points[i + 1]!)
  return sum
}

/** Square metres inside the ring through the points; a ring that crosses itself has no area that means anything. */
export function area(points: readonly LonLat[]): number {
  if (points.length < 3) return 0
  const unit = degreeAt(points.reduce((sum, p) => sum + p[1], 0) / points.length)
  const [x0, y0] = points[0]!
  let sum = 0
  points.forEach((p, i) => {
    const q = points[(i + 1) % points.length]!
    sum += (p[0] - x0) * (q[1] - y0) - (q[0] - x0) * (p[1] - y0)
  })
  return (Math.abs(sum) / 2) * unit.east * unit.north
}

export const sayLength = (m: number): string => (m < 1000 ? `${Math.round(m)} m` : `${(m / 1000).toFixed(m < 10_000 ? 2 : 1)} km`)
/** Hectares and mu up to a square kilometre, then square kilometres. */
export const sayArea = (m2: number, mu: string): string =>
  m2 < 1e6 ? `${(m2 / 1e4).toFixed(2)} ha · ${(m2 / (10_000 / 15)).toFixed(1)} ${mu}` : `${(m2 / 1e6).toFixed(2)} km²`

/** The longest round length (1, 2 or 5 times ten to something) that fits into so many pixels. */
export function scaleBar(metresPerPixel: number, most: number): { px: number; text: string } {
  const full = metresPerPixel * most
  const ten = 10 ** Math.floor(Math.log10(full))
  const round = [5, 2, 1].find((n) => n * ten <= full)! * ten
  return { px: round / metresPerPixel, text: round >= 1000 ? `${round / 1000} km` : `${round} m` }
}

/** Degrees as people read them out: 112°51′36.0″E 36°49′48.0″N. */
export function spoken([lon, lat]: LonLat): string {
  const part = (value: number, plus: string, minus: string): string => {
    const tenths = Math.round(Math.abs(value) * 36000)
    const [d, m, s] = [Math.floor(tenths / 36000), Math.floor((tenths % 36000) / 600), (tenths % 600) / 10]
    return `${d}°${String(m).padStart(2, '0')}′${s.toFixed(1).padStart(4, '0')}″${value < 0 ? minus : plus}`
  }
  return `${part(lon, 'E', 'W')} ${part(lat, 'N', 'S')}`
}
