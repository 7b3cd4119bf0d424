import { expect, test } from 'vitest'
import type { Instruction } from '../../../kernel/types'
import { axisOf, linesOf, merged, place } from './board'

const now = Date.parse('2026-11-22T10:00:00Z')
const one = (id: string, more: Partial<Instruction>): Instruction => ({
  id, version: 1, to_name: '水利局', state: 'issued', issued_at: '2026-11-22T09:00:00Z', due_at: '2026-11-22T09:30:00Z', accept_due_at: null, times: {}, late: { accept: null, done: null }, ...more,
}) as Instruction

test('each has its plan, what was done so far, and is late once its limit passed', () => {
  const lines = linesOf([
    one('a', { state: 'in_progress', times: { accepted: '2026-11-22T09:10:00Z' } }), one('b', { due_at: '2026-11-22T11:00:00Z' }),
    one('c', { state: 'verified', times: { accepted: '2026-11-22T09:05:00Z', done: '2026-11-22T09:20:00Z' } }), one('d', { state: 'cancelled' }),
  ], now)
  expect(lines.map((line) => [line.one.id, line.late])).toEqual([['a', 'done'], ['c', null], ['b', null]])
  expect(lines[0]!.actual!.to).toBe(now)
  expect(lines[1]!.actual!.to).toBe(Date.parse('2026-11-22T09:20:00Z'))
  expect(lines[2]!.actual).toBeNull()
})

test('its line of time holds all bars and now', () => {
  const axis = axisOf(linesOf([one('b', { due_at: '2026-11-22T11:00:00Z' })], now), now)
  expect([axis.from, axis.to]).toEqual([Date.parse('2026-11-22T09:00:00Z'), Date.parse('2026-11-22T11:00:00Z')])
  expect(place(axis, now)).toBe(50)
  expect(axis.marks.length).toBeGreaterThan(3)
})

test('what the store knows newer replaces what was read', () => {
  expect(merged([one('a', {}), one('b', { version: 3 })], [one('a', { version: 2, state: 'accepted' }), one('b', { version: 2 })]).map((x) => [x.id, x.version])).toEqual([['a', 2], ['b', 3]])
})
