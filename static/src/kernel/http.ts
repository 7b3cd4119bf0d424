/**
 * Reads and writes over HTTP: CSRF, idempotency key, version, world, problems.
 * A refusal is always a `Problem`; a line that is down is a `Problem` with status 0.
 */
import { clock } from './clock'
import { lang } from './i18n'
import { uuid } from './uuid'
import type { ProblemBody } from './types'

export const API = '/api/v1'

export class Problem extends Error {
  readonly body: ProblemBody

  constructor(body: ProblemBody) {
    const detail = body.said?.[lang()] ?? body.detail ?? body.title
    super(detail)
    this.name = 'Problem'
    this.body = { ...body, detail }
  }

  get status(): number { return this.body.status }
  /** The last part of the type: `key-reused`, `csrf`, `otp-required`… */
  get code(): string { return this.body.type.split(/[/:#]/).pop() ?? '' }
  get offline(): boolean { return this.status === 0 }
  /** Trying the same again later may well succeed (RULES: kept in the queue). */
  get passing(): boolean {
    return this.status === 0 || [401, 408, 429, 507].includes(this.status) || this.status >= 500 || this.csrf
  }
  get csrf(): boolean { return this.code === 'csrf' }
}

export const lineDown = (detail: string): Problem =>
  new Problem({ type: 'about:blank#offline', title: 'offline', status: 0, detail })

export interface Ask {
  query?: Record<string, string | number | boolean | null | undefined>
  body?: unknown
  /** command id; made when absent on a write */
  key?: string
  version?: number
  world?: number
  signal?: AbortSignal
  timeoutMs?: number
}

let csrfToken: string | null = null
let renewCsrf: (() => Promise<void>) | null = null
export function setCsrf(token: string | null): void { csrfToken = token }
export function csrf(): string | null { return csrfToken }
export function onCsrfLost(renew: () => Promise<void>): void { renewCsrf = renew }

export async function http<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
  const key = ask.key ?? uuid()
  try {
    return await once<T>(method, path, { ...ask, key })
  } catch (error) {
    if (!(error instanceof Problem) || !error.csrf || !renewCsrf) throw error
    await renewCsrf()
    return once<T>(method, path, { ...ask, key })
  }
}

export const get = <T>(path: string, ask: Omit<Ask, 'body' | 'key'> = {}): Promise<T> => http<T>('GET', path, ask)
export const post = <T>(path: string, body: unknown, ask: Ask = {}): Promise<T> => http<T>('POST', path, { ...ask, body })
export const patch = <T>(path: string, body: unknown, version: number, ask: Ask = {}): Promise<T> =>
  http<T>('PATCH', path, { ...ask, body, version })
export const del = <T>(path: string, ask: Ask = {}): Promise<T> => http<T>('DELETE', path, ask)

async function once<T>(method: string, path: string, ask: Ask & { key: string }): Promise<T> {
  let response: Response
  try {
    response = await fetch(address(path, ask.query), {
      method,
      credentials: 'same-origin',
      headers: headers(method, ask),
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      signal: ask.signal ?? AbortSignal.timeout(ask.timeoutMs ?? 20_000),
    })
  } catch (error) {
    if (ask.signal?.aborted) throw error
    throw lineDown(String(error))
  }
  const now = response.headers.get('Fengsui-Now')
  if (now) clock.observe(now)
  const text = await response.text()
  if (response.ok) return (text ? JSON.parse(text) : undefined) as T
  throw new Problem(problemOf(response, text))
}

/** What is no JSON, and may go on for long: the answer as it is, its body not yet read. */
export async function raw(method: string, path: string, ask: { body?: string; type?: string; world?: number; signal: AbortSignal; keepalive?: boolean }): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address(path, undefined), {
      method, credentials: 'same-origin', signal: ask.signal, keepalive: ask.keepalive ?? false,
      headers: { ...headers(method, { key: uuid(), ...(ask.world ? { world: ask.world } : {}) }), Accept: '*/*', ...(ask.type ? { 'Content-Type': ask.type } : {}) },
      ...(ask.body === undefined ? {} : { body: ask.body }),
    })
  } catch (error) {
    if (ask.signal.aborted) throw error
    throw lineDown(String(error))
  }
  if (response.ok) return response
  throw new Problem(problemOf(response, await response.text()))
}

function address(path: string, query: Ask['query']): string {
  const url = new URL(path.startsWith('/api/') ? path : API + path, location.origin)
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value))
  }
  return url.toString()
}

function headers(method: string, ask: Ask & { key: string }): Record<string, string> {
  const out: Record<string, string> = { Accept: 'application/json' }
  if (ask.body !== undefined) out['Content-Type'] = 'application/json'
  if (method !== 'GET') out['Idempotency-Key'] = ask.key
  if (method !== 'GET' && csrfToken) out['X-CSRF-Token'] = csrfToken
  if (ask.version !== undefined) out['If-Match'] = String(ask.version)
  if (ask.world) out['Fengsui-World'] = String(ask.world)
  return out
}

/** A proxy's own HTML error page has no problem body: say its status and nothing more. */
function problemOf(response: Response, text: string): ProblemBody {
  const bare = { type: 'about:blank', title: response.statusText || String(response.status), status: response.status }
  if (!response.headers.get('content-type')?.includes('json')) return bare
  try {
    return { ...bare, ...(JSON.parse(text) as Partial<ProblemBody>) }
  } catch (error) {
    if (error instanceof SyntaxError) return bare
    throw error
  }
}
