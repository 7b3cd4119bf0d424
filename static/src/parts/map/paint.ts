/** What is drawn on the canvas above the map: silent townships, warned areas, routes, leaders, and each moving team. */
import type { Position as LonLat } from 'geojson'
import type { SignName } from '../signs'
import { drawSign } from '../signs'
import { outerEdges, type Cell } from './ground'
import { overlap, type Box } from './placing'

export type Project = (lonLat: LonLat) => { x: number; y: number }
export interface Inks { ink: string; ink2: string; act: string; halo: string; land: string; bg: string }
export type Texture = 'rain' | 'flood' | 'slope' | 'none'

function trace(ctx: CanvasRenderingContext2D, cells: Cell[], project: Project): void {
  ctx.beginPath()
  for (const ring of cells.flatMap((c) => c.rings)) {
    ring.forEach((p, i) => {
      const { x, y } = project(p)
      if (i === 0) ctx.moveTo(x, y)
      else ctx.lineTo(x, y)
    })
    ctx.closePath()
  }
}

/** Cross-hatch on black inside a thick dashed edge: nothing is known from here. */
export function paintCut(ctx: CanvasRenderingContext2D, cell: Cell, project: Project, inks: Inks, text: number): void {
  ctx.save()
  trace(ctx, [cell], project)
  ctx.save()
  ctx.clip()
  ctx.fillStyle = inks.bg
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height)
  ctx.strokeStyle = inks.ink
  ctx.globalAlpha = 0.4
  ctx.lineWidth = Math.max(1, text / 14)
  slanted(ctx, text * 1.1, 1)
  slanted(ctx, text * 1.1, -1)
  ctx.restore()
  trace(ctx, [cell], project)
  ctx.setLineDash([text * 0.8, text * 0.5])
  ctx.lineWidth = Math.max(2, text / 5)
  ctx.strokeStyle = inks.ink
  ctx.stroke()
  ctx.restore()
}

function slanted(ctx: CanvasRenderingContext2D, step: number, way: 1 | -1): void {
  const [w, h] = [ctx.canvas.width, ctx.canvas.height]
  ctx.beginPath()
  for (let x = -h; x < w + h; x += step) {
    ctx.moveTo(x, 0)
    ctx.lineTo(x + way * h, h)
  }
  ctx.stroke()
}

/** Teeth along the inside of the edge and a neutral texture; never a tint, so that no one takes it for an incident's level. */
export function paintWarned(ctx: CanvasRenderingContext2D, cells: Cell[], texture: Texture, project: Project, inks: Inks, text: number): void {
  ctx.save()
  trace(ctx, cells, project)
  ctx.save()
  ctx.clip()
  ctx.strokeStyle = inks.ink2
  ctx.globalAlpha = 0.38
  ctx.lineWidth = Math.max(1, text / 16)
  textured(ctx, texture, text)
  ctx.restore()
  ctx.strokeStyle = inks.ink
  ctx.lineWidth = Math.max(1, text / 12)
  for (const edge of outerEdges(cells)) teeth(ctx, project(edge.from), project(edge.to), edge.clockwise, text)
  ctx.restore()
}

