import { sql } from 'kysely'
import { taskOf, type Job } from './jobs.ts'
import type { Work } from './work.ts'

/**
 * Has a job run as soon as this transaction has committed, on whichever node is first. While it waits in the queue it is
 * there once; asked for while it runs, it runs once more.
 */
export async function startSoon(work: Work, name: Job['name']): Promise<void> {
  const task = taskOf({ name })
  await sql`select graphile_worker.add_job(${task}, '{}'::json, job_key => ${task},
    job_key_mode => 'preserve_run_at')`.execute(work.db)
}

/**
 * Has a job run at a moment, on whichever node is first, if and only if this transaction commits. Asked for at the same
 * moment twice, it waits in the queue once.
 */
export async function startAt(work: Work, name: Job['name'], at: Date): Promise<void> {
  const task = taskOf({ name })
  await sql`select graphile_worker.add_job(${task}, '{}'::json, run_at => ${at},
    job_key => ${`${task}:${at.toISOString()}`})`.execute(work.db)
}
