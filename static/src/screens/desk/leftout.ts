/** Who was left out, by reason: what is most particular first, "ranked after these" last. */
import type { Suggestions } from '../../kernel/types'
import { textOf } from './say'

export interface LeftOut { reason: string; names: string[]; more: number }
interface Group { code: string; reason: string; all: string[]; unnamed: number }
/** `路程约 66 分，超过 60 分`: each team's own minutes would make as many reasons as teams. */
const OWN_FIGURE = /约 \d+ 分，|(?:about )?\d+ min(?:utes)?(?: away)?, /

export function leftOut(told: Pick<Suggestions, 'left_out' | 'left_out_counts'> | null | undefined, names: number): LeftOut[] {
  let groups: Group[] = []
  for (const row of told?.left_out ?? []) {
    const reason = textOf(row.reasons ?? row.reason).replace(OWN_FIGURE, '')
    const known = groups.find((g) => g.reason === reason)
    if (known) known.all.push(row.team.name)
    else groups.push({ code: row.code, reason, all: [row.team.name], unnamed: 0 })
  }
  for (const { code, count, reason } of told?.left_out_counts ?? []) {
    const own = groups.filter((g) => g.code === code)
    const all = own.flatMap((g) => g.all)
    if (count > all.length) groups = [...groups.filter((g) => g.code !== code), { code, reason: textOf(reason), all, unnamed: count - all.length }]
  }
  const size = (g: Group): number => g.all.length + g.unnamed
  return groups
    .sort((a, b) => Number(a.code === 'after') - Number(b.code === 'after') || size(a) - size(b))
    .map((g) => ({ reason: g.reason, names: g.all.slice(0, names), more: size(g) - Math.min(names, g.all.length) }))
}
