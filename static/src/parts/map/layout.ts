/** From what is known to what stands where on the map: signs, callouts, names and pills, for one view of it. */
import type { Incident, TaskState } from '../../kernel/types'
import type { SignName } from '../signs'
import { alongLeader, placeCallouts } from './callouts'
import { cellAt, cellOfCode, inside, type Ground } from './ground'
import type { Project } from './paint'
import { boxAt, heap, ring, settle, textWidth, type Box, type Placed } from './placing'

export interface Callout { id: string; head: string; line?: string; index?: string; style: 'plate' | 'dashed' | 'tag'; lon: number; lat: number }
export interface MapTeam { id: string; name: string; state: TaskState | null; centre: string; followed?: boolean }
export interface SignBox extends Placed { incident: Incident; count: number; index: string | null; pending: boolean; size: number }
/** One figure of a township's pill: a sign with its count, or the sign alone; `own` in the ink of our own forces. */
export interface Tally { sign: SignName | 'incident'; count: number | null; own: boolean }
export interface NameBox extends Placed { code: string; name: string; pill: Tally[]; /** stands off its own ground: tied to it by a line */ off: boolean }
export interface CalloutBox extends Placed { callout: Callout; from: { x: number; y: number } }
export interface View { signs: SignBox[]; callouts: CalloutBox[]; names: NameBox[] }
export interface Sight {
  ground: Ground
  project: Project
  width: number
  height: number
  /** px of a township's name; all else follows from it */
  text: number
  incidents: Incident[]
  index: (incident: Incident) => string | null
  callouts: Callout[]
  pills: Map<string, Tally[]>
  /** parts of the map that a legend takes */
  keepFree?: Box[]
  names: 'zh' | 'en'
  /** the foot of the map taken by its own label */
  foot: number
}

/** Where an incident is shown: its point, or its township's schematic anchor (then 位置待核). */
export function spotOf(incident: Incident, ground: Ground): { at: [number, number]; pending: boolean } | null {
  if (incident.location) return { at: incident.location.coordinates, pending: false }
  if (incident.schematic_anchor) return { at: incident.schematic_anchor.coordinates, pending: true }
  const cell = cellOfCode(ground, incident.village_code ?? incident.centre)
  return cell ? { at: cell.anchor, pending: true } : null
}

const LEVEL_ORDER = { I: 0, II: 1, III: 2, IV: 3 } as const
const RISK_ORDER = { people: 0, possible: 1, none: 2 } as const
export function byWeight(a: Incident, b: Incident): number {
  return RISK_ORDER[a.life_risk] - RISK_ORDER[b.life_risk]
    || (a.level ? LEVEL_ORDER[a.level] : 2.5) - (b.level ? LEVEL_ORDER[b.level] : 2.5)
    || a.received_at.localeCompare(b.received_at)
}

export function layOut(sight: Sight): View {
  const stage: Box = { x: 2, y: 2, w: sight.width - 4, h: sight.height - 4 - sight.foot }
  const taken: Box[] = [...(sight.keepFree ?? [])]
  const signs = laySigns(sight, stage, taken)
  const callouts = layCallouts(sight, stage, taken, signs)
  const names = layNames(sight, stage, taken)
  return { signs, callouts, names }
}

function laySigns(sight: Sight, stage: Box, taken: Box[]): SignBox[] {
  const { text } = sight
  const points = [...sight.incidents].sort(byWeight).flatMap((incident) => {
    const spot = spotOf(incident, sight.ground)
    return spot ? [{ incident, pending: spot.pending, ...sight.project(spot.at) }] : []
  }).filter((p) => p.x > -text && p.y > -text && p.x < sight.width + text && p.y < sight.height + text)
  return heap(points, text * 1.4).map(({ lead, members }) => {
    const size = text * (lead.incident.life_risk === 'none' ? 1.55 : 2.2)
    const wish = { id: lead.incident.id, ax: lead.x, ay: lead.y, w: size, h: size, spots: ring(lead.x, lead.y, text * 0.6, text * 2.4) }
    const placed = settle([wish], stage, taken)[0]!
    const index = sight.index(lead.incident)
    if (index !== null || members.length > 1) taken.push(boxAt(placed.x + size * 0.78 + text * 0.6, placed.y + size * 0.38 - text * 0.6, text * 1.3, text * 1.3))
    if (members.length > 1) taken.push(boxAt(placed.x + size * 0.7 + text * 0.65, placed.y + size * 0.78 + text * 0.45, text * 1.3, text * 0.95))
    return { ...placed, incident: lead.incident, count: members.length, index, pending: lead.pending, size }
  })
}

function layCallouts(sight: Sight, stage: Box, taken: Box[], signs: SignBox[]): CalloutBox[] {
  const { text, project } = sight
  const land = sight.ground.outline.map((r) => coarse(r.map(project), text * 0.7))
  const called = sight.callouts.map((callout) => {
    const own = signs.find((s) => s.id === callout.id) ?? null
    const from = own ? { x: own.x + own.w / 2, y: own.y + own.h / 2 } : project([callout.lon, callout.lat])
    return { head: callout.head, line: callout.line, from, own, callout }
  })
  return placeCallouts(called, { stage, text, land, taken, signs, wished: nameWishes(sight, signs) }).map((box, i) => {
    const { callout, from } = called[i]!
    taken.push(box, boxAt(box.x, box.y, text * 1.6, text * 1.6), ...alongLeader(from, box, text * 0.8))
    return { id: callout.id, ...box, ax: from.x, ay: from.y, moved: true, crowded: false, callout, from }
  })
}

