import { expect, test } from 'vitest'
import type { Alarm, Incident, Link, Task } from '../../kernel/types'
import { sections, taskRows } from './queue'
import { settleThings, thingsToDo } from './things'

const AT = '2026-07-21T02:00:00Z'
const incident = (id: string, more: Partial<Incident> = {}): Incident =>
  ({ id, kind: 'flash_flood', state: 'received', life_risk: 'none', level: null, level_suggested: null, received_at: AT, updated_at: AT, figures: {}, casualties: {}, to_confirm: false, ...more }) as unknown as Incident
const task = (id: string, incident_id: string, more: Partial<Task> = {}): Task =>
  ({ id, number: `N-T${id}`, incident_id, team_id: `team-${id}`, state: 'ordered', steps: [], times: {}, created_at: AT, updated_at: AT, ordered_at: AT, accept_due_at: '2026-07-21T02:03:00Z', ...more }) as unknown as Task
const link = (id: string, state: Link['state']): Link => ({ id, state, last_at: AT, updated_at: AT }) as unknown as Link
const see = (incidents: Incident[], tasks: Task[] = [], links: Link[] = [], alarms: Alarm[] = [], now = Date.parse('2026-07-21T02:02:00Z')) => thingsToDo({ incidents, tasks, links, alarms, now })

test('it keeps the four sections, empty ones too, and a silent township under possible', () => {
  const all = sections([incident('a', { level: 'II' }), incident('b', { life_risk: 'people', level: 'IV' })], [link('140429208', 'cut'), link('140429100', 'up')])
  expect(all.map((s) => [s.name, s.incidents.map((i) => i.id), s.cut.length])).toEqual([['people', ['b'], 0], ['possible', [], 1], ['grave', ['a'], 0], ['others', [], 0]])
})

test('it orders a section by level, then by who waits longest', () => {
  const later = incident('later', { received_at: '2026-07-21T02:01:00Z' })
  expect(sections([later, incident('four', { level: 'IV' }), incident('early')])[3]!.incidents.map((i) => i.id)).toEqual(['early', 'later', 'four'])
})

test('it gives a row to each team that is not home, in the order they were sent', () => {
  const rows = taskRows([task('10', 'a'), task('2', 'a', { state: 'refused' }), task('3', 'a', { state: 'returned' }), task('4', 'b')], 'a')
  expect(rows.map((r) => r.id)).toEqual(['2', '10'])
})

test('it puts life first among what is to be done', () => {
  const things = see([incident('plain'), incident('life', { life_risk: 'people' })])
  expect(things[0]).toMatchObject({ kind: 'no_team', incident: { id: 'life' } })
})

test('it marks an order as late only past its limit', () => {
  const one = [incident('a', { state: 'responding' })]
  expect(see(one, [task('1', 'a')])[0]).toMatchObject({ kind: 'unanswered', late: false })
  expect(see(one, [task('1', 'a')], [], [], Date.parse('2026-07-21T02:03:01Z'))[0]).toMatchObject({ late: true })
})

test('it asks for another team after a refusal until one is ordered', () => {
  const one = [incident('a', { state: 'responding' })]
  const refused = task('1', 'a', { state: 'refused', times: { refused: '2026-07-21T02:01:00Z' } })
  expect(see(one, [refused]).map((t) => t.kind)).toEqual(['refused'])
  const next = task('2', 'a', { ordered_at: '2026-07-21T02:01:30Z' })
  expect(see(one, [refused, next]).map((t) => t.kind)).toEqual(['unanswered'])
})

test('it names figures that disagree only while people are at risk and nobody has confirmed', () => {
  const figures = { missing: { value: 2, as_of: AT, source: null, confirmed: false, figure_id: 'f', others: [1] } }
  const kinds = (more: Partial<Incident>): string[] => see([incident('a', { state: 'controlled', figures, ...more })]).map((t) => t.kind)
  expect(kinds({ life_risk: 'people' })).toEqual(['figures'])
  expect(kinds({})).toEqual([])
})

test('it keeps the three in their places while they are the same three', () => {
  const [a, b, c, d] = see([incident('a'), incident('b'), incident('c'), incident('d')]) as [never, never, never, never]
  const id = (x: unknown): string => (x as { id: string }).id
  expect(settleThings([id(b), id(a), id(c)], [a, b, c, d])).toEqual([b, a, c])
  expect(settleThings([id(b), id(a), id(d)], [a, b, c])).toEqual([a, b, c])
})
