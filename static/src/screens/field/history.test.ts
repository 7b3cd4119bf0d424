import { expect, test } from 'vitest'
import type { Task } from '../../kernel/types'
import { withPast } from './history'

const task = (id: string, state: string, at: string): Task => ({ id, number: `T-${id}`, incident_title: `山洪・${id}`, state, times: { [state]: at }, updated_at: at }) as unknown as Task

test('a past task stands once, with how it ended, the newest first', () => {
  const early = withPast([], task('a', 'returned', '2026-07-21T01:00:00Z'))
  const both = withPast(early, task('b', 'cancelled', '2026-07-21T03:00:00Z'))
  expect(both.map((p) => p.id)).toEqual(['b', 'a'])
  const again = withPast(both, task('a', 'returned', '2026-07-21T04:00:00Z'))
  expect(again.map((p) => [p.id, p.title, p.state, p.at])).toEqual([['a', '山洪・a', 'returned', '2026-07-21T04:00:00Z'], ['b', '山洪・b', 'cancelled', '2026-07-21T03:00:00Z']])
})
test('it keeps thirty', () => {
  let all = withPast([], task('x', 'returned', '2026-07-20T00:00:00Z'))
  for (let n = 0; n < 40; n += 1) all = withPast(all, task(String(n), 'returned', `2026-07-21T00:${String(n).padStart(2, '0')}:00Z`))
  expect(all).toHaveLength(30)
  expect(all[0]!.id).toBe('39')
})
