import { Logger, makeWorkerUtils, run, type Runner, type TaskList } from 'graphile-worker'
import type { Kysely } from 'kysely'
import type { DB } from './database/db.generated.ts'
import type { Listener } from './outbox.ts'
import { perform, system } from './perform.ts'
import type { Platform } from './platform.ts'
import type { Work } from './work.ts'

/** A background job: `cron` in UTC («0 3 * * *»), or started by hand. Runs as the system, journalled as `name`. */
export type Job = { name: `${string}.${string}`; cron?: string; run(work: Work): Promise<void> }

/** A job that reaches over the network, which no transaction may wait for: it performs operations of its own. */
export type OutsideJob = Omit<Job, 'run'> & { runOutside(platform: Platform): Promise<void> }

/** A job's name as the queue writes it: a crontab knows no dots. */
export const taskOf = (job: Pick<Job, 'name'>): string => job.name.replace('.', ':')

/** The queue's own tables (graphile-worker), brought up to date at start. */
export async function migrateJobs(url: string): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString: url, logger: quiet })
  try {
    await utils.migrate()
  } finally {
    await utils.release()
  }
}

/**
 * Starts this node's worker over graphile-worker's queue: jobs on their schedule and listeners of events. A failed
 * attempt is repeated with exponential back-off (about 25 attempts over days); an event's effect happens once, because
 * `platform.handled` is written in the listener's own transaction.
 * A scheduled job also runs when a node starts, so that nothing waits for the clock after a standstill; while it waits
 * in the queue it is there once (`jobKey`), however many nodes start or however often it was due.
 */
export async function startJobs(
  platform: Platform,
  url: string,
  jobs: readonly (Job | OutsideJob)[],
  listeners: readonly Listener[],
): Promise<{ stop(): Promise<void> }> {
  const tasks: TaskList = {
    'hear-event': async (payload) => {
      const { listener: name, eventId } = payload as { listener: string; eventId: string }
      const listener = listeners.find((l) => l.name === name)
      if (!listener) throw new Error(`no listener is called ${name}`)
      await hear(platform, listener, eventId).catch((error: unknown) => {
        platform.metrics.listenerFailures.inc({ listener: name })
        throw error
      })
    },
  }
  for (const job of jobs) {
    tasks[taskOf(job)] = async () =>
      'run' in job
        ? perform(platform, system, { name: job.name, journal: 'change' }, (work) => job.run(work))
        : job.runOutside(platform)
  }
  const scheduled = jobs.filter((job) => job.cron)
  const crontab = scheduled.map((job) => `${job.cron} ${taskOf(job)} ?jobKey=${taskOf(job)}`).join('\n')
  const runner: Runner = await run({
    connectionString: url,
    taskList: tasks,
    crontab,
    concurrency: 4,
    maxPoolSize: 5,
    noHandleSignals: true,
    logger: quiet,
    pollInterval: 1000,
  })
  runner.promise.catch((error: unknown) => platform.log.error({ err: error }, 'the job worker stopped'))
  for (const job of scheduled) await runner.addJob(taskOf(job), {}, { jobKey: taskOf(job) })
  return { stop: async () => runner.stop().catch(() => {}) }
}

/** Runs one listener for one event, once: a second call finds the event handled and does nothing. */
export async function hear(platform: Platform, listener: Listener, eventId: string): Promise<void> {
  await perform(platform, system, { name: `listener.${listener.name}`, journal: 'change' }, async (work) => {
    const first = await work.db
      .insertInto('platform.handled')
      .values({ listener: listener.name, event_id: eventId, at: work.now })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    if (first.numInsertedOrUpdatedRows !== 1n) return
    const event = await eventById(work.db, eventId)
    await listener.handle(work, event)
  })
}

async function eventById(db: Kysely<DB>, id: string) {
  const row = await db.selectFrom('platform.event').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return {
    seq: Number(row.seq),
    id: row.id,
    type: row.type,
    topics: row.topics,
    payload: row.payload as Record<string, unknown>,
    createdAt: row.created_at,
  }
}

const quiet = new Logger(() => () => {})
