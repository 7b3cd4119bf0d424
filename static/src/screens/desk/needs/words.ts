/** Needs and social forces at the desk: the board, the forms. */
import { dictionary } from '../../../kernel/i18n'

const both = {
  needs: ['需求公告', 'Needs'], forces: ['社会力量报到', 'Social forces'], noNeeds: ['没有需求公告。按 N 草拟：要什么、多少人、在哪里。发布要有人署名，系统不对外发布。', 'No need yet. Press N to draft one. A named person publishes it; the system tells nobody outside.'], noForces: ['没有社会力量在场。来人或来电报到按 C。', 'No force is here. Press C when one arrives or calls.'],
  draft: ['草拟需求', 'Draft a need'], publish: ['署名发布', 'Publish'], change: ['更改', 'Change'], close: ['关闭', 'Close'], notice: ['公告文本', 'Public text'], copy: ['复制', 'Copy'], copied: ['已复制，请由人发布', 'Copied: a person publishes it'],
  checkIn: ['报到', 'Check in'], assign: ['编组', 'Assign'], recount: ['重新清点', 'Recount'], checkOut: ['离开', 'Check out'], account: ['落实下落', 'Account for'], decline: ['婉拒', 'Decline'], leader: ['带队人电话（留痕）', 'Leader\'s number (logged)'],
  pick: ['选一条', 'pick one'], next: ['下一条', 'next'], save: ['登记', 'Enter'], cancel: ['取消', 'Cancel'],
  filled: ['到 {n} / 需 {of}', '{n} of {of} here'], until: ['截至 {at}', 'until {at}'], by: ['{post} {name} 发布', 'published by {post} {name}'], contact: ['联系 {post}', 'contact {post}'], people: ['{n} 人', '{n} people'], missing: ['{n} 人下落不明', '{n} unaccounted for'], at: ['{area} · 向 {who} 报告 · {by} 已交底', '{area} · reports to {who} · briefed by {by}'], uninsured: ['保险未核', 'insurance not seen'], total: ['在场 {n} 支 {people} 人', '{n} here, {people} people'], against: ['应 {what}', 'for: {what}'],
  what: ['需要什么', 'What'], skill: ['技能', 'Skill'], anySkill: ['不限', 'any'], count: ['人数', 'People'], place: ['地点', 'Place'], end: ['截止（时:分）', 'Until (hh:mm)'], bring: ['自带', 'To bring'], insurance: ['保险', 'Insurance'], safety: ['安全提示', 'Safety'], post: ['联系岗位', 'Contact (a post)'], ofIncident: ['挂在事件：{what}', 'For the incident: {what}'],
  name: ['谁发布（姓名）', 'Who publishes (name)'], job: ['职务', 'Post'], how: ['结果', 'Outcome'], reason: ['理由', 'Why'], met: ['已满足', 'Met'], withdrawn: ['撤回', 'Withdrawn'],
  organisation: ['组织名称', 'Organisation'], leaderName: ['带队人（保密存放）', 'Leader (sealed)'], number: ['电话（保密存放）', 'Number (sealed)'], equipment: ['装备', 'Equipment'], vehicles: ['车辆', 'Vehicles'], where: ['报到地点', 'Where'], channel: ['来电报到（填“电话”）', 'By telephone? Say so'],
  area: ['任务区域', 'Task area'], reportsTo: ['向谁报告', 'Reports to'], briefedBy: ['交底人（姓名）', 'Briefed by (name)'], briefed: ['已作安全交底', 'Safety briefing given'], insured: ['保险已核', 'Insurance seen'], countedBy: ['清点人（姓名）', 'Counted by (name)'], out: ['离开人数', 'How many leave'], note: ['备注', 'Note'], found: ['落实人数', 'How many'], whereFound: ['人在哪里、怎么知道', 'Where they are, how known'], kindly: ['为什么（客气地说）', 'Why, kindly'], elsewhere: ['可去何处', 'Where else to go'],
  mustBrief: ['未作安全交底不能编组', 'Nobody is assigned without a safety briefing'], did: ['{what}：{who}', '{what}: {who}'],
  chipWait: ['社会力量待编组 {n}', 'Forces to assign: {n}'], chipMissing: ['社会力量失联 {n} 人', 'Force: {n} missing'], here: ['社会力量 {n} 支 {people} 人', 'social forces: {n}, {people} people'],
} as const
export type NeedWord = keyof typeof both
const side = (i: 0 | 1): Record<NeedWord, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<NeedWord, string>
export const w = dictionary(side(0), side(1))
