/** Who says what of one figure: the latest word of each source, and always the one that is reported, first; none from beyond the window, which stand apart. */
import type { CasualtyField, Figure } from '../../kernel/types'

const speaker = (f: Figure): string => f.source ?? `by ${f.by}`

export function statements(figures: readonly Figure[], field: CasualtyField): Figure[] {
  const own = figures.filter((f) => f.field === field && !f.beyond).sort((a, b) => a.as_of.localeCompare(b.as_of) || a.id.localeCompare(b.id))
  const latest = new Map(own.map((f) => [speaker(f), f]))
  const shown = own.filter((f) => f.chosen || latest.get(speaker(f)) === f)
  return shown.sort((a, b) => Number(b.chosen) - Number(a.chosen) || b.as_of.localeCompare(a.as_of))
}

/** As of a time past the window (超出统计时限): kept and shown with their mark, never to be chosen. */
export const pastWindow = (figures: readonly Figure[]): Figure[] => figures.filter((f) => f.beyond).sort((a, b) => b.as_of.localeCompare(a.as_of) || a.id.localeCompare(b.id))
