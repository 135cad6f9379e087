import { createClientAsync, type Client } from 'soap'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { connect, envelope, openClinicWithSystems, post } from '../other-systems/testing/clinic-with-systems.ts'

let clinic: Clinic
let url: string
let portal: { id: string; token: string; name: string }
let client: Client
let idLpu: number

const pat = {
  Birthday: '1985-04-12T00:00:00',
  Name: 'Пётр',
  Polis_N: '2657020837000348',
  SecondName: 'Петрович',
  Surname: 'Петров',
}
const monday = { visitStart: '2026-03-02T00:00:00', visitEnd: '2026-03-03T00:00:00' }

// oxlint-disable-next-line typescript/no-explicit-any -- the client's replies have no types
const call = async (name: string, request: object, guid = portal.token): Promise<any> =>
  (await client[`${name}Async`]({ ...request, guid, idHistory: 77 }))[0][`${name}Result`]
const times = async () => {
  const result = await call('GetAvaibleAppointments', { idDoc: staff.therapist, idLpu, ...monday })
  return result.ListAppointments.Appointment as { IdAppointment: string; VisitStart: Date; Room: string }[]
}

beforeAll(async () => {
  const opened = await openClinicWithSystems()
  clinic = opened.clinic
  url = `${opened.address}/exchange/hub`
  portal = await connect(clinic, 'hub-soap')
  client = await createClientAsync(`${url}?singleWsdl`)
  const { ListLPU } = await call('GetLPUList', { idDistrict: 1 })
  idLpu = ListLPU.Clinic.find((c: { LPUShortName: string }) => c.LPUShortName === 'Поликлиника № 1').IdLPU
})
beforeEach(() => clinic.reset(MONDAY))
afterAll(() => clinic.close())

