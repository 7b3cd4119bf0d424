import { readFileSync } from 'node:fs'
import type { Feature, FeatureCollection } from 'geojson'
import { describe, expect, it } from 'vitest'
import type { Incident, LifeRisk, Level, TaskState } from '../../kernel/types'
import { flatProject } from './flat'
import { area, cellAt, cellOfCode, groundOf, inside, outerEdges } from './ground'
import { countPills, layOut, spotOf, type Callout, type MapTeam, type Sight } from './layout'
import { overlap } from './placing'

const places = new URL('../../../../command/places/data/', import.meta.url)
const read = (name: string): Feature[] => (JSON.parse(readFileSync(new URL(name, places), 'utf8')) as FeatureCollection).features
const ground = groundOf({ type: 'FeatureCollection', features: ['neighbours', 'county', 'rivers', 'schematic_cells'].flatMap((n) => read(`${n}.geojson`)) })

let made = 0
const incident = (lon: number | null, lat: number | null, level: Level | null, life_risk: LifeRisk = 'none', more: Partial<Incident> = {}): Incident => ({
  id: `i${(made += 1)}`, kind: 'flash_flood', level, life_risk, received_at: `2026-07-22T00:00:${String(made).padStart(2, '0')}Z`,
  location: lon === null ? null : { type: 'Point', coordinates: [lon, lat!] }, schematic_anchor: null, village_code: null, centre: '140429', ...more,
}) as Incident
const sight = (width: number, height: number, text: number, incidents: Incident[], callouts: Callout[] = [], pills: Sight['pills'] = new Map()): Sight => ({
  ground, project: flatProject(ground, width, height, text * 1.6), width, height, text, incidents, callouts, pills, index: (i) => i.id, names: 'zh', foot: text * 1.5,
})
const rainyNight = (): Incident[] => [
  incident(113.01, 36.755, null, 'people'), incident(113.36, 36.86, 'IV', 'people'), incident(113.2, 36.745, null, 'possible'),
  incident(113.16, 36.83, 'III'), incident(113.25, 36.87, 'IV'), incident(113.03, 36.84, 'IV'), incident(113.05, 36.88, 'IV'), incident(112.83, 36.77, 'IV'), incident(112.63, 36.96, null),
]
const pills = (): Sight['pills'] => new Map(ground.cells.map((c, i) => [c.code, (['enroute', 'working', 'on_scene'] as const).slice(0, i % 4).map((sign) => ({ sign, count: 2, own: true }))]))

describe('the ground', () => {
  it('tells county, neighbours, rivers and twelve cells apart', () => {
    expect(ground.cells).toHaveLength(12)
    expect(ground.outline).toHaveLength(1)
    expect(ground.features.features.filter((f) => f.properties?.role === 'neighbour').length).toBeGreaterThan(4)
  })
  it('finds the cell of a point and of a village code, and none outside', () => {
    const jianzhang = cellOfCode(ground, '140429103201')!
    expect(jianzhang.name).toBe('监漳镇')
    expect(cellAt(ground, ...jianzhang.anchor)?.code).toBe('140429103')
    expect(cellAt(ground, 100, 30)).toBeNull()
    expect(cellOfCode(ground, '140429')).toBeNull()
  })
  it('keeps only the outer edges of cells that touch', () => {
    const two = ['140429101', '140429102'].map((c) => cellOfCode(ground, c)!)
    const apart = two.reduce((n, c) => n + outerEdges([c]).length, 0)
    expect(outerEdges(two).length).toBeLessThan(apart)
  })
  it('knows inside from outside whatever the turn of the ring', () => {
    const square = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
    expect([inside(square, 1, 1), inside([...square].reverse(), 1, 1), inside(square, 3, 1)]).toEqual([true, true, false])
    expect(area(square)).toBe(4)
  })
})

describe('what stands where on the map', () => {
  it.each([[1670, 1190, 42], [774, 420, 12], [1432, 760, 17]])('covers no sign with another sign, a callout or a name at %i × %i', (w, h, text) => {
    const night = rainyNight()
    const callouts: Callout[] = night.slice(0, 2).map((i) => ({ id: i.id, head: '失联 2 人', line: '山洪 · 43分 · 4 队', style: 'plate', lon: 0, lat: 0 }))
    const view = layOut(sight(w, h, text, night, callouts, pills()))
    const boxes = [...view.signs, ...view.callouts, ...view.names]
    for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) expect(overlap(a, b), `${a.id} over ${b.id}`).toBeLessThan(a.w * a.h * 0.12)
    expect(view.names).toHaveLength(12)
  })
  it('keeps every callout inside the frame and clear of the land', () => {
    const night = rainyNight()
    const view = layOut(sight(1670, 1190, 42, night, [{ id: night[0]!.id, head: '失联 2 人', line: '山洪', style: 'plate', lon: 0, lat: 0 }]))
    const [box] = view.callouts
    expect(box!.x).toBeGreaterThanOrEqual(0)
    expect(box!.x + box!.w).toBeLessThanOrEqual(1670)
    const project = flatProject(ground, 1670, 1190, 42 * 1.6)
    const land = ground.outline.map((r) => r.map((p) => { const q = project(p); return [q.x, q.y] }))
    expect(land.some((r) => inside(r, box!.x + box!.w / 2, box!.y + box!.h / 2))).toBe(false)
  })
  it('heaps incidents that touch under the gravest and counts them', () => {
    const view = layOut(sight(774, 420, 13, [incident(113.0, 36.8, 'IV'), incident(113.001, 36.8, null, 'people'), incident(113.0, 36.801, 'I')]))
    expect(view.signs).toHaveLength(1)
    expect(view.signs[0]).toMatchObject({ count: 3, incident: { life_risk: 'people' } })
  })
  it('stands an incident known only by its village at the schematic anchor and says so', () => {
    const somewhere = incident(null, null, 'IV', 'none', { village_code: '140429103201' })
    expect(spotOf(somewhere, ground)).toEqual({ at: cellOfCode(ground, '140429103')!.anchor, pending: true })
    expect(spotOf(incident(null, null, 'IV'), ground)).toBeNull()
  })
  it('counts teams out by township and state, at their own centre while no position is known', () => {
    const team = (id: string, state: TaskState | null, centre = '140429103'): MapTeam => ({ id, name: id, state, centre })
    const at = cellOfCode(ground, '140429101')!.anchor
    const counted = countPills(ground, [team('a', 'enroute'), team('b', 'enroute'), team('c', 'working'), team('d', null), team('e', 'returned')],
      (id) => (id === 'c' ? { lon: at[0], lat: at[1] } : null))
    expect(Object.fromEntries([...counted].map(([c, m]) => [c, Object.fromEntries(m.map((p) => [p.sign, p.count]))]))).toEqual({ 140429103: { enroute: 2 }, 140429101: { working: 1 } })
  })
  it('lays out a rainy night well within a frame', () => {
    const night = rainyNight()
    const callouts: Callout[] = night.slice(0, 3).map((i) => ({ id: i.id, head: '失联 2 人', line: '山洪 · 43分 · 4 队', style: 'plate', lon: 0, lat: 0 }))
    const view = sight(1432, 760, 17, night, callouts, pills())
    for (let i = 0; i < 5; i += 1) layOut(view)
    const start = process.cpuUsage()
    for (let i = 0; i < 10; i += 1) layOut(view)
    const spent = process.cpuUsage(start)
    const each = (spent.user + spent.system) / 10_000
    console.info(`layout: ${each.toFixed(1)} ms of CPU`)
    expect(each).toBeLessThan(100)
  })
})
