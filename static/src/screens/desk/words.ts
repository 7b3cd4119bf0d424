/** The desk's own words, both languages side by side. */
import { dictionary } from '../../kernel/i18n'
import { more } from './words_more'

const both = {
  title: ['值班席', 'duty desk'], demo: ['演示数据', 'demo data'],
  soundOn: ['声音开', 'sound on'], soundLocked: ['声音未开 · 按任意键', 'sound locked · press any key'], soundMuted: ['本席静音 {who} {at}', 'muted by {who} {at}'],
  townUp: ['乡镇 {n} 通', 'Townships {n} linked'], townCut: ['{n} 断', '{n} cut'],
  folded: ['另 {n} 项', '{n} more'],
  alarms: ['告警', 'Alarms'], alarmsToAck: ['{n} 束待确认', '{n} to acknowledge'], ackTop: ['确认首束', 'ack first'], noAlarms: ['没有待确认的告警', 'No alarm to acknowledge'],
  alarmsMore: ['还有 {n} 项', '{n} more'], taken: ['已确认未解除 {n}', 'acknowledged, not over {n}'], takenBy: ['{who} {at}', '{who} {at}'], hush: ['静音', 'silence'], unhush: ['恢复声音', 'sound again'], silencedBy: ['{who} 已静音', 'silenced by {who}'], times: ['×{n}', '×{n}'],
  queue: ['事件', 'Incidents'], byRisk: ['按生命危险排序', 'by risk to life'], open: ['在办 {n}', 'open {n}'],
  people: ['有人员失联、被困或生命危险', 'People missing, trapped or dying'], possible: ['可能有人员危险', 'People may be in danger'],
  grave: ['Ⅰ级、Ⅱ级（无人员危险）', 'Level Ⅰ, Ⅱ (no people at risk)'], others: ['其他在办', 'Other open'],
  fresh: ['新', 'new'], teams: ['队伍 {n}', '{n} teams'], oneTeam: ['队伍 1', '1 team'], unaccepted: ['未接令 {n}', '{n} unaccepted'], waitingTeam: ['待调派', 'no team yet'], overdue: ['超时', 'overdue'],
  silent: ['失去联系', 'out of contact'], lastHeard: ['末次 {at}', 'last {at}'], townships: ['乡镇联系', 'Townships'], townHead: ['末次或电话 · 在办', 'heard or phone · open'], townHeadCalls: ['值班电话 · 在办', 'duty phone · open'],
  neverHeard: ['本次开机未上线，此为值班电话', 'not on line yet: its duty phone'],
  emptyQueue: ['没有在办事件', 'No open incident'], emptyQueueText: ['来电时按 {key} 接报。', 'When a call comes, press {key}.'],
  none: ['未选事件', 'No incident chosen'], noneText: ['按左侧数字键选事件，或按 {key} 接报。', 'Press the number of an incident at the left, or {key} for a call.'], calmText: ['县情一览如图。来电时按 {key} 接报。', 'The county at a glance. When a call comes, press {key}.'],
  goneTitle: ['此事件已离开在办列表', 'This incident has left the open list'], goneText: ['已结束、并入其他事件，或已不在本席权限内。按数字键选下一起。', 'Ended, merged, or no longer within your rights. Press a number for the next.'],
  ungraded: ['未定级', 'not graded'], levelOf: ['{word}（{numeral}）', '{word} ({numeral})'], inBrackets: ['（{text}）', ' ({text})'], gradeBy: ['由人定', 'a person decides'], suggests: ['建议 {level}（按已确认数）', 'suggested {level} (confirmed figures)'], suggestsPossible: ['可能 {level}（含失联被困）', 'possibly {level} (missing, trapped counted)'],
  noLevelKind: ['此类事件不定级', 'this kind has no legal level'], home: ['属地 {name}', 'home {name}'], toConfirm: ['属地待确认', 'home to be confirmed'], dangerous: ['较大涉险', 'dangerous incident'],
  commandBy: ['{authority} {who} 指挥，我方{role}', '{authority} {who} commands, our part: {role}'], received: ['接报 {at}', 'received {at}'],
  mDirect: ['直接下达', 'direct'], mTownship: ['直接下达(乡镇)', 'direct (town)'], mVia: ['经主管单位调派', 'via authority'], mViaWhom: ['经{via}调派', 'via {via}'], mRequest: ['商请', 'request'], mInvite: ['邀请', 'invite'],
  place: ['地点', 'Place'], story: ['经过', 'What'], reportedBy: ['报告', 'Reported'], hazards: ['危险', 'Dangers'], onScene: ['现场', 'On scene'], particulars: ['专项', 'Details'],
  positionPending: ['位置待核 · 示意', 'unverified position'], pointKnown: ['坐标 {at}', 'point {at}'], shared: ['共享 {names}', 'shared with {names}'], mergedCount: ['已并入 {n} 起', '{n} merged in'],
  twoFigures: ['两个说法', 'two figures'], manyFigures: ['{n} 个说法', '{n} figures'], reporting: ['报出用 {value}', 'reported: {value}'], unreported: ['未报', 'no report'], ageAgo: ['{n}前', '{n} ago'], alsoSaid: ['另报 {n}', 'also {n}'], notZero: ['不当作 0', 'is not 0'], confirmed: ['已确认', 'confirmed'], unconfirmed: ['未确认', 'unconfirmed'],
  tasks: ['出动任务', 'Tasks'], taskCount: ['{n} 支', '{n}'], taskCounts: ['{n} 支：{list}', '{n}: {list}'], moreRows: ['接着列（还有 {n} 项）', 'More ({n} left)'], proxyKey: ['代报', 'proxy'], recallKey: ['召回', 'recall'], evacKey: ['紧急撤离', 'evacuate'],
  state: ['状态', 'State'], team: ['队伍', 'Team'], mode: ['调派方式', 'Order mode'], ring: ['找谁', 'Call'], orderedAt: ['下达', 'Ordered'], clock: ['时钟 / 时限', 'Clock / limit'],
  headcount: ['{n} 人', '{n}'], sinceAt: ['{at} 起', 'since {at}'], eta: ['约 {at} 到', 'ETA ~{at}'], etaLate: ['原计 {at} 到', 'was due ~{at}'], position: ['位置 {age}前', 'pos {age} ago'], noPosition: ['无位置', 'no position'], proxy: ['代报', 'proxy'], byWhom: ['{who} {channel}', '{who}, {channel}'],
  noTasks: ['还没有派出队伍', 'No team sent yet'], noTasksText: ['按 {suggest} 看建议，再按 {send} 发出。', 'Press {suggest} for the suggestion, then {send} to send.'], limit: ['/ {n}', '/ {n}'],
  suggest: ['建议加派', 'Suggested teams'], computed: ['{at} 算', 'computed {at}'], estimates: ['时间为估计', 'estimates'], schematicBasis: ['位置示意', 'schematic'],
  about: ['约 {n}', '~{n}'], noTime: ['时间未知', 'no time'], noRoad: ['道路不通', 'no open road'], leftOut: ['未列入', 'Left out'], shortfall: ['缺口', 'Shortfall'], send: ['发出 {n} 支', 'Send {n}'], sendHow: ['数字 选/去 · {send} 发出 · 发后 10 秒内 {undo} 撤销', 'digit toggles · {send} sends · {undo} undoes within 10 s'],
  sendShort: ['数字 选/去 · {undo} 撤', 'digit toggles · {undo} undoes'],
  newer: ['有更新：Esc 后重看', 'newer list: Esc to see it'], noSuggestion: ['没有可建议的队伍', 'No team to suggest'], computing: ['正在算…', 'computing…'], cannotSuggest: ['暂时算不出建议：{why}', 'No suggestion now: {why}'], notMine: ['县属、邻乡队伍', 'County, neighbours'],
  allTeams: ['全部队伍 {n}', 'all {n} teams'], mapTitle: ['位置', 'Map'], mapNote: ['乡镇界示意 · 非法定界线', 'township lines schematic'], timeline: ['时间线', 'Timeline'], appendOnly: ['只增不改', 'append-only'], timelineHead: ['发生时刻 / 谁 / 何事', 'when / who / what'], noTimeline: ['还没有记录', 'Nothing recorded yet'], lateEntry: ['{at} 补到', 'received {at}'], system: ['系统', 'system'],
  things: ['现在要做的三件事', 'Three things to do now'], thingsMore: ['另有 {n} 件', '{n} more'], noThings: ['眼下没有要催办的', 'Nothing needs chasing now'], limitIs: ['时限 {n}', 'limit {n}'],
  phones: ['电话单', 'Telephone list'], thisIncident: ['本事件', 'this incident'], wholeCounty: ['值班电话', 'duty phones'], facts: ['详情', 'Facts'], phonesHead: ['号码 · 末次', 'number · last'], notRung: ['未打', 'not yet'], noPhones: ['没有登记的号码', 'No number on record'],
  reports: ['原始报告', 'Raw reports'], noReports: ['还没有报告', 'No report yet'],
  bar_command: ['指令键', 'command keys'], bar_armed: ['派队中', 'sending teams'], bar_recall: ['召回中', 'recalling'], bar_evacuate: ['紧急撤离', 'evacuating'], bar_proxy: ['代报中', 'proxy entry'], bar_figure: ['选报出数', 'choose figure'], bar_thing: ['正在办', 'in hand'], bar_phones: ['电话', 'calls'], bar_intake: ['输入中 · 单字母键停用', 'typing · letter keys off'], bar_sheet: ['填写中', 'filling in'],
  waiting: ['待送达 {n}', '{n} waiting to be sent'],
} as const

type Key = keyof typeof both | keyof typeof more
const all = { ...both, ...more } as Record<Key, readonly [string, string]>
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(all).map(([key, pair]) => [key, (pair as readonly [string, string])[i]])) as Record<Key, string>
export const t = dictionary(side(0), side(1))
export type DeskWord = Key
