const RELOADED = 'rmis.reloaded'

/**
 * Registers the service worker, and mends what a new version of the app does to an open page: code it asks for may be
 * gone, so the page is loaded anew, once.
 */
export function keepShell(): void {
  addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0)
    if (!navigator.onLine || Date.now() - last < 30_000) return
    sessionStorage.setItem(RELOADED, String(Date.now()))
    location.reload()
  })
  if (import.meta.env.PROD && 'serviceWorker' in navigator)
    addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined))
}
