import { describe, expect, it } from 'vitest'
import type { Centre, Incident } from '../../kernel/types'
import { namesOf, placeOf, townshipName } from './places'
import { scaleAsked } from './scale'
import { merged, type Happening } from './summary'

const centres = [{ id: '140429103', code: '140429103', kind: 'township', name: '监漳镇', pinyin: 'jianzhang' } as Centre]
const names = namesOf(centres, null, { code: '140429', name: '武乡县' }, 'zh')
const incident = (place_text: string | null): Incident => ({ centre: '140429103', village_code: null, place_text }) as Incident

describe('places in words', () => {
  it('says the township once', () => {
    expect(placeOf(names, incident('监漳镇 下北漳村'), 'zh')).toBe('监漳镇 下北漳村')
    expect(placeOf(names, incident('下北漳村'), 'zh')).toBe('监漳镇 下北漳村')
    expect(placeOf(names, incident(null), 'zh')).toBe('监漳镇')
  })
  it('gives Han and pinyin in English, pinyin alone where there is little room', () => {
    expect(placeOf(names, incident('监漳镇 下北漳村'), 'en')).toBe('监漳镇 Jianzhang 下北漳村')
    expect(placeOf(names, incident('监漳镇 下北漳村'), 'en', { short: true })).toBe('Jianzhang 下北漳村')
    expect(townshipName(names, '140429103201', 'zh', true)).toBe('监漳')
  })
})

describe('the viewing distance', () => {
  it('takes a number within reason and nothing else', () => {
    expect(['', '?scale=1.45', '?scale=9', '?scale=0', '?scale=big'].map(scaleAsked)).toEqual([1, 1.45, 2, 0.7, 1])
  })
})

describe('the latest events', () => {
  it('stand newest first and each once', () => {
    const h = (cursor: string, at: string): Happening => ({ cursor, at }) as Happening
    const list = merged([h('a.3', '03'), h('a.2', '02')], [h('a.2', '02'), h('a.1', '01'), h('a.10', '01')])
    expect(list.map((x) => x.cursor)).toEqual(['a.3', 'a.2', 'a.10', 'a.1'])
  })
})
