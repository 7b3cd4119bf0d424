import { describe, expect, it } from 'vitest'
import { barOf } from './bar'

const BOUNDS: [number, number, number, number] = [112.4, 36.65, 113.4, 37.15]

describe('barOf', () => {
  it('is as long as the kilometres it names', () => {
    // one degree of longitude at 36.9° is 88.9 km; fitted by width into 1000 px with margins of 50 it takes 900 px
    const bar = barOf(BOUNDS, { w: 1000, h: 5000 }, 50, 250)!
    expect(bar.km).toBe(20)
    expect(bar.px).toBeCloseTo((900 / 88.92) * 20, 0)
  })
  it('takes the longest round number that fits', () => {
    expect(barOf(BOUNDS, { w: 1000, h: 5000 }, 50, 110)!.km).toBe(10)
    expect(barOf(BOUNDS, { w: 4000, h: 9000 }, 50, 110)!.km).toBe(2)
  })
  it('follows the side that is short', () => {
    const low = barOf(BOUNDS, { w: 5000, h: 500 }, 50, 250)!
    const wide = barOf(BOUNDS, { w: 9000, h: 500 }, 50, 250)!
    expect(low).toEqual(wide)
  })
  it('is none while there is no frame', () => {
    expect(barOf(BOUNDS, { w: 1, h: 1 }, 50, 100)).toBeNull()
  })
})
