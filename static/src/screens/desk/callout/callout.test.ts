import { expect, test } from 'vitest'
import type { Callout, CalloutAttempt, CalloutList, CalloutPerson } from '../../../kernel/types'
import { open, standingOf } from '../../../parts/callout'
import { callText, lastHeld, nextOf, outcomeOf, roboText, shown } from '.'

const person = (id: string, more: Partial<CalloutPerson> = {}): CalloutPerson => ({ id, code: `14042910000${id}`, level: 'keeper', acts: [], differs: false, state: 'pending', attempts: [], ...more }) as unknown as CalloutPerson
const attempt = (n: number, outcome: string | null, corrects: number | null = null): CalloutAttempt => ({ n, outcome, corrects, sample: false }) as unknown as CalloutAttempt
const list = (centre: string, counts: Partial<CalloutList['counts']>): CalloutList => ({ id: centre, callout_id: 'c', centre, name: centre, todo: [], unnamed: [], counts: { total: 3, acted: 0, answered: 0, on_post: 0, moved: 0, visited: 0, pending: 0, missed: 0, escalated: 0, door: 0, differs: 0, ...counts } }) as unknown as CalloutList

test('keys 1 to 5 are the outcomes in their order', () => {
  expect([0, 1, 2, 3, 4, 5].map(outcomeOf)).toEqual(['answered', 'on_post', 'moved', 'missed', 'visited', null])
})
test('who acted leaves the list only when it is opened anew; who a re-call refuted comes back', () => {
  const people = [person('2', { acts: ['moved'] }), person('1'), person('3', { acts: ['moved'], differs: true })]
  expect(shown(people, false, new Set()).map((p) => p.id)).toEqual(['1', '3'])
  expect(shown(people, false, new Set(['2'])).map((p) => p.id)).toEqual(['1', '2', '3'])
})
test('the next to call is below, has not answered, and is not waiting to be sent', () => {
  const people = [person('1'), person('2', { state: 'answered' }), person('3'), person('4')]
  expect(nextOf(people, '1', (id) => id === '3')).toBe('4')
  expect(nextOf(people, '4', () => false)).toBe('1')
})
test('what was corrected is not taken back a second time', () => {
  expect(lastHeld(person('1', { attempts: [attempt(1, 'moved'), attempt(2, 'missed', 1)] }))?.n).toBe(2)
  expect(lastHeld(person('1', { attempts: [attempt(1, 'moved'), attempt(2, null, 1)] }))).toBeNull()
})
test('only lists with somebody to act are named, those that need a hand first; a cut one is not known', () => {
  const s = standingOf({ id: 'c' } as unknown as Callout, [list('1', { acted: 3 }), list('2', { acted: 1, pending: 2 }), list('3', { acted: 2, door: 1 }), list('4', { acted: 3 })], (code) => code === '4')
  expect(open(s).map((r) => r.list.centre)).toEqual(['3', '4', '2'])
  expect([s.acted, s.total, s.unknown]).toEqual([9, 12, true])
})
test('a robo-call says what it was, that it was played, and how much was heard only where the gateway says so', () => {
  const call = { result: 'answered', heard_s: 7, of_s: 22, key: null, whole: false, simulated: true } as const
  expect(callText(call)).toBe('模拟 · 接通 · 听 7/22 秒')
  expect(callText({ ...call, heard_s: 22, key: '1', whole: true, simulated: false })).toBe('接通 · 全程收听 22 秒 · 按 1 确认')
  expect(callText({ ...call, heard_s: null, simulated: false })).toBe('接通')
  expect(callText({ ...call, result: 'busy', simulated: false })).toBe('占线')
})
test('a robo-call that could not be made stays said; one that came to an attempt does not', () => {
  const robo = { asked_at: '2026-07-20T18:31:00Z', by: '', state: 'failed', gateway: 'webhook', reason: {} } as const
  expect(roboText(person('1', { robo }))).toBe('外呼未拨出')
  const made = { ...attempt(1, 'missed'), call: {}, received_at: '2026-07-20T18:32:00Z' } as unknown as CalloutAttempt
  expect(roboText(person('1', { robo, attempts: [made] }))).toBe('')
})
