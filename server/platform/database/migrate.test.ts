import { describe, expect, it } from 'vitest'
import { useDatabase } from '../testing/test-database.ts'
import { migrate } from './migrate.ts'

describe('bringing a database to the newest migration', () => {
  const database = useDatabase()

  it('does nothing where there is nothing to do, on any number of nodes at once', async () => {
    expect(await Promise.all([1, 2, 3].map(() => migrate(database().url)))).toEqual([[], [], []])
  })

  it('refuses a database that a newer program has been at', async () => {
    await database().pool.query(`insert into platform.migration values ('9999_future.sql', 'x', now())`)
    await expect(migrate(database().url)).rejects.toThrow('newer than this program: it has 9999_future.sql')
    await database().pool.query(`delete from platform.migration where name = '9999_future.sql'`)
  })

  it('refuses a database whose applied migration has changed since, naming it', async () => {
    await database().pool.query(`update platform.migration set checksum = 'x' where name = '0001_platform.sql'`)
    await expect(migrate(database().url)).rejects.toThrow('0001_platform.sql was changed')
  })
})
