import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noteFetch, openFeed, readFeed } from '../../modules/calendars/index.ts'
import { requestIdOf } from '../../platform/http/mount-routes.ts'
import { operate } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { writeCalendar } from '../../standards/icalendar/index.ts'
import { feedCalendar, tagOf } from './feed-events.ts'
import { isUnchanged } from './unchanged.ts'

/** How the journal names it. */
export const FETCH = { name: 'calendars.fetch', journal: 'patient-read' } as const

/**
 * The calendar at its secret address, for programs that subscribe: GET /calendar/<token>.ics, with ETag and
 * Last-Modified (RFC 9110 §13). Who holds the address reads it in its owner's name, and the journal says so.
 */
export function mountFeeds(app: FastifyInstance, platform: Platform): void {
  app.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    const token = /^(.+)\.ics$/.exec(request.params.file)?.[1] ?? ''
    const answer = await fetchCalendar(platform, token, request)
    return send(reply, answer)
  })
}

type Answer = { text: string; etag: string; since: Date; unchanged: boolean }

const fetchCalendar = (platform: Platform, token: string, request: FastifyRequest): Promise<Answer> =>
  operate(
    platform,
    { ...FETCH, requestId: requestIdOf(request), address: request.ip },
    async ({ tx, become }): Promise<Answer> => {
      const opened = await openFeed({ db: tx, now: platform.now() }, token)
      const work = become(opened.actor)
      const feed = await readFeed(work, opened)
      const text = writeCalendar(feedCalendar(feed))
      const contentTag = tagOf(text)
      const etag = `"${contentTag}"`
      const before = opened.feed.contentTag === contentTag ? opened.feed.contentSince : null
      const unchanged = isUnchanged(request.headers, { etag, since: before })
      const since = await noteFetch(work, opened, { contentTag, shown: unchanged ? [] : feed.visits })
      return { text, etag, since, unchanged }
    },
  )

function send(reply: FastifyReply, { text, etag, since, unchanged }: Answer): FastifyReply {
  reply
    .header('etag', etag)
    .header('last-modified', since.toUTCString())
    // Nobody on the way keeps it; the program itself asks each time.
    .header('cache-control', 'private, no-cache')
  if (unchanged) return reply.code(304).send()
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', 'inline; filename="calendar.ics"')
    .send(text)
}
