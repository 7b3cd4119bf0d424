/** What the cameras of an incident say. */
import { dictionary } from '../../kernel/i18n'

const both = {
  asking: ['正在查…', 'looking…'], none: ['附近没有登记的摄像头', 'No camera on record near by'], noneHow: ['20 公里内没有本席可见的摄像头；登记见“管理 → 数据导入”或接口。', 'None within 20 km that this desk may see. They are entered by import or over the interface.'],
  nowhere: ['事件还没有位置', 'The incident has no place yet'], village: ['事件只知村名：不计距离，同村在前', 'Only the village is known: no distances, the village first'], more: ['另有 {n} 个更远', '{n} more, farther'],
  pick: ['选摄像头', 'camera'], purpose: ['选用途', 'purpose'], checked: ['{ago}检测', 'checked {ago}'], since: ['{at} 起', 'since {at}'], facing: ['朝{way}', 'faces {way}'], synthetic: ['演示', 'demo'], byOwner: ['管理：{who}', 'run by {who}'],
  choose: ['按数字选一个摄像头，再说明用途即可调看。每次调看都留痕。', 'A digit chooses a camera; state a purpose and you see it. Each viewing is logged.'],
  noStream: ['无画面地址', 'No stream'], noStreamHow: ['该摄像头只登记了位置，没有接入画面，无法调看。', 'Only its place is on record; no stream is connected, so there is nothing to see.'], mayNot: ['本账号不能调看摄像头，可请县值班席调看。', 'This account may not watch cameras: ask the county desk.'],
  why: ['为何调看', 'Why do you want to see it?'], whyHow: ['用途、时间、姓名记入访问日志；一次限时，可延长。', 'Purpose, time and your name go into the access log; for some minutes, which can be prolonged.'], isOff: ['上次检测不在线，可能没有画面', 'It was offline when last checked; there may be no picture'],
  note: ['写明用途', 'Which purpose'], noteWhy: ['可补充说明（加密保存）', 'more, if needed (sealed)'], start: ['调看', 'Watch'], until: ['至 {at}，余 {left}', 'until {at}, {left} left'], prolong: ['延长', 'prolong'], end: ['结束调看', 'stop watching'], isOver: ['时限已到', 'time is over'], back: ['返回列表', 'back to the list'], times: ['已延长 {n} 次', 'prolonged {n}×'],
  player: ['摄像头画面：{name}', 'Picture of {name}'], list: ['最近的摄像头', 'Nearest cameras'],
} as const
type Key = keyof typeof both
const side = (i: 0 | 1): Record<Key, string> => Object.fromEntries(Object.entries(both).map(([key, pair]) => [key, pair[i]])) as Record<Key, string>
export const w = dictionary(side(0), side(1))
