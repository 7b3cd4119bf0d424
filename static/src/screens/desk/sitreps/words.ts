/** What the sheet of reports says. */
import { dictionary } from '../../../kernel/i18n'

const both = {
  due: ['待报时限', 'Due'], noDue: ['没有待报的时限', 'Nothing is due'], left: ['余 {n}', '{n} left'], lateBy: ['超时 {n}', 'overdue {n}'], whenGraded: ['未定级 · 定 {levels} 级后计时', 'not graded: runs at level {levels}'], or: ['、', ', '],
  within: ['{n} 分钟内', 'within {n} min'], until: ['{at} 前', 'by {at}'], also: ['同时报：{names}', 'told too: {names}'], otherIncident: ['事件 {n}', 'incident {n}'],
  told: ['谁知道哪些数字', 'Who was told which figures'], noTold: ['还没有报出', 'Nobody was told yet'], to: ['报给', 'To'], person: ['接报人', 'Who took it'], channel: ['方式', 'By'], at: ['时刻', 'At'], by: ['报送人', 'Told by'], figures: ['数字', 'Figures'], lateness: ['时限', 'Limit'], received: ['签收 {who} {at}', 'received {who} {at}'], notReceived: ['未签收', 'no receipt'],
  inTime: ['按时', 'in time'], lateOwn: ['迟 {n}（本县规定）', 'late {n} (own rule)'], lateLaw: ['迟 {n}（法定）', 'late {n} (law)'], comma: ['、', ', '], none: ['未报', 'no report'],
  differs: ['现数与上次报送不同', 'Figures differ from what was told last'], disagree: ['各处所报数字不一致', 'Recipients know different figures'], change: ['{name} {from} → {to}', '{name} {from} → {to}'],
  phone: ['电话快报', 'telephone report'], draft: ['起草', 'draft'], request: ['来电查询', 'caller asks'], nil: ['零报告', 'nil report'], nilHow: ['本班无事，一键报出', 'Nothing in the shift: one key'], waive: ['不需报', 'need not be told'],
  paper: ['本次报告', 'This report'], before: ['上次报送', 'told last'], now: ['本次报送', 'to be told'], changeHead: ['变化', 'Change'], baseOf: ['上次：{kind} {at}', 'last: {kind} {at}'], noBase: ['首次报送，没有上次', 'first report, none before'], same: ['—', '—'],
  edit: ['改文字', 'edit'], renew: ['取最新数字', 'take new figures'], toReview: ['送审', 'to review'], approve: ['审核通过', 'pass review'], reject: ['退回', 'send back'], sign: ['签发', 'sign'], oral: ['口头签发（代录）', 'spoken signature'], confirm: ['确认口头签发', 'confirm signature'], send: ['记报出', 'enter as sent'], sendTo: ['再报一处', 'one more recipient'], receipt: ['记签收', 'enter receipt'], redraft: ['重新起草', 'draft again'], more: ['上级要求补充', 'more is asked for'], pdf: ['PDF', 'PDF'], docx: ['Word', 'Word'],
  name: ['签发人', 'Signed by'], post: ['职务', 'Post'], number: ['号码', 'Number'], time: ['时刻（空=此刻）', 'Time (empty: now)'], proxy: ['代谁录入（空=本人所报）', 'Entered for (empty: oneself)'], reason: ['理由', 'Reason'], note: ['审核意见', 'Remark'], kind: ['种类', 'Kind'], save: ['保存', 'save'], enter: ['记录', 'enter'], oralBy: ['怎样听到', 'Heard by'],
  drafted: ['{who} {at} 起草', 'drafted by {who} {at}'], reviewedBy: ['{who} 审核', 'reviewed by {who}'], signedBy: ['{name}（{post}）签发', 'signed by {name} ({post})'], spoken: ['口头签发，{who} 代录，待确认', 'spoken, entered by {who}, to be confirmed'], confirmedBy: ['{who} 已确认', 'confirmed by {who}'], stale: ['起草后数字已变：请取最新数字', 'Figures changed since: take the new ones'],
  office: ['自称单位', 'Says he is of'], asker: ['来电人', 'Caller'], callNumber: ['回拨号码', 'Call-back number'], asks: ['索要什么', 'What he wants'], known: ['号码在册', 'number is on record'], unknown: ['号码不在册：按登记的号码回拨', 'number not on record: call the one on record'], reached: ['回拨接通人', 'Who answered'], verified: ['已回拨核实', 'verified'], refused: ['对方未要过：不提供', 'they did not ask: not told'], callBack: ['先回拨核对，再提供', 'Call back first, then tell'], requests: ['来电查询', 'Callers who ask'],
  never: ['系统不自动报送：由人打电话、发送，再在此记录', 'Nothing is sent by the system: a person tells, then enters it'], machine: ['由系统起草', 'drafted by the system'], choose: ['选一项事件看它的报送', 'Choose an incident'], period: ['{from} 至 {to}', '{from} to {to}'],
  didPhone: ['电话快报已记', 'Telephone report entered'], didDraft: ['已起草', 'Drafted'], didSave: ['已保存', 'Saved'], didStep: ['{state}', '{state}'], didSend: ['已记报出', 'Entered as sent'], didNil: ['零报告已报出', 'Nil report given'], didWaive: ['已注明不需报', 'Noted'], didAsk: ['来电已记', 'Call entered'], didApprove: ['审核通过', 'Review passed'], didConfirm: ['已确认', 'Confirmed'], unsent: ['非涉密', 'unclassified'],
  otherKind: ['其他报告', 'other report'], saysFinal: ['处置结束：经过、现状、善后', 'It is over: course, state, aftermath'], saysVerified: ['核实后的最终数字', 'The verified total'], saysCorrection: ['上次报错了：更正', 'What was told last was wrong'], saysDaily: ['持续多日：当日情况', 'It lasts for days: this day'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const w = dictionary(side(0), side(1))
export type SitrepWord = Key
