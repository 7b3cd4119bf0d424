/**
 * Danger areas on a map: barrier tape along the edge (light and dark by turns), a tag with the triangle and the word. No level's colour,
 * no teeth, no hatch: they are taken neither for an incident's level, nor for a warning's area, nor for a township out of contact.
 */
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { drawSign } from '../signs'
import type { Inks, Project } from './paint'
import { overlap, textWidth, type Box } from './placing'

export interface Zone { id: string; shape: Polygon | MultiPolygon; name: string; planned?: boolean; draft?: boolean }
export interface Tag extends Box { zone: Zone; from: { x: number; y: number } }

export const ringsOf = (shape: Polygon | MultiPolygon): Position[][] => (shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat())

/** Whether a point lies in an area, its holes left out. Shapes of a county: degrees are as good as metres here. */
export function holds(shape: Polygon | MultiPolygon, at: readonly number[]): boolean {
  return ringsOf(shape).reduce((odd, ring) => odd !== inRing(ring, at), false)
}
function inRing(ring: readonly Position[], [x, y]: readonly number[]): boolean {
  let odd = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i] as [number, number], ring[j] as [number, number]]
    if (yi > y! !== yj > y! && x! < ((xj - xi) * (y! - yi)) / (yj - yi) + xi) odd = !odd
  }
  return odd
}

export function paintDangers(ctx: CanvasRenderingContext2D, zones: readonly Zone[], project: Project, inks: Inks, text: number): void {
  for (const zone of zones) {
    ctx.save()
    ctx.lineJoin = 'round'
    trace(ctx, ringsOf(zone.shape), project)
    ctx.fillStyle = zone.draft ? inks.act : inks.ink
    ctx.globalAlpha = zone.planned ? 0.04 : 0.12
    ctx.fill('evenodd')
    ctx.globalAlpha = 1
    const [wide, high] = extent(ringsOf(zone.shape).flat().map(project))
    tape(ctx, zone.draft ? inks.act : inks.ink, inks.bg, Math.min(text * (zone.planned ? 0.18 : 0.36), Math.max(wide, high) / 9 + text * 0.06))
    ctx.restore()
  }
}

const extent = (points: { x: number; y: number }[]): [number, number] => [Math.max(...points.map((p) => p.x)) - Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.y)) - Math.min(...points.map((p) => p.y))]

function trace(ctx: CanvasRenderingContext2D, rings: readonly Position[][], project: Project): void {
  ctx.beginPath()
  for (const ring of rings) {
    ring.forEach((p, i) => { const { x, y } = project(p); if (i === 0) ctx.moveTo(x, y); else ctx.lineTo(x, y) })
    ctx.closePath()
  }
}

function tape(ctx: CanvasRenderingContext2D, light: string, dark: string, width: number): void {
  for (const [colour, w, dash] of [[dark, width + 3, []], [light, width, []], [dark, width * 0.72, [width * 1.5, width * 1.5]]] as const) {
    ctx.strokeStyle = colour
    ctx.lineWidth = Math.max(2, w)
    ctx.setLineDash([...dash])
    ctx.stroke()
  }
  ctx.setLineDash([])
}

/** Where each tag stands: over its area's upper edge, else below it or beside, clear of what stands there already. */
export function dangerTags(zones: readonly Zone[], project: Project, stage: Box, busy: readonly Box[], text: number, wide = (words: string): number => textWidth(words, text)): Tag[] {
  const taken = [...busy]
  return zones.flatMap((zone) => {
    const points = ringsOf(zone.shape).flat().map(project)
    const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)]
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    if (east < stage.x || west > stage.x + stage.w || south < stage.y || north > stage.y + stage.h) return []
    const [w, h, cx, cy, gap] = [wide(zone.name) + text * 2.1, text * 1.5, (west + east) / 2, (north + south) / 2, text * 0.5]
    const spots = spotsAround({ x: west, y: north, w: east - west, h: south - north }, w, h, gap)
    const boxes = spots.map(([x, y]) => clamped({ x: x - w / 2, y: y - h / 2, w, h }, stage))
    const covered = boxes.map((box, i) => taken.reduce((sum, other) => sum + overlap(box, other), 0) * 4 + i * text)
    const box = boxes[covered.indexOf(Math.min(...covered))]!
    taken.push(box)
    return [{ ...box, zone, from: { x: Math.min(Math.max(cx, box.x), box.x + w), y: box.y > cy ? Math.max(south, cy) : Math.min(north, cy) } }]
  })
}
/** Above, below, beside, at the corners; then the same a line farther off. */
export function spotsAround({ x, y, w: across, h: down }: Box, w: number, h: number, gap: number): [number, number][] {
  const [cx, cy] = [x + across / 2, y + down / 2]
  return [0, 1, 2].flatMap((row): [number, number][] => {
    const [dx, dy] = [across / 2 + gap + w / 2 + row * h, down / 2 + gap + h / 2 + row * h * 1.1]
    return [[cx, cy - dy], [cx, cy + dy], [cx + dx, cy], [cx - dx, cy], [cx + w / 2, cy - dy], [cx - w / 2, cy - dy], [cx + w / 2, cy + dy], [cx - w / 2, cy + dy]]
  })
}
const clamped = (box: Box, stage: Box): Box => ({ ...box, x: Math.min(Math.max(box.x, stage.x), stage.x + stage.w - box.w), y: Math.min(Math.max(box.y, stage.y), stage.y + stage.h - box.h) })

export const tagFont = (text: number): string => `700 ${text}px 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif`

export function paintTags(ctx: CanvasRenderingContext2D, tags: readonly Tag[], inks: Inks, text: number): void {
  for (const tag of tags) {
    ctx.save()
    const ink = tag.zone.draft ? inks.act : inks.ink
    ctx.fillStyle = tag.zone.planned ? inks.bg : ink
    ctx.strokeStyle = tag.zone.planned ? ink : inks.bg
    ctx.lineWidth = Math.max(1.5, text / 10)
    if (tag.zone.planned) ctx.setLineDash([text * 0.35, text * 0.25])
    ctx.beginPath()
    ctx.roundRect(tag.x, tag.y, tag.w, tag.h, text * 0.2)
    ctx.fill()
    ctx.stroke()
    const on = tag.zone.planned ? ink : inks.bg
    drawSign(ctx, 'danger', tag.x + text * 0.95, tag.y + tag.h / 2, text * 1.15, on)
    ctx.font = tagFont(text)
    ctx.textBaseline = 'middle'
    ctx.fillStyle = on
    ctx.fillText(tag.zone.name, tag.x + text * 1.7, tag.y + tag.h / 2 + text * 0.05)
    ctx.restore()
  }
}
