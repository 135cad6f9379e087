const RELOADED = 'rmis.staff.reloaded'
const AGAIN_AFTER_MS = 30_000

/**
 * A new version of the app on the server takes the code of pages not opened yet away from an open one: the page is then
 * loaded anew, once. What was typed in a record is kept on the device meanwhile (doctor/local-drafts.ts).
 */
export function reloadWhenOutdated(): void {
  addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0)
    if (!navigator.onLine || Date.now() - last < AGAIN_AFTER_MS) return
    sessionStorage.setItem(RELOADED, String(Date.now()))
    location.reload()
  })
}
