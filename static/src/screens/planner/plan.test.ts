import { expect, test } from 'vitest'
import { blank, bodyOf, freeCode, newAction, read } from './plan'
import type { Plan } from '../../kernel/types'

test('an edition becomes a file and the file the same plan again', () => {
  const body = { ...blank(), code: 'flood', title: '防汛预案', actions: [newAction(1)] }
  const plan = { ...body, id: 'x', version: 3, edition: 2, state: 'in_force', synthetic: false } as unknown as Plan
  expect(read(JSON.stringify(bodyOf(plan)))).toEqual(body)
})
test('what is no plan is none', () => {
  for (const text of ['', '[]', 'null', '{"code": 1}', '{"code": "a", "title": "b"}']) expect(read(text)).toBeNull()
})
test('a code is free when nobody has it', () => {
  expect(freeCode('a', [{ code: 'a1' }, { code: 'a7' }, { code: 'move' }])).toBe(8)
  expect(freeCode('g', [])).toBe(1)
})
