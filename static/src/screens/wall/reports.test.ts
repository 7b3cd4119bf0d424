import { expect, test } from 'vitest'
import type { ReportClock, Reporting } from '../../kernel/types'
import { pressing, reportsDue } from './reports'

const NOW = Date.parse('2026-11-22T02:40:00Z')
const clock = (over: Partial<ReportClock>): ReportClock => ({
  key: 'first:city:phone', report: 'first', to: 'city', channel: 'phone', basis: 'learned', starts_at: '2026-11-22T02:00:00Z', due_at: '2026-11-22T02:30:00Z', levels: [], rules: [], state: 'running', met: null, cuts: [], why: null, ...over,
})
const owed = (centre: string, clocks: ReportClock[]): Reporting => ({ id: centre, version: 1, term: 0, n: 0, home: '', created_at: '', updated_at: '', incident_id: 'i', incident_number: '', incident_title: '', centre, clocks, also: [], last: {}, differs: {} })

test('it tells the open clocks of the county, the most pressing first, and which ran out', () => {
  const all = [
    owed('140429', [clock({ key: 'b', channel: 'written', due_at: '2026-11-22T03:00:00Z' }), clock({ key: 'a' }), clock({ key: 'c', state: 'met' }), clock({ key: 'd', state: 'pending' })]),
    owed('140429100', [clock({ key: 'e' })]),
  ]
  expect(reportsDue(all, '140429', NOW).map((d) => [d.clock.key, d.late])).toEqual([['a', true], ['b', false]])
})
test('a limit includes its last moment', () => {
  const at = Date.parse('2026-11-22T02:30:00Z')
  const all = [owed('140429', [clock({})])]
  expect(reportsDue(all, '140429', at)[0]!.late).toBe(false)
  expect(reportsDue(all, '140429', at + 1)[0]!.late).toBe(true)
})
test('what is due within a quarter of an hour is named, the others are told together', () => {
  const due = (key: string, minutes: number): ReportClock => clock({ key, due_at: new Date(NOW + minutes * 60_000).toISOString() })
  const all = reportsDue([owed('140429', [due('late', -3), due('soon', 15), due('hour', 60), due('later', 120)])], '140429', NOW)
  const { named, later } = pressing(all, NOW, 4)
  expect(named.map((d) => d.clock.key)).toEqual(['late', 'soon'])
  expect(later.map((d) => d.clock.key)).toEqual(['hour', 'later'])
  expect(pressing(all, NOW, 1)).toMatchObject({ named: [{ clock: { key: 'late' } }], later: [{ clock: { key: 'soon' } }, {}, {}] })
})
