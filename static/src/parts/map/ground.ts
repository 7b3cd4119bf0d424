/** The county's ground as the map needs it: sorted by role, with a place for each township's name. Plain geometry, no drawing. */
import type { Feature, FeatureCollection, Geometry, Polygon, Position } from 'geojson'

/** `cell` is a schematic line, `lawful` an official one. */
export type Role = 'county' | 'neighbour' | 'river' | 'cell' | 'lawful'
export interface Cell { code: string; name: string; name_en: string; rings: Position[][]; anchor: [number, number]; schematic: boolean }
export interface Ground {
  /** whether a line of it is only a drawing: then the map says so */
  schematic: boolean
  features: FeatureCollection
  cells: Cell[]
  /** outer rings of the county */
  outline: Position[][]
  bounds: [west: number, south: number, east: number, north: number]
}

export function groundOf(base: FeatureCollection): Ground {
  const features = base.features.map((f) => ({ ...f, properties: { ...f.properties, role: roleOf(f) } }))
  const outline = features.filter((f) => f.properties.role === 'county').flatMap((f) => outerRings(f.geometry))
  const cells = features.filter((f) => f.properties.role === 'cell').map(cellOf)
  const drawn = [...features.filter((f) => f.properties.role !== 'cell'), ...cellLines(cells)]
  const schematic = cells.some((c) => c.schematic)
  return { schematic, features: { type: 'FeatureCollection', features: drawn }, cells, outline, bounds: boundsOf(outline.length ? outline : cells.flatMap((c) => c.rings)) }
}

/** Each line between cells once, in runs: drawn by both cells, two dashes would fall into each other's gaps. Official lines go
 * first, so that a line between an official area and a drawn one is the official one. */
function cellLines(cells: Cell[]): (Feature & { properties: { role: Role } })[] {
  const key = (a: Position, b: Position): string => [a, b].map((p) => `${p[0]!.toFixed(5)},${p[1]!.toFixed(5)}`).sort().join(' ')
  const seen = new Set<string>()
  const lines = (role: Role, rings: Position[][]): Feature & { properties: { role: Role } } =>
    ({ type: 'Feature', properties: { role }, geometry: { type: 'MultiLineString', coordinates: rings.flatMap((ring) => runsOf(ring, seen, key)) } })
  const rings = (schematic: boolean): Position[][] => cells.filter((c) => c.schematic === schematic).flatMap((c) => c.rings)
  return [lines('lawful', rings(false)), lines('cell', rings(true))]
}

/** The runs of a ring whose edges were not seen yet. */
function runsOf(ring: Position[], seen: Set<string>, key: (a: Position, b: Position) => string): Position[][] {
  const runs: Position[][] = []
  let run: Position[] = []
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const k = key(ring[i]!, ring[i + 1]!)
    if (seen.has(k)) { if (run.length > 1) runs.push(run); run = []; continue }
    seen.add(k)
    if (run.length === 0) run.push(ring[i]!)
    run.push(ring[i + 1]!)
  }
  if (run.length > 1) runs.push(run)
  return runs
}

function roleOf(f: Feature): Role {
  const p = f.properties ?? {}
  const said = p.layer as Role | undefined
  if (said === 'county' || said === 'neighbour' || said === 'river' || said === 'cell') return said
  if (p.schematic === true) return 'cell'
  return /LineString/.test(f.geometry.type) ? 'river' : 'neighbour'
}

function outerRings(g: Geometry): Position[][] {
  if (g.type === 'Polygon') return g.coordinates.slice(0, 1)
  if (g.type === 'MultiPolygon') return g.coordinates.map((p) => p[0]!)
  return []
}

function cellOf(f: Feature): Cell {
  const p = f.properties ?? {}
  const rings = outerRings(f.geometry)
  const largest = [...rings].sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))[0] ?? []
  const given = p.anchor as { coordinates?: Position } | Position | undefined
  const at = Array.isArray(given) ? given : given?.coordinates
  return {
    code: String(p.code ?? f.id ?? ''), name: String(p.name ?? ''), name_en: String(p.name_en ?? p.name ?? ''), rings,
    anchor: at ? [at[0]!, at[1]!] : middle(largest), schematic: p.schematic !== false,
  }
}

