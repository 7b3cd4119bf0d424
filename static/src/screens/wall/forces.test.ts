import { describe, expect, it } from 'vitest'
import type { Centre, Incident, Link, Task, Team } from '../../kernel/types'
import { boardRows } from './board'
import { contactsOf } from './contact'
import { countForces, refusals, unanswered } from './forces'
import { pendingOf } from './pending'

const NOW = Date.parse('2026-07-22T02:31:00Z')
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()
const task = (team: string, state: Task['state'], more: Partial<Task> = {}): Task =>
  ({ id: `${team}-${state}`, team_id: team, incident_id: 'i', state, accept_due_at: null, alarm_at: null, ordered_at: at(-5), created_at: at(-5), updated_at: at(-5), times: {}, replaces: null, ...more }) as Task
const team = (id: string, status: Team['status']): Team => ({ id, status }) as Team
const incident = { id: 'i', state: 'responding', level: null, life_risk: 'none', received_at: at(-6), merged_into: null, times: {}, to_confirm: false } as unknown as Incident

describe('our forces', () => {
  it('counts a team once, by the task that is farthest forward', () => {
    const forces = countForces([team('a', 'engaged'), team('b', 'available')], [task('a', 'ordered'), task('a', 'working')])
    expect(forces).toMatchObject({ out: 1, available: 1, all: 2 })
    expect(forces.counts).toMatchObject({ working: 1, ordered: 0 })
  })
  it('does not count as out who is only reserved, refused or back', () => {
    expect(countForces([], [task('a', 'reserved'), task('b', 'refused'), task('c', 'returned')])).toMatchObject({ out: 0, reserved: 1 })
  })
  it('shows those assembling with those who accepted, and those called back with those who go back', () => {
    expect(countForces([], [task('a', 'assembling'), task('b', 'recalled')]).counts).toMatchObject({ accepted: 1, withdrawn: 1 })
  })
})

describe('what is due', () => {
  it('lists unanswered orders with the latest limit passed first', () => {
    const late = unanswered([task('a', 'ordered', { accept_due_at: at(1) }), task('b', 'ordered', { accept_due_at: at(-2), alarm_at: at(-1) }), task('c', 'accepted', { accept_due_at: at(-9) })], NOW)
    expect(late.map((d) => [d.task.team_id, d.late, d.alarmed])).toEqual([['b', true, true], ['a', false, false]])
  })
  it('keeps a refusal until somebody else is sent', () => {
    const no = task('a', 'refused', { times: { refused: at(-3) } })
    expect(refusals([no], [incident]).map((r) => r.at)).toEqual([NOW - 180_000])
    expect(refusals([no, task('b', 'ordered', { ordered_at: at(-1) })], [incident])).toEqual([])
    expect(refusals([no], [])).toEqual([])
  })
  it('names what waits: no team, a refusal, an owner to confirm', () => {
    const rows = boardRows([{ ...incident, to_confirm: true }], [], NOW)
    expect(pendingOf(rows, [task('a', 'refused', { times: { refused: at(-3) } })], []).map((p) => p.what)).toEqual(['awaiting', 'refused', 'confirm'])
  })
})

describe('who can be heard', () => {
  const town = (code: string): Centre => ({ id: code, code, kind: 'township' }) as Centre
  it('tells cut off from never connected', () => {
    const contacts = contactsOf([town('1'), town('2'), town('3'), { id: '0', kind: 'county' } as Centre], [{ id: '1', state: 'cut', last_at: at(-4) } as Link, { id: '2', state: 'up', last_at: at(0) } as Link])
    expect([contacts.all, contacts.cut.length, contacts.up.length, contacts.never.map((c) => c.centre.code)]).toEqual([3, 1, 1, ['3']])
  })
  it('names the longest silent first', () => {
    const contacts = contactsOf([town('1'), town('2')], [{ id: '1', state: 'cut', last_at: at(-4) } as Link, { id: '2', state: 'cut', last_at: at(-9) } as Link])
    expect(contacts.cut.map((c) => c.centre.code)).toEqual(['2', '1'])
  })
})
