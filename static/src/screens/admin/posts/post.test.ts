import { describe, expect, it } from 'vitest'
import { emptyLine, lineForm, lineWish, moved } from './post'

describe('lines of a post', () => {
  it('keeps a private number that is not typed again by its id', () => {
    const kept = lineForm({ id: 'a', kind: 'mobile', number: null, private: true })
    expect(lineWish(kept)).toEqual({ kind: 'mobile', private: true, id: 'a' })
    expect(lineWish({ ...kept, number: ' 13900001111 ', whose: '王' })).toEqual({ kind: 'mobile', private: true, id: 'a', number: '13900001111', whose: '王' })
  })
  it('sends an office number without a name', () => {
    expect(lineWish({ ...emptyLine(), number: '6001', whose: '王' })).toEqual({ kind: 'landline', private: false, number: '6001' })
    expect(lineForm({ id: 'b', kind: 'landline', number: '6001', private: false }).id).toBeNull()
  })
  it('moves one place and loses nothing', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 0, 1)).toEqual(['b', 'a'])
  })
})
