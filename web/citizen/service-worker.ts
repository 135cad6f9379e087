/**
 * Keeps the shell of the app (pages’ code, styles, typeface, icons) so that it opens at once and opens without a network.
 * Answers of the API are never kept: a patient’s data live on the server only. The build writes the list of files.
 */
type Waiting = Event & { waitUntil(work: Promise<unknown>): void }
type Asked = Event & { request: Request; respondWith(answer: Promise<Response>): void }
type Pushed = Waiting & { data: { json(): unknown } | null }
type Pressed = Waiting & { notification: { data: unknown; close(): void } }
type Scope = {
  addEventListener(type: 'install' | 'activate', hear: (event: Waiting) => void): void
  addEventListener(type: 'fetch', hear: (event: Asked) => void): void
  addEventListener(type: 'push', hear: (event: Pushed) => void): void
  addEventListener(type: 'notificationclick', hear: (event: Pressed) => void): void
  location: Location
  registration: { showNotification(title: string, options: NotificationOptions): Promise<void> }
  clients: { openWindow(address: string): Promise<unknown> }
}
declare const SHELL_FILES: readonly string[]
declare const SHELL_VERSION: string

const scope = globalThis as unknown as Scope
const CACHE = `shell-${SHELL_VERSION}`
const PATIENCE_MS = 4_000
const OFFLINE = '/offline.html'
/** Addresses that are not this app's pages: they are never answered with its shell. */
const notPages = /^\/(api|demo|esia|aas|rs|idp|staff|healthz|readyz|metrics)(\/|$)/

scope.addEventListener('install', (event) =>
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(['/', ...SHELL_FILES]))),
)

scope.addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))),
  ),
)

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== scope.location.origin) return
  if (request.mode === 'navigate') event.respondWith(openPage(request, notPages.test(url.pathname) ? OFFLINE : '/'))
  else if (SHELL_FILES.includes(url.pathname)) event.respondWith(fromShell(request))
})

/** The page from the network; when there is none, or it is too slow, what was kept. */
async function openPage(request: Request, instead: string): Promise<Response> {
  const answer = fetch(request)
  const kept = (await caches.match(instead)) ?? (await caches.match(OFFLINE))
  if (!kept) return answer
  const patience = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS))
  try {
    return (await Promise.race([answer, ...(instead === '/' ? [patience] : [])])) ?? kept
  } catch {
    return kept
  }
}

const fromShell = async (request: Request): Promise<Response> => (await caches.match(request)) ?? fetch(request)

/** A message of the server, read by this browser alone. A repeated one takes the place of the first (`tag`). */
scope.addEventListener('push', (event) => {
  const { id, title, text, path } = (event.data?.json() ?? {}) as Record<string, string | undefined>
  const options = { body: text ?? '', icon: '/icons/icon-192.png', data: path, ...(id && { tag: id }) }
  event.waitUntil(scope.registration.showNotification(title ?? 'Кабинет пациента', options))
})

scope.addEventListener('notificationclick', (event) => {
  const { notification } = event
  notification.close()
  const path = typeof notification.data === 'string' && notification.data.startsWith('/') ? notification.data : '/'
  const address = new URL(path, scope.location.origin)
  event.waitUntil(scope.clients.openWindow(address.origin === scope.location.origin ? address.href : '/'))
})
