import { describe, expect, it } from 'vitest'
import { linesOf, middleOf } from './closed'

describe('what is closed', () => {
  it('stands in the middle of its length', () => {
    expect(middleOf({ type: 'LineString', coordinates: [[0, 0], [4, 0], [4, 2]] })).toEqual([3, 0])
    expect(middleOf({ type: 'Point', coordinates: [1, 2] })).toEqual([1, 2])
    expect(middleOf({ type: 'Polygon', coordinates: [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]] })).toEqual([1, 1])
  })

  it('has no line as a point and its edge as an area', () => {
    expect(linesOf({ type: 'Point', coordinates: [1, 2] })).toEqual([])
    expect(linesOf({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] })).toHaveLength(1)
  })
})
