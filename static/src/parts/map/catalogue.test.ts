import { expect, test } from 'vitest'
import { choicesFrom, filterOf, staleBy, type About } from './catalogue'

const style: About['style'] = { sign: 'dot', tone: 'ink', line: 'solid', fill: false, label: null, by: 'level', stale: [], group: 'danger', on: true, min_zoom: 0, cluster: true }
const values = [{ code: 'I', zh: '一', en: 'one' }, { code: 'II', zh: '二', en: 'two' }]
const layer = (id: string, more: Partial<About> = {}): About =>
  ({ id, zh: id, en: id, geometry: 'point', style, columns: [{ name: 'level', kind: 'text', zh: '等级', en: 'Level', values }], refreshed_by: [`${id}.`], ...more })

test('it begins as the slices say, and keeps what was chosen', () => {
  const off = layer('b', { style: { ...style, on: false } })
  expect(choicesFrom([layer('a'), off], null)).toEqual({ a: { on: true, without: [] }, b: { on: false, without: [] } })
  const kept = JSON.stringify({ a: { on: false, without: ['I', 'gone'] }, unknown: { on: true, without: [] } })
  expect(choicesFrom([layer('a'), off], kept)).toEqual({ a: { on: false, without: ['I'] }, b: { on: false, without: [] } })
  expect(choicesFrom([layer('a')], '{broken')).toEqual({ a: { on: true, without: [] } })
})
test('a filter leaves values away, never what has none; with all away nothing is asked', () => {
  expect(filterOf(layer('a'), { on: true, without: [] })).toBe('')
  expect(filterOf(layer('a'), { on: true, without: ['I'] })).toBe('level=II,')
  expect(filterOf(layer('a'), { on: true, without: ['I', 'II'] })).toBeNull()
})
test('an entry makes stale the layers that name its beginning, and no other', () => {
  const all = [layer('incident'), layer('team', { refreshed_by: ['team.created', 'team.edited'] }), layer('ground', { refreshed_by: [] })]
  expect(staleBy(all, 'incident.edited')).toEqual(['incident'])
  expect(staleBy(all, 'team.status')).toEqual([])
  expect(staleBy(all, 'team.edited')).toEqual(['team'])
})
