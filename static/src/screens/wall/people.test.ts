import { describe, expect, it } from 'vitest'
import type { Incident, ReportingFigure } from '../../kernel/types'
import { totalOf } from './people'

const figure = (value: number, as_of: string, confirmed = true, others: number[] = []): ReportingFigure => ({ value, as_of, source: null, confirmed, figure_id: 'f', others })
const incident = (missing: ReportingFigure | null): Incident =>
  ({ id: 'i', casualties: { missing: missing?.value ?? null }, figures: missing ? { missing } : {} }) as unknown as Incident

describe('totals of people', () => {
  it('says not reported, never zero, when nobody spoke', () => {
    expect(totalOf('missing', [incident(null)])).toMatchObject({ value: null, asOf: null, other: null })
    expect(totalOf('missing', [incident(figure(0, '2026-07-22T02:00:00Z'))]).value).toBe(0)
  })
  it('sums the chosen figures, as old as the oldest that counts', () => {
    const total = totalOf('missing', [incident(figure(2, '2026-07-22T02:19:00Z')), incident(figure(3, '2026-07-22T02:05:00Z')), incident(figure(0, '2026-07-22T01:00:00Z'))])
    expect(total).toMatchObject({ value: 5, asOf: Date.parse('2026-07-22T02:05:00Z'), confirmed: true })
    expect(total.from).toHaveLength(2)
  })
  it('is unconfirmed as soon as one part is', () => {
    expect(totalOf('missing', [incident(figure(2, '2026-07-22T02:19:00Z')), incident(figure(1, '2026-07-22T02:19:00Z', false))]).confirmed).toBe(false)
  })
  it('sets competing figures beside the total', () => {
    expect(totalOf('missing', [incident(figure(2, '2026-07-22T02:19:00Z', false, [1, 3])), incident(figure(4, '2026-07-22T02:19:00Z'))])).toMatchObject({ value: 6, other: 7 })
  })
  it('tells visitors only what is confirmed', () => {
    const both = [incident(figure(2, '2026-07-22T02:19:00Z')), incident(figure(9, '2026-07-22T02:19:00Z', false))]
    expect(totalOf('missing', both, true).value).toBe(2)
    expect(totalOf('missing', [both[1]!], true).value).toBeNull()
  })
})
