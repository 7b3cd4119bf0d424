/** A circle in metres as an area around a point, as the server makes it: nowhere smaller than the circle. */
import type { Polygon, Position } from 'geojson'
import type { LonLat } from '../../parts/map/measure'

const CORNERS = 64
const EARTH_M = 6_371_008.8

export function circleOf([lon, lat]: LonLat, metres: number): Polygon {
  const out = metres / Math.cos(Math.PI / CORNERS)
  const degree = (Math.PI / 180) * EARTH_M
  const east = degree * Math.cos((lat * Math.PI) / 180)
  const ring = Array.from({ length: CORNERS + 1 }, (_, n): Position => { const turn = (2 * Math.PI * (n % CORNERS)) / CORNERS; return [lon + (out * Math.cos(turn)) / east, lat + (out * Math.sin(turn)) / degree] })
  return { type: 'Polygon', coordinates: [ring] }
}
