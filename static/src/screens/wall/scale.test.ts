import { describe, expect, it } from 'vitest'
import { scaleAsked } from './scale'

describe('scaleAsked', () => {
  it('takes the scale that is asked for, within bounds', () => {
    expect(scaleAsked('?scale=1.45')).toBe(1.45)
    expect(scaleAsked('?scale=9')).toBe(2)
    expect(scaleAsked('?scale=0')).toBe(0.7)
    expect(scaleAsked('?scale=large')).toBe(1)
    expect(scaleAsked('')).toBe(1)
  })
  it('follows the farthest seat and the width of the panel: a 98-inch panel needs more from six metres on', () => {
    expect(scaleAsked('?seat=5&panel=2.17')).toBe(1)
    expect(scaleAsked('?seat=8&panel=2.17')).toBeCloseTo(1.1, 2)
    expect(scaleAsked('?seat=10.5&panel=2.17')).toBeCloseTo(1.44, 2)
    expect(scaleAsked('?seat=8')).toBe(1)
  })
})
