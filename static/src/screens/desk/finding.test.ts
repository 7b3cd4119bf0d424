import { expect, test } from 'vitest'
import type { KindWord } from '../../kernel/words'
import { findKinds, parseCoordinates, parseAhead, parseTime } from './finding'

const kind = (code: string, zh: string, en: string, initials: string, more: object = {}): KindWord =>
  ({ code, label: { zh, en }, icon: null, class: 'natural', type: 'x', graded: true, fields: [], questions: [], first_actions: [], initials, ...more }) as unknown as KindWord
const KINDS = [kind('mountain_fire', '山火', 'Wildfire', 'sh'), kind('flash_flood', '山洪', 'Flash flood', 'sh'), kind('water_disaster', '水旱灾害', 'Water disaster', 'shzh'), kind('storm_surge', '风暴潮', 'Storm surge', 'fbc', { hidden: true })]

test('it finds kinds by initials, Chinese and English, the whole before the beginning', () => {
  expect(findKinds(KINDS, 'sh').map((k) => k.code)).toEqual(['mountain_fire', 'flash_flood', 'water_disaster'])
  expect(findKinds(KINDS, '山洪')[0]!.code).toBe('flash_flood')
  expect(findKinds(KINDS, 'flash')[0]!.code).toBe('flash_flood')
})

test('it does not offer what this county cannot have', () => {
  expect(findKinds(KINDS, 'fbc')).toEqual([])
})

test('it reads coordinates in either order, in degrees or with minutes and seconds', () => {
  expect(parseCoordinates('112.8613, 36.8402')).toEqual([112.8613, 36.8402])
  expect(parseCoordinates('36.8402 112.8613')).toEqual([112.8613, 36.8402])
  expect(parseCoordinates('东经112°51′36″ 北纬36°50′24″')).toEqual([112.86, 36.84])
})

test('it takes no place and no road for coordinates', () => {
  for (const typed of ['jzngc', 'S326 K12', '12 34', '200.5 36.8', '']) expect(parseCoordinates(typed)).toBeNull()
})

test('it reads a time of the county, and one that lies ahead as yesterday', () => {
  const now = Date.parse('2026-07-21T02:14:00+08:00')
  expect(parseTime('0210', now)).toBe('2026-07-20T18:10:00.000Z')
  expect(parseTime('23:50', now)).toBe('2026-07-20T15:50:00.000Z')
  expect(parseTime('2560', now)).toBeNull()
})

test('it takes a time that is to come for the next of that name', () => {
  const now = Date.parse('2026-07-21T02:30:00+08:00')
  expect(parseAhead('0800', now)).toBe('2026-07-21T00:00:00.000Z')
  expect(parseAhead('0200', now)).toBe('2026-07-21T18:00:00.000Z')
  expect(parseAhead('8点', now)).toBeNull()
})
