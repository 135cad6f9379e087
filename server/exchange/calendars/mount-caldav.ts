import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NoCalendarAddress } from '../../../contracts/calendars.ts'
import { noteFetch, openFeed, readFeed } from '../../modules/calendars/index.ts'
import { requestIdOf } from '../../platform/http/mount-routes.ts'
import { operate } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { Problem } from '../../platform/problem.ts'
import { dav, DavRefused, writeError } from '../../standards/caldav/index.ts'
import { MAX_BYTES } from '../../standards/xml/index.ts'
import { tokenOfHeader } from '../other-systems/index.ts'
import { answerDav, type DavAnswer } from './answer-caldav.ts'
import { collectionOf, paths } from './collection.ts'
import { FETCH } from './mount-feeds.ts'

const READS = ['GET', 'HEAD', 'PROPFIND', 'REPORT'] as const
/** What would change something. Fastify knows some of them only when it is told. */
const WRITES = ['PUT', 'POST', 'PATCH', 'DELETE', 'PROPPATCH', 'MKCOL', 'MKCALENDAR', 'COPY', 'MOVE', 'LOCK', 'UNLOCK']
const NEW_METHODS = ['PROPFIND', 'REPORT', 'PROPPATCH', 'MKCOL', 'MKCALENDAR', 'COPY', 'MOVE', 'LOCK', 'UNLOCK']

/**
 * The same calendar for programs that speak CalDAV (RFC 4791), to be read only: the password is the token of the address,
 * the name is not looked at. Found through /.well-known/caldav (RFC 6764 §5).
 */
export function mountCalDav(app: FastifyInstance, platform: Platform): void {
  for (const method of NEW_METHODS) app.addHttpMethod(method, { hasBody: true })
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.addHook(
      'onSend',
      async (_request, reply) => void reply.header('dav', '1, 3, access-control, calendar-access'),
    )
    const discover = async (_request: FastifyRequest, reply: FastifyReply) => reply.redirect(paths.root, 301)
    scope.route({ method: ['GET', 'PROPFIND', 'OPTIONS'], url: '/.well-known/caldav', handler: discover })
    for (const url of ['/caldav', '/caldav/*']) {
      scope.route({ method: 'OPTIONS', url, handler: async (_request, reply) => allow(reply).code(200).send() })
      scope.route({ method: [...READS], url, handler: (request, reply) => answer(platform, request, reply) })
      scope.route({ method: WRITES, url, handler: async (_request, reply) => refuse(reply, forbidden) })
    }
  })
}

const allow = (reply: FastifyReply): FastifyReply => reply.header('allow', ['OPTIONS', ...READS].join(', '))
const forbidden = new DavRefused(403, 'this calendar is to be read only', dav('need-privileges'))

function refuse(reply: FastifyReply, { status, condition }: DavRefused): FastifyReply {
  reply.code(status).header('cache-control', 'no-store')
  if (!condition) return reply.send()
  return reply.type('application/xml; charset=utf-8').send(writeError(condition))
}

async function answer(platform: Platform, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  try {
    return send(reply, await read(platform, request), request)
  } catch (error) {
    if (error instanceof DavRefused) return refuse(reply, error)
    if (error instanceof Problem && error.type === NoCalendarAddress)
      return reply.code(401).header('www-authenticate', 'Basic realm="RMIS", charset="UTF-8"').send()
    throw error
  }
}

const read = (platform: Platform, request: FastifyRequest): Promise<DavAnswer> =>
  operate(platform, { ...FETCH, requestId: requestIdOf(request), address: request.ip }, async ({ tx, become }) => {
    const opened = await openFeed({ db: tx, now: platform.now() }, tokenOfHeader(request))
    const work = become(opened.actor)
    const collection = collectionOf(await readFeed(work, opened))
    const answered = answerDav(collection, {
      method: request.method,
      path: new URL(request.url, 'http://here.invalid').pathname,
      depth: request.headers.depth as string | undefined,
      body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
    })
    await noteFetch(work, opened, { contentTag: collection.tag, shown: answered.shown })
    return answered
  })

function send(reply: FastifyReply, { status, type, etag, text }: DavAnswer, request: FastifyRequest): FastifyReply {
  reply.code(status).header('cache-control', 'private, no-cache')
  if (status === 405) return allow(reply).send()
  if (etag) {
    reply.header('etag', etag)
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  }
  return reply.type(type ?? 'application/xml; charset=utf-8').send(text)
}
