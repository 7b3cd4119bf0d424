import { describe, expect, it } from 'vitest'
import type { Incident, Task } from '../../kernel/types'
import { thingsToDo } from './things'

const NOW = Date.parse('2026-07-01T02:00:00Z')
const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  id, life_risk: 'none', state: 'assessing', received_at: '2026-07-01T01:00:00Z', updated_at: '2026-07-01T01:00:00Z', figures: {}, level: null, level_suggested: null, to_confirm: false, ...more,
}) as unknown as Incident
const task = (id: string, incident_id: string, state: string, more: Partial<Task> = {}): Task => ({
  id, incident_id, state, times: {}, ordered_at: '2026-07-01T01:30:00Z', accept_due_at: '2026-07-01T01:33:00Z', updated_at: '2026-07-01T01:30:00Z', created_at: '2026-07-01T01:30:00Z', hint: null, ...more,
}) as unknown as Task
const told = (incidents: Incident[], tasks: Task[]): string[] => thingsToDo({ incidents, tasks, links: [], alarms: [], now: NOW }).map((one) => one.id)

describe('what is to be done now', () => {
  it('speaks of tasks only where their incident is in sight, each beside those of its own incident', () => {
    const refused = task('r', 'a', 'refused', { times: { refused: '2026-07-01T01:40:00Z' } } as Partial<Task>)
    const elsewhere = task('x', 'b', 'ordered', { ordered_at: '2026-07-01T01:50:00Z' })
    expect(told([incident('a')], [refused, elsewhere])).toEqual(['refused:r'])
    expect(told([incident('a'), incident('b')], [refused, elsewhere])).toEqual(['unanswered:x', 'refused:r'])
    const instead = task('i', 'a', 'accepted', { ordered_at: '2026-07-01T01:50:00Z' })
    expect(told([incident('a')], [refused, instead])).toEqual([])
  })
  it('says where nobody was sent, also when all tasks are another incident\'s', () => {
    const open = incident('a', { state: 'received' })
    expect(told([open, incident('b')], [task('x', 'b', 'accepted')])).toContain('no_team:a')
    expect(told([open], [task('x', 'a', 'accepted')])).not.toContain('no_team:a')
  })
})
