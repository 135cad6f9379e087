import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { ensureActionPartitions } from './journal.ts'
import { actorOf, useTestApp } from './testing/test-app.ts'

describe('the partitions of the journal', () => {
  const app = useTestApp({ routes: () => [], now: new Date('2026-03-02T06:00:00Z') })
  const act = () => app().work(actorOf({ role: 'registrar' }), async () => {})
  const make = (at: string) => app().database.transact((tx) => ensureActionPartitions(tx, new Date(at)))
  const rowsIn = async (table: string) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.id('platform', table)}`.execute(
      app().db,
    )
    return rows[0]!.n
  }

  it('are made for this month and the next, however many nodes start at once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => make('2027-12-31T23:59:59Z')))
    expect([await rowsIn('action_2027_12'), await rowsIn('action_2028_01')]).toEqual([0, 0])
  })

  it('take over what was written before they were made', async () => {
    app().now = new Date('2026-08-15T10:00:00Z')
    await act()
    expect(await rowsIn('action_default')).toBe(1)
    await make('2026-08-15T11:00:00Z')
    expect([await rowsIn('action_default'), await rowsIn('action_2026_08')]).toEqual([0, 1])
    await act()
    expect(await rowsIn('action_2026_08')).toBe(2)
  })

  it('are made without keeping operations waiting, also while somebody reads the journal for long', async () => {
    const making = await app().database.transact(async (reader) => {
      await sql`select count(*) from platform.action`.execute(reader)
      const making = make('2026-10-01T00:00:00Z')
      const isWaiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      while ((await isWaiting.execute(app().db)).rows.length === 0);
      await act()
      return { making }
    })
    await making.making
    expect(await rowsIn('action_2026_11')).toBe(0)
  })
})
