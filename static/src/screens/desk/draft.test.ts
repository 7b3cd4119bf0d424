import { expect, test } from 'vitest'
import { complete, isEmpty, newDraft, openPayload, reportPayload, type Draft } from './draft'

const village = { code: '140429103204', name: '南皋村', kind: 'village', township_code: '140429103', township: '监漳镇', initials: 'ngc', score: 1 }
const draft = (more: Partial<Draft>): Draft => ({ ...newDraft(), place: village, kind: 'flash_flood', risk: 'people', ...more })

test('it leaves out what was not said, so that it stays not reported', () => {
  expect(openPayload(draft({ counts: { missing: '1', trapped: '', dead: '0' } }))).toEqual({
    kind: 'flash_flood', life_risk: 'people', village_code: '140429103204', place_text: '监漳镇 南皋村', casualties: { missing: 1, dead: 0 }, source: '电话报告',
  })
})

test('it needs a village or a point, a kind and the risk to life', () => {
  expect(complete(draft({}))).toBe(true)
  expect(complete(draft({ risk: null }))).toBe(false)
  expect(complete(draft({ place: { ...village, code: '140429103', kind: 'township' } }))).toBe(false)
  expect(complete(draft({ place: null, point: [112.8, 36.8] }))).toBe(true)
})

test('it sends the caller of a report apart, never in its words', () => {
  const { caller, ...report } = reportPayload(draft({ callerName: '王某', callerPhone: '13800000000', callerUnit: '村民', counts: { missing: '1' } }), '山洪', () => '失联')
  expect(caller).toEqual({ name: '王某', phone: '13800000000', unit: '村民' })
  expect(reportPayload(draft({}), '山洪', () => '失联')).not.toHaveProperty('caller')
  const said = JSON.stringify(report)
  expect(said).toContain('村民 电话')
  expect(said).toContain('失联 1')
  expect(said).not.toContain('王某')
  expect(said).not.toContain('13800000000')
})

test('it takes a form that was only opened for no call at all', () => {
  expect(isEmpty({ ...newDraft(), startedAt: 1 })).toBe(true)
  expect(isEmpty({ ...newDraft(), counts: { missing: ' ' } })).toBe(true)
  for (const said of [{ callerPhone: '1' }, { whereTyped: 'j' }, { risk: 'none' as const }, { counts: { missing: '0' } }]) expect(isEmpty({ ...newDraft(), ...said })).toBe(false)
})
