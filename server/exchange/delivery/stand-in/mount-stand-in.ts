import type { FastifyInstance } from 'fastify'
import { pageStyle } from '../../esia/page.ts'
import { sentPage } from './page.ts'
import type { StandIn } from './stand-in.ts'

/** «Что было бы отправлено»: the demo's page of messages. Never mounted in production: there is no stand-in there. */
export function mountDeliveryStandIn(app: FastifyInstance, standIn: StandIn): void {
  app.get('/demo/sent', async (_request, reply) =>
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(sentPage(standIn.sent())),
  )
  app.get('/demo/style.css', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(`${pageStyle}${style}`),
  )
}

const style = `h2{font-size:1.125rem;margin:1.5rem 0 .5rem;overflow-wrap:anywhere}
.message{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;margin:0 0 .5rem}
.message p{margin:0 0 .25rem;white-space:pre-line}
`
