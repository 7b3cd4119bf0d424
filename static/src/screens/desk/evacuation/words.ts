/** Evacuation at the desk: the board, the forms. */
import { dictionary } from '../../../kernel/i18n'

const both = {
  none: ['没有在办的转移', 'No evacuation under way'], noneSay: ['有人决定转移后按 N 登记：谁决定、什么时候、哪些单元。系统不代替人决定。', 'Once somebody has decided, press N: who, when, which zones. The system decides nothing.'],
  open: ['登记转移决定', 'Enter a decision'], more: ['增加单元', 'More zones'], count: ['报数', 'Count'], refuse: ['拒转', 'Refusal'], arrive: ['到达', 'Arrivals'], back: ['允许返回', 'Allow return'], end: ['结束', 'End'], offer: ['记为事件已转移', 'State as moved'], register: ['登记单元', 'New zone'], print: ['打印', 'Print'], csv: ['表格', 'CSV'],
  pick: ['选单元', 'pick a zone'], next: ['下一个', 'next'], decidedBy: ['{post} {name} {at} 决定', 'decided by {post} {name} {at}'], safeBy: ['{post} {name} {at} 决定可以返回', 'return allowed by {post} {name} {at}'],
  due: ['应转', 'To move'], done: ['已转', 'Moved'], left: ['未转', 'Not yet'], refused: ['拒绝', 'Refuse'], unreached: ['联系不上', 'No contact'], returned: ['已返回', 'Back'], zone: ['转移单元', 'Zone'], village: ['村', 'Village'], asOf: ['截至', 'As of'], silent: ['{n} 个单元未报', 'zones silent: {n}'],
  notSaid: ['未报', '—'], also: ['{source} 报 {n}', '{source} says {n}'], choose: ['采用', 'use this'], didChoose: ['采用 {source} 的数字', 'Using the number of {source}'], over: ['超出登记 {n}', '{n} above the register'], households: ['{n} 户', '{n} hh'], people: ['{n} 人', '{n}'],
  arrivals: ['出发与到达', 'Departures and arrivals'], gap: ['出发 {left} · 到达 {arrived} · 差 {gap}', '{left} left · {arrived} arrived · {gap} apart'], even: ['出发 {left} · 到达 {arrived}', '{left} left · {arrived} arrived'], half: ['出发 {left} · 到达 {arrived}', '{left} left · {arrived} arrived'],
  refusals: ['拒绝转移', 'Refusals'], visitAt: ['{at} {who} 再上门', '{who} again at {at}'], visitLate: ['应 {at} 再上门', 'visit due {at}'], moved: ['已劝离', 'Moved'], still: ['仍拒绝', 'Still refuses'], again: ['30 分钟后再上门', 'again in 30 min'],
  who: ['谁决定（姓名）', 'Who decided (name)'], post: ['职务', 'Post'], when: ['决定时间', 'Decided at'], why: ['为什么转移', 'Why'], whySafe: ['为什么可以返回', 'Why it is safe'], whyEnd: ['为什么结束', 'Why it ends'], kept: ['已转移的人不返回（另行安置）', 'Those who left stay away (settled elsewhere)'],
  zones: ['哪些单元', 'Which zones'], all: ['全选', 'All'], chosen: ['{n} 个单元 · {households} 户 · {people} 人', '{n} zones · {households} households · {people} people'], ofIncident: ['挂在事件：{what}', 'Of the incident: {what}'], ofWarning: ['来自预警：{what}', 'From the warning: {what}'], noZones: ['没有登记的单元。按 G 登记。', 'No zone is registered: press G.'],
  machine: ['必须写明决定人和时间', 'Who decided, and when, must be named'], source: ['来源（岗位）', 'Source (a post)'], at: ['数字截至', 'As of'], total: ['截至此刻共计，不是新增', 'the whole number by then, not what was added'], proxy: ['谁说的（代报）', 'Who said it (proxy)'], channel: ['怎么说的', 'Channel'], phone: ['电话', 'telephone'],
  peopleWord: ['人', 'people'], householdsWord: ['户', 'households'], reason: ['原因', 'Why'], visitor: ['谁再上门（岗位）', 'Who comes again (post)'], next_visit: ['下次上门', 'Next visit'], words: ['原话（保密存放）', 'Their words (sealed)'], place: ['去处', 'Place'],
  name: ['名称', 'Name'], sort: ['类型', 'Sort'], township: ['乡镇', 'Township'], villageCode: ['村', 'Village'], responsible: ['责任岗位', 'Who answers'], destination: ['安置去处', 'Destination'], route: ['转移路线', 'Route'], save: ['保存', 'Save'], enter: ['登记', 'Enter'], cancel: ['取消', 'Cancel'],
  didOpen: ['已登记转移决定', 'Evacuation entered'], didCount: ['{what} 已报数', 'Counted: {what}'], didRefuse: ['{what} 拒转已登记', 'Refusal recorded: {what}'], didArrive: ['{what} 到达已登记', 'Arrivals entered: {what}'], didBack: ['已登记返回决定', 'Return entered'], didEnd: ['转移已结束', 'Evacuation ended'], didOffer: ['已转移 {n} 人记入事件', '{n} moved stated for the incident'], didRegister: ['已登记单元 {what}', 'Zone registered: {what}'], didVisit: ['{what} 上门结果已登记', 'Visit entered: {what}'],
  queued: ['待送 {n} 条：断线时记下的数字，恢复后自动送出', '{n} to be sent: written down without a line, sent when it is back'], refusedN: ['{n} 条未被接受', '{n} not taken'], ledger: ['转移台账合计', 'sum of the evacuation'], note: ['示意', 'invented'], sheet: ['转移进度', 'Evacuation'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const w = dictionary(side(0), side(1))
