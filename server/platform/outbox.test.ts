import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from './ids.ts'
import { hear, startJobs } from './jobs.ts'
import { relayOnce, type Listener } from './outbox.ts'
import { perform, system } from './perform.ts'
import { actorOf, useTestApp } from './testing/test-app.ts'

describe('events', () => {
  const app = useTestApp({ routes: () => [], max: 24 })
  const actor = actorOf({ role: 'registrar' })
  const announce = (key: string, n: number) =>
    app().work(actor, async (work) =>
      work.announce({ type: 'test.said', key, topics: [`patient/${key}`], payload: { n } }),
    )
  const relayAll = async (listeners: readonly Listener[] = []) => {
    while ((await Promise.all([1, 2, 3].map(() => relayOnce(app().db, listeners)))).some((moved) => moved > 0));
  }

  it('are numbered without gaps or doubles, however many nodes relay while others write', async () => {
    const keys = Array.from({ length: 8 }, newId)
    await Promise.all([
      ...keys.flatMap((key) => Array.from({ length: 15 }, (_, n) => announce(key, n))),
      ...Array.from({ length: 30 }, () => relayOnce(app().db, [])),
    ])
    await relayAll()
    const events = await app().db.selectFrom('platform.event').selectAll().orderBy('seq').execute()
    expect(events.map((e) => Number(e.seq))).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
    expect(new Set(events.map((e) => e.id)).size).toBe(120)
  })

  it('of one key keep the order they were announced in', async () => {
    const key = newId()
    for (let n = 0; n < 20; n++) await announce(key, n)
    await relayAll()
    const events = await app()
      .db.selectFrom('platform.event')
      .select('payload')
      .where(sql<boolean>`topics && ${sql.val([`patient/${key}`])}::text[]`)
      .orderBy('seq')
      .execute()
    expect(events.map((e) => (e.payload as { n: number }).n)).toEqual(Array.from({ length: 20 }, (_, n) => n))
  })

  it('are heard once by each listener, even when two workers take the same event', async () => {
    const heard: string[] = []
    const listener: Listener = {
      name: 'test-once',
      type: 'test.said',
      handle: async (_work, event) => void heard.push(event.id),
    }
    await announce(newId(), 0)
    await relayAll()
    const last = await app()
      .db.selectFrom('platform.event')
      .select('id')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await Promise.all(Array.from({ length: 6 }, () => hear(app().platform, listener, last.id)))
    expect(heard).toEqual([last.id])
  })

  it('are heard again after a listener failed, and its half-done work is undone', async () => {
    let attempts = 0
    const listener: Listener = {
      name: 'test-flaky',
      type: 'test.said',
      handle: async (work) => {
        attempts++
        await work.db
          .insertInto('platform.installation')
          .values({ key: `flaky-${attempts}`, value: '1' })
          .execute()
        if (attempts === 1) throw new Error('the first time fails')
      },
    }
    await announce(newId(), 0)
    await relayAll()
    const last = await app()
      .db.selectFrom('platform.event')
      .select('id')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await expect(hear(app().platform, listener, last.id)).rejects.toThrow('the first time fails')
    await hear(app().platform, listener, last.id)
    const kept = await app()
      .db.selectFrom('platform.installation')
      .select('key')
      .where('key', 'like', 'flaky-%')
      .execute()
    expect(kept).toEqual([{ key: 'flaky-2' }])
  })

  it('reach a listener through the queue, and a job runs as the system and is journalled', async () => {
    let tell: (id: string) => void = () => {}
    const heard = new Promise<string>((resolve) => (tell = resolve))
    const listener: Listener = {
      name: 'test-queue',
      type: 'test.asked',
      handle: async (_work, event) => tell(event.id),
    }
    let runs = 0
    const job = { name: 'test.job' as const, run: async () => void runs++ }
    const jobs = await startJobs(app().platform, app().database.url, [job], [listener])
    try {
      await app().work(actor, async (work) =>
        work.announce({ type: 'test.asked', key: newId(), topics: [], payload: {} }),
      )
      await relayAll([listener])
      await heard
      await perform(app().platform, system, { name: 'test.direct', journal: 'change' }, () => job.run())
    } finally {
      await jobs.stop()
    }
    expect(runs).toBe(1)
    expect((await app().journal('test.direct')).at(-1)).toMatchObject({ actor_role: 'system', outcome: 'done' })
  })
})
