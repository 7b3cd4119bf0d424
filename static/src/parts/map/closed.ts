/** Roads as thin lines, and what is closed of them: a dashed line or edge in the ink, a cross on a disc where it is. */
import type { Geometry, Position as LonLat } from 'geojson'
import type { Inks, Project } from './paint'

/** A road's line; the greater its class, the broader. */
export interface Road { points: LonLat[]; main: boolean }
export interface Closed { id: string; shape: Geometry; planned?: boolean; draft?: boolean }

export function paintRoads(ctx: CanvasRenderingContext2D, roads: readonly Road[], project: Project, inks: Inks, text: number): void {
  ctx.save()
  ctx.strokeStyle = inks.ink2
  ctx.lineJoin = 'round'
  for (const main of [false, true]) {
    ctx.globalAlpha = main ? 0.9 : 0.55
    ctx.lineWidth = Math.max(1, text / (main ? 6 : 12))
    ctx.beginPath()
    for (const road of roads) if (road.main === main) path(ctx, road.points, project)
    ctx.stroke()
  }
  ctx.restore()
}

export function paintClosed(ctx: CanvasRenderingContext2D, some: readonly Closed[], project: Project, inks: Inks, text: number): void {
  ctx.save()
  ctx.lineJoin = 'round'
  for (const one of some) {
    const ink = one.draft ? inks.act : inks.ink
    const lines = linesOf(one.shape)
    ctx.setLineDash(one.planned ? [text * 0.2, text * 0.4] : [text * 0.7, text * 0.35])
    for (const [style, width] of [[inks.halo, text / 2], [ink, text / 4]] as const) {
      ctx.strokeStyle = style
      ctx.lineWidth = Math.max(2, width)
      ctx.beginPath()
      for (const line of lines) path(ctx, line, project)
      ctx.stroke()
    }
    ctx.setLineDash([])
    const at = middleOf(one.shape)
    if (at) cross(ctx, project(at), ink, inks.halo, text * (one.planned ? 0.55 : 0.75))
  }
  ctx.restore()
}

function path(ctx: CanvasRenderingContext2D, points: readonly LonLat[], project: Project): void {
  points.forEach((p, i) => {
    const { x, y } = project(p)
    if (i === 0) ctx.moveTo(x, y)
    else ctx.lineTo(x, y)
  })
}

/** A cross on a disc: told from every other sign by its shape, not by a colour. */
function cross(ctx: CanvasRenderingContext2D, at: { x: number; y: number }, ink: string, halo: string, r: number): void {
  ctx.beginPath()
  ctx.arc(at.x, at.y, r, 0, Math.PI * 2)
  ctx.fillStyle = ink
  ctx.fill()
  ctx.strokeStyle = halo
  ctx.lineWidth = Math.max(1.5, r / 3.2)
  ctx.stroke()
  const arm = r * 0.45
  ctx.beginPath()
  for (const way of [1, -1]) { ctx.moveTo(at.x - arm, at.y - arm * way); ctx.lineTo(at.x + arm, at.y + arm * way) }
  ctx.stroke()
}

export function linesOf(shape: Geometry): LonLat[][] {
  if (shape.type === 'LineString') return [shape.coordinates]
  if (shape.type === 'Polygon') return shape.coordinates
  return []
}

/** Where its sign stands: the point itself, the middle point of a line, the mean of an area's corners. */
export function middleOf(shape: Geometry): LonLat | null {
  if (shape.type === 'Point') return shape.coordinates
  if (shape.type === 'LineString') return halfway(shape.coordinates)
  if (shape.type !== 'Polygon') return null
  const ring = shape.coordinates[0]?.slice(0, -1) ?? []
  return ring.length ? [0, 1].map((k) => ring.reduce((sum, p) => sum + p[k]!, 0) / ring.length) : null
}

function halfway(line: readonly LonLat[]): LonLat | null {
  const steps = line.slice(1).map((p, i) => Math.hypot(p[0]! - line[i]![0]!, p[1]! - line[i]![1]!))
  let left = steps.reduce((a, b) => a + b, 0) / 2
  for (const [i, step] of steps.entries()) {
    if (left <= step && step > 0) return [0, 1].map((k) => line[i]![k]! + ((line[i + 1]![k]! - line[i]![k]!) * left) / step)
    left -= step
  }
  return line[0] ?? null
}
