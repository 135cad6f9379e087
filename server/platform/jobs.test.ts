import { describe, expect, it } from 'vitest'
import { startJobs, type Job } from './jobs.ts'
import { openTestApp } from './testing/test-app.ts'

describe('jobs on a schedule', () => {
  it('run once when a node starts, whatever the clock says, and are journalled under their name', async () => {
    const app = await openTestApp({ routes: () => [] })
    const runs: string[] = []
    let ended = () => {}
    const both = new Promise<void>((resolve) => (ended = resolve))
    const job = (name: Job['name']): Job => ({
      name,
      // Due on the 29th of February only.
      cron: '0 0 29 2 *',
      run: async () => {
        runs.push(name)
        if (runs.length === 2) ended()
      },
    })
    const worker = await startJobs(app.platform, app.database.url, [job('test.first'), job('test.second')], [])
    await both
    await worker.stop()
    expect(runs.sort()).toEqual(['test.first', 'test.second'])
    const journal = (await app.journal()).map((row) => `${row.operation}: ${row.actor_role}, ${row.outcome}`)
    expect(journal.sort()).toEqual(['test.first: system, done', 'test.second: system, done'])
    await app.app.close()
    await app.database.drop()
  })
})
