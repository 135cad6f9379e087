import { describe, expect, it } from 'vitest'
import { NoGrounds } from '../../../contracts/chart.ts'
import * as contract from '../../../contracts/patients.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { MONDAY, actorOf, useTestApp } from '../../platform/testing/test-app.ts'
import type { Actor } from '../../platform/work.ts'
import { actors, fillSmallRegion, patients, polyclinic } from '../../testing/small-region.ts'
import {
  actFor,
  ageOf,
  attachmentOf,
  importPatients,
  linkedPatientOf,
  mayActFor,
  patientFull,
  patientsByIds,
} from './index.ts'
import { patientRoutes } from './routes.ts'
import type { PatientPorts } from './show-patient.ts'

/** Stands for the chart: the cardiologist treats Sidorova. */
const ports: PatientPorts = {
  readCard: async (work, patientId) => {
    if (work.actor.id !== actors.cardiologist.id || patientId !== patients.sidorova) throw new Problem(NoGrounds)
    work.note({ patientId, grounds: 'appointment' })
    return 'appointment'
  },
}
const app = useTestApp({ routes: () => patientRoutes(ports), fill: ({ db }) => fillSmallRegion(db) })

const groundsFor = (actor: Actor, patientId: string) =>
  app().work(actor, async (work) =>
    (await mayActFor(work, patientId)) ? (await actFor(work, patientId)).grounds : undefined,
  )
const show = (actor: Actor, patientId: string) => app().call(actor, contract.showPatient, { params: { patientId } })

describe('a card is open to', () => {
  it.each<[string, Actor, string, string | undefined]>([
    ['its citizen', actors.petrov, patients.petrov, 'self'],
    ['the parent of a child', actors.petrov, patients.masha, 'representative'],
    ['nobody else among citizens', actors.petrov, patients.sidorova, undefined],
    ['no citizen without a card', actors.stranger, patients.petrov, undefined],
    ['any registrar of the region', actors.hospitalRegistrar, patients.petrov, 'registration'],
    ['an administrator', actorOf({ role: 'administrator' }), patients.kim, 'registration'],
    ['a doctor of the organisation of attachment', actors.therapist, patients.petrov, 'attachment'],
    ['a head of it', actors.head, patients.petrov, 'attachment'],
    ['no doctor of another organisation', actors.neurologist, patients.petrov, undefined],
    ['no doctor without an organisation', actorOf({ role: 'doctor' }), patients.petrov, undefined],
    ['no doctor when attached nowhere', actors.therapist, patients.sidorova, undefined],
    ['no security officer', actors.securityOfficer, patients.petrov, undefined],
    ['the system itself', actorOf({ role: 'system' }), patients.petrov, 'duty'],
    ['nobody when there is no such card', actors.registrar, newId(), undefined],
  ])('%s', async (_what, actor, patientId, grounds) => {
    expect(await groundsFor(actor, patientId)).toBe(grounds)
  })

  it('nobody after the attachment has ended', async () => {
    const attachment = app().db.updateTable('patients.attachment').where('patient_id', '=', patients.petrov)
    await attachment.set({ until: '2026-03-01' }).execute()
    expect(await groundsFor(actors.therapist, patients.petrov)).toBeUndefined()
    await attachment.set({ until: null }).execute()
  })
})

describe('another citizen’s id in the address', () => {
  it('is answered as a card that is not there, word for word, and the journal keeps whose it was', async () => {
    const refusal = (patientId: string) =>
      app().refusal(actors.stranger, contract.showPatient, { params: { patientId } })
    const [others, nobodys] = [await refusal(patients.sidorova), await refusal(newId())]
    expect(others).toMatchObject({ status: 404, type: '/problems/patient-not-found', title: 'Пациент не найден' })
    expect({ ...others, instance: '' }).toEqual({ ...nobodys, instance: '' })
    const row = (await app().journal('patients.show')).find((r) => r.patient_id === patients.sidorova)
    expect(row).toMatchObject({
      outcome: 'refused',
      actor_id: actors.stranger.id,
      problem: '/problems/patient-not-found',
    })
  })

  it('that is not an id is refused before anything is looked up', async () => {
    const params = { patientId: "x' or 1=1" }
    expect(await app().refusal(actors.petrov, contract.showPatient, { params })).toMatchObject({ status: 422 })
  })
})