describe('HubService', () => {
  it('leads from the district to the visit, its history and its refusal', async () => {
    const districts = await call('GetDistrictList', {})
    expect(districts).toMatchObject({ Success: true, IdHistory: 77 })
    expect(districts.Districts.District).toEqual([{ DistrictName: 'Весь регион', IdDistrict: 1 }])
    const { IdPat } = await call('CheckPatient', { pat, idLpu })
    expect(IdPat).toBe(patients.petrov)
    const { ListSpesiality } = await call('GetSpesialityList', { idLpu, idPat: IdPat })
    expect(ListSpesiality.Spesiality).toContainEqual(
      expect.objectContaining({ IdSpesiality: specialties.therapy, NameSpesiality: 'Терапевт' }),
    )
    const { Docs } = await call('GetDoctorList', { idSpesiality: specialties.therapy, idLpu, idPat: IdPat })
    expect(Docs.Doctor).toContainEqual(
      expect.objectContaining({ IdDoc: staff.therapist, Name: 'Иванова Анна Сергеевна' }),
    )
    const { AvailableDateList } = await call('GetAvailableDates', { idDoc: staff.therapist, idLpu, ...monday })
    expect(AvailableDateList.dateTime).toHaveLength(1)
    const free = await times()
    expect(free).toHaveLength(6)
    const idAppointment = free.at(-1)!.IdAppointment
    expect(await call('SetAppointment', { idAppointment, idLpu, idPat: IdPat })).toMatchObject({
      Success: true,
      Type: 0,
    })
    expect(await times()).toHaveLength(5)
    const { ListHistoryVisit } = await call('GetPatientHistory', { idLpu, idPat: IdPat })
    expect(ListHistoryVisit.HistoryVisit).toEqual([expect.objectContaining({ IdAppointment: idAppointment })])
    expect(await call('CreateClaimForRefusal', { idLpu, idPat: IdPat, idAppointment })).toMatchObject({ Success: true })
    expect(await times()).toHaveLength(6)
    const after = await call('GetPatientHistory', { idLpu, idPat: IdPat })
    expect(after.ListHistoryRefusal.HistoryRefusal).toHaveLength(1)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('books the same time once, however many ask at once, and again after it was refused', async () => {
    const { IdPat: idPat } = await call('CheckPatient', { pat, idLpu })
    const request = { idAppointment: (await times()).at(-1)!.IdAppointment, idLpu, idPat }
    const replies = await Promise.all(Array.from({ length: 24 }, () => call('SetAppointment', request)))
    expect(replies.every((r) => r.Success === true)).toBe(true)
    expect(await clinic.db.selectFrom('booking.appointment').select('id').execute()).toHaveLength(1)
    await call('CreateClaimForRefusal', request)
    const again = await Promise.all(Array.from({ length: 12 }, () => call('SetAppointment', request)))
    expect(again.every((r) => r.Success === true)).toBe(true)
    const rows = await clinic.db.selectFrom('booking.appointment').select('status').execute()
    expect(rows.map((r) => r.status).sort()).toEqual(['booked', 'cancelled'])
    expect(await clinic.disagreements()).toEqual([])
  })

  it('writes elements of a DataContract in the order that .NET reads them in', async () => {
    const reply = await post(
      url,
      envelope(`<GetLPUList xmlns="http://tempuri.org/"><guid>${portal.token}</guid></GetLPUList>`),
      { soapaction: '"http://tempuri.org/IHubService/GetLPUList"' },
    )
    const names = [...reply.text.matchAll(/<(\w+)[ />]/g)].map((m) => m[1]!)
    expect(names.filter((n) => ['ErrorList', 'IdHistory', 'Success', 'ListLPU'].includes(n))).toEqual([
      'ErrorList',
      'IdHistory',
      'Success',
      'ListLPU',
    ])
    expect(reply.text).toMatch(
      /<IdHistory xmlns="http:\/\/schemas.datacontract.org\/2004\/07\/HubService2" i:nil="true"\/>/,
    )
    expect(reply.text).toContain(`<Description>г. Энск, ул. Садовая, д. 5</Description>`)
  })
})

describe('a refusal of HubService is a result with an error', () => {
  const errorOf = async (name: string, request: object, guid?: string) => {
    const result = await call(name, request, guid)
    expect(result).toMatchObject({ Success: false, IdHistory: 77 })
    return result.ErrorList.Error[0] as { IdError: number; ErrorDescription: string }
  }

  it('of a guid that is unknown, empty or revoked', async () => {
    for (const guid of ['', '0e7a5d0c-0000-4000-8000-000000000000', (await connect(clinic, 'fer-soap')).token])
      expect((await errorOf('GetLPUList', {}, guid)).IdError).toBeGreaterThan(1000)
  })

  it('of a patient that nobody is, that is not known to the system, or of whom too little is said', async () => {
    expect((await errorOf('CheckPatient', { pat: { ...pat, Surname: 'Сидоров' }, idLpu })).IdError).toBe(1004)
    expect((await errorOf('SearchTop10Patient', { pat: { Surname: 'Петров' }, idLpu })).IdError).toBe(1004)
    const idAppointment = (await times())[0]!.IdAppointment
    const stranger = { idAppointment, idLpu, idPat: patients.kim }
    expect((await errorOf('SetAppointment', stranger)).IdError).toBe(1004)
    expect((await errorOf('GetPatientHistory', { idLpu, idPat: patients.kim })).IdError).toBe(1004)
    const other = await connect(clinic, 'hub-soap')
    await call('CheckPatient', { pat, idLpu })
    expect((await errorOf('SetAppointment', { ...stranger, idPat: patients.petrov }, other.token)).IdError).toBe(1004)
  })

  it('of a time that is taken, of another organisation, or of nothing to choose from', async () => {
    const { IdPat: idPat } = await call('CheckPatient', { pat, idLpu })
    const [first] = await times()
    const [other] = await clinic.addPatients(1)
    await clinic.book(actors.registrar, other!, first!.IdAppointment)
    const taken = await errorOf('SetAppointment', { idAppointment: first!.IdAppointment, idLpu, idPat })
    expect(taken).toEqual({ IdError: 1007, ErrorDescription: 'Это время уже занято' })
    const [foreign] = await clinic.times(staff.neurologist)
    expect((await errorOf('SetAppointment', { idAppointment: foreign, idLpu, idPat })).IdError).toBe(1005)
    const night = { visitStart: '2026-03-02T20:00:00', visitEnd: '2026-03-02T21:00:00' }
    expect((await errorOf('GetAvaibleAppointments', { idDoc: staff.therapist, idLpu, ...night })).IdError).toBe(39)
    expect((await errorOf('GetDoctorList', { idSpesiality: '999', idLpu })).IdError).toBe(38)
    expect((await errorOf('GetSpesialityList', { idLpu: 424242 })).IdError).toBe(1005)
  })

  it('of an organisation that the system was not given; and it is not in its list', async () => {
    const limited = await connect(clinic, 'hub-soap', { organizationIds: [hospital.id] })
    expect((await errorOf('GetSpesialityList', { idLpu }, limited.token)).IdError).toBe(1002)
    const { ListLPU } = await call('GetLPUList', {}, limited.token)
    expect(ListLPU.Clinic.map((c: { Oid: string }) => c.Oid)).toEqual(['1.2.643.5.1.13.13.12.2.54.1002'])
    expect(polyclinic.id).not.toBe(hospital.id)
  })

  it('but what cannot be read is a fault', async () => {
    const body = `<GetLPUList xmlns="http://tempuri.org/"><idDistrict>first</idDistrict></GetLPUList>`
    expect(await post(url, envelope(body))).toMatchObject({ status: 500, text: expect.stringContaining('idDistrict') })
    const far = `<GetLPUList xmlns="http://tempuri.org/"><idDistrict>99999999999</idDistrict></GetLPUList>`
    expect(await post(url, envelope(far))).toMatchObject({ status: 500 })
  })
})
