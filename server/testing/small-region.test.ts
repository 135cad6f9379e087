import { describe, expect, it } from 'vitest'
import { isEnp, isSnils } from '../../contracts/values.ts'
import { useDatabase } from '../platform/testing/test-database.ts'
import { fillSmallRegion } from './small-region.ts'

describe('the small region of the tests', () => {
  const database = useDatabase()

  it('fills an empty database, and every number in it has right check digits', async () => {
    await fillSmallRegion(database().db)
    const { db } = database()
    const patients = await db.selectFrom('patients.patient').select(['snils', 'enp']).execute()
    const practitioners = await db.selectFrom('organizations.practitioner').select('snils').execute()
    expect(patients).toHaveLength(4)
    for (const { snils } of [...patients, ...practitioners])
      expect(snils === null || isSnils(snils), String(snils)).toBe(true)
    for (const { enp } of patients) expect(enp === null || isEnp(enp), String(enp)).toBe(true)
  })
})
