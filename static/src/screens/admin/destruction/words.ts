import { dictionary } from '../../../kernel/i18n'

const zh = {
  list: '个人信息销毁清单', listSay: '只见条数，不见内容。到期由系统列出并提醒，由人确认才销毁（突发事件应对法第八十五条）。',
  due: '待处理', done: '已办结', none: '没有到期的个人信息', noneSay: '应急响应结束、保存期满后，会列在这里。', noDone: '还没有销毁过',
  number: '编号', of: '对象', state: '状态', over: '结束', dueAt: '到期', count: '条数', until: '暂缓至', review: '复核', reviewDue: '到复核时间', past: '已到期 {n}', reminded: '提醒 {n} 次',
  sorts: '将销毁', sortsDone: '已销毁', total: '合计', pick: '选一条，看有多少条、销毁或暂缓。', reason: '理由', reasonHint: '如：保存期满，不需留证',
  confirm: '确认销毁', confirmSay: '将永久销毁 {n} 条个人信息，恢复备份也不能找回。由 {who} 确认，记入日志。', confirmYes: '销毁，不可恢复', confirmed: '已销毁，回执 {n}。',
  hold: '暂缓销毁', ground: '事由', why: '评估意见', assessor: '评估人', post: '职务', untilDay: '暂缓至', reviewDay: '复核日期', holdDo: '评估后暂缓', held: '已暂缓。', prolong: '再次评估、延长',
  release: '解除暂缓', released: '已解除，待销毁。', assessments: '评估记录', byAt: '{who} {at} 登记', ended: '解除：{why}',
  receipt: '回执', by: '确认', at: '时间', gone: '残留清除', goneNot: '正在清除…', replayed: '恢复备份后再次销毁 {at}', printIt: '打印回执', readOnly: '你的角色只能查看。',
  keys: '档案签名公钥', keysSay: '事件档案用它签名。发给要验证档案的单位；用 openssl 或 fengsui archive verify 验证。', current: '现用', old: '停用，只用于验证', fingerprint: 'SHA-256 指纹', rotate: '更换：在服务器上运行 fengsui archive rotate；以前的档案照样可验证。',
}
const en: Record<keyof typeof zh, string> = {
  list: 'Personal data to be erased', listSay: 'Counts only, never the data. What is due is listed and recalled; a person confirms (Emergency Response Law, art. 85).',
  due: 'To decide', done: 'Settled', none: 'No personal data is due', noneSay: 'What is past its time after a response is listed here.', noDone: 'Nothing was erased yet',
  number: 'No.', of: 'Of', state: 'State', over: 'Over since', dueAt: 'Due', count: 'Rows', until: 'Held until', review: 'Look again', reviewDue: 'to be looked at again', past: 'past by {n}', reminded: 'recalled {n}×',
  sorts: 'What will go', sortsDone: 'What went', total: 'in all', pick: 'Choose one to see how much there is, to erase or to hold it.', reason: 'Reason', reasonHint: 'e.g. past its time, not needed as evidence',
  confirm: 'Confirm erasure', confirmSay: '{n} rows of personal data will be erased for good; no backup brings them back. Confirmed by {who}, in the journal.', confirmYes: 'Erase for good', confirmed: 'Erased, receipt {n}.',
  hold: 'Hold', ground: 'Ground', why: 'Assessment', assessor: 'Assessed by', post: 'Post', untilDay: 'Hold until', reviewDay: 'Look again on', holdDo: 'Hold after assessment', held: 'Held.', prolong: 'Assess again, prolong',
  release: 'Hold no longer', released: 'Released, due to be erased.', assessments: 'Assessments', byAt: 'entered by {who} {at}', ended: 'released: {why}',
  receipt: 'Receipt', by: 'Confirmed by', at: 'At', gone: 'Overwritten on disk', goneNot: 'being overwritten…', replayed: 'erased again after a backup was restored {at}', printIt: 'Print the receipt', readOnly: 'Your role may only look.',
  keys: 'Public keys of response files', keysSay: 'They sign response files. Give the one in use to whoever verifies them, with openssl or fengsui archive verify.', current: 'in use', old: 'retired, verifies only', fingerprint: 'SHA-256 fingerprint', rotate: 'To change it: fengsui archive rotate on the server; older files verify as before.',
}
export const t = dictionary(zh, en)
