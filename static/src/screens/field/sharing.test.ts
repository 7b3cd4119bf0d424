import { describe, expect, it } from 'vitest'
import { thinned, worthKeeping } from './sharing'

const fix = (seconds: number, lat = 36.8): { lon: number; lat: number; at: number; accuracy: null } => ({ lon: 112.9, lat, at: seconds * 1000, accuracy: null })

describe('the trail that waits on the phone', () => {
  it('keeps a point when the team moved or stood for half a minute, not every reading', () => {
    expect(worthKeeping(null, fix(0))).toBe(true)
    expect(worthKeeping(fix(0), fix(6))).toBe(false)
    expect(worthKeeping(fix(0), fix(6, 36.8002))).toBe(true)
    expect(worthKeeping(fix(0), fix(2, 36.8002))).toBe(false)
    expect(worthKeeping(fix(0), fix(30))).toBe(true)
  })
  it('grows coarser with age instead of losing its beginning or its end', () => {
    const points = Array.from({ length: 12 }, (_, i) => i)
    expect(thinned(points, 12)).toEqual(points)
    expect(thinned(points, 10)).toEqual([0, 2, 4, 6, 7, 8, 9, 10, 11])
  })
})
