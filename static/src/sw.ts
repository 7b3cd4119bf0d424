/// <reference lib="webworker" />
/**
 * Lets the phone start without a line: the shells of /field, /hazards and /brief and the files they name, nothing else.
 * Hashed files never change, so the cache answers first; a shell asks the network first. Data of /api is never kept here.
 * A shell is kept only where the server gives it: who may not open a page has nothing of it on the phone.
 */
declare const __SHELLS__: Record<string, string[]>
declare const __BUILD__: string

const worker = self as unknown as ServiceWorkerGlobalScope
const CACHE = `fengsui-${__BUILD__}`
const SHELL_WAIT_MS = 3000

worker.addEventListener('install', (event) => {
  event.waitUntil(install())
})

async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  for (const path of Object.keys(__SHELLS__)) {
    const shell = await fetch(path, { credentials: 'same-origin' })
    if (isShell(shell)) await keepShell(cache, path, shell)
  }
  await worker.skipWaiting()
}

/** The page with its files: what is here already is not fetched again. */
async function keepShell(cache: Cache, path: string, shell: Response): Promise<void> {
  const here = new Set((await cache.keys()).map((one) => new URL(one.url).pathname))
  await cache.addAll(__SHELLS__[path]!.filter((file) => !here.has(file)))
  await cache.put(path, shell)
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
  if (request.mode === 'navigate' && url.pathname in __SHELLS__) event.respondWith(shellFirstFromNetwork(event, url.pathname))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

/** Only the page itself is the shell, never the sign-in page it may have been sent on to. */
const isShell = (response: Response): boolean => response.ok && !response.redirected

/** A half-dead line must not hold up a phone that has all it needs: after three seconds the kept shell answers. */
async function shellFirstFromNetwork(event: FetchEvent, path: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(path)
  try {
    const fresh = await fetch(event.request, kept ? { signal: AbortSignal.timeout(SHELL_WAIT_MS) } : {})
    if (isShell(fresh)) event.waitUntil(keepShell(cache, path, fresh.clone()))
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
