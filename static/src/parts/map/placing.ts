/**
 * Where signs and words stand on the map so that none covers another. Pixels in, pixels out.
 * Order: life risk, cut township, incidents by level, callouts, names with their pills. Names move, they never vanish.
 */

export interface Box { x: number; y: number; w: number; h: number }
export interface Wish {
  id: string
  /** what it belongs to */
  ax: number
  ay: number
  w: number
  h: number
  /** centres it may take, best first */
  spots: [number, number][]
  /** what a spot costs beside what it covers: far from its place, over a neighbour's ground… */
  price?: (cx: number, cy: number) => number
}
export interface Placed extends Box { id: string; ax: number; ay: number; moved: boolean; crowded: boolean }

export const boxAt = (cx: number, cy: number, w: number, h: number): Box => ({ x: cx - w / 2, y: cy - h / 2, w, h })
export const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)) * Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y))

/** Rings of spots around a point: the point itself, then outwards. */
export function ring(x: number, y: number, step: number, reach: number, turns = 8): [number, number][] {
  const spots: [number, number][] = [[x, y]]
  for (let r = step; r <= reach; r += step) {
    for (let i = 0; i < turns; i += 1) {
      const turn = (i * 2 * Math.PI) / turns
      spots.push([x + r * Math.sin(turn), y + r * Math.cos(turn)])
    }
  }
  return spots
}

/** What a covered square pixel costs against one of way or of foreign ground. */
const COVER = 30

/** Places each wish at its cheapest spot: what it would cover counts most. Places taken are added to `taken`. */
export function settle(wishes: Wish[], stage: Box, taken: Box[]): Placed[] {
  return wishes.map((wish) => {
    let best: { box: Box; covered: number; total: number; first: boolean } | null = null
    for (const [i, [cx, cy]] of wish.spots.entries()) {
      const box = boxAt(cx, cy, wish.w, wish.h)
      const covered = taken.reduce((sum, other) => sum + overlap(box, other), 2 * (wish.w * wish.h - overlap(box, stage)))
      if (best && covered * COVER >= best.total) continue
      const total = covered * COVER + (wish.price?.(cx, cy) ?? i)
      if (!best || total < best.total) best = { box, covered, total, first: i === 0 }
      if (covered === 0 && !wish.price) break
    }
    const { box, covered, first } = best ?? { box: boxAt(wish.ax, wish.ay, wish.w, wish.h), covered: 0, first: true }
    taken.push(box)
    return { id: wish.id, ...box, ax: wish.ax, ay: wish.ay, moved: !first, crowded: covered > 0.5 }
  })
}

/** Points nearer than `within` become one; the first of each heap leads it. Give them best first. */
export function heap<T extends { x: number; y: number }>(points: T[], within: number): { lead: T; members: T[] }[] {
  const heaps: { lead: T; members: T[] }[] = []
  for (const point of points) {
    const near = heaps.find((h) => Math.hypot(h.lead.x - point.x, h.lead.y - point.y) < within)
    if (near) near.members.push(point)
    else heaps.push({ lead: point, members: [point] })
  }
  return heaps
}

/** A grid of spots over the stage, nearest to the point first: for callouts that stand outside the outline. */
export function gutters(x: number, y: number, w: number, h: number, stage: Box, step: number): [number, number][] {
  const spots: [number, number][] = []
  for (let cy = stage.y + h / 2; cy <= stage.y + stage.h - h / 2; cy += step) {
    for (let cx = stage.x + w / 2; cx <= stage.x + stage.w - w / 2; cx += step) spots.push([cx, cy])
  }
  return spots.sort((a, b) => Math.hypot(a[0] - x, a[1] - y) - Math.hypot(b[0] - x, b[1] - y))
}

/** Rough width of a text in px: a Han character is one em, others a little over half. */
export function textWidth(text: string, em: number): number {
  let width = 0
  for (const ch of text) width += ch.codePointAt(0)! > 0x2e7f ? em : em * 0.58
  return width
}

/** Does the straight line from a to b pass through the box? It is far off on most, so the bounds are asked first. */
export function crosses(ax: number, ay: number, bx: number, by: number, box: Box): boolean {
  const [x1, y1] = [box.x + box.w, box.y + box.h]
  if (Math.max(ax, bx) < box.x || Math.min(ax, bx) > x1 || Math.max(ay, by) < box.y || Math.min(ay, by) > y1) return false
  const side = (x: number, y: number): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax)
  const [a, b, c, d] = [side(box.x, box.y), side(x1, box.y), side(x1, y1), side(box.x, y1)]
  return !((a > 0 && b > 0 && c > 0 && d > 0) || (a < 0 && b < 0 && c < 0 && d < 0))
}
