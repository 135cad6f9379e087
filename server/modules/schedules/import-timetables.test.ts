import { describe, expect, it } from 'vitest'
import { useDatabase } from '../../platform/testing/test-database.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { fillSmallRegion } from '../../testing/small-region.ts'
import { importTimetables } from './import-timetables.ts'
import { schedules, timetables, zones } from './test-region.ts'

describe('importing timetables', () => {
  const database = useDatabase()

  it('publishes the open days once, however often it is repeated', async () => {
    const { db } = database()
    await fillSmallRegion(db)
    const added = await importTimetables(db, MONDAY, timetables, zones)
    expect(added).toHaveLength(59 + 4 + 12 + 6)
    expect(await importTimetables(db, MONDAY, timetables, zones)).toEqual([])
    const rows = await db.selectFrom('schedules.schedule').select('published_until').execute()
    expect(rows.map((row) => row.published_until)).toEqual(timetables.map(() => '2026-03-15'))
    const slots = await db.selectFrom('schedules.slot').select(['schedule_id', 'starts_at']).execute()
    const asText = (scheduleId: string, at: Date) => `${scheduleId} ${at.toISOString()}`
    expect(slots.map((s) => asText(s.schedule_id, s.starts_at)).sort()).toEqual(
      added.map((t) => asText(t.scheduleId, t.startsAt)).sort(),
    )
  })

  it('gives the past its times when asked to', async () => {
    const { db } = database()
    const added = await importTimetables(db, MONDAY, timetables, zones, { firstDay: '2026-02-23' })
    const ofTherapist = added.filter((t) => t.scheduleId === schedules.therapist).map((t) => t.startsAt.toISOString())
    expect(ofTherapist[0]).toBe('2026-02-23T06:00:00.000Z')
    // Five mornings of the week before, and the one time of today that had begun.
    expect(ofTherapist).toHaveLength(5 * 6 + 1)
  })

  it('fails for an organisation whose zone is not given', async () => {
    await expect(importTimetables(database().db, MONDAY, timetables, new Map())).rejects.toThrow('no time zone')
  })
})
