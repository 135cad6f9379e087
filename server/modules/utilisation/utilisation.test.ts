import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markArrived, markNoShow } from '../../../contracts/day-visits.ts'
import { exportUtilisation, showUtilisation, type UsageRow } from '../../../contracts/utilisation.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, staff } from '../../testing/small-region.ts'
import { scheduleJobs } from '../schedules/jobs.ts'
import { utilisationRoutes } from './routes.ts'

const { head, administrator, registrar, hospitalRegistrar, petrov } = actors
const TODAY = '2026-03-02'

describe('the use of hours over HTTP', () => {
  let clinic: Clinic
  let times: string[]
  beforeAll(async () => {
    clinic = await openClinic({ routes: utilisationRoutes() })
    times = await clinic.times(staff.therapist)
  })
  afterAll(() => clinic.close())
  const show = (query: Parameters<typeof clinic.app.call<typeof showUtilisation>>[2]['query'], actor = head) =>
    clinic.app.call(actor, showUtilisation, { query })
  const therapist = async (): Promise<UsageRow> =>
    (await show({ from: TODAY, to: TODAY })).rows.find((row) => row.key === staff.therapist)!
  const deleteUnused = () => {
    const job = scheduleJobs(async () => {}).find(({ name }) => name === 'schedules.delete-unused')!
    return clinic.app.work(registrar, (work) => job.run(work))
  }

  it('counts what stands open, what is taken, and how long people wait', async () => {
    const before = await therapist()
    expect(before).toMatchObject({ title: 'Иванова Анна Сергеевна', taken: 0, unused: 0, thirdFreeDays: 0 })
    await clinic.book(registrar, patients.sidorova, times[0]!)
    await clinic.book(petrov, patients.petrov, times[1]!)
    const after = await therapist()
    expect(after).toMatchObject({ offered: before.offered, free: before.free - 2, taken: 2, coming: 2 })
    const channels = (await show({ from: TODAY, to: TODAY, by: 'channel' })).rows
    expect(channels.map((row) => [row.key, row.title, row.taken])).toEqual([
      ['portal', 'Кабинет пациента', 1],
      ['registrar', 'Регистратура', 1],
    ])
  })

  it('tells how visits ended, and late cancellations apart', async () => {
    const [first, second] = (
      await clinic.app.db
        .selectFrom('booking.appointment')
        .select(['id', 'patient_id'])
        .where('status', '=', 'booked')
        .orderBy('starts_at')
        .execute()
    ).map((row) => ({ id: row.id, patientId: row.patient_id }))
    const params = (appointment: typeof first) => ({ organizationId: polyclinic.id, appointmentId: appointment!.id })
    await clinic.app.call(registrar, markArrived, { params: params(first), body: { arrived: true } })
    const third = await clinic.book(registrar, patients.kim, times[2]!)
    await clinic.cancel(registrar, patients.kim, third.id)
    expect(await therapist()).toMatchObject({ taken: 2, lateCancelled: 1 })
    clinic.app.now = new Date(`${TODAY}T20:00:00Z`)
    await clinic.app.call(registrar, markNoShow, { params: params(second), body: { noShow: true } })
    expect(await therapist()).toMatchObject({ taken: 2, noShow: 1, unmarked: 1, free: 0 })
  })

  it('remembers times that nobody had after their rows are gone, and counts them once', async () => {
    const before = await therapist()
    expect(before.unused).toBeGreaterThan(2)
    clinic.app.later(60 * 30)
    await Promise.all([deleteUnused(), deleteUnused(), deleteUnused()])
    await deleteUnused()
    const left = await sql<{ n: string }>`select count(*) as n from schedules.slot
      where practitioner_role_id = ${staff.therapist} and starts_at < ${new Date(`${TODAY}T21:00:00Z`)}`.execute(
      clinic.app.db,
    )
    expect(Number(left.rows[0]!.n)).toBeLessThan(before.offered)
    expect({ ...(await therapist()), thirdFreeDays: 0 }).toEqual({ ...before, thirdFreeDays: 0 })
    clinic.app.now = MONDAY
  })

  it('breaks down by department, room, specialty to the same total', async () => {
    const period = { from: TODAY, to: '2026-03-08' }
    const { total, days } = await show(period)
    expect(days).toHaveLength(7)
    for (const by of ['doctor', 'department', 'room', 'specialty'] as const) {
      const { rows } = await show({ ...period, by })
      expect(rows.every((row) => row.title !== row.key)).toBe(true)
      expect(rows.reduce((sum, row) => sum + row.offered, 0)).toBe(total.offered)
    }
  })

  it('shows the region to who works for it, and one’s own organisation to its staff', async () => {
    const region = await show({ from: TODAY, to: '2026-03-03' }, administrator)
    expect(region).toMatchObject({ by: 'organization', organizationId: null })
    expect(region.rows.map((row) => row.key).toSorted()).toEqual([polyclinic.id, hospital.id].toSorted())
    const own = await show({ from: TODAY, to: TODAY }, hospitalRegistrar)
    expect(own).toMatchObject({ by: 'doctor', organizationId: hospital.id })
    expect(
      await clinic.app.refusal(hospitalRegistrar, showUtilisation, { query: { organizationId: polyclinic.id } }),
    ).toMatchObject({ status: 404 })
    expect(await clinic.app.refusal(petrov, showUtilisation, { query: {} })).toMatchObject({ status: 403 })
  })

  it('takes four weeks up to today unless told, and refuses periods that are too long or end before they begin', async () => {
    expect(await show({})).toMatchObject({ from: '2026-02-03', to: TODAY })
    const refused = (from: string, to: string, actor = head) =>
      clinic.app.refusal(actor, showUtilisation, { query: { from, to } })
    expect(await refused('2026-01-01', '2026-04-03')).toMatchObject({ type: '/problems/period-too-long' })
    expect(await refused('2026-02-01', '2026-03-04', administrator)).toMatchObject({
      type: '/problems/period-too-long',
    })
    expect(await refused('2026-03-03', '2026-03-02')).toMatchObject({ status: 422 })
    expect(await refused('2026-02-30', '2026-03-02')).toMatchObject({ status: 422 })
  })

  it('gives the rows to a spreadsheet', async () => {
    const { headers, text } = await download()
    expect(headers['content-type']).toContain('text/csv')
    expect(text.split('\r\n')[0]).toContain('Что;Подробнее;Предложено')
    expect(text).toContain('Иванова Анна Сергеевна')
    expect(text.trimEnd().split('\r\n').at(-1)).toContain('Всего')
  })
  const download = async () => {
    const reply = await clinic.app.app.inject({
      method: 'GET',
      url: `${exportUtilisation.path}?from=${TODAY}&to=${TODAY}`,
      headers: clinic.app.headersOf(head),
    })
    return { headers: reply.headers, text: reply.body }
  }
})
