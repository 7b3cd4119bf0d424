/** The same ground on a plain canvas, for a machine that cannot open WebGL: still, without zoom, but never an empty hole. */
import type { Position } from 'geojson'
import type { GroundInks } from './gl'
import type { Ground } from './ground'
import type { Project } from './paint'

const mercator = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))

export function flatProject(ground: Ground, width: number, height: number, padding: number): Project {
  const [w, s, e, n] = ground.bounds
  const [x0, x1, y0, y1] = [(w * Math.PI) / 180, (e * Math.PI) / 180, mercator(s), mercator(n)]
  const k = Math.min((width - 2 * padding) / (x1 - x0), (height - 2 * padding) / (y1 - y0))
  return (p: Position) => ({
    x: width / 2 + ((p[0]! * Math.PI) / 180 - (x0 + x1) / 2) * k,
    y: height / 2 - (mercator(p[1]!) - (y0 + y1) / 2) * k,
  })
}

export function paintFlat(ctx: CanvasRenderingContext2D, ground: Ground, project: Project, inks: GroundInks, text: number): void {
  ctx.fillStyle = inks.sea
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height)
  const looks = [
    ['neighbour', inks.other, inks.border, 1], ['county', inks.land, inks.outline, 1.7], ['river', null, inks.river, 1.2], ['lawful', null, inks.border, 1], ['cell', null, inks.cell, 1],
  ] as const
  for (const [role, fill, stroke, width] of looks) {
    ctx.setLineDash(role === 'cell' ? [4, 3] : [])
    for (const feature of ground.features.features) {
      if (feature.properties?.role !== role) continue
      ctx.beginPath()
      for (const line of lines(feature.geometry)) line.forEach((p, i) => { const q = project(p); if (i) ctx.lineTo(q.x, q.y); else ctx.moveTo(q.x, q.y) })
      if (fill && /Polygon/.test(feature.geometry.type)) { ctx.fillStyle = fill; ctx.fill() }
      ctx.strokeStyle = stroke
      ctx.lineWidth = (width * text) / 13
      ctx.stroke()
    }
  }
  ctx.setLineDash([])
}

function lines(g: GeoJSON.Geometry): Position[][] {
  if (g.type === 'LineString') return [g.coordinates]
  if (g.type === 'MultiLineString' || g.type === 'Polygon') return g.coordinates
  return g.type === 'MultiPolygon' ? g.coordinates.flat() : []
}
