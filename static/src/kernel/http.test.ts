import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clock } from './clock'
import { Problem, get, onCsrfLost, patch, post, setCsrf } from './http'

interface Call { url: string; method: string; headers: Record<string, string>; body?: string }
let calls: Call[]
let answers: (Response | Error)[]
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers } })
const problem = (status: number, slug: string, more: object = {}): Response => json({ type: `urn:fengsui:problem:${slug}`, title: slug, status, ...more }, status)

beforeEach(() => {
  calls = []
  answers = []
  vi.stubGlobal('location', new URL('https://county.example/desk'))
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ url, ...(init as Omit<Call, 'url'>) })
    const next = answers.shift()
    if (!next || next instanceof Error) throw next ?? new Error('no answer left')
    return next
  })
  setCsrf('first')
})
afterEach(() => vi.unstubAllGlobals())

const refusal = async (asked: Promise<unknown>): Promise<Problem> =>
  asked.then(() => { throw new Error('was answered') }, (error: unknown) => error as Problem)

describe('http', () => {
  it('sends a write with its key, the CSRF value, the version and the drill’s world', async () => {
    answers = [json({ id: 'i', version: 4 })]
    expect(await patch('/incidents/i', { title: 'x' }, 3, { key: 'k', world: 7 })).toEqual({ id: 'i', version: 4 })
    expect(calls[0]).toMatchObject({ url: 'https://county.example/api/v1/incidents/i', method: 'PATCH', body: '{"title":"x"}',
      headers: { 'Idempotency-Key': 'k', 'X-CSRF-Token': 'first', 'If-Match': '3', 'Fengsui-World': '7' } })
  })
  it('sends a read without key or CSRF value, and leaves out what is not asked', async () => {
    answers = [json({ items: [] })]
    await get('/places', { query: { q: 'jz ngc', limit: 8, near: null } })
    expect(calls[0]!.url).toBe('https://county.example/api/v1/places?q=jz+ngc&limit=8')
    expect(Object.keys(calls[0]!.headers)).toEqual(['Accept'])
  })
  it('gives a refusal as a problem with all that the server said', async () => {
    answers = [problem(409, 'conflict', { detail: 'Somebody was faster', current: { version: 5 } })]
    const error = await refusal(post('/incidents', {}))
    expect(error).toMatchObject({ status: 409, code: 'conflict', message: 'Somebody was faster', passing: false })
    expect(error.body.current).toEqual({ version: 5 })
  })
  it('takes a line that is down for a passing problem, and an error page of a proxy for its status alone', async () => {
    answers = [new TypeError('failed to fetch'), new Response('<html>bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } })]
    expect(await refusal(get('/x'))).toMatchObject({ status: 0, offline: true, passing: true })
    expect(await refusal(get('/x'))).toMatchObject({ status: 502, passing: true })
  })
  it('renews the CSRF value once and repeats the write under the same key', async () => {
    onCsrfLost(async () => setCsrf('second'))
    answers = [problem(401, 'csrf'), json({ id: 'i' }, 201)]
    await post('/incidents', { kind: 'flash_flood' })
    expect(calls.map((c) => c.headers['X-CSRF-Token'])).toEqual(['first', 'second'])
    expect(calls[0]!.headers['Idempotency-Key']).toBe(calls[1]!.headers['Idempotency-Key'])
  })
  it('does not renew for ever', async () => {
    onCsrfLost(async () => undefined)
    answers = [problem(401, 'csrf'), problem(401, 'csrf')]
    expect((await refusal(post('/incidents', {}))).csrf).toBe(true)
    expect(calls).toHaveLength(2)
  })
  it('learns the server’s time from every answer', async () => {
    answers = [json({}, 200, { 'Fengsui-Now': new Date(Date.now() + 3_600_000).toISOString() })]
    await get('/session')
    expect(Math.abs(clock.offset() - 3_600_000)).toBeLessThan(2000)
  })
})
