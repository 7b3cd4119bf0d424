/** Who is signed in on this screen. */
import { clock } from './clock'
import { Problem, del, get, onCsrfLost, post, setCsrf } from './http'
import { forgetDrafts } from './keep'
import type { SessionInfo } from './types'

let current: SessionInfo | null = null

export function session(): SessionInfo | null { return current }
export function may(permission: string): boolean { return current?.actor.permissions.includes(permission) ?? false }

function hold(info: SessionInfo | null): SessionInfo | null {
  current = info
  setCsrf(info?.csrf ?? null)
  if (info) clock.observe(info.now)
  else void forgetDrafts()
  return info
}

/** The session of this browser, or null when nobody is signed in. */
export async function loadSession(ask: { timeoutMs?: number } = {}): Promise<SessionInfo | null> {
  try {
    return hold(await get<SessionInfo>('/session', ask))
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return hold(null)
    throw error
  }
}

/** An offline screen goes on under the session it kept; the server has the last word when it is back. */
export function resumeSession(info: SessionInfo): SessionInfo {
  current = info
  setCsrf(info.csrf)
  return info
}

export async function signIn(username: string, password: string, otp?: string): Promise<SessionInfo> {
  await post<unknown>('/session', otp ? { username, password, otp } : { username, password })
  const info = await loadSession()
  if (!info) throw new Problem({ type: 'about:blank#no-cookie', title: 'no session', status: 401 })
  return info
}

export async function signOut(): Promise<void> {
  await del('/session')
  hold(null)
}

onCsrfLost(async () => { await loadSession() })
