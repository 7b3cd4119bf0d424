import { describe, expect, it } from 'vitest'
import { setLang } from './i18n'
import { allKinds, isGraded, kindLabel, kindOf, takeKinds, takeWords, word, wordsIn } from './words'

takeKinds([
  { code: 'natural', zh: '自然灾害', en: 'Natural disaster', graded: true, types: [
    { code: 'flood_drought', zh: '水旱灾害', en: 'Flood and drought', class: 'natural', type: 'flood_drought', parent: null, icon: 'water', graded: true, hidden: false,
      initials: 'shzh', fields: [{ name: 'river', label: { zh: '河流', en: 'River' }, type: 'text', unit: null, options: [] }], questions: [{ zh: '水涨吗', en: 'Rising?' }], first_actions: [],
      subtypes: [{ code: 'flash_flood', zh: '山洪', en: 'Flash flood', class: 'natural', type: 'flood_drought', parent: 'flood_drought', icon: 'flash', initials: 'sh', graded: true, hidden: false }] },
  ] },
  { code: 'social', zh: '社会安全事件', en: 'Social', graded: false, types: [{ code: 'mass_incident', zh: '群体性事件', en: 'Mass incident', class: 'social', type: 'mass_incident', parent: null, icon: null, initials: 'qtxsj', graded: false, hidden: false, fields: [], questions: [], first_actions: [], subtypes: [] }] },
])
takeWords({ 'states.task': { enroute: { zh: '赶赴途中', en: 'En route' } } })

describe('words of the county', () => {
  it('names kinds and gives a subtype what its type says', () => {
    expect(allKinds().map((k) => k.code)).toEqual(['flood_drought', 'flash_flood', 'mass_incident'])
    expect(kindOf('flash_flood')).toMatchObject({ icon: 'flash', initials: 'sh', fields: [{ name: 'river' }], questions: [{ zh: '水涨吗' }] })
  })
  it('knows which kinds have a legal level', () => {
    expect([isGraded('flash_flood'), isGraded('mass_incident'), isGraded('unheard_of')]).toEqual([true, false, true])
  })
  it('speaks the language of the screen and shows an unknown code as it is', () => {
    setLang('en')
    expect([kindLabel('flash_flood'), word('states.task', 'enroute'), word('states.task', 'new_one')]).toEqual(['Flash flood', 'En route', 'new_one'])
    setLang('zh')
    expect([kindLabel('flash_flood'), wordsIn('states.task')]).toEqual(['山洪', [{ code: 'enroute', label: '赶赴途中' }]])
  })
})
