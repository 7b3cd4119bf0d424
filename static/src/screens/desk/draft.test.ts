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

test('it sends a road and its kilometre in parts beside the village, and as words whatever it does not understand', () => {
  expect(openPayload(draft({ detail: '国道208 123公里' }))).toMatchObject({ village_code: '140429103204', road: { ref: 'G208', name: null, km: 123, direction: null }, place_text: '监漳镇 南皋村 国道208 123公里' })
  expect(openPayload(draft({ detail: '河道边' }))).not.toHaveProperty('road')
  expect(openPayload(draft({ detail: '河道边' }))).toMatchObject({ place_text: '监漳镇 南皋村 河道边' })
})

test('it takes a township with a kilometre for a place, and a township or a kilometre alone for none', () => {
  const township = { ...village, code: '140429103', name: '监漳镇', kind: 'township' }
  const both = draft({ place: township, detail: 'S322 K12+300' })
  expect(complete(both)).toBe(true)
  expect(openPayload(both)).toMatchObject({ centre: '140429103', road: { ref: 'S322', km: 12.3 }, place_text: '监漳镇 S322 K12+300' })
  expect(complete(draft({ place: township, detail: '河道边' }))).toBe(false)
  expect(complete(draft({ place: null, detail: 'S322 K12+300' }))).toBe(false)
})

test('it takes a named place by its own point, with the village it lies in', () => {
  const school = { ...village, code: 'a place', name: '南沟小学', kind: 'school', place_id: 'a place', village_code: '140429103204', location: { type: 'Point' as const, coordinates: [112.9, 36.9] as [number, number] } }
  expect(openPayload(draft({ place: school }))).toMatchObject({ location: school.location, village_code: '140429103204', place_text: '监漳镇 南沟小学' })
  const unknown = { ...school, village_code: null, location: null }
  expect(complete(draft({ place: unknown }))).toBe(false)
})

test('it takes a form that was only opened for no call at all', () => {
  expect(isEmpty({ ...newDraft(), startedAt: 1 })).toBe(true)
  expect(isEmpty({ ...newDraft(), counts: { missing: ' ' } })).toBe(true)
  for (const said of [{ callerPhone: '1' }, { whereTyped: 'j' }, { risk: 'none' as const }, { counts: { missing: '0' } }]) expect(isEmpty({ ...newDraft(), ...said })).toBe(false)
})
