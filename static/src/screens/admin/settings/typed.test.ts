import { describe, expect, it } from 'vitest'
import { read, sortOf, typed } from './typed'

describe('a setting as it is typed', () => {
  it('reads each sort, and nothing that is none of it', () => {
    expect(read({ type: 'integer' }, ' 90 ')).toBe(90)
    expect(read({ type: 'integer' }, '9.5')).toBeUndefined()
    expect(read({ type: 'number' }, '1.5')).toBe(1.5)
    expect(read({ type: 'number' }, '')).toBeUndefined()
    expect(read({ type: 'boolean' }, 'true')).toBe(true)
    expect(read({ enum: ['a', 'b'] }, 'b')).toBe('b')
    expect(read({ type: 'array', items: { type: 'string' } }, 'a\n b \n')).toEqual(['a', 'b'])
    expect(read({ type: 'object' }, '{"a": 1}')).toEqual({ a: 1 })
    expect(read({ type: 'object' }, '{a')).toBeUndefined()
  })
  it('looks through "or null"', () => {
    const schema = { anyOf: [{ type: 'integer', minimum: 60 }, { type: 'null' }] }
    expect(sortOf(schema)).toBe('integer')
    expect(typed(schema, null)).toBe('')
    expect(typed(schema, 600)).toBe('600')
  })
})