function teeth(ctx: CanvasRenderingContext2D, a: { x: number; y: number }, b: { x: number; y: number }, clockwise: boolean, text: number): void {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (length === 0) return
  const [dx, dy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const side = clockwise ? 1 : -1
  ctx.beginPath()
  ctx.moveTo(a.x, a.y)
  ctx.lineTo(b.x, b.y)
  for (let s = text * 0.25; s < length; s += text * 0.55) {
    const [x, y] = [a.x + dx * s, a.y + dy * s]
    ctx.moveTo(x, y)
    ctx.lineTo(x - dy * side * text * 0.42, y + dx * side * text * 0.42)
  }
  ctx.stroke()
}

function textured(ctx: CanvasRenderingContext2D, texture: Texture, text: number): void {
  if (texture === 'none') return
  const step = text * 1.5
  ctx.beginPath()
  for (let row = 0, y = 0; y < ctx.canvas.height; row += 1, y += step) {
    for (let x = row % 2 ? step / 2 : 0; x < ctx.canvas.width; x += step) {
      ctx.moveTo(x, y)
      if (texture === 'rain') ctx.lineTo(x - text * 0.16, y + text * 0.55)
      if (texture === 'slope') { ctx.lineTo(x + text * 0.6, y + text * 0.35); ctx.moveTo(x + text * 0.3, y + text * 0.18); ctx.lineTo(x + text * 0.3, y + text * 0.45) }
      if (texture === 'flood') ctx.bezierCurveTo(x + text * 0.25, y - text * 0.3, x + text * 0.45, y + text * 0.3, x + text * 0.7, y)
    }
  }
  ctx.stroke()
}

export interface Way { points: LonLat[]; arrow?: boolean; dashed?: boolean }
export function paintWay(ctx: CanvasRenderingContext2D, way: Way, project: Project, inks: Inks, text: number): void {
  const points = way.points.map(project)
  for (const [colour, width] of [[inks.halo, text / 2.2], [inks.act, text / 5]] as const) {
    ctx.save()
    ctx.strokeStyle = colour
    ctx.lineWidth = width
    ctx.lineJoin = 'round'
    if (way.dashed && colour === inks.act) ctx.setLineDash([text * 0.6, text * 0.5])
    ctx.beginPath()
    points.forEach((p, i) => (i === 0 ? ctx.moveTo(p.x, p.y) : ctx.lineTo(p.x, p.y)))
    ctx.stroke()
    ctx.restore()
  }
}

export function paintLeader(ctx: CanvasRenderingContext2D, from: { x: number; y: number }, to: { x: number; y: number }, inks: Inks, text: number): void {
  ctx.save()
  for (const [colour, width] of [[inks.halo, text / 4], [inks.ink, text / 11]] as const) {
    ctx.strokeStyle = colour
    ctx.lineWidth = Math.max(1, width)
    ctx.beginPath()
    ctx.moveTo(from.x, from.y)
    ctx.lineTo(to.x, to.y)
    ctx.stroke()
  }
  ctx.restore()
}

/** More would not be read, and each is measured anew for each frame. */
const MOST_NAMES = 60

export interface Unit { lon: number; lat: number; sign: SignName; stale: boolean; followed: boolean; name: string }
/** Each team at its place. 2,000 of them four times a second: each sign is drawn once and stamped. A followed one is named where there
 * is room beside it; where there is none, a closer look shows it. */
export function paintUnits(ctx: CanvasRenderingContext2D, units: Unit[], project: Project, inks: Inks, size: number, taken: readonly Box[]): void {
  const named: Box[] = [...taken]
  let tried = 0
  const scale = ctx.getTransform().a
  const half = size * 0.8
  const [right, bottom] = [ctx.canvas.width / scale + size, ctx.canvas.height / scale + size]
  for (const unit of units) {
    const { x, y } = project([unit.lon, unit.lat])
    if (x < -size || y < -size || x > right || y > bottom) continue
    ctx.drawImage(stamp(unit.sign, unit.stale ? inks.ink2 : inks.act, inks.halo, size, scale), x - half, y - half, half * 2, half * 2)
    if (unit.followed && (tried += 1) <= MOST_NAMES) paintName(ctx, unit.name, x, y, size, inks, named)
  }
}

function paintName(ctx: CanvasRenderingContext2D, name: string, x: number, y: number, size: number, inks: Inks, taken: Box[]): void {
  ctx.font = `700 ${size * 0.8}px 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif`
  const w = ctx.measureText(name).width
  const wide = ctx.canvas.width / ctx.getTransform().a
  const box = [x + size, x - size - w].map((left) => ({ x: left, y: y - size / 2, w, h: size })).find((one) => one.x >= 0 && one.x + w <= wide && !taken.some((other) => overlap(one, other) > 0))
  if (!box) return
  taken.push(box)
  ctx.textBaseline = 'middle'
  ctx.lineWidth = size * 0.25
  ctx.strokeStyle = inks.halo
  ctx.strokeText(name, box.x, y)
  ctx.fillStyle = inks.ink
  ctx.fillText(name, box.x, y)
}

const stamps = new Map<string, HTMLCanvasElement>()
function stamp(sign: SignName, colour: string, halo: string, size: number, scale: number): HTMLCanvasElement {
  const key = `${sign} ${colour} ${halo} ${size} ${scale}`
  const made = stamps.get(key)
  if (made) return made
  const canvas = document.createElement('canvas')
  const side = Math.ceil(size * 1.6 * scale)
  canvas.width = side
  canvas.height = side
  const ctx = canvas.getContext('2d')
  if (!ctx) return canvas
  ctx.fillStyle = halo
  ctx.beginPath()
  ctx.arc(side / 2, side / 2, side * 0.45, 0, 7)
  ctx.fill()
  drawSign(ctx, sign, side / 2, side / 2, size * scale, colour)
  if (stamps.size > 200) stamps.clear()
  stamps.set(key, canvas)
  return canvas
}
