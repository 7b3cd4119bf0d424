/** Warnings at the desk: the list, one warning, the form. */
import { dictionary } from '../../kernel/i18n'

const both = {
  callOut: ['叫应', 'Call out'], none: ['没有预警', 'No warning'], noneSay: ['收到的 CAP 会自动列在这里；电话、传真来的按 N 登记。', 'CAP messages are listed here by themselves; what comes by telephone or fax is entered with N.'],
  pick: ['选一条', 'pick'], fresh: ['登记、拟发', 'Enter, draft'], file: ['导入 CAP 文件', 'Bring in a CAP file'], relay: ['转发', 'Relay'], review: ['送审', 'To review'], back: ['退回', 'Send back'], issue: ['发布', 'Issue'], update: ['发出更新', 'Pass the update on'], edit: ['修改', 'Change'], end: ['解除', 'Cancel'],
  endWhy: ['为什么', 'Why'], endSure: ['确认', 'Confirm'], didTake: ['已收 CAP', 'CAP taken in'], didEnter: ['已登记{what}', 'Entered: {what}'], didDraft: ['已拟{what}', 'Drafted: {what}'], didMove: ['{what}：{state}', '{what}: {state}'], didEdit: ['已修改{what}', 'Changed: {what}'], didWait: ['{what}：更新待发', '{what}: update waits'], didTick: ['{what}：已落实', '{what}: done'], didUntick: ['{what}：未落实', '{what}: not done'],
  from: ['{issuer} {at} 发布', 'issued by {issuer} {at}'], drafted: ['{issuer} 拟发', 'draft of {issuer}'], begins: ['起 {at}', 'from {at}'], missing: ['缺：{what}', 'missing: {what}'], area: ['范围', 'Area'], schematic: ['按乡镇示意区划绘出', 'drawn by schematic townships'], own: ['按给定图形', 'by the shape given'],
  pendingBy: ['{who} {at} 的更新未发', 'update by {who} {at} not passed on'], pendingLevel: ['改为 {level}', 'to {level}'], relayed: ['转发，内容不改', 'relayed as it was written'], ours: ['本级发布', "the county's own"],
  checks: ['预警期应做事项', 'What the warning asks for'], checksNone: ['转发或发布后按级别列出。', 'Listed by level once it is passed on.'], checked: ['{n}/{all} 已落实', '{n} of {all} done'],
  asRelay: ['转发（别人发布）', 'Relay (another issued it)'], asOwn: ['本级拟发', "The county's own"], weatherOnly: ['气象预警只能由气象台站发布，本系统只转发。', 'Of weather only the weather service warns; this house relays.'],
  source: ['来源', 'Source'], category: ['类别', 'Category'], level: ['级别', 'Level'], issuer: ['发布单位', 'Issued by'], issuedAt: ['发布时间', 'Issued at'], startAt: ['起始时间', 'Begins'], endsAt: ['结束时间', 'Ends'], channel: ['怎么来的', 'Came by'],
  areas: ['乡镇', 'Townships'], all: ['全县', 'Whole county'], draw: ['或在图上逐点画范围', 'or draw the area on the map, point by point'], undo: ['退一点', 'Undo point'], advice: ['警示事项', 'Beware of'], measures: ['应采取的措施', 'What to do'], english: ['英文（可空）', 'English (may stay empty)'], save: ['登记', 'Enter'], saveDraft: ['存为草稿', 'Keep the draft'], saveEdit: ['保存修改', 'Save'], enterFirst: ['八项法定要素须填全（突发事件应对法第六十四条）', 'All eight of art. 64 are needed'],
  order: ['下达指令', 'Issue instructions'], didOrder: ['{what}：已下达指令 {n} 项', '{what}: {n} instructions issued'],
  orderAll: ['下达已拟指令 {n} 项', 'Issue {n} drafted instructions'],
  drawn: ['{n} 点', '{n} points'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const t = dictionary(side(0), side(1))
