/** A page as it came: no redirect is followed by itself. */
export type Seen = { status: number; location: string | undefined; text: string; headers: Headers }

type Cookie = { name: string; value: string; path: string; httpOnly: boolean }

/** A browser for tests: keeps cookies as browsers do (by host and path, without regard to ports), runs no scripts. */
export class Browser {
  readonly #cookies = new Map<string, Cookie>()

  cookie(name: string): string | undefined {
    return [...this.#cookies.values()].find((c) => c.name === name)?.value
  }

  /** Names of the cookies it has, in the order they were given. */
  get cookieNames(): string[] {
    return [...this.#cookies.values()].map((c) => c.name)
  }

  async open(address: string, init: RequestInit = {}): Promise<Seen> {
    const { pathname } = new URL(address)
    const cookie = [...this.#cookies.values()]
      .filter((c) => pathname === c.path || pathname.startsWith(c.path.endsWith('/') ? c.path : `${c.path}/`))
      .map((c) => `${c.name}=${c.value}`)
      .join('; ')
    const response = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...(init.headers as Record<string, string> | undefined) },
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const location = response.headers.get('location') ?? undefined
    return {
      status: response.status,
      location: location && new URL(location, address).href,
      text: await response.text(),
      headers: response.headers,
    }
  }

  /** Opens an address and follows redirects until there are none; `at` is where it ends. */
  async follow(address: string): Promise<Seen & { at: string }> {
    let at = address
    for (let hops = 0; hops < 10; hops++) {
      const seen = await this.open(at)
      if (!seen.location) return { ...seen, at }
      at = seen.location
    }
    throw new Error(`redirects without end at ${address}`)
  }

  #keep(line: string): void {
    const [pair, ...attributes] = line.split(/; */)
    const [name, value] = [pair!.slice(0, pair!.indexOf('=')), pair!.slice(pair!.indexOf('=') + 1)]
    const attribute = (wanted: string) =>
      attributes.find((a) => a.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
    const path = attribute('path') ?? '/'
    const gone = attribute('max-age') === '0' || attribute('expires')?.includes('1970')
    this.#cookies.delete(`${path} ${name}`)
    if (!gone)
      this.#cookies.set(`${path} ${name}`, {
        name,
        value,
        path,
        httpOnly: attributes.some((a) => a.toLowerCase() === 'httponly'),
      })
  }
}
