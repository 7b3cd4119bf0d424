/** What the impact of an incident says, on the screen and on paper. */
import { dictionary } from '../../kernel/i18n'

const both = {
  within: ['范围 {r}', 'Within {r}'], computed: ['{at} 算', 'computed {at}'], again: ['重算', 'again'], print: ['打印', 'print'], json: ['存为 JSON', 'save as JSON'], asking: ['正在算…', 'computing…'],
  people: ['登记人口', 'People on record'], of: ['{n} 处有数', 'of {n} places'], unknown: ['{n} 处未知', '{n} places unknown'], notKnown: ['未知', 'unknown'], counted: ['最早 {on}', 'oldest {on}'], undated: ['有的未注日期', 'some undated'],
  teams: ['队伍可到（含出动）', 'Teams there, turnout included'], by: ['{n} 分', '{n} min'], later: ['更晚 {n}', 'later {n}'], cutOff: ['道路不通 {n}', 'no open road {n}'], noPlace: ['位置未知 {n}', 'place unknown {n}'], offDuty: ['未备勤 {n}', 'off duty {n}'],
  inside: ['内 {n}', '{n} inside'], none: ['内无', 'none inside'], beyond: ['范围外最近', 'nearest beyond'], more: ['另 {n} 处', '{n} more'], moreTeams: ['另 {n} 支', '{n} more'], noway: ['道路不通', 'no open road'], drive: ['驶到 {n}', '{n} drive'],
  dominoes: ['可能的连锁', 'What may follow'], noDominoes: ['规则表内没有可提示的连锁', 'The rules find nothing that may follow'], from: ['{a} → {b}', '{a} → {b}'], why: ['因', 'why'], toThere: ['相距 {n}', '{n} apart'],
  unplaced: ['没有坐标、未计入', 'Without a point, not counted'], hidden: ['按权限不显示', 'Not within your rights'], head: ['人数', 'people'], persons: ['{n} 人', '{n}'], areaOf: ['{n} km²', '{n} km²'], title: ['事件影响', 'Impact'], titleShape: ['范围影响', 'Impact of an area'], ofShape: ['范围：{what}', 'Area: {what}'], justInside: ['图形内', 'Inside it'], unregistered: ['未登记', 'none registered'], withoutPoint: ['无坐标', 'no points'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const w = dictionary(side(0), side(1))
