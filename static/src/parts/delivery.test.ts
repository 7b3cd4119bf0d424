import { expect, test } from 'vitest'
import type { Delivery } from '../kernel/types'
import { lineOf } from './delivery'

const of = (some: Partial<Delivery>): Delivery => ({
  id: 'd', version: 1, term: 0, n: 0, home: '140429', created_at: '', updated_at: '2026-07-20T18:31:00.000Z', entry: 5, recipient: 'team:1:0', whom: { zh: '丰州队 队长', en: 'leader' },
  channel: 'sms', purpose: 'order', about_kind: 'task', about_id: 't', centre: '140429100', gateway: 'webhook', state: 'waiting', reason: {}, tries: 0, urgent: false, max_age_s: 600,
  made_at: '2026-07-20T18:31:00.000Z', expires_at: '2026-07-20T18:41:00.000Z', next_at: null, handed_at: null, confirmed_at: null, ended_at: null, reference: null, acknowledged_by: null, acknowledged_at: null, ...some,
})

test('it says what the gateway took and that nobody confirmed it', () => {
  const line = lineOf([of({ state: 'handed', handed_at: '2026-07-20T18:31:00.000Z' })], 't')!
  expect(line.text).toBe('02:31 已交网关 · 未回执')
  expect(line.wants).toBe(false)
})

test('it never says that what was simulated was sent', () => {
  const line = lineOf([of({ state: 'handed', gateway: 'simulator', handed_at: '2026-07-20T18:31:00.000Z' })], 't')!
  expect(line.pretended).toBe(true)
  expect(line.text).toContain('未真正发出')
  expect(line.text).not.toContain('已交')
})

test('it says the worst of several recipients, and how many of them', () => {
  const line = lineOf([of({ id: 'a', state: 'handed' }), of({ id: 'b', state: 'failed', reason: { zh: '空号', en: 'no such number' } })], 't')!
  expect(line.text).toBe('1/2 未送出 · 请电话')
  expect(line.wants).toBe(true)
  expect(line.title).toContain('空号')
})

test('it tells no channel from no number, and both from sent', () => {
  expect(lineOf([of({ state: 'no_channel', gateway: 'none' })], 't')!.text).toBe('无短信通道 · 请电话')
  expect(lineOf([of({ state: 'no_channel', gateway: 'webhook' })], 't')!.text).toBe('未登记手机 · 请电话')
})

test('it speaks of the newest message of a matter, and of nothing where there is none', () => {
  expect(lineOf([of({ state: 'cancelled' }), of({ id: 'r', entry: 9, purpose: 'recall', state: 'waiting' })], 't')!.text).toBe('待发')
  expect(lineOf([of({})], 'other')).toBeNull()
})