describe('a patient’s data', () => {
  it('are shown with the attachment, and the reading is noted', async () => {
    expect(await show(actors.petrov, patients.petrov)).toMatchObject({
      lastName: 'Петров',
      birthDate: '1985-04-12',
      snils: '00000060006',
      attachment: {
        organizationId: polyclinic.id,
        organizationName: 'Поликлиника № 1',
        area: '3',
        since: '2020-01-01',
      },
    })
    const row = (await app().journal('patients.show')).at(-1)
    expect(row).toMatchObject({ patient_id: patients.petrov, grounds: 'self', outcome: 'done' })
  })

  it('are shown to a doctor on the grounds that the chart knows, and are not there without', async () => {
    expect(await show(actors.cardiologist, patients.sidorova)).toMatchObject({ lastName: 'Сидорова', attachment: null })
    const refusal = await app().refusal(actors.neurologist, contract.showPatient, {
      params: { patientId: patients.sidorova },
    })
    expect(refusal).toMatchObject({ status: 404, type: '/problems/patient-not-found' })
    const rows = (await app().journal('patients.show')).slice(-2)
    expect(rows.map((r) => [r.patient_id, r.grounds, r.outcome])).toEqual([
      [patients.sidorova, 'appointment', 'done'],
      [patients.sidorova, null, 'refused'],
    ])
  })
})

describe('the face of the module', () => {
  const asSystem = actorOf({ role: 'system' })
  it('gives a patient whole, and throws for one that is not there', async () => {
    const masha = await app().work(asSystem, (work) => patientFull(work, patients.masha))
    expect(masha).toMatchObject({ id: patients.masha, name: 'Петрова Мария Петровна', sex: 'female', inn: null })
    expect(masha).not.toHaveProperty('version')
    await expect(app().work(asSystem, (work) => patientFull(work, newId()))).rejects.toThrow('Пациент не найден')
  })

  it('gives lines for lists and leaves out whom nobody knows', async () => {
    const rows = await app().work(asSystem, (work) => patientsByIds(work, [patients.kim, newId()]))
    expect([...rows.values()]).toEqual([
      {
        id: patients.kim,
        name: 'Ким Сергей',
        birthDate: '1972-02-29',
        sex: 'male',
        snils: null,
        enp: null,
        address: null,
      },
    ])
    expect(await app().work(asSystem, (work) => patientsByIds(work, []))).toEqual(new Map())
  })

  it('counts full years by the region’s day', async () => {
    const age = (id: string) => app().work(asSystem, (work) => ageOf(work, id))
    app().now = new Date('2026-04-11T20:59:59Z')
    expect(await age(patients.petrov)).toBe(40)
    app().now = new Date('2026-04-11T21:00:00Z')
    expect(await age(patients.petrov)).toBe(41)
    expect(await age(newId())).toBeUndefined()
    app().now = MONDAY
  })

  it('knows attachment and card', async () => {
    const attachment = await app().work(asSystem, (work) => attachmentOf(work, patients.petrov))
    expect(attachment).toEqual({ organizationId: polyclinic.id, area: '3', since: '2020-01-01' })
    expect(await app().work(asSystem, (work) => attachmentOf(work, patients.kim))).toBeUndefined()
    expect(await app().work(asSystem, (work) => linkedPatientOf(work, newId()))).toBeUndefined()
  })
})

describe('an import', () => {
  const person = {
    id: newId(),
    lastName: 'Осина',
    firstName: 'Ева',
    middleName: null,
    birthDate: '2015-05-05',
    sex: 'female',
    snils: '11223344595',
    enp: null,
    inn: null,
    phone: null,
    email: null,
    address: null,
    noSnilsReason: null,
  } as const
  const data = {
    patients: [person],
    attachments: [
      { patientId: person.id, id: newId(), organizationId: polyclinic.id, area: null, since: '2020-01-01' },
    ],
    representations: [
      {
        patientId: person.id,
        id: newId(),
        representativeId: patients.petrov,
        basis: 'parent' as const,
        document: 'Свидетельство о рождении',
        since: '2015-05-05',
        until: '2033-05-04',
      },
    ],
    links: [{ accountId: actors.stranger.id, patientId: person.id }],
  }

  it('brings people with their ties, and changes nothing when it is repeated', async () => {
    await importPatients(app().db, app().now, data)
    await importPatients(app().db, app().now, { ...data, patients: [{ ...person, firstName: 'Ада' }] })
    expect(await show(actors.stranger, person.id)).toMatchObject({
      firstName: 'Ева',
      attachment: { organizationId: polyclinic.id },
    })
    expect(await groundsFor(actors.petrov, person.id)).toBe('representative')
  })

  it('is refused aloud when a number is somebody else’s', async () => {
    const thief = { ...person, id: newId(), enp: '2657020837000348', snils: null, noSnilsReason: 'foreigner' as const }
    await expect(
      importPatients(app().db, app().now, {
        ...data,
        patients: [thief],
        attachments: [],
        representations: [],
        links: [],
      }),
    ).rejects.toThrow('1 numbers belong to other people already, one of them a enp')
  })
})
