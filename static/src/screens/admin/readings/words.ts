import { dictionary } from '../../../kernel/i18n'

const zh = {
  who: '账号', what: '内容', since: '从', until: '到', any: '全部内容', show: '查询', export: '导出 CSV', exportSay: '导出本身也会写入访问日志', time: '时间', reader: '谁', thing: '对象', seq: '序号', older: '更早', newest: '回到最新',
  whole: '日志链完整', broken: '日志链不完整：{what}', none: '没有符合的访问记录', noneSay: '放宽条件再查。没有人查看过个人信息时，这里是空的。', caller: '报警人', line: '私人号码', exported: '导出', leaders: '队长手机', camera: '摄像头画面（{why}）', cameraNote: '调看说明', unknown: '（无此账号）',
}
const en: Record<keyof typeof zh, string> = {
  who: 'Account', what: 'What', since: 'From', until: 'To', any: 'anything', show: 'Find', export: 'Export CSV', exportSay: 'the export goes into the access log itself', time: 'Time', reader: 'Who', thing: 'Of', seq: 'No.', older: 'Older', newest: 'Back to the newest',
  whole: 'the chain is whole', broken: 'the chain is broken: {what}', none: 'No reading fits', noneSay: 'Widen the search. Where nobody has looked at personal data, this is empty.', caller: 'caller', line: 'private number', exported: 'export', leaders: "leaders' mobiles", camera: 'camera picture ({why})', cameraNote: 'note of a viewing', unknown: '(no such account)',
}
export const t = dictionary(zh, en)
