import { expect, test } from 'vitest'
import { NOTHING, missingSince, passes } from './filter'
import { readHash, writeHash } from './route'

const NOW = Date.parse('2026-03-10T04:00:00Z')
const DAY = 86_400_000
const at = (days: number): string => new Date(NOW + days * DAY).toISOString()
const hazard = { title: '护栏缺失', number: 'YH-1', place_text: '东沟村', centre: '140429100', type: 'traffic', state: 'assigned', level: 'general', deadline: at(3), duties: { department: { name: '水利局' } } } as never
const plan = { next_due: at(2), last_at: at(-5), lapsed: 0, every_days: 7 }

test('each word that is sought stands somewhere in what is known', () => {
  expect(passes(hazard, { ...NOTHING, text: '护栏 水利' }, NOW)).toBe(true)
  expect(passes(hazard, { ...NOTHING, text: '护栏 交通' }, NOW)).toBe(false)
  expect(passes(hazard, { ...NOTHING, text: 'yh-1' }, NOW)).toBe(true)
})
test('township, type and stage narrow', () => {
  expect(passes(hazard, { ...NOTHING, centre: '140429101' }, NOW)).toBe(false)
  expect(passes(hazard, { ...NOTHING, stage: 'week' }, NOW)).toBe(true)
  expect(passes(hazard, { ...NOTHING, stage: 'late' }, NOW)).toBe(false)
  expect(passes(hazard, { ...NOTHING, stage: 'late' }, NOW + 4 * DAY)).toBe(true)
  expect(passes(hazard, { ...NOTHING, stage: 'major' }, NOW)).toBe(false)
  expect(passes(hazard, { ...NOTHING, stage: 'assigned' }, NOW)).toBe(true)
})
test('a round is missing from its date until somebody goes, also when the date has moved on', () => {
  expect(missingSince(plan, NOW)).toBeNull()
  expect(missingSince({ ...plan, next_due: at(-1) }, NOW)).toBe(NOW - DAY)
  expect(missingSince({ ...plan, next_due: at(5), last_at: at(-9), lapsed: 1 }, NOW)).toBe(NOW - 2 * DAY)
  expect(missingSince({ ...plan, next_due: at(5), last_at: null, lapsed: 1 }, NOW)).toBe(NOW - 2 * DAY)
  expect(missingSince({ ...plan, next_due: at(7), last_at: at(0), lapsed: 3 }, NOW)).toBeNull()
})
test('an address says what is open, and is said again by it', () => {
  for (const hash of ['', '#a1b2', '#watched', '#watched/a1', '#rounds/new?hazard=a1', '#report?incident=b2', '#report', '#lec']) expect(writeHash(readHash(hash))).toBe(hash)
  expect(readHash('#report?incident=b2')).toMatchObject({ pane: 'list', fresh: true, from: { incident: 'b2' } })
})
