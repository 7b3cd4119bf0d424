import { expect, test } from 'vitest'
import type { Task } from '../../kernel/types'
import { entries, incidentOnward, mayCancel, mayEvacuate, mayRecall } from './flow'

const at = (state: Task['state'], steps: Partial<Task['steps'][number]>[] = [{ state }]): Pick<Task, 'state' | 'steps'> => ({ state, steps: steps as Task['steps'] })

test('it offers acceptance first for an order, then what lies beyond it', () => {
  expect(entries(at('ordered')).map((e) => e.to)).toEqual(['accepted', 'assembling', 'enroute', 'on_scene', 'working', 'refused'])
})

test('it lets a step that was passed over be filled in, with its time', () => {
  const offered = entries(at('on_scene', [{ state: 'ordered' }, { state: 'accepted', skipped: true }, { state: 'on_scene' }]))
  expect(offered.find((e) => e.fill)).toEqual({ to: 'accepted', fill: true, needs: ['at'] })
})

test('it asks who declared it safe before a team goes back to work', () => {
  expect(entries(at('evacuated')).find((e) => e.to === 'working')!.needs).toEqual(['released'])
})

test('it recalls, evacuates and cancels only from where the server allows it', () => {
  expect([mayRecall('ordered'), mayRecall('withdrawn'), mayEvacuate('working'), mayEvacuate('enroute'), mayCancel('ordered'), mayCancel('accepted')]).toEqual([true, false, true, false, true, false])
})

test('it knows where an incident may go', () => {
  expect(incidentOnward('controlled')).toEqual(['response_ended', 'responding'])
})
