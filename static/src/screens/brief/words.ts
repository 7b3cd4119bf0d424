/** The brief's own words; those of the eight lines are in parts/brief. */
import { dictionary } from '../../kernel/i18n'

const zh = {
  title: '领导简报', of: '{name}・情况简报', demo: '演示数据', data: '数据 {span}前', synced: '已同步 {time}', kept: '未联网', never: '正在读取', silent: '线路无声，停在 {time}',
  which: '看哪一起', night: '全夜综合（{n} 起）', nightNone: '全夜综合', aloud: '念完约 {n} 秒', lines: '八句简报', old: '已旧', newest: '截至 {time}',
  ask: '请示', spoken: '口头批准・代录', disputed: '口头批准・有出入', askedAt: '{time} 呈报', by: '{who}', dueIn: '{span}内须定', overdue: '已超时 {span}',
  said: '{post}{who} {time} 在{channel}中同意，{by}代录。', acts: '已按此生效。', inEffect: '确认只补签字，不影响生效', disputeSays: '“有出入”即通知值班室', oneTap: '点一下即生效・电话里说也行', pickTap: '点选一项即生效・电话里说也行',
  noRight: '待{who}决定；口头同意由值班员在值班席代录', leader: '领导', noLine: '现在没有线路：请打电话说，由值班员代录', whyAsk: '理由', send: '确定{what}', back: '不退回，返回', sending: '正在提交', did: '{what}：已提交 {time}', refused: '没有生效：{why}', lookAgain: '请看最新内容后再定。',
  told: '已通知值班室，请等候来电', waits: '待决定 {n} 项', copy: '复制全文', copied: '已复制', cannotCopy: '此浏览器不让复制，请长按选取', print: '打印', duty: '值班室', foot: '{name}・{at} 生成', just: '刚才批准的', justDid: '{what}，{time} 已生效', takeBack: '撤回', whyBack: '为什么撤回', takeBackSure: '确定撤回', keepIt: '不撤回', well: '知道了', tookBack: '{what}，已于 {time} 撤回', notBack: '没有撤回：{why}', printed: '打印 {at}　{who}', confirmed: '确认',
  first1: '从上往下念，一分钟念完；右边是每句话的时间，灰的是旧的。', first2: '有请示时，卡片上写的就是要批准的全部内容，点一下即生效。', first3: '在电话里说也行：值班员代录，先生效，您回头在这里确认。', none: '—',
}
const en: Record<keyof typeof zh, string> = {
  title: "Leader's brief", of: '{name} · brief', demo: 'demo data', data: 'data {span} old', synced: 'synced {time}', kept: 'no line', never: 'reading', silent: 'line silent since {time}',
  which: 'Which incident', night: 'The whole night ({n})', nightNone: 'The whole night', aloud: 'about {n} s aloud', lines: 'Eight lines', old: 'old', newest: 'as of {time}',
  ask: 'To decide', spoken: 'Spoken · recorded', disputed: 'Spoken · disputed', askedAt: 'asked {time}', by: '{who}', dueIn: 'needed in {span}', overdue: 'overdue {span}',
  said: '{post} {who} agreed at {time} by {channel}; recorded by {by}.', acts: 'It is in effect.', inEffect: 'Confirming adds the signature; it is in effect already', disputeSays: '“Not what I said” calls the duty office', oneTap: 'One tap and it is in effect · or say it by phone', pickTap: 'One tap decides · or say it by phone',
  noRight: 'Waits for {who}; a spoken word is recorded at the desk', leader: 'the leader', noLine: 'No line now: ring the duty office, it records your word', whyAsk: 'Why', send: 'Confirm: {what}', back: 'Back', sending: 'sending', did: '{what}: sent {time}', refused: 'Not in effect: {why}', lookAgain: 'Look at what stands now, then decide.',
  told: 'The duty office knows and will ring', waits: '{n} to decide', copy: 'Copy text', copied: 'Copied', cannotCopy: 'This browser does not copy: select by hand', print: 'Print', duty: 'Duty office', foot: '{name} · made {at}', just: 'Just approved', justDid: '{what}: in effect since {time}', takeBack: 'Take back', whyBack: 'Why it is taken back', takeBackSure: 'Take it back', keepIt: 'Keep it', well: 'Noted', tookBack: '{what}: taken back {time}', notBack: 'Not taken back: {why}', printed: 'Printed {at}　{who}', confirmed: 'Confirm',
  first1: 'Read from the top, one minute; on the right is the age of each line, grey is old.', first2: 'A card shows all that you approve; one tap and it is in effect.', first3: 'Or say it by phone: the duty officer records it, it holds at once, you confirm here later.', none: '—',
}
export const t = dictionary(zh, en)
