/**
 * Desk numbers: the officer's hand knows them, so an incident keeps its number while it is open, however the queue
 * reorders, and a number set free is not given to another for ten minutes; who comes back in that time has it again.
 */
export interface Numbers { held: Record<string, number>; freed: Record<number, { at: number; id: string }> }

export const REUSE_MS = 600_000
export const noNumbers = (): Numbers => ({ held: {}, freed: {} })

/** `ids` in the order of the queue; the lowest free number goes to the first without one. */
export function settleNumbers(before: Numbers, ids: readonly string[], now: number): Numbers {
  const open = new Set(ids)
  const held: Record<string, number> = {}
  const freed: Numbers['freed'] = {}
  for (const [n, left] of Object.entries(before.freed)) {
    if (now - left.at >= REUSE_MS) continue
    if (open.has(left.id)) held[left.id] = Number(n)
    else freed[Number(n)] = left
  }
  for (const [id, n] of Object.entries(before.held)) {
    if (open.has(id)) held[id] = n
    else freed[n] = { at: now, id }
  }
  const taken = new Set([...Object.values(held), ...Object.keys(freed).map(Number)])
  let next = 1
  for (const id of ids) {
    if (held[id] !== undefined) continue
    while (taken.has(next)) next += 1
    held[id] = next
    taken.add(next)
  }
  return { held, freed }
}

export function sameNumbers(a: Numbers, b: Numbers): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
