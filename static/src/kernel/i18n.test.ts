import { describe, expect, it } from 'vitest'
import { t as parts } from '../parts/words'
import { t as signin } from '../screens/signin/words'
import { chooseLang, dictionary, lang, say, setLang } from './i18n'

describe('i18n', () => {
  it('takes the address before the session, and Chinese when neither says', () => {
    expect([chooseLang('zh_CN', '?lang=en'), chooseLang('en', ''), chooseLang(null, '')]).toEqual(['en', 'en', 'zh'])
  })
  it('fills what it is given and leaves a missing value to be seen', () => {
    const t = dictionary({ late: '迟到 {n} 分，{who}' }, { late: '{n} min late, {who}' })
    setLang('en')
    expect(t('late', { n: 3 })).toBe('3 min late, {who}')
    setLang('zh')
    expect(t('late', { n: 0, who: '<b>' })).toBe('迟到 0 分，<b>')
  })
  it('says a text of the wire in the screen’s language, in Chinese where the other is empty', () => {
    setLang('en')
    expect([say({ zh: '山洪', en: 'Flash flood' }), say({ zh: '山洪', en: '' }), say(null)]).toEqual(['Flash flood', '山洪', ''])
    setLang('zh')
    expect(lang()).toBe('zh')
  })
  it('leaves no Chinese in the English of the shared parts', () => {
    setLang('en')
    const said = [...(['ungraded', 'lifePeople', 'schematic', 'holding', 'stepsTitle'] as const).map((k) => parts(k)), signin('offline'), signin('playing')]
    setLang('zh')
    expect(said.filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([])
  })
})
