import { describe, expect, it } from 'vitest'
import { Clock } from './clock'

const iso = (t: number): string => new Date(t).toISOString()

describe('clock', () => {
  it('follows the server, and believes the message that came quickest', () => {
    let device = 1_000_000
    const clock = new Clock(() => device)
    clock.observe(iso(device + 5000 - 800))
    clock.observe(iso(device + 5000 - 20))
    clock.observe(iso(device + 5000 - 400))
    expect(clock.now()).toBe(device + 4980)
    device += 10_000
    expect(clock.now()).toBe(device + 4980)
  })
  it('starts afresh when the device clock was set', () => {
    let device = 1_000_000_000
    const clock = new Clock(() => device)
    clock.observe(iso(device))
    device += 3_600_000
    clock.observe(iso(device - 3_600_000))
    expect(clock.offset()).toBe(-3_600_000)
  })
  it('is not put out by a time that cannot be read', () => {
    const clock = new Clock(() => 5)
    clock.observe('yesterday')
    expect(clock.now()).toBe(5)
  })
})
