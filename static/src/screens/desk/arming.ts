/** What is armed: a frozen list with ticks. Digits tick, F sends; F within 150 ms of arming is a slip of the hand. */
export interface Armed<T> { items: T[]; ticked: Set<string>; at: number }

export const SLIP_MS = 150
export const UNDO_MS = 10_000

export function arm<T extends { id: string }>(items: readonly T[], ticked: readonly string[], now: number): Armed<T> {
  return { items: [...items], ticked: new Set(ticked), at: now }
}
/** n counts from 1; a number without a row changes nothing. */
export function tick<T extends { id: string }>(armed: Armed<T>, n: number): Armed<T> {
  const item = armed.items[n - 1]
  if (!item) return armed
  const ticked = new Set(armed.ticked)
  if (!ticked.delete(item.id)) ticked.add(item.id)
  return { ...armed, ticked }
}
export const mayFire = (armed: Pick<Armed<unknown>, 'at'>, now: number): boolean => now - armed.at >= SLIP_MS
export const chosen = <T extends { id: string }>(armed: Armed<T>): T[] => armed.items.filter((i) => armed.ticked.has(i.id))
/** The list that was computed since differs in who or in what order: 有更新. */
export const outdated = (frozen: readonly { id: string }[], fresh: readonly { id: string }[]): boolean =>
  frozen.map((i) => i.id).join() !== fresh.map((i) => i.id).join()
