import { expect, test } from 'vitest'
import { area, length, metres, sayArea, sayLength, scaleBar, spoken } from './measure'

// Reference lengths and areas: pyproj.Geod(ellps='WGS84')
test('it measures lengths to 0.1 % of the geodesic', () => {
  expect(metres([112.86, 36.83], [112.96, 36.83]) / 8920.944).toBeCloseTo(1, 3)
  expect(metres([112.86, 36.83], [112.86, 36.93]) / 11097.539).toBeCloseTo(1, 3)
  expect(length([[112.4, 36.6], [112.9, 36.9], [113.3, 37.1]]) / 97652.37).toBeCloseTo(1, 2)
})
test('it measures an area whichever way round it is drawn', () => {
  const square: [number, number][] = [[112.86, 36.83], [112.87, 36.83], [112.87, 36.84], [112.86, 36.84]]
  expect(area(square) / 989_933).toBeCloseTo(1, 2)
  expect(area([...square].reverse())).toBeCloseTo(area(square), 3)
  expect(area(square.slice(0, 2))).toBe(0)
})
test('it says lengths and areas in the units of the field', () => {
  expect([sayLength(431.6), sayLength(1234), sayLength(12345)]).toEqual(['432 m', '1.23 km', '12.3 km'])
  expect(sayArea(6666.67, '亩')).toBe('0.67 ha · 10.0 亩')
  expect(sayArea(2_500_000, '亩')).toBe('2.50 km²')
})
test('the scale bar is round and fits', () => {
  for (const per of [0.3, 1, 7.7, 42, 900]) {
    const bar = scaleBar(per, 120)
    expect(bar.px).toBeLessThanOrEqual(120)
    expect(bar.px).toBeGreaterThan(40)
    expect(bar.text).toMatch(/^[125]0* (m|km)$/)
  }
})
test('it reads coordinates out', () => {
  expect(spoken([112.86, 36.83])).toBe('112°51′36.0″E 36°49′48.0″N')
  expect(spoken([-0.0000001, -1.9999999])).toBe('0°00′00.0″W 2°00′00.0″S')
})
