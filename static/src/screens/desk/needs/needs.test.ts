import { describe, expect, it } from 'vitest'
import type { Force, Need } from '../../../kernel/types'
import { FORMS, byWant, filled, forceVerbs, needVerbs, payload, peopleOf, type Field } from './index'

const force = (id: string, more: Partial<Force>): Force => ({ id, state: 'checked_in', headcount: 10, missing: 0, need_id: null, arrived_at: '2026-07-21T18:00:00Z', ...more } as Force)
const need = (id: string, state: Need['state'] = 'published'): Need => ({ id, state, people: 20 } as Need)
const time = (text: string): string | null => (text === '23:00' ? '2026-07-21T15:00:00Z' : null)

describe('needs', () => {
  it('fills a need by those who are here for it, and by nobody who left or came for another', () => {
    const all = [force('a', { need_id: 'n' }), force('b', { need_id: 'n', state: 'assigned', headcount: 5 }), force('c', { need_id: 'n', state: 'checked_out' }), force('d', { need_id: 'm' })]
    expect([filled(need('n'), all), filled(need('x'), all), peopleOf(all)]).toEqual([15, 0, 25])
  })
  it('puts who is missing first, then who waits for work the longest', () => {
    const all = [force('works', { state: 'assigned', arrived_at: '2026-07-21T10:00:00Z' }), force('late', { arrived_at: '2026-07-21T19:00:00Z' }), force('first', {}), force('gone', { state: 'checked_out', missing: 2 })]
    expect(all.sort(byWant).map((f) => f.id)).toEqual(['gone', 'first', 'late', 'works'])
  })
  it('offers only what may be done where it stands', () => {
    expect([forceVerbs(force('a', { missing: 1, state: 'checked_out' })), forceVerbs(force('a', { state: 'declined' })), needVerbs(need('n', 'draft'))]).toEqual([['account'], [], ['publish', 'change', 'close']])
    expect(forceVerbs(force('a', { state: 'assigned' }))).not.toContain('decline')
  })
  it('says a form as the server takes it, and nothing while something is missing', () => {
    const typed = { organisation: '蓝天', 'leader.name': '孙', 'leader.number': '137', headcount: '12', arrived_where: '镇政府', skills: 'water', channel: ' ' }
    expect(payload(FORMS.checkIn, typed, time)).toEqual({ organisation: '蓝天', leader: { name: '孙', number: '137' }, headcount: 12, arrived_where: '镇政府', skills: ['water'] })
    expect(payload(FORMS.checkIn, { ...typed, headcount: 'x' }, time)).toBeNull()
    expect(payload(FORMS.change, { until: '23:00', reason: '水涨' }, time)).toEqual({ until: '2026-07-21T15:00:00Z', reason: '水涨' })
    expect(payload(FORMS.assign, { task_area: 'a', reports_to: 'b', briefed_by: 'c', briefed: true }, time)).toEqual({ task_area: 'a', reports_to: 'b', briefed_by: 'c', briefed: true, insurance_seen: false })
    expect(Object.values(FORMS).every((f) => f.fields.some((one: Field) => !one.optional))).toBe(true)
  })
})
