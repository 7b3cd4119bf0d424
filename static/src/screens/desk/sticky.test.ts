import { expect, test } from 'vitest'
import { REUSE_MS, noNumbers, settleNumbers } from './sticky'

const T = 1_000_000

test('it gives the lowest numbers in the order of the queue', () => {
  expect(settleNumbers(noNumbers(), ['b', 'a'], T).held).toEqual({ b: 1, a: 2 })
})

test('it keeps a number while the incident is open, however the queue reorders', () => {
  const first = settleNumbers(noNumbers(), ['a', 'b', 'c'], T)
  expect(settleNumbers(first, ['c', 'new', 'b', 'a'], T).held).toEqual({ a: 1, b: 2, c: 3, new: 4 })
})

test('it gives an incident its number back when it returns in time', () => {
  const gone = settleNumbers(settleNumbers(noNumbers(), ['a', 'b', 'c'], T), ['a', 'c'], T)
  expect(settleNumbers(gone, ['a', 'b', 'c'], T + 5000).held).toEqual({ a: 1, b: 2, c: 3 })
})

test('it gives a freed number to nobody for ten minutes, then again', () => {
  const first = settleNumbers(noNumbers(), ['a', 'b'], T)
  const freed = settleNumbers(first, ['b', 'c'], T + 1000)
  expect(freed.held).toEqual({ b: 2, c: 3 })
  expect(settleNumbers(freed, ['b', 'c', 'd'], T + REUSE_MS - 1).held.d).toBe(4)
  expect(settleNumbers(freed, ['b', 'c', 'd'], T + 1000 + REUSE_MS).held.d).toBe(1)
})
