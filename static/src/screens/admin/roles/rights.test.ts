import { describe, expect, it } from 'vitest'
import { difference, grouped, type Right } from './rights'

const right = (code: string): Right => ({ code, group: code.split('.')[0]!, of: { zh: '组', en: 'group' }, zh: code, en: code, handed_on: false, fixed: false })

describe('permissions of a role', () => {
  it('stand in their groups, each once', () => {
    const groups = grouped(['alarm.read', 'incident.open', 'alarm.acknowledge'].map(right))
    expect(groups.map((one) => [one.code, one.rights.map((r) => r.code)])).toEqual([['alarm', ['alarm.read', 'alarm.acknowledge']], ['incident', ['incident.open']]])
  })
  it('are given and taken as what differs', () => {
    expect(difference(['a', 'b'], new Set(['b', 'd', 'c']))).toEqual({ give: ['c', 'd'], take: ['a'] })
    expect(difference(['a'], new Set(['a']))).toEqual({ give: [], take: [] })
  })
})
