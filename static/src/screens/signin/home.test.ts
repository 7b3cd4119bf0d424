import { describe, expect, it } from 'vitest'
import type { SessionInfo } from '../../kernel/types'
import { homeOf } from './home'

const who = (role: string, ...pages: string[]): SessionInfo =>
  ({ actor: { role, permissions: pages.map((p) => `screen.${p}`) } }) as unknown as SessionInfo

describe('homeOf', () => {
  it('leads each role to its own screen', () => {
    expect(homeOf(who('county_duty', 'desk', 'wall'), null)).toBe('/desk')
    expect(homeOf(who('wall', 'desk', 'wall'), null)).toBe('/wall')
    expect(homeOf(who('team', 'field'), null)).toBe('/field')
  })
  it('falls back to a page that may be opened, and to none at all', () => {
    expect(homeOf(who('county_leader', 'desk'), null)).toBe('/desk')
    expect(homeOf(who('auditor'), null)).toBeNull()
  })
  it('goes back to the page that was asked for, but never off this site', () => {
    expect(homeOf(who('county_duty', 'desk'), '/wall?scale=1.4')).toBe('/wall?scale=1.4')
    for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/']) {
      expect(homeOf(who('county_duty', 'desk'), evil)).toBe('/desk')
    }
  })
})
