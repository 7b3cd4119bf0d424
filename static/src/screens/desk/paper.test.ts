import { describe, expect, it } from 'vitest'
import { px, scaleOf, zoomOn } from './paper'

describe('a map on paper', () => {
  it('is as large as the paper says', () => {
    expect(px(25.4)).toBeCloseTo(96)
  })
  it('shows all that the screen shows', () => {
    expect(zoomOn(10, { w: 1000, h: 500 }, { w: 1000, h: 700 })).toBe(10)
    expect(zoomOn(10, { w: 1000, h: 500 }, { w: 500, h: 500 })).toBe(9)
  })
  it('says its scale as a ruler would find it', () => {
    expect(scaleOf(50 / (96 / 25.4 / 1000) / 1000 / 1000)).toBe(50)
    expect(scaleOf(13.23)).toBe(50_000)
    expect(scaleOf(100)).toBe(380_000)
  })
})
