import { sql, type Transaction } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { useDatabase } from '../testing/test-database.ts'
import type { DB } from './db.generated.ts'
import { openDatabase } from './open-database.ts'

describe('a transaction', () => {
  const database = useDatabase({ max: 4 })
  const put = (tx: Transaction<DB>, key: string) =>
    tx.insertInto('platform.installation').values({ key, value: '1' }).execute()
  const has = async (key: string) =>
    (await database().db.selectFrom('platform.installation').select('key').where('key', '=', key).execute()).length ===
    1
  const fail = (tx: Transaction<DB>) => sql`select 1 / ${0}::int`.execute(tx)

  it('keeps everything its body wrote, also what the body did not wait for', async () => {
    const [awaited, started] = [newId(), newId()]
    await database().transact(async (tx) => {
      await put(tx, awaited)
      void put(tx, started)
    })
    expect(await has(awaited)).toBe(true)
    expect(await has(started)).toBe(true)
  })

  it('keeps the finishing statement together with the rest', async () => {
    const [first, last] = [newId(), newId()]
    const finish = (tx: Transaction<DB>) => sql`insert into platform.installation values (${last}, '1')`.compile(tx)
    await database().transact((tx) => put(tx, first), { finish })
    expect(await has(last)).toBe(true)
  })

  it('keeps nothing when the finishing statement fails, and says why', async () => {
    const key = newId()
    const finish = (tx: Transaction<DB>) => sql`select 1 / ${0}::int`.compile(tx)
    await expect(database().transact((tx) => put(tx, key), { finish })).rejects.toThrow('division by zero')
    expect(await has(key)).toBe(false)
  })

  it('keeps nothing when the body throws or one of several statements fails', async () => {
    const keys = [newId(), newId(), newId()]
    const thrown = database().transact(async (tx) => {
      await put(tx, keys[0]!)
      throw new Error('no')
    })
    await expect(thrown).rejects.toThrow('no')
    const failed = database().transact((tx) => Promise.all([put(tx, keys[1]!), fail(tx), put(tx, keys[2]!)]))
    await expect(failed).rejects.toThrow('division by zero')
    for (const key of keys) expect(await has(key)).toBe(false)
  })

  it('tells what went wrong first, whichever of the statements that left together is awaited', async () => {
    const failed = database().transact(async (tx) => {
      const [first, second] = [fail(tx), put(tx, newId())]
      first.catch(() => {})
      await second
    })
    await expect(failed).rejects.toThrow('division by zero')
  })

  it('does not pretend to have committed when somebody swallowed a failed statement', async () => {
    const key = newId()
    const swallowed = database().transact(async (tx) => {
      await put(tx, key)
      await fail(tx).catch(() => {})
    })
    await expect(swallowed).rejects.toThrow('rolled back')
    expect(await has(key)).toBe(false)
  })

  it('refuses statements that come after its end, so that they cannot slip into another one', async () => {
    let late: Transaction<DB> | undefined
    await database().transact(async (tx) => void (late = tx))
    await expect(put(late!, newId())).rejects.toThrow('ended')
  })

  it('leaves the connection usable for the next one, a hundred times', async () => {
    for (let i = 0; i < 100; i++) {
      const key = newId()
      const run = database().transact(async (tx) => {
        await put(tx, key)
        if (i % 2) throw new Error('odd')
      })
      await (i % 2 ? expect(run).rejects.toThrow('odd') : run)
      expect(await has(key)).toBe(i % 2 === 0)
    }
  })

  it('survives a server that ends its connection', async () => {
    const ended = database().transact(async (tx) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    })
    await expect(ended).rejects.toThrow()
    await expect(database().transact((tx) => put(tx, newId()))).resolves.toBeDefined()
  })
  it('gives its locks back when nothing is asked in it for long, as by a node that is frozen', async () => {
    const frozen = openDatabase(database().url, { abandonAfterMs: 100 })
    const lock = (tx: Transaction<DB>) => sql`select from platform.event_cursor for update`.execute(tx)
    let others: Promise<unknown> | undefined
    const held = frozen.transact(async (tx) => {
      await lock(tx)
      others = database().transact(lock)
      await others
      await put(tx, newId())
    })
    await expect(held).rejects.toThrow(/not queryable|terminat/)
    await expect(others).resolves.toBeDefined()
    await frozen.close()
  })
})
