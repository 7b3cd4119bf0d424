import { expect, test } from 'vitest'
import { disagreeing, figureRows, tellings } from '.'
import type { Sending, Sitrep } from '../../../kernel/types'

const sending = (to: string, at: string, figures: Sending['figures']): Sending => ({ to, person: '', channel: 'phone', number: null, at, entered_at: at, by: '', by_proxy: null, figures, revision: 1, clocks: [], received: null })
const paper = (...sent: Sending[]): Sitrep => ({ sent } as unknown as Sitrep)

test('it sets what is told beside what was told last, and leaves out what nobody ever reported', () => {
  expect(figureRows({ dead: 2, missing: null, trapped: 1 }, { dead: 1, missing: 3 })).toEqual([
    { field: 'dead', before: 1, now: 2, changed: true }, { field: 'missing', before: 3, now: null, changed: true }, { field: 'trapped', before: null, now: 1, changed: true },
  ])
  expect(figureRows({ dead: 0, light: null }, null)).toEqual([{ field: 'dead', before: undefined, now: 0, changed: false }])
})
test('two recipients that know different figures stand out; what one was told earlier does not count', () => {
  const all = tellings([paper(sending('city', '2', { dead: 2 })), paper(sending('city', '1', { dead: 1 }), sending('province', '3', { dead: 2 }))])
  expect(disagreeing(all)).toEqual([])
  expect(disagreeing([...all, ...tellings([paper(sending('forestry', '4', { dead: 3 }))])])).toEqual([
    { field: 'dead', values: [{ to: 'city', value: 2 }, { to: 'province', value: 2 }, { to: 'forestry', value: 3 }] },
  ])
})
