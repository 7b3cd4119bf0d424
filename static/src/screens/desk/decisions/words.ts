/** The words of the desk's brief and decisions. */
import { dictionary, lang } from '../../../kernel/i18n'

const zh = {
  night: '全夜综合', aloud: '念完约 {n} 秒', copy: '复制', copied: '已复制', cannotCopy: '不能复制', print: '打印', open: '领导手机页', waits: '待决定', none: '没有待决定的事', unread: '未能读取待决定的事',
  fresh: '请示', asked: '{who} {time} 呈报', due: '须于 {time} 前定', late: '已超时', spoken: '口头批准待确认', disputed: '口头批准有出入', by: '{post}{who}，{by}代录', elsewhere: '签发在信息报送里办', record: '代录口头批准',
  question: '请示事项', grounds: '依据和情况', options: '备选（每行一项，2–4 项）', of: '请示谁', own: '本级领导', county: '县领导', within: '几分钟内须定', send: '呈报', back: '返回', yes: '同意', no: '不同意', here: '关于当前事件', whole: '不涉及某一起事件',
  person: '谁说的', post: '职务', channel: '方式', number: '号码', phone: '电话', radio: '电台', face: '当面', takes: '录入即生效，领导稍后在手机上确认', enter: '代录：{what}', withdraw: '撤回', why: '理由',
  didAsk: '已呈报', didRecord: '已代录口头决定', didWithdraw: '已撤回请示', kRecord: '代录', kPick: '选一项', kCopy: '复制', printed: '打印 {at}　{who}',
}
const en: Record<keyof typeof zh, string> = {
  night: 'The whole night', aloud: 'about {n} s aloud', copy: 'Copy', copied: 'Copied', cannotCopy: 'Cannot copy', print: 'Print', open: "The leader's page", waits: 'To decide', none: 'Nothing waits for a decision', unread: 'What waits could not be read',
  fresh: 'Ask', asked: '{who}, asked {time}', due: 'needed by {time}', late: 'overdue', spoken: 'by word, to be confirmed', disputed: 'recorded word disputed', by: '{post} {who}, recorded by {by}', elsewhere: 'Signed among the reports', record: 'Record a spoken word',
  question: 'Question', grounds: 'Grounds', options: 'Options (one a line, 2–4)', of: 'Ask whom', own: 'own leader', county: 'county leader', within: 'needed within, min', send: 'Ask', back: 'Back', yes: 'Yes', no: 'No', here: 'About this incident', whole: 'About no one incident',
  person: 'Who said it', post: 'Post', channel: 'How', number: 'Number', phone: 'phone', radio: 'radio', face: 'in person', takes: 'In effect once entered; the leader confirms on the phone later', enter: 'Record: {what}', withdraw: 'Take back', why: 'Why',
  didAsk: 'Asked', didRecord: 'Spoken decision recorded', didWithdraw: 'Question taken back', kRecord: 'record', kPick: 'pick', kCopy: 'copy', printed: 'Printed {at}　{who}',
}
export const w = dictionary(zh, en)
/** Channels are kept in Chinese, as the record of the county has them. */
export const CHANNELS: readonly (readonly [kept: string, word: 'phone' | 'radio' | 'face'])[] = [['电话', 'phone'], ['电台', 'radio'], ['当面', 'face']]
export const simple = (): [string, string] => (lang() === 'zh' ? ['同意', '不同意'] : ['Yes', 'No'])
