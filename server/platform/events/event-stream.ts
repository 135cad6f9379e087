import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Invalid, NotFound, NotSignedIn } from '../../../contracts/problems.ts'
import { isId } from '../../../contracts/values.ts'
import { readSessionToken } from '../http/session-cookie.ts'
import { requestIdOf } from '../http/mount-routes.ts'
import { operate } from '../perform.ts'
import { lastSeq, readEvents, type LoggedEvent } from '../outbox.ts'
import type { Platform } from '../platform.ts'
import { Problem } from '../problem.ts'
import type { Work } from '../work.ts'
import type { EventHub } from './event-hub.ts'

const MAX_TOPICS = 20
const CATCH_UP = 500
const HEARTBEAT_MS = 20_000

/** Whether this actor may hear of this topic; what it may not hear is answered as not found. */
export type MayHear = (work: Work, topic: string) => Promise<boolean>

/**
 * GET /api/v1/events?topics=a,b: Server-Sent Events of what changed (type and ids, no personal data; the page then
 * reads what it shows). `id` is the seq of the log: a browser that reconnects sends Last-Event-ID and gets what it
 * missed; when that is more than the log still holds or 500 events, or the number is not of this log, one `reset` tells it
 * to read everything anew. A stream that cannot catch up ends, so that the browser asks again.
 */
export function mountEventStream(app: FastifyInstance, platform: Platform, hub: EventHub, mayHear: MayHear): void {
  const open = new Set<FastifyReply>()
  // A node that stops ends its streams; browsers reconnect to another node and go on from their Last-Event-ID.
  app.addHook('preClose', async () => open.forEach((reply) => reply.raw.end()))
  // HEAD would open a stream that nothing ever comes through.
  app.get('/api/v1/events', { exposeHeadRoute: false }, async (request, reply) => {
    const topics = topicsOf(request)
    const { expires, ended } = await authorize(platform, request, topics, mayHear)
    // A page that went away while its session was looked up has been closed already, and nothing would end its stream.
    if (reply.raw.destroyed) return reply.hijack()
    begin(reply)
    open.add(reply)
    platform.metrics.liveStreams.inc()
    const page = pageBehind(reply, { topics, ended }, lastEventId(request) ?? hub.seq)
    // Live events that arrive while the missed ones are read wait in line, so that the order is the log's.
    const waiting: LoggedEvent[] = []
    let live = false
    const heard = new Set([...topics, ended])
    const leave = hub.subscribe(heard, (event) => (live ? page.tell(event) : void waiting.push(event)))
    const beat = setInterval(
      () => (platform.now() > expires ? reply.raw.end() : page.write(': ping\n\n')),
      HEARTBEAT_MS,
    )
    reply.raw.on('close', () => {
      clearInterval(beat)
      leave()
      open.delete(reply)
      platform.metrics.liveStreams.dec()
    })
    try {
      const since = lastEventId(request)
      if (since !== undefined) page.catchUp(await missedSince(platform, since, topics))
      waiting.forEach(page.tell)
      live = true
    } catch (error) {
      platform.log.warn({ err: error }, 'a live stream could not catch up')
      reply.raw.end()
    }
    return reply
  })
}

type Missed = { from: number; events: LoggedEvent[]; reset: boolean }

/**
 * A page that listens: told each event of its topics once, those after `sent`. Nothing is written after its end, which
 * comes at the latest with an event of topic `ended`.
 */
function pageBehind(
  reply: FastifyReply,
  { topics, ended }: { topics: readonly string[]; ended: string },
  sent: number,
) {
  const set = new Set(topics)
  const write = (text: string) => void (reply.raw.writableEnded || reply.raw.write(text))
  const tell = (event: LoggedEvent) => {
    if (event.seq <= sent) return
    sent = event.seq
    if (event.topics.includes(ended)) return void reply.raw.end()
    const told = { type: event.type, topics: event.topics.filter((t) => set.has(t)), ...event.payload }
    write(`id: ${event.seq}\ndata: ${JSON.stringify(told)}\n\n`)
  }
  const catchUp = (missed: Missed) => {
    if (missed.reset) write('data: {"type":"reset"}\n\n')
    sent = missed.from
    missed.events.forEach(tell)
  }
  return { write, tell, catchUp }
}

/** What a page that has heard `since` has missed: from which number on to tell, the events, and whether it is not all. */
async function missedSince(platform: Platform, since: number, topics: string[]): Promise<Missed> {
  const newest = await lastSeq(platform.db)
  // The number of another log: of the database before it was restored, or of the demo before it was made anew.
  if (since > newest) return { from: newest, events: [], reset: true }
  const oldest = await platform.db.selectFrom('platform.event').select('seq').orderBy('seq').limit(1).executeTakeFirst()
  const events = await readEvents(platform.db, since, topics, CATCH_UP)
  const isForgotten = (oldest ? Number(oldest.seq) : newest + 1) > since + 1
  return { from: since, events, reset: isForgotten || events.length === CATCH_UP }
}

function topicsOf(request: FastifyRequest): string[] {
  const { topics } = request.query as { topics?: string }
  const list = typeof topics === 'string' ? topics.split(',') : []
  if (list.length === 0 || list.length > MAX_TOPICS || !list.every(isTopic)) {
    throw new Problem(Invalid, { fields: [{ path: 'topics', message: `От 1 до ${MAX_TOPICS} тем вида patient/<id>` }] })
  }
  return list
}

const isTopic = (text: string): boolean => /^[a-z]+\/.{36}$/.test(text) && isId(text.slice(-36))

function lastEventId(request: FastifyRequest): number | undefined {
  const header = request.headers['last-event-id']
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined
}

/**
 * Checks the session and every topic once, journalled; answers when the stream must end and be asked for again, and the
 * topic by which it hears that its session has ended.
 */
function authorize(
  platform: Platform,
  request: FastifyRequest,
  topics: string[],
  mayHear: MayHear,
): Promise<{ expires: Date; ended: string }> {
  const operation = {
    name: 'platform.listen',
    journal: 'read' as const,
    requestId: requestIdOf(request),
    address: request.ip,
  }
  return operate(platform, operation, async ({ tx, become }) => {
    const token = readSessionToken(request)
    const actor = token && (await platform.authenticate(tx, token, platform.now(), 'listening'))
    if (!actor) throw new Problem(NotSignedIn)
    const work = become(actor)
    for (const topic of topics) if (!(await mayHear(work, topic))) throw new Problem(NotFound)
    return { expires: new Date(platform.now().getTime() + 15 * 60_000), ended: `session/${actor.sessionId}` }
  })
}

function begin(reply: FastifyReply): void {
  reply.hijack()
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).map(([k, v]) => [k, String(v)]))
  reply.raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  reply.raw.write('retry: 2000\n\n')
}
