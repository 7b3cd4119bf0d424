import { describe, expect, it } from 'vitest'
import type { EvacuatedZone, EvacuationDestination } from '../kernel/types'
import { arrivals, byTownship, sumOf } from './evacuation'

const said = (value: number, as_of: string, others: number[] = []) => ({ value, as_of, source: '村', by: '甲', by_proxy: null, count_id: 'c', others: others.map((o) => ({ value: o, as_of, source: '乙', by: '乙', by_proxy: null, count_id: 'd' })) })
const zone = (centre: string, people: number, figures: EvacuatedZone['figures'], destination_id = 'school'): EvacuatedZone => ({ id: centre + people, version: 1, centre, people, households: 1, figures, destination_id, name: 'z', village_code: null } as unknown as EvacuatedZone)

describe('evacuation', () => {
  it('adds up what was said, and says nothing where nobody spoke', () => {
    const sum = sumOf([zone('1', 40, { people_done: said(30, '2026-07-21T18:00:00Z', [28]), people_refused: said(2, '2026-07-21T17:00:00Z') }), zone('1', 10, {})])
    expect([sum.due, sum.done, sum.refused, sum.unreached, sum.left, sum.silent, sum.differs]).toEqual([50, 30, 2, null, 20, 1, 1])
    expect(sum.asOf).toBe(Date.parse('2026-07-21T17:00:00Z'))
    expect(sumOf([zone('1', 10, {})]).done).toBeNull()
  })
  it('puts the township with most people still inside first', () => {
    expect(byTownship([zone('1', 40, { people_done: said(40, '2026-07-21T18:00:00Z') }), zone('2', 10, {})]).map((t) => [t.centre, t.left])).toEqual([['2', 10], ['1', 0]])
  })
  it('holds arrivals against departures only where both are known', () => {
    const place = (id: string, n?: number): EvacuationDestination => ({ id, version: 1, centre: '1', name: id, figures: n === undefined ? {} : { people_arrived: said(n, '2026-07-21T18:00:00Z') } } as unknown as EvacuationDestination)
    const zones = [zone('1', 42, { people_done: said(42, '2026-07-21T18:00:00Z') })]
    expect(arrivals([place('school', 38), place('station', 3)], zones).map((a) => [a.left, a.arrived, a.gap])).toEqual([[42, 38, 4], [null, 3, null]])
    expect(arrivals([place('school')], zones)[0]!.gap).toBeNull()
  })
})
