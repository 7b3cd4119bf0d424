import { expect, test } from 'vitest'
import type { Instruction } from '../../../kernel/types'
import { actsOf, byPress, lateNow } from './steps'

const one = (more: Partial<Instruction>): Instruction => ({ id: 'a', state: 'issued', due_at: null, accept_due_at: null, ...more }) as Instruction
const may = (...rights: string[]) => (right: string): boolean => rights.includes(right)
const words = (found: { word: string }[]): string[] => found.map((act) => act.word)

test('the receiver accepts or returns, the sender enters it by proxy, a leader presses', () => {
  const duty = may('instruction.issue', 'instruction.answer')
  expect(words(actsOf(one({}), { receives: true, sends: false, may: duty }))).toEqual(['sAccept', 'sReturn'])
  const sender = actsOf(one({}), { receives: false, sends: true, may: duty })
  expect(words(sender)).toEqual(['sAccept', 'sReturn', 'sExtend', 'sCancel'])
  expect(sender[0]!.proxy).toBe(true)
  expect(words(actsOf(one({}), { receives: false, sends: true, may: may('instruction.supervise') }))).toEqual(['sPress'])
})

test('nobody verifies his own work, and nothing is left to do with what is over', () => {
  expect(words(actsOf(one({ state: 'done' }), { receives: true, sends: false, may: may('instruction.answer') }))).toEqual(['sMore'])
  expect(words(actsOf(one({ state: 'done' }), { receives: false, sends: true, may: may('instruction.issue') }))).toEqual(['sVerify', 'sBack', 'sMore'])
  expect(actsOf(one({ state: 'verified' }), { receives: true, sends: true, may: () => true })).toEqual([])
})

test('what is late stands first', () => {
  const now = Date.parse('2026-11-22T10:00:00Z')
  const late = one({ id: 'b', state: 'in_progress', due_at: '2026-11-22T09:00:00Z' })
  const fresh = one({ id: 'c', accept_due_at: '2026-11-22T10:05:00Z', due_at: '2026-11-22T11:00:00Z' })
  const working = one({ id: 'd', state: 'accepted', due_at: '2026-11-22T10:30:00Z' })
  expect([working, fresh, late].sort((a, b) => byPress(a, b, now)).map((x) => x.id)).toEqual(['b', 'c', 'd'])
  expect([lateNow(late, now), lateNow(fresh, now)]).toEqual(['done', null])
})