/** Where each name would like to stand: at its anchor, or under the sign that stands there. */
function nameWishes({ ground, project, text, pills }: Sight, signs: SignBox[]): Box[] {
  return ground.cells.map((cell) => {
    const { x, y } = project(cell.anchor)
    const h = text * (pills.get(cell.code)?.length ? 2.6 : 1.3)
    const sign = signs.find((s) => Math.hypot(s.x + s.w / 2 - x, s.y + s.h / 2 - y) < s.h)
    return boxAt(x, sign ? sign.y + sign.h + h / 2 : y, text * 3.4, h)
  })
}

/** The outline without the detail that no label can tell. */
function coarse(points: { x: number; y: number }[], step: number): [number, number][] {
  const kept: [number, number][] = []
  for (const { x, y } of points) {
    const last = kept.at(-1)
    if (!last || Math.hypot(last[0] - x, last[1] - y) >= step) kept.push([x, y])
  }
  return kept
}

const PILL_ROW = 3

/** A name keeps to its own cell where it can; the fuller pills choose first. */
function layNames(sight: Sight, stage: Box, taken: Box[]): NameBox[] {
  const { text, project } = sight
  const rows = (n: number): number => Math.ceil(n / PILL_ROW)
  const cells = sight.ground.cells.map((cell) => ({ cell, pill: sight.pills.get(cell.code) ?? [] }))
  const others = sight.ground.cells.map((c) => ({ code: c.code, holds: holder(c.rings.map((r) => coarse(r.map(project), text))) }))
  return cells.sort((a, b) => b.pill.length - a.pill.length).flatMap(({ cell, pill }) => {
    const at = project(cell.anchor)
    if (at.x < 0 || at.y < 0 || at.x > sight.width || at.y > sight.height) return []
    const name = sight.names === 'en' ? cell.name_en : cell.name
    const w = Math.max(textWidth(name, text), pill.length ? text * (0.6 + Math.min(pill.length, PILL_ROW) * 1.75) : 0) + 4
    const h = text * (1.25 + (pill.length ? 0.25 + rows(pill.length) * 1.15 : 0))
    const own = others.find((o) => o.code === cell.code)!.holds
    /** over a neighbour's ground a name would be read as the neighbour's */
    const offGround = (x: number, y: number): number =>
      own(x, y) ? 0 : others.some((o) => o.holds(x, y)) ? 0.9 : 0.2
    const price = (cx: number, cy: number): number =>
      Math.hypot(cx - at.x, cy - at.y) * text * 0.35
      + CORNERS.reduce((sum, [u, v]) => sum + offGround(cx + (u * w) / 2, cy + (v * h) / 2), 0) * w * h
    const wish = { id: cell.code, ax: at.x, ay: at.y, w, h, spots: ring(at.x, at.y, text * 0.45, text * 6, 12), price }
    const placed = settle([wish], stage, taken)[0]!
    const off = !CORNERS.some(([u, v]) => own(placed.x + (w * (1 + u)) / 2, placed.y + (h * (1 + v)) / 2))
    return [{ ...placed, code: cell.code, name, pill, off }]
  })
}
/** Asks whether a point lies in one of the rings; most points are outside their box and cost nothing. */
function holder(rings: [number, number][][]): (x: number, y: number) => boolean {
  const [xs, ys] = [rings.flat().map((p) => p[0]), rings.flat().map((p) => p[1])]
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  return (x, y) => x >= x0 && x <= x1 && y >= y0 && y <= y1 && rings.some((r) => inside(r, x, y))
}

const CORNERS: [number, number][] = [[0, 0], [-0.8, -0.8], [0.8, -0.8], [-0.8, 0.8], [0.8, 0.8]]

/** Teams out, by township and state; a team without a position counts at its own centre. */
export function countPills(ground: Ground, teams: MapTeam[], position: (id: string) => { lon: number; lat: number } | null): Sight['pills'] {
  const cells = new Map<string, Map<TaskState, number>>()
  for (const team of teams) {
    if (!team.state || team.state === 'returned' || team.state === 'cancelled' || team.state === 'refused') continue
    const at = position(team.id)
    const cell = (at && cellAt(ground, at.lon, at.lat)) ?? cellOfCode(ground, team.centre)
    if (!cell) continue
    const counts = cells.get(cell.code) ?? new Map<TaskState, number>()
    cells.set(cell.code, counts.set(team.state, (counts.get(team.state) ?? 0) + 1))
  }
  return new Map([...cells].map(([code, counts]) => [code, PILL_ORDER.flatMap((sign) => (counts.has(sign) ? [{ sign, count: counts.get(sign)!, own: true }] : []))]))
}
/** the way a task goes: the same order in every pill */
const PILL_ORDER: TaskState[] = ['evacuated', 'working', 'on_scene', 'enroute', 'assembling', 'accepted', 'ordered', 'reserved', 'recalled', 'withdrawn']
