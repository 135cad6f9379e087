import { describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/organizations.ts'
import { directories } from '../../../contracts/terminology.ts'
import { newId } from '../../platform/ids.ts'
import { useTestApp } from '../../platform/testing/test-app.ts'
import { actors, fillSmallRegion, hospital, polyclinic, staff } from '../../testing/small-region.ts'
import { importDirectory, type DirectoryContent } from '../terminology/index.ts'
import {
  allOrganizations,
  importOrganizations,
  organizationsByIds,
  roomsByIds,
  staffByIds,
  staffNamesByIds,
  staffOfOrganization,
  type OrganizationsImport,
} from './index.ts'
import { organizationRoutes } from './routes.ts'

const app = useTestApp({ routes: () => organizationRoutes(), fill: ({ db }) => fillSmallRegion(db) })

/** A version of the directory of positions with one row. */
const positions: DirectoryContent = {
  oid: directories.positions,
  version: '9.6',
  name: 'Должности',
  rowCount: 1,
  publishedAt: null,
  source: 'test',
  *rowsFrom(offset) {
    const row = { code: '109', name: 'врач-терапевт', key: '109', parentKey: null, isSelectable: true }
    if (offset === 0) yield [{ ...row, synonyms: [], fields: {} }]
  },
}

describe('members of staff', () => {
  it('are found by id alone, with words for people beside the codes', async () => {
    const members = await app().work(actors.registrar, (work) =>
      staffByIds(work, [staff.therapist, staff.neurologist, newId()]),
    )
    expect([...members.keys()].sort()).toEqual([staff.therapist, staff.neurologist].sort())
    expect(members.get(staff.therapist)).toMatchObject({
      organizationId: polyclinic.id,
      departmentName: 'Терапевтическое отделение',
      name: 'Иванова Анна Сергеевна',
      shortName: 'Иванова А. С.',
      specialtyCode: '27',
      specialtyTitle: 'Терапевт',
      snils: '11223344595',
      since: '2020-01-01',
      until: null,
    })
    expect(members.get(staff.neurologist)!.specialtyTitle).toBe('Невролог')
  })

  it('are named without their positions just as with them', async () => {
    const roles = app().db.updateTable('organizations.practitioner_role').where('id', '=', staff.secondTherapist)
    await roles.set({ specialty_code: '999' }).execute()
    const ids = [staff.therapist, staff.secondTherapist, newId()]
    const [named, full] = await app().work(actors.registrar, (work) =>
      Promise.all([staffNamesByIds(work, ids), staffByIds(work, ids)]),
    )
    expect(named.size).toBe(2)
    for (const [id, { position: _, ...rest }] of full) expect(named.get(id)).toEqual(rest)
    expect(named.get(staff.secondTherapist)!.specialtyTitle).toBe('999')
  })

  it('show the code of a position whose directory is not loaded, and its name once it is', async () => {
    const position = async () =>
      (await app().work(actors.registrar, (work) => staffByIds(work, [staff.therapist]))).get(staff.therapist)!.position
    expect(await position()).toBe('109')
    await importDirectory(app().platform, positions)
    expect(await position()).toBe('врач-терапевт')
  })

  it('of an organisation are those who work there today by its own calendar', async () => {
    await app()
      .db.updateTable('organizations.practitioner_role')
      .set({ until: '2026-03-01' })
      .where('id', '=', staff.secondTherapist)
      .execute()
    const names = (id: string) =>
      app().work(actors.registrar, async (work) => (await staffOfOrganization(work, id)).map((s) => s.shortName))
    app().now = new Date('2026-03-01T20:59:00Z')
    expect(await names(polyclinic.id)).toEqual(['Иванова А. С.', 'Орлов О. И.', 'Соколов Е. И.'])
    app().now = new Date('2026-03-01T21:00:00Z')
    expect(await names(polyclinic.id)).toEqual(['Иванова А. С.', 'Орлов О. И.'])
    const left = await app().work(actors.registrar, (work) => staffByIds(work, [staff.secondTherapist]))
    expect(left.get(staff.secondTherapist)!.until).toBe('2026-03-01')
  })

  it('and rooms and organisations ask the database nothing when nobody is asked for', async () => {
    const sizes = await app().work(actors.registrar, async (work) => {
      const blind = { ...work, db: undefined as never }
      const found = await Promise.all([
        staffByIds(blind, []),
        staffNamesByIds(blind, []),
        organizationsByIds(blind, []),
        roomsByIds(blind, polyclinic.id, []),
      ])
      return found.map((map) => map.size)
    })
    expect(sizes).toEqual([0, 0, 0, 0])
  })
})

describe('rooms', () => {
  it('are found within their organisation only', async () => {
    const ids = [polyclinic.rooms[0], hospital.rooms[0]]
    const rooms = await app().work(actors.registrar, (work) => roomsByIds(work, polyclinic.id, ids))
    expect([...rooms.values()]).toEqual([
      {
        id: polyclinic.rooms[0],
        number: '101',
        floor: null,
        departmentId: polyclinic.departmentId,
        departmentName: 'Терапевтическое отделение',
        address: null,
      },
    ])
  })
})

describe('the list of organisations', () => {
  it('is in the order of short names and says nothing that is not for everybody', async () => {
    const { organizations } = await app().call(actors.petrov, contract.listOrganizations, {})
    expect(organizations.map((o) => o.shortName)).toEqual(['Больница № 2', 'Поликлиника № 1'])
    expect(Object.keys(organizations[0]!)).not.toContain('inn')
  })

  it('needs a sign-in', async () => {
    expect(await app().refusal(undefined, contract.listOrganizations, {})).toMatchObject({ status: 401 })
  })
})

describe('the page of an organisation', () => {
  it('shows departments with their rooms in order, and staff without СНИЛС', async () => {
    const page = await app().call(actors.petrov, contract.showOrganization, {
      params: { organizationId: polyclinic.id },
    })
    expect(page.organization.shortName).toBe('Поликлиника № 1')
    expect(page.departments[0]!.rooms.map((r) => r.number)).toEqual(['101', '102', '103'])
    expect(page.staff.map((s) => s.specialtyTitle)).toEqual(['Терапевт', 'Кардиолог'])
    expect(JSON.stringify(page)).not.toContain('11223344595')
  })

  it('is not there for an id nobody has, nor for what is not an id', async () => {
    const params = { organizationId: newId() }
    expect(await app().refusal(actors.petrov, contract.showOrganization, { params })).toMatchObject({
      status: 404,
      detail: 'Такой организации нет.',
    })
    const wrong = { organizationId: "1' or '1" }
    expect(await app().refusal(actors.petrov, contract.showOrganization, { params: wrong })).toMatchObject({
      status: 422,
      fields: [{ path: 'organizationId', message: 'Неверный идентификатор' }],
    })
  })

  it('is gone when the organisation has closed, while its name stays with what it did', async () => {
    const closing = app().db.updateTable('organizations.organization').where('id', '=', hospital.id)
    await closing.set({ closed_at: app().now }).execute()
    const params = { organizationId: hospital.id }
    expect(await app().refusal(actors.petrov, contract.showOrganization, { params })).toMatchObject({ status: 404 })
    const [open, known] = await app().work(actors.registrar, (work) =>
      Promise.all([allOrganizations(work), organizationsByIds(work, [hospital.id])]),
    )
    expect(open.map((o) => o.id)).toEqual([polyclinic.id])
    expect(known.get(hospital.id)!.shortName).toBe('Больница № 2')
    await closing.set({ closed_at: null }).execute()
  })
})

describe('an import', () => {
  const organizationId = newId()
  const [departmentId, practitionerId] = [newId(), newId()]
  const data: OrganizationsImport = {
    organizations: [
      {
        id: organizationId,
        oid: '1.2.643.5.1.13.13.12.2.77.9001',
        name: 'Государственное учреждение «Детская поликлиника № 3»',
        shortName: 'Детская поликлиника № 3',
        kind: 'children-polyclinic',
        address: 'г. Энск, ул. Новая, д. 1',
        latitude: 55.75,
        longitude: 37.61,
        phone: null,
        inn: '7707083893',
        ogrn: '1027700132195',
        license: null,
        timeZone: 'Europe/Moscow',
        changeDeadlineMinutes: 90,
      },
    ],
    departments: [
      { organizationId, id: departmentId, oid: '1.2.643.5.1.13.13.12.2.77.9001.0.1', name: 'Первое', address: null },
    ],
    rooms: ['2', '10', '1'].map((number) => ({ organizationId, id: newId(), departmentId, number, floor: 1 })),
    practitioners: [
      {
        id: practitionerId,
        snils: '00000060006',
        lastName: 'Ли',
        firstName: 'Ян',
        middleName: null,
        sex: 'male',
        birthDate: '1980-01-01',
      },
    ],
    roles: [
      {
        organizationId,
        id: newId(),
        practitionerId,
        departmentId,
        specialtyCode: null,
        positionCode: '999',
        since: '2020-01-01',
        until: null,
      },
    ],
  }

  it('can be repeated, and changes nothing the second time', async () => {
    await importOrganizations(app().db, data)
    await importOrganizations(app().db, {
      ...data,
      organizations: data.organizations.map((o) => ({ ...o, name: 'Другое имя' })),
    })
    const params = { organizationId }
    const page = await app().call(actors.petrov, contract.showOrganization, { params })
    expect(page.organization).toMatchObject({ name: data.organizations[0]!.name, changeDeadlineMinutes: 90 })
    expect(page.departments[0]!.rooms.map((r) => r.number)).toEqual(['1', '2', '10'])
    expect(page.staff).toMatchObject([{ name: 'Ли Ян', position: '999', specialtyTitle: null }])
    const known = await app().work(actors.registrar, (work) => organizationsByIds(work, [organizationId]))
    expect(known.get(organizationId)).toEqual(data.organizations[0])
  })

  it('is refused aloud when another organisation has the OID', async () => {
    const organizations = [{ ...data.organizations[0]!, id: newId() }]
    const empty = { departments: [], rooms: [], practitioners: [], roles: [] }
    await expect(importOrganizations(app().db, { ...empty, organizations })).rejects.toMatchObject({ code: '23505' })
  })
})
