/** What was drawn by hand on an incident, on any map: a thin line in the ink with its words; an area has a veil, a point a ring. */
import type { Geometry } from 'geojson'
import { linesOf, middleOf } from './closed'
import { spotsAround } from './danger'
import type { Inks, Project } from './paint'
import { overlap, textWidth, type Box } from './placing'

export interface Drawn { id: string; kind: 'point' | 'line' | 'polygon' | 'text'; shape: Geometry; text: string | null }

export function paintDrawn(ctx: CanvasRenderingContext2D, some: readonly Drawn[], project: Project, inks: Inks, text: number): void {
  for (const one of some) {
    ctx.save()
    ctx.lineJoin = 'round'
    for (const [colour, width] of [[inks.halo, text / 3], [inks.ink, text / 8]] as const) {
      ctx.strokeStyle = colour
      ctx.lineWidth = Math.max(1.5, width)
      ctx.beginPath()
      for (const line of linesOf(one.shape)) line.forEach((p, i) => { const { x, y } = project(p); if (i === 0) ctx.moveTo(x, y); else ctx.lineTo(x, y) })
      if (one.kind === 'polygon') { ctx.fillStyle = inks.ink; ctx.globalAlpha = 0.05; ctx.fill(); ctx.globalAlpha = 1 }
      if (one.kind === 'point') { const { x, y } = project(middleOf(one.shape) ?? [0, 0]); ctx.moveTo(x + text * 0.35, y); ctx.arc(x, y, text * 0.35, 0, Math.PI * 2) }
      ctx.stroke()
    }
    ctx.restore()
  }
}

export interface DrawnWords extends Box { said: string }
const MOST = 14

/** The words of drawings where they find a free place: beside what they are of, else they are left to a closer look. */
export function drawnWords(some: readonly Drawn[], project: Project, stage: Box, busy: readonly Box[], text: number): DrawnWords[] {
  const taken = [...busy]
  return some.flatMap((one) => {
    const at = middleOf(one.shape)
    if (!one.text || !at) return []
    const said = one.text.length > MOST ? `${one.text.slice(0, MOST - 1)}…` : one.text
    const [{ x, y }, w, h] = [project(at), textWidth(said, text) + text * 0.4, text * 1.3]
    const r = one.kind === 'text' ? 0 : text * 0.3
    const spots: [number, number][] = one.kind === 'text' ? [[x, y]] : spotsAround({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }, w, h, text * 0.15).slice(0, 8)
    const box = spots.map(([cx, cy]): Box => ({ x: cx - w / 2, y: cy - h / 2, w, h })).find((b) => overlap(b, stage) > w * h * 0.99 && taken.every((other) => overlap(b, other) === 0))
    if (!box) return []
    taken.push(box)
    return [{ ...box, said }]
  })
}

export function paintWords(ctx: CanvasRenderingContext2D, some: readonly DrawnWords[], inks: Inks, text: number): void {
  ctx.save()
  ctx.font = `700 ${text}px 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'center'
  ctx.lineWidth = text * 0.28
  ctx.strokeStyle = inks.halo
  ctx.fillStyle = inks.ink
  for (const one of some) {
    ctx.strokeText(one.said, one.x + one.w / 2, one.y + one.h / 2)
    ctx.fillText(one.said, one.x + one.w / 2, one.y + one.h / 2)
  }
  ctx.restore()
}
