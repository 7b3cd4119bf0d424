import { expect, test } from 'vitest'
import type { Figure } from '../../kernel/types'
import { pastWindow, statements } from './statements'

const said = (id: string, value: number, source: string, as_of: string, chosen = false): Figure =>
  ({ id, field: 'missing', value, source, as_of, chosen, confirmed: false }) as unknown as Figure

test('it shows the latest word of each source, the reported one first', () => {
  const all = [said('a', 2, '镇', '02:06', true), said('b', 1, '队', '02:08'), said('c', 3, '队', '02:12')]
  expect(statements(all, 'missing').map((f) => f.id)).toEqual(['a', 'c'])
})

test('it keeps the reported one in sight when its own source has said another since', () => {
  const all = [said('a', 2, '群众', '02:06', true), said('b', 1, '群众', '02:09')]
  expect(statements(all, 'missing').map((f) => f.id)).toEqual(['a', 'b'])
  expect(statements(all, 'dead')).toEqual([])
})

test('it keeps what lies beyond the window out of the choice and lists it apart, newest first', () => {
  const late = (id: string, as_of: string): Figure => ({ ...said(id, 4, '县医院', as_of), beyond: true })
  const all = [said('a', 2, '镇', '02:06', true), late('b', '09:00'), late('c', '10:00')]
  expect(statements(all, 'missing').map((f) => f.id)).toEqual(['a'])
  expect(pastWindow(all).map((f) => f.id)).toEqual(['c', 'b'])
})
