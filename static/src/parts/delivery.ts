/** What became of the SMS of a matter, in one line: said once for several recipients, the worst first, never more than is known. */
import { hm } from '../kernel/ages'
import { dictionary, lang } from '../kernel/i18n'
import type { Delivery, DeliveryState } from '../kernel/types'

const zh = {
  sms: '短信', voice: '机器人外呼', callout: '叫应', pretended: '模拟', waiting: '待发', trying: '重试 {n} 次未成 · {at} 再试', handed: '{at} 已交网关 · 未回执', simulated: '{at} 写入模拟箱 · 未真正发出',
  confirmed: '{at} 对方已收到', failed: '未送出 · 请电话', missed: '过时未发 · 请电话', cancelled: '已撤回，未发', no_channel: '无短信通道 · 请电话', no_number: '未登记手机 · 请电话', of: '{n}/{all} ', nothingYet: '尚无消息',
  again: '重发', noted: '已电话通知', didAgain: '{name} 短信重发', didNote: '{name} 已另行通知',
  title: '外发', failures: '未送出与过时未发', none: '没有未送出的消息', noneSay: '失败或过时的短信会列在这里。', refresh: '刷新', made: '时间', to: '对象', what: '事由', why: '原因', tries: '次数', centre: '单位',
  order: '调派', recall: '召回', evacuate: '紧急撤离', alarm: '告警', warning: '预警', unknown: '未能生成', desksRetry: '重发由下令的值班席操作；这里用于查网关。', more: '只列最近 {n} 条',
}
const en: Record<keyof typeof zh, string> = {
  sms: 'SMS', voice: 'Robo-call', callout: 'call-out', pretended: 'simulated', waiting: 'waiting', trying: '{n} tries failed · next {at}', handed: 'handed to the gateway {at} · no receipt yet', simulated: 'in the simulated outbox {at} · not really sent',
  confirmed: 'received {at}', failed: 'not delivered · telephone', missed: 'too old, not sent · telephone', cancelled: 'taken back, not sent', no_channel: 'no SMS channel · telephone', no_number: 'no mobile number · telephone', of: '{n}/{all} ', nothingYet: 'nothing heard yet',
  again: 'Send again', noted: 'Told by telephone', didAgain: 'SMS to {name} again', didNote: '{name} was told in another way',
  title: 'Messages', failures: 'Not delivered, or too old to send', none: 'Nothing failed', noneSay: 'Messages that failed or came too late are listed here.', refresh: 'Refresh', made: 'Time', to: 'To', what: 'About', why: 'Why', tries: 'Tries', centre: 'Centre',
  order: 'order', recall: 'recall', evacuate: 'evacuation', alarm: 'alarm', warning: 'warning', unknown: 'could not be made', desksRetry: 'The desk that ordered sends again; this list is for keeping the gateway.', more: 'the newest {n} only',
}
export const t = dictionary(zh, en)

/** What needs a hand comes before what is under way, and that before what is well. */
const ORDER: readonly DeliveryState[] = ['failed', 'missed', 'trying', 'waiting', 'no_channel', 'handed', 'confirmed', 'cancelled']
const WANTS: ReadonlySet<DeliveryState> = new Set(['failed', 'missed'])

export interface Line { text: string; bare: boolean; wants: boolean; pretended: boolean; reason: string; title: string }

/** The newest message of a matter (an order, then its recall), all its recipients together; null when nothing was to be sent. */
export function lineOf(all: readonly Delivery[], aboutId: string): Line | null {
  const mine = all.filter((d) => d.about_id === aboutId)
  const entry = Math.max(...mine.map((d) => d.entry))
  const rows = mine.filter((d) => d.entry === entry).sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  const worst = rows[0]
  if (!worst) return null
  const same = rows.filter((d) => d.state === worst.state).length
  const count = rows.length > 1 ? t('of', { n: same, all: rows.length }) : ''
  const pretended = worst.gateway === 'simulator'
  return {
    text: `${count}${stateText(worst)}`, bare: worst.state === 'no_channel' && worst.gateway === 'none', wants: WANTS.has(worst.state), pretended, reason: reasonOf(worst),
    title: rows.map((d) => `${d.whom[lang()]}：${stateText(d)}${reasonOf(d) ? `（${reasonOf(d)}）` : ''}`).join('\n'),
  }
}

/** Those of a matter that did not arrive and wait for a person. */
export const dead = (all: readonly Delivery[], aboutId: string): Delivery[] => all.filter((d) => d.about_id === aboutId && WANTS.has(d.state) && d.live !== false)

const PURPOSES: Readonly<Record<string, 'order' | 'recall' | 'evacuate' | 'alarm' | 'warning' | 'callout'>> = { order: 'order', recall: 'recall', evacuate: 'evacuate', alarm: 'alarm', warning: 'warning', callout: 'callout' }
/** `短信 · 调派` */
export const purposeText = (d: Delivery): string => `${t(d.channel === 'voice' ? 'voice' : 'sms')} · ${t(PURPOSES[d.purpose] ?? 'unknown')}`
export const reasonOf = (d: Delivery): string => d.reason[lang()] ?? d.reason.zh ?? ''

export function stateText(d: Delivery): string {
  switch (d.state) {
    case 'trying': return t('trying', { n: d.tries, at: d.next_at ? hm(d.next_at) : '—' })
    case 'handed': return t(d.gateway === 'simulator' ? 'simulated' : 'handed', { at: hm(d.handed_at ?? d.updated_at) })
    case 'confirmed': return t('confirmed', { at: hm(d.confirmed_at ?? d.updated_at) })
    case 'no_channel': return t(d.gateway === 'none' ? 'no_channel' : 'no_number')
    default: return t(d.state)
  }
}
