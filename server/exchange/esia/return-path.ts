/** Only a base to resolve against; the name is reserved and never resolves (RFC 2606). */
const HERE = 'http://rmis.invalid'

/** Addresses nobody should land on after signing in: they are for programs, or would begin signing in again. */
const notForPeople = /^\/(api|esia|aas|rs|idp)(\/|$)/

/**
 * Where a person goes after signing in: the given path when it stays on this site, else «/». An address that a browser
 * could read as another site (`//host`, `/\host`, a scheme, control characters that browsers drop) is refused, before
 * and after dots in it are resolved.
 */
export function safeReturnPath(path: unknown): string {
  if (typeof path !== 'string' || path.length > 500 || !staysHere(path)) return '/'
  const url = new URL(path, HERE)
  if (url.origin !== HERE || notForPeople.test(url.pathname)) return '/'
  const resolved = url.pathname + url.search + url.hash
  return staysHere(resolved) ? resolved : '/'
}

const staysHere = (path: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  /^\/(?![/\\])/.test(path) && !/[\u0000-\u0020\u007f\\]/.test(path) && URL.canParse(path, HERE)
