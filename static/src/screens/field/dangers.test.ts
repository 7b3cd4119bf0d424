import { expect, test } from 'vitest'
import type { DangerArea } from '../../kernel/types'
import { counted } from './dangers'

const area = (id: string, state: string): DangerArea => ({ id, state, shape: { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]] } }) as unknown as DangerArea
const ALL = [area('in', 'in_force'), area('later', 'planned')]
const fix = (lon: number, accuracy: number | null = 8) => ({ lon, lat: 0.5, at: 0, accuracy })

test('it counts the fixes in an area in force, one after another', () => {
  const once = counted(new Map(), ALL, fix(0.5))
  expect([...once]).toEqual([['in', 1]])
  expect([...counted(once, ALL, fix(0.6))]).toEqual([['in', 2]])
  expect([...counted(once, ALL, fix(2))]).toEqual([])
})

test('a fix that is not exact says neither in nor out', () => {
  expect([...counted(new Map(), ALL, fix(0.5, 300))]).toEqual([])
  expect([...counted(new Map([['in', 2]]), ALL, fix(3, 300))]).toEqual([['in', 2]])
})
