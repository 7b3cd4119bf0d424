import { describe, expect, it } from 'vitest'
import { fitted } from './picture'

describe('a photo on its way', () => {
  it('is made smaller by its longer side and never larger', () => {
    expect(fitted(4000, 3000, 1280)).toEqual([1280, 960])
    expect(fitted(3000, 4000, 1280)).toEqual([960, 1280])
    expect(fitted(300, 200, 1280)).toEqual([300, 200])
    expect(fitted(9000, 2, 640)).toEqual([640, 1])
  })
})
