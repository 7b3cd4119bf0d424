import { describe, expect, it } from 'vitest'
import type { FeatureCollection, Position } from 'geojson'
import { groundOf } from './ground'

const ring = (west: number): Position[] => [[west, 36], [west + 1, 36], [west + 1, 37], [west, 37], [west, 36]]
const cell = (code: string, west: number, schematic: boolean): FeatureCollection['features'][number] => ({
  type: 'Feature', properties: { layer: 'cell', code, name: code, schematic, anchor: [west + 0.5, 36.5] },
  geometry: { type: 'Polygon', coordinates: [ring(west)] },
})
const base = (...features: FeatureCollection['features']): FeatureCollection => ({ type: 'FeatureCollection', features })
const edges = (ground: ReturnType<typeof groundOf>, role: string): number =>
  ground.features.features.filter((f) => f.properties?.role === role)
    .flatMap((f) => (f.geometry.type === 'MultiLineString' ? f.geometry.coordinates : []))
    .reduce((sum, run) => sum + run.length - 1, 0)

describe('the ground', () => {
  it('draws a shared line once, and as the official one where one side is official', () => {
    const ground = groundOf(base(cell('a', 112, true), cell('b', 113, false)))
    expect([edges(ground, 'lawful'), edges(ground, 'cell')]).toEqual([4, 3])
  })
  it('says that lines are schematic while one of them is', () => {
    expect(groundOf(base(cell('a', 112, true), cell('b', 113, false))).schematic).toBe(true)
    expect(groundOf(base(cell('a', 112, false), cell('b', 113, false))).schematic).toBe(false)
  })
})
