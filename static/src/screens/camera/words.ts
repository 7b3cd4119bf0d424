/** What the player says. */
import { dictionary } from '../../kernel/i18n'

const zh = {
  asking: '正在取画面地址…', connecting: '正在连接…', playing: '播放中', since: '{at} 起', broken: '画面中断', over: '调看已结束',
  overHow: '时限已到或已结束。需要再看，请重新说明用途。', again: '再试（再记一次）', synthetic: '演示数据，非真实画面', untimed: '此地址本身不限时', until: '至 {at}',
  whyNone: '媒体服务器没有应答。', whyRefused: '媒体服务器拒绝或没有此画面。', whyStalled: '{n} 秒没有新画面。', whyBrowser: '此浏览器不能播放这类画面。', whyPolicy: '媒体服务器没有允许本页取画面（跨域设置）。',
  how: '先再试一次；仍不行就换相邻摄像头，并报管理单位检修。', picture: '{name} 的实时画面',
}
const en: Record<keyof typeof zh, string> = {
  asking: 'Asking for the stream…', connecting: 'Connecting…', playing: 'Playing', since: 'since {at}', broken: 'No picture', over: 'No longer watching',
  overHow: 'The time is over, or it was ended. To see more, state the purpose again.', again: 'Try again (logged again)', synthetic: 'Demo data, no real picture', untimed: 'this address does not end by itself', until: 'until {at}',
  whyNone: 'The media server does not answer.', whyRefused: 'The media server refuses it, or does not have it.', whyStalled: 'No new picture for {n} s.', whyBrowser: 'This browser cannot play such a stream.', whyPolicy: 'The media server does not let this page fetch it (CORS).',
  how: 'Try once more; then take a camera near by, and tell whoever runs this one.', picture: 'Live picture of {name}',
}
export const t = dictionary(zh, en)
export type PlayerWord = keyof typeof zh
