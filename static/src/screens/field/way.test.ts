import { describe, expect, it } from 'vitest'
import { fitted, near } from './way'

describe('the own way as a small picture', () => {
  const line = [[112.8, 36.8], [112.9, 36.85]]
  it('stands whole inside its box with north up', () => {
    const at = fitted(line, [[112.85, 36.86]], 340, 200, 20)
    for (const p of [...line, [112.85, 36.86]]) {
      const [x, y] = at(p)
      expect(x).toBeGreaterThanOrEqual(19.9)
      expect(x).toBeLessThanOrEqual(320.1)
      expect(y).toBeGreaterThanOrEqual(19.9)
      expect(y).toBeLessThanOrEqual(180.1)
    }
    expect(at(line[0]!)[0]).toBeLessThan(at(line[1]!)[0])
    expect(at(line[0]!)[1]).toBeGreaterThan(at(line[1]!)[1])
  })
  it('shows what is closed beside it and nothing far away', () => {
    expect(near(line, [112.85, 36.86])).toBe(true)
    expect(near(line, [113.2, 36.82])).toBe(false)
  })
})
