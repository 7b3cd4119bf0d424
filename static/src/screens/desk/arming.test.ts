import { expect, test } from 'vitest'
import { arm, chosen, mayFire, outdated, tick } from './arming'

const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]

test('it sends what is ticked, and a digit ticks or unticks', () => {
  let armed = arm(rows, ['a', 'b'], 0)
  armed = tick(tick(armed, 2), 3)
  expect(chosen(armed).map((r) => r.id)).toEqual(['a', 'c'])
})

test('it ignores a digit without a row', () => {
  const armed = arm(rows, ['a'], 0)
  expect(tick(armed, 9)).toBe(armed)
})

test('it takes a key within 150 ms of arming for a slip of the hand', () => {
  const armed = arm(rows, ['a'], 1000)
  expect(mayFire(armed, 1149)).toBe(false)
  expect(mayFire(armed, 1150)).toBe(true)
})

test('it keeps the list as it was armed and says that a newer one is there', () => {
  const source = [...rows]
  const armed = arm(source, [], 0)
  source.reverse()
  expect(armed.items.map((r) => r.id)).toEqual(['a', 'b', 'c'])
  expect(outdated(armed.items, source)).toBe(true)
  expect(outdated(armed.items, rows)).toBe(false)
})
