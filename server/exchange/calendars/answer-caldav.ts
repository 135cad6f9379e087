import {
  caldav,
  dav,
  DavRefused,
  keyOf,
  readPropfind,
  readReport,
  writeMultistatus,
  type Asked,
  type Report,
} from '../../standards/caldav/index.ts'
import { isInRange, itemResource, paths, standing, visitsResource, type Collection } from './collection.ts'
import type { Feed } from '../../modules/calendars/index.ts'

export type DavRequest = { method: string; path: string; depth: string | undefined; body: Uint8Array }

/** The answer, with the visits whose calendar data it holds and the tag of the whole. */
export type DavAnswer = {
  status: 200 | 207 | 404 | 405
  type?: string
  etag?: string
  text: string
  shown: Feed['visits']
}

const notThere: DavAnswer = { status: 404, text: '', shown: [] }
const DATA = keyOf(caldav('calendar-data'))
const hasData = (asked: Asked): boolean => asked.kind === 'named' && asked.names.some((name) => keyOf(name) === DATA)

/** Answers a request for reading. Throws DavRefused. */
export function answerDav(collection: Collection, request: DavRequest): DavAnswer {
  const path = request.path.endsWith('/') || request.path.endsWith('.ics') ? request.path : `${request.path}/`
  if (request.method === 'PROPFIND') return propfind(collection, path, request)
  if (request.method === 'REPORT') return report(collection, path, request)
  return get(collection, path)
}

function propfind(collection: Collection, path: string, { depth, body }: DavRequest): DavAnswer {
  if (depth !== '0' && depth !== '1')
    throw new DavRefused(403, 'a depth of 0 or 1 is needed', dav('propfind-finite-depth'))
  const asked = readPropfind(body)
  const deep = depth === '1'
  const visits = visitsResource(collection)
  const multistatus = (
    resources: Parameters<typeof writeMultistatus>[0],
    shown: DavAnswer['shown'] = [],
  ): DavAnswer => ({
    status: 207,
    text: writeMultistatus(resources, asked),
    shown,
  })
  const item = collection.items.find(({ href }) => href === path)
  if (item) return multistatus([itemResource(item)], hasData(asked) ? [item.visit] : [])
  if (path === paths.visits) {
    const items = deep ? collection.items : []
    const shown = hasData(asked) ? items.map(({ visit }) => visit) : []
    return multistatus([visits, ...items.map((i) => itemResource(i))], shown)
  }
  const here = standing[path]
  if (!here) return notThere
  if (!deep) return multistatus([here])
  if (path === paths.home) return multistatus([here, visits])
  return multistatus(path === paths.root ? [here, standing[paths.principal]!, standing[paths.home]!] : [here])
}

function report(collection: Collection, path: string, { body }: DavRequest): DavAnswer {
  if (path !== paths.visits && !path.endsWith('.ics')) return notThere
  const asked = readReport(body)
  const found = itemsOf(collection, path, asked)
  const items = found.flatMap((item) => ('missing' in item ? [] : [item]))
  const resources = found.map((item) => ('missing' in item ? item : itemResource(item, asked.utc)))
  const shown = hasData(asked.asked) ? items.map(({ visit }) => visit) : []
  return { status: 207, text: writeMultistatus(resources, asked.asked), shown: shown }
}

type Found = Collection['items'][number] | { href: string; missing: true }

function itemsOf({ items }: Collection, path: string, report: Report): Found[] {
  if (report.kind === 'query') {
    const { events, range } = report
    return events ? items.filter(({ event }) => !range || isInRange(event, range)) : []
  }
  const byPath = new Map(items.map((item) => [item.href, item]))
  const asked = path.endsWith('.ics') ? [path] : report.hrefs
  return asked.map((href) => byPath.get(pathOf(href)) ?? { href, missing: true })
}

/** A program may give the whole address, and escape more or less than we do. */
function pathOf(href: string): string {
  if (!URL.canParse(href, 'http://here.invalid')) return href
  const { pathname } = new URL(href, 'http://here.invalid')
  const name = pathname.startsWith(paths.visits) ? pathname.slice(paths.visits.length) : undefined
  if (name === undefined) return pathname
  try {
    return `${paths.visits}${encodeURIComponent(decodeURIComponent(name).replace(/\.ics$/, ''))}.ics`
  } catch {
    return pathname
  }
}

function get(collection: Collection, path: string): DavAnswer {
  const item = collection.items.find(({ href }) => href === path)
  if (!item) return standing[path] || path === paths.visits ? { status: 405, text: '', shown: [] } : notThere
  return { status: 200, type: 'text/calendar; charset=utf-8', etag: item.etag, text: item.text, shown: [item.visit] }
}
