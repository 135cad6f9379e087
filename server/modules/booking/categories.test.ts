import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { listDayVisits } from '../../../contracts/day-visits.ts'
import * as contract from '../../../contracts/service-categories.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Actor } from '../../platform/work.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'

const { petrov, registrar, administrator } = actors
const vaccination: contract.CategoryDecision = {
  name: 'Вакцинация',
  about: null,
  specialtyCodes: [specialties.therapy],
  serviceCodes: ['B04.014.004'],
  ageFrom: 0,
  ageTo: 150,
  sex: null,
  bring: 'Полис',
  order: 10,
}

describe('what people come for', () => {
  let clinic: Clinic
  let therapist: string[]
  beforeAll(async () => {
    clinic = await openClinic()
    therapist = await clinic.times(staff.therapist)
  })
  beforeEach(() => clinic.reset(MONDAY))
  afterAll(() => clinic.close())

  const create = (change: Partial<contract.CategoryDecision> = {}) =>
    clinic.app.call(administrator, contract.createCategory, { body: { ...vaccination, ...change, reason: 'Начало' } })
  const changeBody = (version: number, change: Partial<contract.CategoryDecision & { withdrawn: boolean }> = {}) => ({
    ...vaccination,
    withdrawn: false,
    ...change,
    version,
    reason: 'Уточнили',
  })
  const change = (id: string, version: number, next: Parameters<typeof changeBody>[1]) =>
    clinic.app.call(administrator, contract.changeCategory, {
      params: { categoryId: id },
      body: changeBody(version, next),
    })
  const names = async (actor: Actor, patientId?: string) => {
    const query = patientId ? { patientId } : {}
    return (await clinic.app.call(actor, contract.listServiceCategories, { query })).categories.map((c) => c.name)
  }
  const hold = (actor: Actor, patientId: string, ref: string, category: string) =>
    clinic.app.call(actor, booking.holdSlot, { body: { patientId, ref, category } })

  it('is listed in its order, to a patient only what is for their age and sex', async () => {
    await create({ name: 'Осмотр женщины', sex: 'female', order: 2 })
    await create({ name: 'Осмотр школьника', ageFrom: 7, ageTo: 17, order: 1 })
    expect(await names(registrar)).toEqual(['Осмотр школьника', 'Осмотр женщины'])
    expect(await names(petrov, patients.petrov)).toEqual([])
    expect(await names(petrov, patients.masha)).toEqual(['Осмотр школьника', 'Осмотр женщины'])
    const refusal = await clinic.app.refusal(petrov, contract.listServiceCategories, {
      query: { patientId: patients.kim },
    })
    expect(refusal).toMatchObject({ status: 404 })
  })

  it('stays with the visit, in the words that were read, also when the visit is moved', async () => {
    const { id } = await create()
    const held = await hold(petrov, patients.petrov, therapist[4]!, id)
    const made = await clinic.confirm(petrov, patients.petrov, held.id)
    expect(made.category).toEqual({ name: 'Вакцинация', bring: 'Полис' })
    await change(id, 1, { name: 'Прививки', bring: null })
    const next = await clinic.hold(petrov, patients.petrov, therapist[5]!, made.id)
    const params = { patientId: patients.petrov, appointmentId: made.id }
    const moved = await clinic.app.call(petrov, booking.moveAppointment, {
      params,
      body: { holdId: next.id, reason: 'Неудобное время' },
    })
    expect(moved.category).toEqual({ name: 'Вакцинация', bring: 'Полис' })
    const day = await clinic.app.call(registrar, listDayVisits, {
      params: { organizationId: polyclinic.id },
      query: { day: '2026-03-02' },
    })
    expect(day.visits.find((v) => v.appointmentId === moved.id)?.category).toBe('Вакцинация')
    const old = await clinic.app.call(petrov, booking.showAppointment, { params })
    expect(old).toMatchObject({ status: 'moved', cancelReason: 'Неудобное время' })
    const simply = await clinic.book(registrar, patients.kim, therapist[6]!)
    expect(simply.category).toBeNull()
  })

  it.each<[string, Partial<contract.CategoryDecision>]>([
    ['another specialty serves it', { specialtyCodes: [specialties.cardiology] }],
    ['it is for another age', { ageFrom: 60 }],
    ['it is for women', { sex: 'female' }],
  ])('is refused with a time when %s, and nothing is held', async (_why, next) => {
    const { id } = await create({ name: 'Не для него', ...next })
    const body = { patientId: patients.petrov, ref: therapist[3]!, category: id }
    expect(await clinic.app.refusal(petrov, booking.holdSlot, { body })).toMatchObject({
      status: 422,
      type: contract.CategoryDoesNotFit.type,
    })
    await clinic.book(registrar, patients.kim, therapist[3]!)
  })

  it('that was withdrawn or never was is refused too', async () => {
    const { id } = await create({ name: 'Снимут' })
    await change(id, 1, { withdrawn: true })
    expect(await names(registrar)).not.toContain('Снимут')
    for (const category of [id, newId()]) {
      const body = { patientId: patients.petrov, ref: therapist[3]!, category }
      expect(await clinic.app.refusal(petrov, booking.holdSlot, { body })).toMatchObject({ status: 422 })
    }
  })

  it('is changed by one of several at once, and every version stays with its author and reason', async () => {
    const { id } = await create({ name: 'Спорная' })
    const tries = await Promise.allSettled(Array.from({ length: 6 }, (_, i) => change(id, 1, { name: `Спорная ${i}` })))
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    const refusal = await clinic.app.refusal(administrator, contract.changeCategory, {
      params: { categoryId: id },
      body: changeBody(1),
    })
    expect(refusal).toMatchObject({ status: 409, type: contract.CategoryChangedMeanwhile.type })
    const { versions } = await clinic.app.call(registrar, contract.showCategoryHistory, { params: { categoryId: id } })
    expect(versions.map((v) => [v.version, v.changedBy, v.reason])).toEqual([
      [2, administrator.name, 'Уточнили'],
      [1, administrator.name, 'Начало'],
    ])
  })

  it('is made by the administrator alone, with sound ages and codes', async () => {
    const body = { ...vaccination, reason: 'Начало' }
    expect(await clinic.app.refusal(registrar, contract.createCategory, { body })).toMatchObject({ status: 403 })
    for (const bad of [{ ageFrom: 18, ageTo: 17 }, { serviceCodes: ['047'] }, { specialtyCodes: [] }, { name: '' }])
      expect(
        await clinic.app.refusal(administrator, contract.createCategory, { body: { ...body, ...bad } }),
      ).toMatchObject({ status: 422 })
    const params = { categoryId: newId() }
    expect(await clinic.app.refusal(registrar, contract.showCategoryHistory, { params })).toMatchObject({ status: 404 })
  })
})
