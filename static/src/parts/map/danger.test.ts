import type { MultiPolygon, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { dangerTags, holds, type Zone } from './danger'
import { overlap } from './placing'

const RING: Polygon = { type: 'Polygon', coordinates: [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]] }
const TWO: MultiPolygon = { type: 'MultiPolygon', coordinates: [RING.coordinates, [[[20, 0], [22, 0], [22, 2], [20, 2], [20, 0]]]] }

test('a hole is outside, and each part of an area counts', () => {
  expect([[1, 1], [5, 5], [11, 5], [9, 5]].map((at) => holds(RING, at))).toEqual([true, false, false, true])
  expect([[21, 1], [15, 1], [5, 5]].map((at) => holds(TWO, at))).toEqual([true, false, false])
})

test('tags keep clear of each other and of what stands there, and on the map', () => {
  const stage = { x: 0, y: 0, w: 400, h: 300 }
  const zone = (id: string, x: number, y: number): Zone => ({ id, name: '洪水淹没区', shape: { type: 'Polygon', coordinates: [[[x, y], [x + 40, y], [x + 40, y + 40], [x, y + 40], [x, y]]] } })
  const sign = { x: 120, y: 60, w: 60, h: 30 }
  const tags = dangerTags([zone('a', 130, 100), zone('b', 140, 110), zone('c', 0, 0), zone('far', 900, 900)], ([x, y]) => ({ x: x!, y: y! }), stage, [sign], 14)
  expect(tags.map((t) => t.zone.id)).toEqual(['a', 'b', 'c'])
  for (const [i, tag] of tags.entries()) {
    expect(overlap(tag, stage)).toBeCloseTo(tag.w * tag.h)
    for (const other of [sign, ...tags.slice(0, i)]) expect(overlap(tag, other)).toBe(0)
  }
})
