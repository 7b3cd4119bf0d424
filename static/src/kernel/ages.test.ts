import { describe, expect, it } from 'vitest'
import { ago, ahead, countdown, date, hms, isStale, marks, span, when } from './ages'

const at = (s: number): number => s * 1000

describe('ages', () => {
  it('writes durations in marks, coarser as they grow', () => {
    expect([8, 272, 1320, 6240, 200_000].map((s) => marks(at(s)))).toEqual(['8″', '4′32″', '22′', '1:44′', '2d'])
  })
  it('writes durations in words of both languages', () => {
    expect([45, 2160, 3840].map((s) => span(at(s), 'zh'))).toEqual(['45秒', '36分', '1时04分'])
    expect([45, 2160, 3840].map((s) => span(at(s), 'en'))).toEqual(['45 s', '36 min', '1 h 04'])
  })
  it('says how long ago and how long still', () => {
    expect(ago(0, at(2160), 'zh')).toBe('36分前')
    expect(ago(0, at(2160), 'en')).toBe('36 min ago')
    expect(ago(0, 500, 'zh')).toBe('刚刚')
    expect(ahead(at(1680), 0, 'zh')).toBe('28分后')
  })
  it('never writes a negative age when a device clock runs ahead', () => {
    expect(ago(at(60), 0, 'zh')).toBe('刚刚')
    expect(marks(-5000)).toBe('0″')
  })
  it('counts down to zero and then up with a plus', () => {
    expect(countdown(at(638), 0)).toBe('10:38')
    expect(countdown(at(4238), 0)).toBe('1:10:38')
    expect(countdown(0, at(134))).toBe('+2:14')
    expect(countdown(at(1), 1)).toBe('0:01')
  })
  it('gives the time of the county, 24 hours, wherever the browser is', () => {
    expect(hms('2026-07-21T18:31:22Z')).toBe('02:31:22')
    expect(hms('2026-07-21T16:00:00Z')).toBe('00:00:00')
    expect(date('2026-07-21T18:31:22Z', 'zh')).toBe('2026年7月22日 星期三')
  })
  it('names the day of a time that is not today', () => {
    const now = Date.parse('2026-07-21T18:31:22Z')
    expect(when('2026-07-21T17:00:00Z', now, 'zh')).toBe('01:00')
    expect(when('2026-07-21T15:00:00Z', now, 'zh')).toBe('7月21日 23:00')
  })
  it('knows when a value is stale', () => {
    expect(isStale('link', 0, at(60))).toBe(false)
    expect(isStale('link', 0, at(61))).toBe(true)
    expect(isStale('casualty', 0, at(1799))).toBe(false)
  })
})
