/**
 * Makes ordinary links of the app change the page without loading it anew: components write `<a href>` and know no
 * router. Leaves alone what the browser does better: other sites, downloads, new tabs, addresses `isOurs` says no to.
 * Returns how to stop.
 */
export function followLinks(navigate: (to: string) => void, isOurs: (path: string) => boolean): () => void {
  const follow = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = (event.target as Element | null)?.closest?.('a')
    if (!link || !link.href || link.target || link.hasAttribute('download') || link.origin !== location.origin) return
    if (!isOurs(link.pathname)) return
    event.preventDefault()
    const to = link.pathname + link.search + link.hash
    if (to !== location.pathname + location.search + location.hash) navigate(to)
  }
  document.addEventListener('click', follow)
  return () => document.removeEventListener('click', follow)
}
