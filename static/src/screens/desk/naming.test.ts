import { afterEach, expect, test } from 'vitest'
import { setLang } from '../../kernel/i18n'
import { takeWords } from '../../kernel/words'
import type { Centre } from '../../kernel/types'
import { modeText, named } from './naming'

const centre = (name: string, pinyin: string, kind: Centre['kind'] = 'township'): Centre => ({ name, pinyin, kind }) as Centre
const REGISTER = [centre('武乡县', 'Wuxiang County'), centre('监漳镇', 'jianzhang'), centre('蟠龙镇', 'panlong'), centre('东皋村', 'donggao', 'village'), centre('武乡水利局', 'water', 'department')]
afterEach(() => setLang('zh'))

test('it says a place by the register and a post by its word, and nothing else', () => {
  setLang('en')
  expect(named(REGISTER, '蟠龙镇值班室')).toBe('Panlong duty desk')
  expect(named(REGISTER, '武乡县 带班领导')).toBe('Wuxiang County duty leader')
  expect(named(REGISTER, '监漳镇综合应急救援队')).toBe('Jianzhang general rescue team')
  expect(named(REGISTER, '监漳镇 东皋村')).toBe('Jianzhang Donggao')
  expect(named(REGISTER, '120 台')).toBe('120 desk')
  expect(named(REGISTER, '县值班员甲')).toBe('County duty officer A')
  expect(named(REGISTER, '县防汛抢险队 二组')).toBe('County flood team group 2')
  expect(named(REGISTER, '救护队值班室')).toBe('Mine rescue duty desk')
  expect(named(REGISTER, '监漳镇综合应急救援队 队长（虚构）')).toBe('Jianzhang general rescue team leader (invented)')
  expect(named(REGISTER, '武乡水利局')).toBe('武乡 water bureau')
  expect(named([...REGISTER, centre('武乡县', 'wuxiang', 'county')], '武乡水利局・县公路段')).toBe('Wuxiang water bureau ・ County roads section')
  expect(named(REGISTER, 'Through its authority: 县交警事故处置组：管控')).toBe('Through its authority: County traffic police: 管控')
  for (const kept of ['武乡分局', '漫水桥东 300 米', '县城南关']) expect(named(REGISTER, kept)).toBe(kept)
})
test('it leaves Chinese as it was said', () => {
  expect(named(REGISTER, '蟠龙镇值班室')).toBe('蟠龙镇值班室')
})
test('it names the way of ordering once', () => {
  takeWords({ modes: { via_authority: { zh: '经主管单位调派', en: 'Through its authority' } } })
  expect([modeText('via_authority', '119'), modeText('via_authority', '主管单位'), modeText('request', '人武部')]).toEqual(['经119调派', '经主管单位调派', '商请 人武部'])
  setLang('en')
  expect([modeText('via_authority', '119'), modeText('township', null)]).toEqual(['via 119', 'direct (town)'])
})
