/** Call-outs at the desk. */
import { dictionary } from '../../../kernel/i18n'

const both = {
  fresh: ['发起叫应', 'New call-out'], none: ['没有进行中的叫应', 'No call-out under way'], noneSay: ['红色、橙色预警转发后按 N 发起，或手工选范围。', 'After a red or orange warning was relayed, N begins one; or by hand.'],
  warning: ['按预警', 'By a warning'], byHand: ['手工', 'By hand'], areas: ['叫应范围', 'Areas'], all: ['全县', 'Whole county'], reason: ['理由', 'Reason'], begin: ['开始叫应', 'Begin'], struck: ['影响 {names}', 'strikes {names}'], more: ['扩大范围', 'Widen'], addAreas: ['加入', 'Add'],
  opened: ['{who} {at} 发起', 'begun by {who} {at}'], over: ['预警已不在效', 'the warning is no longer in force'], missing: ['预警范围已扩大，未叫应：{names}', 'the warning grew, not called: {names}'],
  acted: ['已行动 {x} / {y}', 'acted {x} / {y}'], apart: ['仅应答 {n}（不计）', 'only answered {n} (not counted)'], list: ['名单', 'List'], onlyOpen: ['只列未行动 {n}', 'not acted {n}'], everybody: ['全部 {n}', 'all {n}'], otherList: ['换名单', 'other list'],
  outcome: ['登记结果', 'outcome'], next: ['下一人', 'next'], prev: ['上一人', 'previous'], number: ['看号码（留痕）', 'show number (logged)'], hidden: ['私人号码，按 Enter 查看', 'private, Enter shows it'], gone: ['号码已撤销', 'number withdrawn'], noNumber: ['无登记号码', 'no number on record'],
  superior: ['上级责任人', 'Superior'], ringSuperior: ['看上级号码', "Superior's number"], proxy: ['代报', 'proxy'], person: ['谁说的', 'Said by'], channel: ['渠道', 'By'], atTime: ['几点', 'At'], phone: ['电话', 'telephone'], radio: ['对讲机', 'radio'], face: ['当面', 'in person'], other: ['其他', 'other'],
  undo: ['撤销误记', 'undo entry'], attempts: ['叫应记录', 'Attempts'], noAttempts: ['还没有叫', 'Not called yet'], corrected: ['已更正', 'corrected'], withdrawn: ['撤销误记', 'taken back'], recalled: ['复叫', 'called again'], late: ['{at} 补到', 'received {at}'],
  climbs: ['{n} 后升级', 'climbs in {n}'], doorIn: ['{n} 后上门', 'to the door in {n}'], climbedAt: ['{at} 升级', 'climbed {at}'], doorAt: ['{at} 须上门', 'to the door {at}'], tries: ['未接 {n}', 'missed {n}'], waiting: ['待送达', 'waiting to be sent'],
  sample: ['抽查复叫', 'Sample'], toRecall: ['待复叫', 'to call again'], recall: ['登记复叫结果', 're-call outcome'], differs: ['复叫不符：{said}', 'refuted: {said}'], end: ['结束叫应', 'End'], endWhy: ['结束理由', 'Why'], sure: ['确认结束', 'End it'], exported: ['导出表格', 'Export'], print: ['打印名单', 'Print list'],
  empty: ['都已行动', 'All have acted'], nobody: ['名单是空的：这些村没有登记责任人', 'Empty: nobody is named there'], unnamed: ['无责任人的村：{names}', 'Villages without a name: {names}'],
  didBegin: ['已发起叫应：{what}', 'Call-out begun: {what}'], didWiden: ['已扩大叫应范围', 'Widened'], did: ['{who}：{what}', '{who}: {what}'], didUndo: ['{who}：已撤销误记', '{who}: entry taken back'], didSample: ['已抽查', 'Sample drawn'], didEnd: ['叫应已结束', 'Call-out ended'], refused: ['{label}：{why}', '{label}: {why}'], read: ['知道了', 'Noted'],
  printed: ['打印 {at} {who}', 'printed {at} {who}'], paperHow: ['结果：1 已接听 2 已到岗 3 已转移 4 未接 5 已上门；私人号码不印。', 'Outcome: 1 answered 2 on post 3 moved 4 no answer 5 visited; private numbers are not printed.'], state: ['状态', 'State'], post: ['岗位', 'Post'], place: ['村', 'Place'], line: ['号码', 'Number'], result: ['结果 / 时间', 'Outcome / time'], private: ['个人号码', 'private'], cut: ['断线，结果未知', 'cut, unknown'], to: ['升级至', 'climbs to'], noSuperior: ['无上级，直接上门', 'nobody above: the door'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const w = dictionary(side(0), side(1))
