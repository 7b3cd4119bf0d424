import { expect, test, vi } from 'vitest'
import { Store } from '../../kernel/store'
import { after, calmly } from './paged'

const one = (id: string, version: number, more: object = {}): never => ({ id, version, term: 0, n: 0, live: true, ...more }) as never
const told = (record: unknown, type = 'hazard.moved'): never => ({ kind: 'hazard', type, record }) as never
const open = (x: { live?: boolean }): boolean => x.live !== false

test('what is shown changes with its entry, in its place, and goes when it is done', () => {
  const rows = [one('a', 1), one('b', 1), one('c', 1)] as { id: string; version: number; live?: boolean }[] as never[]
  const ids = (x: never[] | null): unknown => x?.map((r: { id: string; version: number }) => `${r.id}${r.version}`)
  expect(ids(after(rows, told(one('b', 2)), open as never))).toEqual(['a1', 'b2', 'c1'])
  expect(ids(after(rows, told(one('b', 2, { live: false })), open as never))).toEqual(['a1', 'c1'])
  expect(ids(after(rows, told({ id: 'c' }, 'scope.ended'), open as never))).toEqual(['a1', 'b1'])
  expect(after(rows, told(one('b', 1)), open as never)).toBeNull()
  expect(after(rows, told(one('x', 9)), open as never)).toBeNull()
})

test('a burst of entries asks twice: soon, and once more when it is over', async () => {
  vi.useFakeTimers()
  let runs = 0
  const { ask, stop } = calmly(() => { runs += 1; return Promise.resolve() })
  for (let n = 0; n < 500; n += 1) { ask(); await vi.advanceTimersByTimeAsync(2) }
  await vi.advanceTimersByTimeAsync(10_000)
  expect(runs).toBe(2)
  stop()
  ask()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(runs).toBe(2)
  vi.useRealTimers()
})

test('a room that tells of a kind and holds none of it leaves nothing in the store, and says so after a reload too', () => {
  const entry = (n: number, record: unknown, prev: Record<string, string>): never => ({ cursor: `a.${n}`, at: '', received_at: '', type: 'hazard.moved', kind: 'hazard', record, text: {}, actor: 'u', prev }) as never
  const store = new Store()
  let heard = 0
  store.onEntry(() => { heard += 1 })
  store.applySnapshot('hazards:county', { cursor: 'a.1', snapshot: { items: [], passing: ['hazard'] } })
  store.applySnapshot('team:t', { cursor: 'a.1', snapshot: { items: [] } })
  store.applyEntries({ items: [entry(2, one('a', 1), { 'hazards:county': 'a.1' })] })
  expect([store.all('hazard').length, heard]).toEqual([0, 1])
  const again = new Store()
  again.restore(store.serialise())
  again.applyEntries({ items: [entry(3, one('b', 1), { 'hazards:county': 'a.2' })] })
  expect([again.all('hazard').length, again.cursor('hazards:county')]).toEqual([0, 'a.3'])
  // a team's own finds are held by its own topic
  store.applyEntries({ items: [entry(3, one('b', 1), { 'hazards:county': 'a.2', 'team:t': 'a.1' })] })
  expect(store.topicsOf('hazard', 'b')).toEqual(['team:t'])
})
