import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Platform } from '../platform.ts'

/**
 * For the people who run the system: /healthz (the process answers), /readyz (it can do its work: the database answers
 * and we are not stopping), /metrics (Prometheus). The proxy keeps /metrics from the outside; see docs/operations.
 */
export function mountServiceRoutes(app: FastifyInstance, platform: Platform, isStopping: () => boolean): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' })
    try {
      await sql`select 1`.execute(platform.db)
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'database-unavailable' })
    }
  })
  app.get('/metrics', async (_request, reply) => {
    const { rows } = await sql<{ waiting: string }>`select count(*) as waiting from platform.outbox`.execute(
      platform.db,
    )
    platform.metrics.outboxWaiting.set(Number(rows[0]?.waiting ?? 0))
    return reply.type(platform.metrics.registry.contentType).send(await platform.metrics.registry.metrics())
  })
}
