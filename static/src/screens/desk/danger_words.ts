/** Danger areas at the desk: declaring, changing, lifting. */
import { dictionary } from '../../kernel/i18n'

const both = {
  title: ['危险区', 'Danger areas'], circle: ['画圆', 'Circle'], area: ['画面', 'Area'], radius: ['半径（米）', 'Radius (m)'], sort: ['种类', 'Sort'], reason: ['原因', 'Why'], reasonHint: ['如：液氨泄漏、断线落地', 'e.g. ammonia leak, fallen line'],
  advice: ['区内要求', 'Do inside'], until: ['预计几小时', 'Hours'], untilHint: ['到时提醒，不自动解除', 'reminds, lifts nothing'], ofIncident: ['属本事件', 'of this incident'], declare: ['划定，警告进入队伍', 'Declare, warn who enters'], save: ['存改动', 'Save change'],
  setCircle: ['点圆心；键盘：Tab 到十字，方向键移动，回车定点', 'Set the centre; by key: Tab to the cross, arrows, Enter'], setArea: ['依次点各角；点可拖动。键盘：Tab 到十字，方向键移动，回车定点', 'Set the corners; they can be dragged. By key: Tab to the cross, arrows, Enter'],
  admit: ['准入队伍', 'Admit a team'], admitWho: ['哪支队伍', 'Which team'], admitWhy: ['进去做什么', 'What for'], admitSure: ['准入，不报警', 'Admit, no alarm'], admitEnd: ['取消准入', 'End it'], admittedBy: ['准入 {by} {at}：{why}', 'admitted by {by} {at}: {why}'], admittedIn: ['在区内', 'inside'], didAdmit: ['已准入{what}', 'Admitted: {what}'], didAdmitEnd: ['已取消准入：{what}', 'No longer admitted: {what}'],
  none: ['没有危险区', 'No danger area'], lift: ['解除', 'Lift'], liftWhy: ['为什么安全了', 'Why it is safe'], liftSure: ['确认解除', 'Lift it'], change: ['改', 'Change'], cancel: ['取消', 'Cancel'], past: ['已过预计 {at}', 'past {at}'], till: ['预计至 {at}', 'until {at}'], from: ['{at} 起', 'from {at}'], inside: ['区内 {n} 支队伍', '{n} teams inside'], insideOne: ['区内 1 支队伍', '1 team inside'],
  did: ['已划定{what}', 'Declared: {what}'], didChange: ['已调整{what}', 'Changed: {what}'], didLift: ['已解除{what}', 'Lifted: {what}'], mistaken: ['划错了', 'declared by mistake'], impact: ['看影响', 'Impact'], receipt: ['已回执', 'read'], noReceipt: ['未回执', 'not read'], undoPoint: ['退一步', 'Back'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const d = dictionary(side(0), side(1))
