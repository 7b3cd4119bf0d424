import { expect, test } from 'vitest'
import { makePen } from './pen'

test('each step of the pen can be taken back, in the order in which it was made', () => {
  const pen = makePen()
  pen.add([0, 0])
  expect(pen.points.value).toEqual([])
  pen.take('draw', { closed: true })
  for (const at of [[0, 0], [1, 0], [1, 1]] as const) pen.add([...at])
  pen.move(1, [2, 0])
  pen.remove(0)
  expect(pen.points.value).toEqual([[2, 0], [1, 1]])
  pen.undo()
  pen.undo()
  expect(pen.points.value).toEqual([[0, 0], [1, 0], [1, 1]])
  for (let n = 0; n < 5; n += 1) pen.undo()
  expect([pen.points.value, pen.canUndo.value]).toEqual([[], false])
})

test('a single point is put elsewhere, and another tool begins anew', () => {
  const pen = makePen()
  pen.take('danger', { single: true })
  pen.add([0, 0])
  pen.add([3, 3])
  expect(pen.points.value).toEqual([[3, 3]])
  pen.take('draw', { points: [[1, 1]] })
  pen.undo()
  expect(pen.points.value).toEqual([[1, 1]])
})
