import { describe, expect, it } from 'vitest'
import type { QueuedItem, RefusedItem } from '../../kernel/disk'
import type { Incident, Task } from '../../kernel/types'
import { echoId, length, metres, octant, openTasks, override, people, shownState, skipped } from './mine'

const step = (state: string, extra: object = {}): object => ({ state, at: '2026-07-22T18:34:00Z', received_at: '', by: '值班员甲', by_proxy: null, reason: null, skipped: false, ...extra })
const task = (extra: object): Task => ({ id: 't1', state: 'accepted', ordered_at: '2026-07-22T18:30:00Z', times: { accepted: '2026-07-22T18:31:00Z' }, steps: [step('ordered'), step('accepted')], ...extra }) as unknown as Task
const queued = (name: string, payload: object = {}): QueuedItem => ({ name, payload: { id: 't1', ...payload }, at: '2026-07-22T18:41:00Z', command_id: 'c', actor: 'a', device: 'd', world: 0, made_at: '' })

describe('the own task', () => {
  it('shows the step that waits in the queue, marked so, and the server\'s when nothing waits', () => {
    expect(shownState(task({}), [queued('task.depart'), queued('task.arrive'), queued('task.tell')])).toEqual({ state: 'on_scene', at: '2026-07-22T18:41:00Z', queued: true })
    expect(shownState(task({}), [queued('task.arrive', { id: 'other' })])).toEqual({ state: 'accepted', at: '2026-07-22T18:31:00Z', queued: false })
  })
  it('goes on showing a step that was taken until its record is here', () => {
    const sent = [{ command_id: 'c', task: 't1', name: 'task.depart', at: '2026-07-22T18:41:00Z' }]
    expect(shownState(task({}), [], sent)).toEqual({ state: 'enroute', at: '2026-07-22T18:41:00Z', queued: false })
    expect(shownState(task({ state: 'recalled', times: {}, steps: [step('enroute'), step('recalled')] }), [], sent).state).toBe('recalled')
  })
  it('does not take a step that is filled in later for the present state', () => {
    expect(shownState(task({}), [queued('task.transition', { to: 'assembling', at: 'x' })]).state).toBe('accepted')
  })
  it('puts an unanswered order first and leaves out what is over', () => {
    const all = [task({ id: 'a' }), task({ id: 'b', state: 'ordered' }), task({ id: 'c', state: 'returned' }), task({ id: 'd', open: false })]
    expect(openTasks(all).map((one) => one.id)).toEqual(['b', 'a'])
  })
  it('offers to fill in what was passed over, once', () => {
    const one = task({ steps: [step('ordered'), step('assembling', { skipped: true }), step('on_scene')] })
    expect(skipped(one, [])).toEqual(['assembling'])
    expect(skipped(one, [queued('task.transition', { to: 'assembling', at: 'x' })])).toEqual([])
  })
})

describe('people', () => {
  const incident = (figures: object): Incident => ({ figures, casualties: {} }) as unknown as Incident
  it('names the missing before the hurt, and never makes a 0 of what nobody reported', () => {
    const said = people(incident({ serious: { value: 1, as_of: null, confirmed: true, others: [] }, missing: { value: 2, as_of: null, confirmed: false, others: [3] } }))
    expect(said.map((one) => [one.field, one.value])).toEqual([['missing', 2], ['serious', 1]])
    expect(people(incident({}))).toEqual([])
  })
  it('says 0 of the missing where it was reported', () => {
    expect(people(incident({ missing: { value: 0 }, light: { value: 0 } })).map((one) => one.field)).toEqual(['missing'])
  })
})

describe('what was not taken', () => {
  const refused = { ...queued('task.depart'), problem: { type: '', title: '', status: 409 }, refused_at: '', read: false } as RefusedItem
  it('says who entered the same step, and how', () => {
    const by = { person: '张队', channel: '电台' }
    expect(override(task({ steps: [step('ordered'), step('enroute', { by_proxy: by })] }), refused)).toMatchObject({ state: 'enroute', by: '值班员甲', proxy: by })
  })
  it('says what the task became when the step itself was never entered', () => {
    expect(override(task({ steps: [step('ordered'), step('recalled')] }), refused)?.state).toBe('recalled')
    expect(override(undefined, refused)).toBeNull()
  })
  it('makes one id for the words of one refused item', () => {
    const id = '018f2f3a-0000-7000-8000-00000000000f'
    expect(echoId(id)).toBe('018f2f3a-0000-7000-8000-00000000000e')
    expect(echoId(echoId(id))).toBe(id)
  })
})

describe('distances', () => {
  it('measures in metres and names the direction', () => {
    const here = [112.86, 36.83] as const
    expect(metres(here, [112.86, 36.84])).toBeCloseTo(1112, -1)
    expect(octant(here, [112.86, 36.9])).toBe(0)
    expect(octant(here, [112.93, 36.83])).toBe(2)
    expect(octant(here, [112.8, 36.83])).toBe(6)
    expect([length(846, true), length(4234, true), length(23_400, false)]).toEqual(['850 米', '4.2 公里', '23 km'])
  })
})
