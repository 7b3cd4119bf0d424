/** Permissions as the server words them, in groups; and what a draft of a role gives and takes. */
import type { Text } from '../../../kernel/types'

export interface Right { code: string; group: string; of: Text; zh: string; en: string; handed_on: boolean; fixed: boolean }
export interface Group { code: string; of: Text; rights: Right[] }

/** In the order in which groups first come, so that what belongs together stands together. */
export function grouped(rights: readonly Right[]): Group[] {
  const groups = new Map<string, Group>()
  for (const right of rights) {
    const group = groups.get(right.group) ?? { code: right.group, of: right.of, rights: [] }
    group.rights.push(right)
    groups.set(right.group, group)
  }
  return [...groups.values()]
}

export function difference(before: readonly string[], after: ReadonlySet<string>): { give: string[]; take: string[] } {
  return { give: [...after].filter((one) => !before.includes(one)).sort(), take: before.filter((one) => !after.has(one)) }
}
