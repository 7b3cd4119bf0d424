/** Where callouts stand: outside the outline, each on a straight leader that crosses no sign, no other leader and no other callout. */
import { inside } from './ground'
import { boxAt, crosses, gutters, overlap, textWidth, type Box } from './placing'

interface Spot { x: number; y: number }
export interface Called { head: string; line?: string; from: Spot; /** the sign it belongs to: its own leader may touch it */ own: Box | null }
export interface CalloutStage { stage: Box; text: number; land: [number, number][][]; taken: Box[]; signs: Box[]; /** where names would like to stand: better left to them */ wished: Box[] }
/** One place that a callout may take, with its cost while it is alone. */
interface Option { box: Box; /** with its number at the corner */ room: Box; cx: number; cy: number; cost: number }

const KEPT = 70

/** All are placed together: every order of taking places is tried, then each looks again now that the others stand. */
export function placeCallouts(callouts: Called[], on: CalloutStage): Box[] {
  if (callouts.length === 0) return []
  const under = landUnder(on)
  const lists = callouts.map((c) => options(c, on, under))
  let best: { picks: Option[]; total: number } | null = null
  for (const order of orders(callouts.length)) {
    const picks = settleTogether(callouts, lists, order)
    const total = picks.reduce((sum, p, i) => sum + p.cost + clash(callouts, picks, i) / 2, 0)
    if (!best || total < best.total) best = { picks, total }
  }
  return best ? best.picks.map((p) => p.box) : []
}

function settleTogether(callouts: Called[], lists: Option[][], order: number[]): Option[] {
  const picks: (Option | null)[] = callouts.map(() => null)
  for (let pass = 0; pass < 3; pass += 1) {
    for (const i of order) {
      let least = Infinity
      for (const option of lists[i]!) {
        if (option.cost >= least) break
        const total = option.cost + clashOf(callouts, picks, i, option)
        if (total < least) { least = total; picks[i] = option }
      }
    }
    if (callouts.length < 2) break
  }
  return picks as Option[]
}

const clash = (callouts: Called[], picks: Option[], i: number): number => clashOf(callouts, picks, i, picks[i]!)
/** What one place costs beside the places of the others: boxes that overlap, leaders that cross or run under a box. */
function clashOf(callouts: Called[], picks: (Option | null)[], i: number, option: Option): number {
  const from = callouts[i]!.from
  const size = option.box.w * option.box.h
  let sum = 0
  picks.forEach((other, j) => {
    if (!other || j === i) return
    const there = callouts[j]!.from
    sum += overlap(option.room, other.room) * 6
    if (crosses(from.x, from.y, option.cx, option.cy, other.box)) sum += size * 2
    if (crosses(there.x, there.y, other.cx, other.cy, option.box)) sum += size * 2
    if (meet(from, option, there, other)) sum += size
  })
  return sum
}

/** The cheapest places of a callout, best first. */
function options(callout: Called, on: CalloutStage, under: (box: Box) => number): Option[] {
  const { from, own } = callout
  /** in steps, so that an age that grows by a digit moves nothing */
  const w = Math.ceil((Math.max(textWidth(callout.head, on.text * 1.25), textWidth(callout.line ?? '', on.text)) / on.text + 1.2) / 1.5) * 1.5 * on.text
  const h = on.text * (callout.line ? 3.3 : 2)
  const margin = on.text * 0.9
  const inner = { x: on.stage.x + margin, y: on.stage.y + margin, w: on.stage.w - margin * 1.4, h: on.stage.h - margin * 1.4 }
  const others = on.signs.filter((s) => s !== own)
  const all = gutters(from.x, from.y, w, h, inner, on.text * 1.8).map(([cx, cy]): Option => {
    const box = boxAt(cx, cy, w, h)
    const room = { x: box.x - margin, y: box.y - margin, w: w + margin, h: h + margin }
    const covered = on.taken.reduce((sum, t) => sum + overlap(box, t), 0)
    const crowding = on.wished.reduce((sum, t) => sum + overlap(box, t), 0)
    const hits = others.filter((s) => crosses(from.x, from.y, cx, cy, s)).length
    return { box, room, cx, cy, cost: (covered > 0 ? covered * 8 + w * h * 0.6 : 0) + crowding * 2 + hits * w * h + under(box) * w * h * 3 + Math.hypot(cx - from.x, cy - from.y) * on.text * 0.4 }
  })
  if (all.length === 0) all.push({ box: boxAt(from.x, from.y, w, h), room: boxAt(from.x, from.y, w, h), cx: from.x, cy: from.y, cost: 0 })
  return all.sort((a, b) => a.cost - b.cost).slice(0, KEPT)
}

/** How much of a box lies on land, 0–1: the stage is rasterised once and summed, so that each question is four look-ups. */
function landUnder({ stage, text, land }: CalloutStage): (box: Box) => number {
  const step = text
  const [columns, rows] = [Math.ceil(stage.w / step) + 1, Math.ceil(stage.h / step) + 1]
  const sums = new Int32Array((columns + 1) * (rows + 1))
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const on = land.some((r) => inside(r, stage.x + (x + 0.5) * step, stage.y + (y + 0.5) * step)) ? 1 : 0
      sums[(y + 1) * (columns + 1) + x + 1] = on + sums[y * (columns + 1) + x + 1]! + sums[(y + 1) * (columns + 1) + x]! - sums[y * (columns + 1) + x]!
    }
  }
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)))
  return (box) => {
    const [x0, x1] = [within((box.x - stage.x) / step, columns), within((box.x + box.w - stage.x) / step, columns)]
    const [y0, y1] = [within((box.y - stage.y) / step, rows), within((box.y + box.h - stage.y) / step, rows)]
    const at = (x: number, y: number): number => sums[y * (columns + 1) + x]!
    return (at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0)) / Math.max(1, (x1 - x0) * (y1 - y0))
  }
}

function orders(n: number): number[][] {
  if (n <= 1) return [n ? [0] : []]
  return orders(n - 1).flatMap((rest) => Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)])).slice(0, 24)
}

function meet(a: Spot, b: Option, c: Spot, d: Option): boolean {
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number => Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px))
  return side(a.x, a.y, b.cx, b.cy, c.x, c.y) !== side(a.x, a.y, b.cx, b.cy, d.cx, d.cy)
    && side(c.x, c.y, d.cx, d.cy, a.x, a.y) !== side(c.x, c.y, d.cx, d.cy, b.cx, b.cy)
}

/** A leader as a row of small boxes, so that names keep off it. */
export function alongLeader(from: Spot, to: Box, step: number): Box[] {
  const [tx, ty] = [to.x + to.w / 2, to.y + to.h / 2]
  const count = Math.floor(Math.hypot(tx - from.x, ty - from.y) / step)
  return Array.from({ length: count }, (_, i) => boxAt(from.x + ((tx - from.x) * (i + 0.5)) / count, from.y + ((ty - from.y) * (i + 0.5)) / count, step * 0.25, step * 0.25))
}
