import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { BearerSecurity, createClientAsync, type Client } from 'soap'
import { newId } from '../../../platform/ids.ts'
import type { Clinic } from '../../../testing/booking-clinic.ts'
import { polyclinic, therapistSnils } from '../../../testing/small-region.ts'
import { BASE } from '../../gorzdrav/service.ts'
import { connect } from './clinic-with-systems.ts'

/** A person as every protocol can name them. */
export type Person = { id: string; last: string; first: string; birth: string; enp?: string }

/**
 * One protocol as its real client speaks it, reduced to what all of them do. What is refused is told by its code:
 * «SUCCESS» is booked or cancelled.
 */
export type Door = {
  name: 'fer' | 'hub' | 'gorzdrav'
  system: { id: string; token: string; name: string }
  /** Names the person, so that the system may act for them. Gives the code. */
  meet(person: Person): Promise<string>
  /** The therapist's free times. */
  free(person: Person): Promise<string[]>
  book(person: Person, ref: string): Promise<string>
  cancel(person: Person, ref: string): Promise<string>
}

type Options = { organizationIds?: string[]; requestsPerMinute?: number }

/** The three protocols at one clinic, each by a system of its own. */
export async function threeDoors(clinic: Clinic, address: string, staffId: string, options: Options = {}) {
  const lpu = await lpuNumber(clinic)
  return Promise.all([
    ferDoor(clinic, address, options),
    hubDoor(clinic, address, staffId, lpu, options),
    gorzdravDoor(clinic, address, staffId, lpu, options),
  ])
}

async function lpuNumber(clinic: Clinic): Promise<number> {
  const { rows } = await sql<{ number: number }>`select number from organizations.organization
    where id = ${polyclinic.id}`.execute(clinic.db)
  return rows[0]!.number
}

// oxlint-disable-next-line typescript/no-explicit-any -- the clients' replies have no types
type Reply = any

/** An operation of a SOAP client; a fault is given as its code. */
async function ask(client: Client, name: string, request: object): Promise<Reply> {
  try {
    return (await client[`${name}Async`](request))[0]
  } catch (error) {
    const body = (error as { root?: { Envelope?: { Body?: { Fault?: { detail?: { code?: unknown } } } } } }).root
    const code = body?.Envelope?.Body?.Fault?.detail?.code
    return { fault: (code as { $value?: string } | undefined)?.$value ?? code ?? 'fault' }
  }
}

async function ferDoor(clinic: Clinic, address: string, options: Options): Promise<Door> {
  const system = await connect(clinic, 'fer-soap', options)
  const client = await createClientAsync(`${address}/exchange/fer?wsdl`)
  client.setSecurity(new BearerSecurity(system.token))
  const sessions = new Map<string, string>()
  const booked = new Map<string, string>()
  return {
    name: 'fer',
    system,
    meet: async (person) => {
      const Session_ID = randomUUID()
      const reply = await ask(client, 'GetPatientInfo', {
        Session_ID,
        Patient_Data: {
          OMS_Number: person.enp,
          First_Name: person.first,
          Last_Name: person.last,
          Birth_Date: person.birth,
        },
      })
      sessions.set(person.id, Session_ID)
      return reply.fault ?? reply.Error?.Error_Code ?? 'SUCCESS'
    },
    free: async (person) => {
      const reply = await ask(client, 'GetScheduleInfo', {
        Session_ID: sessions.get(person.id),
        Specialist_SNILS: therapistSnils,
        MO_OID: '1.2.643.5.1.13.13.12.2.77.1001',
      })
      return (reply.Schedule?.Slots ?? []).map((slot: { Slot_Id: string }) => slot.Slot_Id)
    },
    book: async (person, ref) => {
      const reply = await ask(client, 'CreateAppointment', { Session_ID: sessions.get(person.id), Slot_Id: ref })
      if (reply.Book_Id_Mis) booked.set(`${person.id} ${ref}`, reply.Book_Id_Mis)
      return reply.fault ?? reply.Status.Status_Code
    },
    cancel: async (person, ref) => {
      const reply = await ask(client, 'CancelAppointment', {
        Book_Id_Mis: booked.get(`${person.id} ${ref}`) ?? newId(),
      })
      return reply.fault ?? reply.Status.Status_Code
    },
  }
}

