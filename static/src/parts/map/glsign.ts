/** Signs of layers as images for the map: one shape for each, so that they differ without colour; a level carries its numeral. */
const NUMERALS: Record<string, string> = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ', IV: 'Ⅳ', '?': '' }
type Point = readonly [number, number]

const polygon = (n: number, turn: number, r = 1): Point[] =>
  Array.from({ length: n }, (_, i): Point => [r * Math.sin(turn + (i * 2 * Math.PI) / n), -r * Math.cos(turn + (i * 2 * Math.PI) / n)])
const SHAPES: Record<string, Point[]> = {
  square: polygon(4, Math.PI / 4, 1.15), diamond: polygon(4, 0, 1.15), triangle: polygon(3, 0, 1.15), hexagon: polygon(6, 0, 1.05),
}

/** The path of a sign around the middle of a box, with this radius. */
export function traceSign(ctx: CanvasRenderingContext2D, sign: string, x: number, y: number, r: number): void {
  ctx.beginPath()
  const corners = SHAPES[sign]
  if (corners) {
    corners.forEach(([dx, dy], i) => { if (i) ctx.lineTo(x + dx * r, y + dy * r); else ctx.moveTo(x + dx * r, y + dy * r) })
    ctx.closePath()
  } else if (sign === 'cross') {
    ctx.moveTo(x - r, y); ctx.lineTo(x + r, y); ctx.moveTo(x, y - r); ctx.lineTo(x, y + r)
  } else {
    ctx.arc(x, y, r * 0.85, 0, 7)
  }
}

export function paintSign(ctx: CanvasRenderingContext2D, sign: string, colour: string, halo: string, mark: string, x: number, y: number, r: number, on = halo): void {
  ctx.lineJoin = 'round'
  traceSign(ctx, sign, x, y, r)
  ctx.strokeStyle = halo
  ctx.lineWidth = r * (NUMERALS[mark] ? 0.22 : 0.7)
  ctx.stroke()
  const hollow = sign === 'ring' || sign === 'cross' || mark === '?'
  if (hollow) {
    ctx.fillStyle = halo
    if (sign !== 'cross') ctx.fill()
    if (mark === '?') ctx.setLineDash([r * 0.5, r * 0.35])
    ctx.strokeStyle = colour
    ctx.lineWidth = r * 0.34
    ctx.stroke()
    ctx.setLineDash([])
  } else {
    ctx.fillStyle = colour
    ctx.fill()
  }
  const numeral = NUMERALS[mark]
  if (!numeral) return
  ctx.fillStyle = on
  ctx.font = `700 ${r * 1.1}px 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillText(numeral, x, y + r * 0.06)
}

/** The image of an id made by the overlay: `fs|sign|colour|halo|mark`. Null for one of somebody else's. */
export function drawGlSign(id: string, text: number): { data: ImageData; ratio: number } | null {
  const [ours, sign, colour, halo, mark, on] = id.split('|')
  if (ours !== 'fs' || !sign || !colour || !halo) return null
  const ratio = 2
  const r = text * (mark && mark !== '?' ? 0.62 : 0.46) * ratio
  const side = Math.ceil(r * 3.2)
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const ctx = canvas.getContext('2d')
  if (!ctx) return null
  paintSign(ctx, sign, colour, halo, mark ?? '', side / 2, side / 2, r, on || halo)
  return { data: ctx.getImageData(0, 0, side, side), ratio }
}
