/** Where a warning holds, as a map draws it: its own shape, else the cells of its townships. Teeth and a texture, never a tint. */
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { cellOfCode, type Cell, type Ground } from './ground'
import type { Texture } from './paint'

export interface Warned { codes: string[]; shape?: Polygon | MultiPolygon | null; texture: Texture }

const outer = (shape: Polygon | MultiPolygon): Position[][] => (shape.type === 'Polygon' ? [shape.coordinates[0]!] : shape.coordinates.map((part) => part[0]!))
export function warnedCells(ground: Ground, area: Warned): Cell[] {
  if (area.shape) return outer(area.shape).map((ring): Cell => ({ code: '', name: '', name_en: '', rings: [ring], anchor: ring[0] as [number, number], schematic: false }))
  return area.codes.flatMap((code) => cellOfCode(ground, code) ?? [])
}
/** Where its tag may be tied: the northernmost point of what is drawn. */
export function topOf(cells: readonly Cell[]): [number, number] | null {
  const points = cells.flatMap((c) => c.rings).flat()
  const top = points.reduce<Position | null>((best, p) => (best === null || p[1]! > best[1]! ? p : best), null)
  return top ? [top[0]!, top[1]!] : null
}
