import { describe, expect, it } from 'vitest'
import { shapeOf } from './roadmap'

describe('what is drawn on the map', () => {
  it('is a shape only when it is whole', () => {
    expect(shapeOf('Point', [])).toBeNull()
    expect(shapeOf('Point', [[1, 2], [3, 4]])).toEqual({ type: 'Point', coordinates: [3, 4] })
    expect(shapeOf('LineString', [[1, 2]])).toBeNull()
    expect(shapeOf('LineString', [[1, 2], [3, 4]])).toEqual({ type: 'LineString', coordinates: [[1, 2], [3, 4]] })
    expect(shapeOf('Polygon', [[0, 0], [1, 0]])).toBeNull()
    expect(shapeOf('Polygon', [[0, 0], [1, 0], [1, 1]])).toEqual({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] })
  })
})