function boundsOf(rings: Position[][]): Ground['bounds'] {
  const xs = rings.flat().map((p) => p[0]!)
  const ys = rings.flat().map((p) => p[1]!)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

export function area(ring: Position[]): number {
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i += 1) sum += ring[i]![0]! * ring[i + 1]![1]! - ring[i + 1]![0]! * ring[i]![1]!
  return sum / 2
}

export function inside(ring: Position[], x: number, y: number): boolean {
  let within = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi, xj, yj] = [ring[i]![0]!, ring[i]![1]!, ring[j]![0]!, ring[j]![1]!]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within
  }
  return within
}

/** A point well inside: the middle of the longest of a few horizontal cuts. */
function middle(ring: Position[]): [number, number] {
  const ys = ring.map((p) => p[1]!)
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  let best: { at: [number, number]; score: number } = { at: [ring[0]?.[0] ?? 0, ring[0]?.[1] ?? 0], score: -1 }
  for (const part of [0.5, 0.42, 0.58, 0.35, 0.65]) {
    const y = low + (high - low) * part
    const cuts = crossings(ring, y)
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const score = (cuts[i + 1]! - cuts[i]!) * (1 - Math.abs(part - 0.5))
      if (score > best.score) best = { at: [(cuts[i]! + cuts[i + 1]!) / 2, y], score }
    }
  }
  return best.at
}

function crossings(ring: Position[], y: number): number[] {
  const xs: number[] = []
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [a, b] = [ring[i]!, ring[i + 1]!]
    if (a[1]! > y !== b[1]! > y) xs.push(a[0]! + ((y - a[1]!) / (b[1]! - a[1]!)) * (b[0]! - a[0]!))
  }
  return xs.sort((a, b) => a - b)
}

export function cellAt(ground: Ground, lon: number, lat: number): Cell | null {
  return ground.cells.find((c) => { const b = boxOf(c); return lon >= b[0] && lon <= b[2] && lat >= b[1] && lat <= b[3] && c.rings.some((r) => inside(r, lon, lat)) }) ?? null
}
/** Thousands of teams are asked about four times a second: most cells are far off. */
const boxes = new WeakMap<Cell, [number, number, number, number]>()
function boxOf(cell: Cell): [number, number, number, number] {
  let found = boxes.get(cell)
  if (!found) {
    found = [Infinity, Infinity, -Infinity, -Infinity]
    for (const [x, y] of cell.rings.flat()) found = [Math.min(found[0], x!), Math.min(found[1], y!), Math.max(found[2], x!), Math.max(found[3], y!)]
    boxes.set(cell, found)
  }
  return found
}
/** The township of a code, also of a village in it. */
export function cellOfCode(ground: Ground, code: string | null | undefined): Cell | null {
  return code ? (ground.cells.find((c) => c.code !== '' && code.startsWith(c.code)) ?? null) : null
}

/** Edges that belong to only one of the cells: the outline of their union, with the inner side on the left or right kept by ring order. */
export function outerEdges(cells: Cell[]): { from: Position; to: Position; clockwise: boolean }[] {
  const key = (a: Position, b: Position): string => [a, b].map((p) => `${p[0]!.toFixed(5)},${p[1]!.toFixed(5)}`).sort().join(' ')
  const edges = new Map<string, { from: Position; to: Position; clockwise: boolean } | null>()
  for (const ring of cells.flatMap((c) => c.rings)) {
    const clockwise = area(ring) < 0
    for (let i = 0; i + 1 < ring.length; i += 1) {
      const k = key(ring[i]!, ring[i + 1]!)
      edges.set(k, edges.has(k) ? null : { from: ring[i]!, to: ring[i + 1]!, clockwise })
    }
  }
  return [...edges.values()].filter((e) => e !== null)
}

export type { Feature, FeatureCollection, Polygon }
