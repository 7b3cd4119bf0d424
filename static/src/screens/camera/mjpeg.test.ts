import { describe, expect, it } from 'vitest'
import { Parts } from './mjpeg'

const picture = (n: number): Uint8Array => Uint8Array.from([0xff, 0xd8, n, 45, 45, 13, 10, 13, 10, n, 0xff, 0xd9])
const text = (words: string): number[] => [...new TextEncoder().encode(words)]
const part = (n: number, length: boolean): number[] => [...text(`--frame\r\nContent-Type: image/jpeg\r\n${length ? `Content-length: ${picture(n).length}\r\n` : ''}\r\n`), ...picture(n), ...text('\r\n')]

describe('a moving JPEG', () => {
  it.each([true, false])('is taken apart wherever it is cut (lengths told: %s)', (told) => {
    const whole = Uint8Array.from([...part(1, told), ...part(2, told), ...part(3, told), ...text('--frame\r\n')])
    for (const size of [1, 2, 7, 50, whole.length]) {
      const parts = new Parts()
      const found: number[][] = []
      for (let at = 0; at < whole.length; at += size) found.push(...parts.take(whole.slice(at, at + size)).map((one) => [...one]))
      expect(found.map((one) => one[2])).toEqual([1, 2, 3])
      expect(found.map((one) => (told ? one.length : one.length - 2))).toEqual([12, 12, 12])
    }
  })
  it('is not read out of anything else', () => {
    expect(() => new Parts().take(Uint8Array.from(text('<html>words--\r\n')))).toThrow(RangeError)
  })
})
