/** The scale bar of a still map: how long a round number of kilometres is when a ground is fitted into a frame. Pure. */
type Bounds = [west: number, south: number, east: number, north: number]
const EARTH_KM = 6371.0088
const ROUND = [1, 2, 5, 10, 20, 50, 100]
const rad = (degrees: number): number => (degrees * Math.PI) / 180
const mercator = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + rad(lat) / 2))

export function barOf([west, south, east, north]: Bounds, frame: { w: number; h: number }, margin: number, longest: number): { km: number; px: number } | null {
  const [w, h] = [rad(east - west), mercator(north) - mercator(south)]
  const scale = Math.min((frame.w - 2 * margin) / w, (frame.h - 2 * margin) / h)
  if (!(scale > 0) || !Number.isFinite(scale)) return null
  /** Mercator stretches by 1/cos: true where most of the county lies */
  const perKm = scale / (EARTH_KM * Math.cos(rad((south + north) / 2)))
  const km = ROUND.findLast((n) => n * perKm <= longest) ?? ROUND[0]!
  return { km, px: km * perKm }
}