async function hubDoor(
  clinic: Clinic,
  address: string,
  staffId: string,
  idLpu: number,
  options: Options,
): Promise<Door> {
  const system = await connect(clinic, 'hub-soap', options)
  const client = await createClientAsync(`${address}/exchange/hub?singleWsdl`)
  const call = async (name: string, request: object) => {
    const reply = await ask(client, name, { ...request, guid: system.token })
    return reply.fault ? reply : reply[`${name}Result`]
  }
  const codeOf = (result: Reply): string =>
    result.fault ?? (result.Success ? 'SUCCESS' : `${result.ErrorList.Error[0].IdError}`)
  return {
    name: 'hub',
    system,
    meet: async (person) =>
      codeOf(
        await call('CheckPatient', {
          pat: {
            Birthday: `${person.birth}T00:00:00`,
            Name: person.first,
            Surname: person.last,
            ...(person.enp && { Polis_N: person.enp }),
          },
          idLpu,
        }),
      ),
    free: async (person) => {
      const span = { visitStart: '2026-03-01T00:00:00', visitEnd: '2026-06-01T00:00:00' }
      const result = await call('GetAvaibleAppointments', { idDoc: staffId, idLpu, idPat: person.id, ...span })
      return (result.ListAppointments?.Appointment ?? []).map((a: { IdAppointment: string }) => a.IdAppointment)
    },
    book: async (person, ref) => codeOf(await call('SetAppointment', { idAppointment: ref, idLpu, idPat: person.id })),
    cancel: async (person, ref) =>
      codeOf(await call('CreateClaimForRefusal', { idAppointment: ref, idLpu, idPat: person.id })),
  }
}

async function gorzdravDoor(
  clinic: Clinic,
  address: string,
  staffId: string,
  lpuId: number,
  options: Options,
): Promise<Door> {
  const system = await connect(clinic, 'gorzdrav-rest', options)
  const call = async (at: string, body?: object): Promise<Reply> => {
    const reply = await fetch(`${address}${BASE}${at}`, {
      headers: { authorization: `Bearer ${system.token}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    return reply.json()
  }
  const codeOf = ({ success, errorCode }: Reply): string => (success ? 'SUCCESS' : `${errorCode}`)
  return {
    name: 'gorzdrav',
    system,
    meet: async ({ last: lastName, first: firstName, birth: birthdate }) =>
      codeOf(
        await call(`/patient/search?${new URLSearchParams({ lpuId: `${lpuId}`, lastName, firstName, birthdate })}`),
      ),
    free: async () =>
      ((await call(`/schedule/lpu/${lpuId}/doctor/${staffId}/appointments`)).result ?? []).map(
        (a: { id: string }) => a.id,
      ),
    book: async ({ id: patientId }, appointmentId) =>
      codeOf(await call('/appointment/create', { lpuId, patientId, appointmentId })),
    cancel: async ({ id: patientId }, appointmentId) =>
      codeOf(await call('/appointment/cancel', { lpuId, patientId, appointmentId })),
  }
}

const names = ['Первый', 'Второй', 'Третий', 'Пятый', 'Шестой', 'Седьмой', 'Восьмой', 'Девятый']

/** Adds people who can be told apart by name and birth date alone. */
export async function addPeople(clinic: Clinic, count: number, birth = '1986-01-01'): Promise<Person[]> {
  const people = names.slice(0, count).map((last) => ({ id: newId(), last, first: 'Иван', birth }))
  for (const { id, last, first } of people)
    await sql`insert into patients.patient (patient_id, last_name, first_name, birth_date, sex, name_search, no_snils_reason, created_at, updated_at)
      values (${id}, ${last}, ${first}, ${birth}, 'male', ${`${last} ${first}`.toLowerCase()}, 'foreigner', ${clinic.app.now}, ${clinic.app.now})`.execute(
      clinic.db,
    )
  return people
}
