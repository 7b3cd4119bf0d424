/**
 * Names in English, on every screen alike: a place by the romanisation that the register has, the words of which teams' and
 * posts' names are made by the words of the field. What is none of these keeps its Chinese. Nothing is made up.
 */
import { lang } from '../kernel/i18n'
import type { Centre } from '../kernel/types'
import { allKinds } from '../kernel/words'

export type Places = ReadonlyMap<string, string>
export const capital = (pinyin: string): string => pinyin.charAt(0).toUpperCase() + pinyin.slice(1)

/** The county with and without its 县, townships always, villages by their full name. */
export function placesOf(centres: readonly Pick<Centre, 'name' | 'pinyin' | 'kind'>[]): Places {
  const names = new Map<string, string>()
  for (const c of centres) if (c.pinyin && c.kind === 'county') names.set(c.name, `${capital(c.pinyin)} County`).set(c.name.replace(/县$/, ''), capital(c.pinyin))
  for (const c of centres) if (c.pinyin && (c.kind === 'township' || (c.kind === 'village' && c.name.length > 2))) names.set(c.name, capital(c.pinyin))
  return names
}

/** A 县 before one of these is the county's. */
const WORDS: Readonly<Record<string, string>> = {
  '示意路网（本系统自绘，非实际道路）': 'schematic road net (drawn here, no real roads)',
  综合性应急救援队: 'general rescue', 综合应急救援队: 'general rescue team', 村级应急小分队: 'village squad', 应急小分队: 'squad', 防汛抢险队: 'flood team', 森林防灭火大队: 'forest fire brigade',
  地质灾害应急队: 'geohazard team', 地震灾害救援队: 'earthquake rescue team', 消防救援大队: 'Fire Brigade', 灭火分队: 'fire unit', 水域分队: 'water unit', 水域组: 'water group', 医院急救: 'hospital ambulance',
  疾控流调消杀队: 'CDC team', 疾控中心: 'CDC', 公安特警分队: 'special police', 交警事故处置组: 'traffic police', 矿山救护中队: 'mine rescue company', 救护队: 'mine rescue', 供电公司抢修: 'power repair', 供电调度: 'power dispatch',
  通信保障队: 'telecom team', 通信调度: 'telecom dispatch', 公路段抢通队: 'road-clearing team', 公路段: 'roads section', 供水燃气抢修队: 'water and gas repair team', 公用事业: 'utilities', 危化品应急救援队: 'hazmat team',
  应急运输保障队: 'transport team', 心理援助队: 'psychological aid team', 基干民兵应急连: 'militia company', 人武部: 'armed forces department', 蓝天救援队: 'Blue Sky Rescue', 山地搜救志愿队: 'mountain rescue volunteers',
  村级防汛责任人: 'village flood officer', 包保人: 'household keeper', '・一片': ' area 1', '・二片': ' area 2', '·一片': ' area 1', '·二片': ' area 2', '【示意】': '(demo)',
  卫生健康局: 'health bureau', 公安局: 'police', 供电公司: 'power company', 宣传部: 'publicity department', 粮食和物资储备中心: 'reserves centre', 交通运输局: 'transport bureau', 村主任: 'village head', 网格长: 'grid head',
  应急局: 'emergency bureau', 交通局: 'transport bureau', 卫健局: 'health bureau', 水利局: 'water bureau',
  一组: 'group 1', 二组: 'group 2', 一班: 'crew 1', 二班: 'crew 2', 一排: 'platoon 1', 二排: 'platoon 2', 一队: 'team 1', 二队: 'team 2',
  值班员甲: 'duty officer A', 值班员乙: 'duty officer B', 值班员: 'duty officer', 带班领导: 'duty leader', 预案演练员: 'planner', 系统管理员: 'administrator', 安全管理员: 'security officer', 审计员: 'auditor', 指挥大厅大屏: 'hall display',
}
const WORD = new RegExp(`(县?)(${longestFirst(Object.keys(WORDS))})`, 'g')
/** Posts and lines as the telephone register names them; only where such a word ends a name. */
const POSTS: Readonly<Record<string, string>> = {
  现场联络员: 'on-scene contact', 联络员: 'contact', 卫星电话: 'satphone', 值班室: 'duty desk', 队长: 'leader', 台: 'desk', 调度: 'dispatch',
}
const POST = new RegExp(`(^|[\\x20-\\x7e]) ?(${longestFirst(Object.keys(POSTS))})(（虚构）)?$`)

const patterns = new WeakMap<Places, RegExp>()
function longestFirst(names: readonly string[]): string {
  return [...names].sort((a, b) => b.length - a.length).map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
}
function patternOf(places: Places): RegExp {
  const made = patterns.get(places) ?? new RegExp(longestFirst([...places.keys()]), 'g')
  patterns.set(places, made)
  return made
}

/** `山洪・监漳镇 南皋村`: an incident's title begins with its kind. */
const kindSaid = (text: string): string => text.replace(/^([^・]{2,14})(?=・)/, (said) => allKinds().find((k) => k.label.zh === said)?.label.en ?? said)

/** The number of an extension of the house, as one reads it out: `内线 0102` → `ext. 0102`. */
export const numberSaid = (number: string): string => (lang() === 'zh' ? number : number.replace(/^(内线|分机)\s*/, 'ext.\u00a0'))

/** `蟠龙镇值班室` → `Panlong duty desk`; `县防汛抢险队 二组` → `County flood team group 2`. In Chinese all stays as it was said. */
export function english(text: string, places: Places): string {
  if (lang() === 'zh' || !text) return text
  const kinded = kindSaid(text)
  const placed = places.size > 0 ? kinded.replace(patternOf(places), (name) => ` ${places.get(name)!} `) : kinded
  const worded = placed.replace(WORD, (_, county: string, name: string) => ` ${county && 'County '}${WORDS[name]!} `)
  const spaced = worded.replace(/ {2,}/g, ' ').replace(/ ([,.:;，：；])/g, '$1').replace(/([\x21-\x7e])：\s*/g, '$1: ').trim()
  const begun = worded !== placed && /^ ?[a-z]/.test(worded) ? capital(spaced) : spaced
  return begun
    .replace(POST, (_, before: string, post: string, invented: string | undefined) => `${before}${before && before !== ' ' ? ' ' : ''}${POSTS[post]!}${invented ? ' (invented)' : ''}`)
}
