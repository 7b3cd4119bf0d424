import { describe, expect, it } from 'vitest'
import type { Incident, LifeRisk, Level, Task } from '../../kernel/types'
import { PLAIN, TALL, boardRows, countLevels, fit, isTall, modeOf, type Row } from './board'

const NOW = Date.parse('2026-07-22T02:31:00Z')
const before = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()
let made = 0
const incident = (minutes: number, level: Level | null = null, life_risk: LifeRisk = 'none', more: Partial<Incident> = {}): Incident =>
  ({ id: `i${(made += 1)}`, state: 'responding', level, life_risk, received_at: before(minutes), merged_into: null, times: {}, ...more }) as Incident
const sent = (to: Incident, state: Task['state'] = 'enroute'): Task => ({ id: `t${(made += 1)}`, incident_id: to.id, team_id: `c${made}`, state }) as Task
const ids = (rows: Row[]): string[] => rows.map((r) => r.incident.id)

describe('the order of the board', () => {
  it('puts life risk first, then who waits over ten minutes, then level, then age', () => {
    const [people, possible, waits, one, three, four, old] = [
      incident(1, null, 'people'), incident(2, 'I', 'possible'), incident(11, 'IV'), incident(3, 'I'), incident(3, 'III'), incident(3, 'IV'), incident(50, 'IV'),
    ]
    const rows = boardRows([four, three, old, waits, possible, one, people], [people, possible, one, three, four, old].map((i) => sent(i)), NOW)
    expect(ids(rows)).toEqual([people, possible, waits, one, three, old, four].map((i) => i.id))
    expect(rows.map((r) => r.index)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
  it('lets an unanswered call of nine minutes stand by its level and one of eleven rise', () => {
    const [young, three] = [incident(9, 'IV'), incident(20, 'III')]
    expect(ids(boardRows([young, three], [sent(three)], NOW))).toEqual([three.id, young.id])
    const late = incident(11, 'IV')
    expect(ids(boardRows([late, three], [sent(three)], NOW))).toEqual([late.id, three.id])
  })
  it('counts only teams that are still bound, and says who has none', () => {
    const i = incident(5)
    const [row] = boardRows([i], [sent(i, 'refused'), sent(i, 'returned'), sent(i, 'cancelled')], NOW)
    expect(row).toMatchObject({ teams: 0, awaiting: true, fixed: true })
    expect(boardRows([i], [sent(i, 'reserved'), sent(i)], NOW)[0]).toMatchObject({ teams: 2, awaiting: false, fixed: false })
  })
  it('leaves out what was merged, and what is over stands last and waits for nobody', () => {
    const [over, merged, open] = [incident(90, 'I', 'people', { state: 'recovery' }), incident(4, null, 'none', { merged_into: 'x' }), incident(4, 'IV')]
    const rows = boardRows([over, merged, open], [], NOW)
    expect(ids(rows)).toEqual([open.id, over.id])
    expect(rows[1]).toMatchObject({ awaiting: false, fixed: false })
    expect(isTall(rows[1]!)).toBe(false)
  })
  it('counts levels and what has none', () => {
    expect(countLevels(boardRows([incident(1, 'I'), incident(1), incident(1)], [], NOW))).toEqual({ I: 1, II: 0, III: 0, IV: 0, none: 2 })
  })
})

describe('what fits', () => {
  const rows = (people: number, minor: number, waiting = 0): Row[] => {
    const all = [...Array.from({ length: people }, () => incident(5, null, 'people')), ...Array.from({ length: minor }, () => incident(5, 'IV'))]
    return boardRows([...all, ...Array.from({ length: waiting }, () => incident(5, 'IV'))], all.map((i) => sent(i)), NOW)
  }
  it('shows all without pages while there is room', () => {
    const laid = fit(rows(1, 2), TALL + 2 * PLAIN + 1)
    expect(laid).toMatchObject({ pages: [], tight: false, two: false })
    expect(laid.fixed).toHaveLength(3)
  })
  it('pages only what may be paged, and every incident stands on some page', () => {
    const all = rows(3, 20)
    const laid = fit(all, 115)
    expect(laid.fixed.every((r) => r.fixed)).toBe(true)
    expect(laid.fixed).toHaveLength(3)
    expect(new Set([...laid.fixed, ...laid.pages.flat()]).size).toBe(23)
    for (const page of laid.pages) expect(3 * laid.tall + page.length * laid.plain).toBeLessThanOrEqual(115)
  })
  it('never pages life risk away however many there are', () => {
    for (const n of [4, 8, 12, 16]) {
      const laid = fit(rows(n, 9, 12), 115)
      expect(laid.fixed.filter(isTall)).toHaveLength(n)
    }
  })
  it('leaves the foot free for the line that says what is hidden, whenever something is', () => {
    for (const [people, minor, waiting] of [[3, 20, 0], [4, 20, 20], [9, 9, 24], [4, 30, 30]] as const) {
      const laid = fit(rows(people, minor, waiting), 115)
      expect(laid.pages.length).toBeGreaterThan(1)
      const danger = laid.fixed.filter(isTall).length
      const others = laid.fixed.length - danger + Math.max(...laid.pages.map((p) => p.length))
      expect(danger * laid.tall + Math.ceil(others / (laid.two ? 2 : 1)) * laid.plain).toBeLessThanOrEqual(115 - 6)
    }
  })
  it('lets two to a line grow into the room that is left', () => {
    const laid = fit(rows(4, 4, 10), 112)
    expect(laid).toMatchObject({ two: true, pages: [] })
    expect(laid.fixed).toHaveLength(18)
    expect(laid.plain).toBeGreaterThan(8)
  })
  it('sets the others two to a line when even the fixed ones are too many, and fills no more than the room', () => {
    const laid = fit(rows(4, 20, 20), 115)
    expect(laid.two).toBe(true)
    const others = laid.fixed.filter((r) => !isTall(r)).length + Math.max(...laid.pages.map((p) => p.length))
    expect(4 * laid.tall + Math.ceil(others / 2) * laid.plain).toBeLessThanOrEqual(115)
  })
})

describe('quiet or response', () => {
  it('is a response while anything is active', () => {
    expect(modeOf([], NOW)).toBe('quiet')
    expect(modeOf([incident(5, 'IV')], NOW)).toBe('response')
  })
  it('stays one for half an hour after the last has ended', () => {
    const ended = (minutes: number): Incident => incident(300, 'IV', 'none', { state: 'recovery', times: { response_ended: before(minutes) } })
    expect(modeOf([ended(29)], NOW)).toBe('response')
    expect(modeOf([ended(31)], NOW)).toBe('quiet')
  })
})
