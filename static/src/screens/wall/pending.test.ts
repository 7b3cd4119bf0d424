import { describe, expect, it } from 'vitest'
import type { Alarm, Incident, Waiting } from '../../kernel/types'
import type { Row } from './board'
import { lifeBehind, pendingOf } from './pending'

const AT = '2026-07-22T02:31:00Z'
const alarm = (id: string, more: Partial<Alarm> = {}): Alarm => ({ id, cause: `other:${id}`, rank: 1, life_risk: false, task_id: null, incident_id: null, acknowledged_at: null, cleared_at: null, raised_at: AT, ...more }) as Alarm
const waiting = (id: string, life_risk: Incident['life_risk']): Row => ({ index: 1, awaiting: true, incident: { id, life_risk, received_at: AT, to_confirm: false } as Incident }) as Row
const ids = (all: { id: string }[]): string[] => all.map((p) => p.id)

describe('what waits for a person', () => {
  it('puts a mayday first, also one that hangs on a task, and leaves an unanswered order to its own panel', () => {
    const all = pendingOf([], [], [alarm('water'), alarm('order', { task_id: 't1', life_risk: true }), alarm('mayday', { cause: 'mayday:team', task_id: 't2', life_risk: true })])
    expect(ids(all)).toEqual(['mayday', 'water'])
  })
  it('has what a leader is asked to decide, and not what was said by word already', () => {
    const ask = (key: string, state: Waiting['state']): Waiting => ({ key, state, asked_at: AT, incident_id: 'a' }) as Waiting
    const all = pendingOf([waiting('a', 'people')], [], [], [ask('response:1', 'asked'), ask('decision:2', 'spoken')])
    expect(all.map((p) => [p.id, p.what, p.row?.index])).toEqual([['a', 'awaiting', 1], ['response:1', 'decide', 1]])
  })
  it('names behind the shown rows whoever is at risk, and only counts the rest', () => {
    const all = pendingOf([waiting('a', 'people'), waiting('b', 'none'), waiting('c', 'possible'), waiting('d', 'people')], [], [alarm('m1', { life_risk: true }), alarm('m2', { life_risk: true })])
    expect(ids(all)).toEqual(['m1', 'm2', 'a', 'b', 'c', 'd'])
    expect(ids(lifeBehind(all, 4))).toEqual(['d'])
    expect(ids(lifeBehind(all, 1))).toEqual(['m2', 'a', 'd'])
    expect(lifeBehind(all, 6)).toEqual([])
  })
})
