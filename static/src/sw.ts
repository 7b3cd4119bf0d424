/// <reference lib="webworker" />
/**
 * Lets the phone start without a line: the shell of /field and the files it names, nothing else.
 * Hashed files never change, so the cache answers first; the shell asks the network first. Data of /api is never kept here.
 */
declare const __PRECACHE__: string[]
declare const __BUILD__: string

const worker = self as unknown as ServiceWorkerGlobalScope
const CACHE = `fengsui-${__BUILD__}`
const SHELL = '/field'
const SHELL_WAIT_MS = 3000

worker.addEventListener('install', (event) => {
  event.waitUntil(install())
})

async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(__PRECACHE__)
  const shell = await fetch(SHELL, { credentials: 'same-origin' })
  if (isShell(shell)) await cache.put(SHELL, shell)
  await worker.skipWaiting()
}

worker.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('fengsui-') && name !== CACHE) await caches.delete(name)
    await worker.clients.claim()
  })())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (request.mode === 'navigate' && url.pathname === SHELL) event.respondWith(shellFirstFromNetwork(request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

/** Only the page itself is the shell, never the sign-in page it may have been sent on to. */
const isShell = (response: Response): boolean => response.ok && !response.redirected

/** A half-dead line must not hold up a phone that has all it needs: after three seconds the kept shell answers. */
async function shellFirstFromNetwork(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(SHELL)
  try {
    const fresh = await fetch(request, kept ? { signal: AbortSignal.timeout(SHELL_WAIT_MS) } : {})
    if (isShell(fresh)) await cache.put(SHELL, fresh.clone())
    return fresh.status >= 500 && kept ? kept : fresh
  } catch (error) {
    if (kept) return kept
    throw error
  }
}

async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreSearch: true })
  return kept ?? fetch(request)
}

export {}
