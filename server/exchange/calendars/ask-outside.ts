import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Failure } from '../../modules/calendars/index.ts'
import { isPublicAddress } from './public-address.ts'

/** Why there is no answer. */
export class NoAnswer extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure)
    this.failure = failure
  }
}

export type Outside = {
  /** Also private addresses and http may be asked: the calendars of the clinic's own network (a setting). */
  allowPrivate: boolean
  /** How long all of it may take, milliseconds, and how much may come. */
  timeoutMs: number
  maxBytes: number
  /** All addresses of a name; the system's, unless a test says otherwise. */
  resolve?: (hostname: string) => Promise<LookupAddress[]>
}
export type Asking = {
  method: 'GET' | 'PROPFIND' | 'REPORT'
  url: URL
  headers: Record<string, string>
  body?: string
  credentials: { username: string; password: string } | undefined
}
export type Answered = { status: number; headers: http.IncomingHttpHeaders; body: Buffer; url: URL }

const MAX_REDIRECTS = 4

/**
 * Asks a server that somebody named, which may be anything: only public addresses are connected to, and what is checked is
 * the very address that is connected to (a name that answers differently the second time gains nothing); so is each
 * redirect. The password goes to the site it was given for, and only over TLS. Throws NoAnswer.
 */
export async function askOutside(outside: Outside, asking: Asking): Promise<Answered> {
  const signal = AbortSignal.timeout(outside.timeoutMs)
  let { url } = asking
  for (let redirects = 0; ; redirects++) {
    const credentials = isSameSite(url, asking.url) ? asking.credentials : undefined
    const answer = await once(outside, { ...asking, url, credentials }, signal)
    const to = answer.headers.location
    if (![301, 302, 303, 307, 308].includes(answer.status) || to === undefined) return answer
    if (redirects === MAX_REDIRECTS || !URL.canParse(to, url.href)) throw new NoAnswer('server-error')
    url = new URL(to, url)
  }
}

/** The same host, or hosts of one domain over TLS: providers keep each account on a host of its own. Nobody else gets the password. */
export const isSameSite = (a: URL, b: URL): boolean =>
  a.host === b.host || (!isIP(a.hostname) && a.protocol === 'https:' && domainOf(a.hostname) === domainOf(b.hostname))
const domainOf = (hostname: string): string => hostname.split('.').slice(-2).join('.')

function once(outside: Outside, asking: Asking, signal: AbortSignal): Promise<Answered> {
  const { url, credentials } = asking
  requireAllowed(outside, url)
  const basic = credentials && Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')
  const headers = {
    'user-agent': 'rmis',
    'accept-encoding': 'identity',
    ...asking.headers,
    ...(asking.body !== undefined && { 'content-length': String(Buffer.byteLength(asking.body)) }),
    ...(basic && { authorization: `Basic ${basic}` }),
  }
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(asNoAnswer(error, signal))
    const client = url.protocol === 'https:' ? https : http
    const request = client.request(
      url,
      { method: asking.method, headers, signal, agent: false, lookup: checkedLookup(outside) },
      (response) => {
        const parts: Buffer[] = []
        let size = 0
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size > outside.maxBytes) {
            reject(new NoAnswer('too-large'))
            request.destroy()
          } else parts.push(part)
        })
        response.on('error', fail)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts), url }),
        )
      },
    )
    request.on('error', fail)
    request.end(asking.body)
  })
}

/** An address that is written in numbers is looked up by nobody, so it is judged here. */
function requireAllowed({ allowPrivate }: Outside, url: URL): void {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowPrivate)) throw new NoAnswer('private-address')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw new NoAnswer('private-address')
}

const resolveBySystem = (hostname: string): Promise<LookupAddress[]> =>
  new Promise((resolve, reject) =>
    systemLookup(hostname, { all: true }, (error, found) => (error ? reject(error) : resolve(found))),
  )

/** Where a name leads that may be connected to. Throws NoAnswer, or what the lookup throws. */
async function allowedAddresses({ allowPrivate, resolve = resolveBySystem }: Outside, hostname: string) {
  const found = await resolve(hostname)
  const allowed = found.filter(({ address }) => allowPrivate || isPublicAddress(address))
  if (allowed.length === 0) throw new NoAnswer(found.length > 0 ? 'private-address' : 'unreachable')
  return allowed
}

/** Looks up where to connect, and lets only public addresses through. */
const checkedLookup =
  (outside: Outside): LookupFunction =>
  (hostname, options, callback) => {
    const answer = async () => {
      let allowed: LookupAddress[]
      try {
        allowed = await allowedAddresses(outside, hostname)
      } catch (error) {
        return callback(error as NodeJS.ErrnoException, '', 0)
      }
      if (options.all) callback(null, allowed)
      else callback(null, allowed[0]!.address, allowed[0]!.family)
    }
    void answer()
  }

function asNoAnswer(error: unknown, signal: AbortSignal): NoAnswer {
  if (error instanceof NoAnswer) return error
  return new NoAnswer(signal.aborted ? 'timeout' : 'unreachable')
}
