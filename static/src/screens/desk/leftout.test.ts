import { expect, test } from 'vitest'
import type { Suggestions } from '../../kernel/types'
import { leftOut } from './leftout'

const row = (name: string, code: string, zh: string): Suggestions['left_out'][number] =>
  ({ team: { id: name, name }, code, reason: zh, reasons: { zh, en: zh } })
const counted = (code: string, count: number, zh: string) => ({ code, count, reason: { zh, en: zh } })

test('it names a few of each reason and counts the rest, the rarest reason first, those ranked after last', () => {
  const told = {
    left_out: [
      row('甲', 'after', '排在其后'), row('乙', 'far', '路程约 66 分，超过 60 分'), row('丙', 'far', '路程约 71 分，超过 60 分'),
      row('丁', 'off_duty', '未备勤'),
    ],
    left_out_counts: [counted('off_duty', 1, '未备勤'), counted('far', 2, '路程超过 60 分'), counted('after', 1, '排在其后')],
  }
  expect(leftOut(told, 1)).toEqual([
    { reason: '未备勤', names: ['丁'], more: 0 },
    { reason: '路程超过 60 分', names: ['乙'], more: 1 },
    { reason: '排在其后', names: ['甲'], more: 0 },
  ])
})

test('it counts also those that the server did not name, under one reason', () => {
  const told = {
    left_out: [row('甲', 'busy', '在办 塌方'), row('乙', 'busy', '在办 漫堤')],
    left_out_counts: [counted('busy', 312, '在办其他任务')],
  }
  expect(leftOut(told, 2)).toEqual([{ reason: '在办其他任务', names: ['甲', '乙'], more: 310 }])
})

test('it says nothing of nobody', () => {
  expect(leftOut(null, 2)).toEqual([])
})
