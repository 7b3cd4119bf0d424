import { expect, test } from 'vitest'
import { firstSteps } from './steps'

const READ = ['incident.read', 'team.read', 'task.read', 'alarm.read']
const ROLES: [string, string[], string[]][] = [
  ['county_duty', [...READ, 'incident.open', 'task.order'], ['step1', 'step2', 'step3']],
  ['village', ['incident.read', 'incident.open', 'incident.report'], ['step1', 'stepRead', 'step3']],
  ['county_leader', [...READ, 'suggest.read', 'incident.grade', 'alarm.acknowledge'], ['step1', 'stepRead', 'stepHelp']],
  ['township_leader', [...READ, 'suggest.read', 'alarm.acknowledge'], ['step1', 'stepRead', 'stepHelp']],
  ['dept_duty', [...READ, 'incident.report'], ['step1', 'stepRead', 'stepHelp']],
  ['planner', [...READ, 'world.open'], ['step1', 'stepRead', 'stepHelp']],
]

test.each(ROLES)('it tells %s only what that desk can do', (_, rights, steps) => {
  expect(firstSteps((permission) => rights.includes(permission))).toEqual(steps)
})
