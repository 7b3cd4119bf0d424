/** How every screen starts: who is here, in which language and theme, with which words, on which topics. */
import { LAST, keep, keepStore, kept } from './keep'
import { Problem, csrf } from './http'
import { chooseLang } from './i18n'
import { keys } from './keys'
import { Live } from './live'
import { Outbox, liveSender } from './outbox'
import { loadSession, resumeSession, session } from './session'
import { Store } from './store'
import type { SessionInfo, Topic } from './types'
import { loadWords, takeKinds, takeWords, words } from './words'

export interface Screen {
  session: SessionInfo
  store: Store
  live: Live
  outbox: Outbox
  /** 0 is life; any other a drill's */
  world: number
  /** when the picture shown at start was kept; null if it came from the server */
  keptAt: string | null
}
export interface BeginOptions {
  /** wall and desk reconnect first */
  priority: 'first' | 'later'
  topics: (session: SessionInfo) => Topic[]
  world?: number
  theme?: 'dark' | 'light' | 'sun'
  /** the language that this account's session was opened in, or another that somebody chose on this machine */
  lang?: string | null
  /** goes on without a line from what was kept (phone) */
  offline?: boolean
  /** under which name its picture is kept, where an account has two such screens */
  keptAs?: string
  /** the session ended while the screen was open; without it the browser goes to the sign-in page */
  onSignedOut?: () => void
}

const SIGNED_OUT = new Problem({ type: 'about:blank#signed-out', title: 'signed out', status: 401 })

/** null when nobody is signed in, or has still to choose a password: the browser is already on its way to the sign-in page. */
export async function begin(options: BeginOptions): Promise<Screen | null> {
  const info = await whoIsHere(options.offline ?? false)
  if (!info || info.password_due) {
    toSignIn()
    return null
  }
  chooseLang(options.lang ?? info.lang)
  setTheme(new URLSearchParams(location.search).get('theme') ?? options.theme ?? 'dark')
  await wordsOrKept(info.actor.id, options.offline ?? false)
  const store = new Store()
  const saved = options.offline ? await keepStore(store, info.actor.id, options.keptAs) : null
  const live = new Live({ store, priority: options.priority, csrf, world: options.world ?? 0 })
  const send = liveSender(live)
  const outbox = new Outbox({
    send: (item) => (session()?.actor.id === item.actor ? send(item) : Promise.resolve({ ok: false, problem: SIGNED_OUT, command_id: item.command_id })),
    /** a screen that goes on without a line goes on writing down when its session has ended; nothing of it goes under another's */
    actor: () => session()?.actor.id ?? (options.offline ? info.actor.id : null),
    world: options.world ?? 0,
  })
  live.onChange(() => { if (live.state === 'live') void outbox.flush() })
  live.onDenied(() => void stillHere(options.onSignedOut ?? toSignIn))
  live.watch(...options.topics(info))
  live.connect()
  await outbox.open()
  keys.listen()
  if (options.offline) await stayOnDevice()
  return { session: info, store, live, outbox, world: options.world ?? 0, keptAt: saved?.saved_at ?? null }
}

/** Asks the browser to keep our files and data. On plain HTTP off this machine it cannot; the screen then works only with a line. */
async function stayOnDevice(): Promise<void> {
  await globalThis.navigator.storage?.persist?.()
  if ('serviceWorker' in navigator && import.meta.env.PROD) await navigator.serviceWorker.register('/sw.js', { scope: '/' })
}

export function toSignIn(): void {
  location.assign(`/?next=${encodeURIComponent(location.pathname + location.search)}`)
}

/** Also renews the CSRF value that the line gives at its next try. */
async function stillHere(over: () => void): Promise<void> {
  try {
    if (!(await loadSession())) over()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

export function setTheme(theme: string): void { document.documentElement.dataset.theme = theme }

/** A half-dead line must not hold up a screen that has all it needs. */
const SHORT = { timeoutMs: 3000 }

async function whoIsHere(offline: boolean): Promise<SessionInfo | null> {
  const last = offline ? await kept<SessionInfo>(LAST, 'session') : null
  try {
    const info = await loadSession(last ? SHORT : {})
    if (info && offline) await keep(LAST, 'session', info)
    return info
  } catch (error) {
    if (!offline || !(error instanceof Problem) || !error.passing) throw error
    return last ? resumeSession(last.value) : null
  }
}

async function wordsOrKept(owner: string, offline: boolean): Promise<void> {
  const held = offline ? await kept<ReturnType<typeof words>>(owner, 'words') : null
  try {
    await loadWords(held ? SHORT : {})
    if (offline) await keep(owner, 'words', words())
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (!held) return
    takeWords(held.value.words)
    takeKinds(held.value.kinds)
  }
}
