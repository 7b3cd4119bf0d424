/** The words of the eight lines, in speakable sentences. */
import { dictionary } from '../../kernel/i18n'

const zh = {
  where: '时间地点', people: '人员', forces: '力量', done: '已做', next: '下一步', decide: '需决定', cut: '联系中断', reports: '报送',
  heardOf: '{at}接报{place}{kind}', occurred: '发生时间另核', graded: '定级{level}', ungraded: '未定级', possibleRisk: '可能有人员危险', placePending: '具体位置待核',
  night: '截至{at}在办{n}起', nightNone: '截至{at}没有在办事件', oneOf: '{place}{kind}', warned: '{title}生效中', list: '、', comma: '，', gap: '',
  figure: '{word}{n}人', doubt: '未确认', rival: '另说{list}人', somewhat: '其中未确认{n}人', bracket: '（{text}）', nobodyTold: '人员情况未报', restUntold: '{list}未报', untoldIn: '另有{n}起未报人员', as: '截至{at}',
  sent: '派{n}支', none: '尚未派队', allBack: '队伍已全部归队', working: '处置中{n}', onScene: '到场{n}', enroute: '途中{n}', assembling: '集结{n}', accepted: '已接令{n}', ordered: '未接令{n}', leaving: '撤收{n}', lateOne: '{team}超时未接令', lateMany: '{n}支超时未接令',
  begun: '{level}响应已启动', issued: '指令{n}条，办结{done}', doneWhat: '已办结{text}', dangerAreas: '划定危险区{n}处', closed: '封路{n}处', nothingDone: '尚无处置记录', evacuate: '紧急撤离{n}支', called: '叫应{n}人，未行动{left}人', moved: '应转移{n}人，已转移{done}人', untoldZones: '{k}片未报', movedUntold: '应转移{n}人，{k}片未报',
  urge: '催{team}接令', arrive: '{team}到场', by: '{at}前{text}', overdueWhat: '{text}已超时', reportBy: '{at}前报{to}', reportLate: '补报{to}（已超时）', nothingNext: '未记录下一步安排', and: '和',
  noDecision: '无', spokenFor: '{title}，口头同意已生效，待本人确认', disputedFor: '{title}，口头批准有出入，待核实', whether: '是否{title}', unread: '未能读取，请问值班室', lateDecision: '{title}（已超时）',
  cutOff: '{name}联系中断', villages: '（{n}村）', cutSince: '{at}起', noCut: '无', neverHeard: '{n}个乡镇未上线，不明', cutUntold: '村级联系情况本级无记录',
  owes: '{to}{what}未报，余{left}', owesLate: '{to}{what}已超时{over}', owesPending: '{to}{what}待定级后起算', told: '{to}{at}已报', noReports: '没有待报时限', differs: '已报{to}的数字与现在不同',
  phone: '电话快报', written: '书面{kind}', any: '{kind}', first: '首报', followup: '续报', supplement: '补报', minutes: '{n}分', hours: '{h}时{m}分',
}
const en: Record<keyof typeof zh, string> = {
  where: 'When, where', people: 'People', forces: 'Forces', done: 'Done', next: 'Next', decide: 'To decide', cut: 'No contact', reports: 'Reports',
  heardOf: 'reported {at}: {kind}, {place}', occurred: 'time of occurrence to be checked', graded: 'graded {level}', ungraded: 'not graded', possibleRisk: 'people may be in danger', placePending: 'exact place to be checked',
  night: 'as of {at}, {n} under way', nightNone: 'as of {at} nothing is under way', oneOf: '{kind}, {place}', warned: '{title} in force', list: ', ', comma: ', ', gap: ' ',
  figure: '{n} {word}', doubt: 'unconfirmed', rival: 'others say {list}', somewhat: '{n} of them unconfirmed', bracket: ' ({text})', nobodyTold: 'people not reported', restUntold: '{list} not reported', untoldIn: '{n} incidents without figures', as: 'as of {at}',
  sent: '{n} teams sent', none: 'no team sent yet', allBack: 'all teams are back', working: '{n} at work', onScene: '{n} on scene', enroute: '{n} on the way', assembling: '{n} assembling', accepted: '{n} accepted', ordered: '{n} not accepted', leaving: '{n} leaving', lateOne: '{team} overdue to accept', lateMany: '{n} overdue to accept',
  begun: '{level} response active', issued: '{n} instructions, {done} done', doneWhat: 'done: {text}', dangerAreas: '{n} danger areas', closed: '{n} roads closed', nothingDone: 'nothing on record yet', evacuate: '{n} teams pulled out', called: '{left} of {n} called have not acted', moved: '{done} of {n} people moved', untoldZones: '{k} zones not reported', movedUntold: '{n} people to move, {k} zones not reported',
  urge: 'press {team} to accept', arrive: '{team} to arrive', by: 'by {at} {text}', overdueWhat: 'overdue: {text}', reportBy: 'report to {to} by {at}', reportLate: 'report to {to} (overdue)', nothingNext: 'no next step on record', and: ' and ',
  noDecision: 'nothing', spokenFor: '{title}: approved by word, in effect, to be confirmed', disputedFor: '{title}: recorded word disputed', whether: '{title}', unread: 'could not be read: ask the duty desk', lateDecision: '{title} (overdue)',
  cutOff: '{name} out of contact', villages: ' ({n} villages)', cutSince: 'since {at}', noCut: 'none', neverHeard: '{n} townships never on line, unknown', cutUntold: 'contact with villages is not recorded here',
  owes: '{what} to {to} in {left}', owesLate: '{what} to {to} overdue {over}', owesPending: '{what} to {to} waits for a level', told: '{to} told {at}', noReports: 'no report is due', differs: '{to} was told other figures',
  phone: 'phone report', written: 'written {kind}', any: '{kind}', first: 'first report', followup: 'follow-up', supplement: 'supplement', minutes: '{n} min', hours: '{h} h {m}',
}
export const w = dictionary(zh, en)
