/** Who was left out, by reason: what is most particular first, "ranked after these" last. */
import type { Suggestions } from '../../kernel/types'
import { textOf } from './say'

export interface LeftOut { reason: string; names: string[]; more: number }
/** `路程约 66 分，超过 60 分`: each team's own minutes would make as many reasons as teams. */
const OWN_FIGURE = /约 \d+ 分，|(?:about )?\d+ min(?:utes)?(?: away)?, /
const AFTER = /^(排在其后|ranked after)/

export function leftOut(rows: Suggestions['left_out'], names: number): LeftOut[] {
  const by = new Map<string, string[]>()
  for (const row of rows) {
    const reason = textOf(row.reasons ?? row.reason).replace(OWN_FIGURE, '')
    by.set(reason, [...(by.get(reason) ?? []), row.team.name])
  }
  return [...by].map(([reason, all]) => ({ reason, names: all.slice(0, names), more: Math.max(0, all.length - names) }))
    .sort((a, b) => Number(AFTER.test(a.reason)) - Number(AFTER.test(b.reason)) || a.names.length + a.more - b.names.length - b.more)
}
