import { describe, expect, it } from 'vitest'
import { atTime } from './times'

describe('a time typed on the phone', () => {
  const now = Date.parse('2026-07-22T18:41:00Z') // 02:41 on the 23rd in the county
  it('is the last such time in the county, also across midnight', () => {
    expect(atTime('02:33', now)).toBe('2026-07-22T18:33:00.000Z')
    expect(atTime('23:50', now)).toBe('2026-07-22T15:50:00.000Z')
    expect(atTime('02:45', now)).toBe('2026-07-21T18:45:00.000Z')
  })
  it('is nothing when it is no time', () => {
    expect([atTime('', now), atTime('25:00', now), atTime('9:7', now)]).toEqual([null, null, null])
  })
})
