import { expect, test } from 'vitest'
import { daysLeft, nextSteps, partsOf } from './steps'

const all = (): boolean => true
const hazard = { state: 'graded', level: 'general', type: 'traffic', duties: {} } as const

test('a major hazard is listed and not assigned, a road is not put under watch', () => {
  expect(nextSteps(hazard, all)).toEqual(['assigned', 'listed'])
  expect(nextSteps({ ...hazard, level: 'major' }, all)).toEqual(['listed'])
  expect(nextSteps({ ...hazard, type: 'geological' }, all)).toEqual(['assigned', 'listed', 'monitored'])
})
test('only steps of the own rights are offered', () => {
  expect(nextSteps({ ...hazard, state: 'acceptance' }, (p) => p === 'hazard.rectify')).toEqual([])
  expect(nextSteps({ ...hazard, state: 'extension' }, (p) => p === 'hazard.handle')).toEqual(['rectifying'])
})
test('each step asks for what belongs to it', () => {
  expect(partsOf({ ...hazard, state: 'registered' }, 'closed')).toEqual(['at_once', 'reason'])
  expect(partsOf({ ...hazard, state: 'acceptance' }, 'closed')).toEqual(['photo', 'note', 'reason'])
})
test('days are counted on the calendar of the county', () => {
  expect(daysLeft('2026-01-02T15:59:59Z', Date.parse('2026-01-03T15:00:00Z'))).toBe(-1)
  expect(daysLeft('2026-01-02T15:59:59Z', Date.parse('2026-01-01T16:00:00Z'))).toBe(0)
})
