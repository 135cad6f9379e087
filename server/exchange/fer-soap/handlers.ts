import { digitsOf } from '../../../contracts/formats.ts'
import { AppointmentIsOver, AppointmentNotFound } from '../../../contracts/booking.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { openSystemSession, patientOfSystemSession } from '../../modules/access/index.ts'
import { bookForSystem, cancelForSystem } from '../../modules/booking/index.ts'
import { staffOfOrganization } from '../../modules/organizations/index.ts'
import { identifyForSystem, type NamedPerson } from '../../modules/patients/index.ts'
import type { SchedulePorts } from '../../modules/schedules/index.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays, localDay, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { SoapFault, textOf, type SoapValue } from '../../standards/soap/index.ts'
import {
  doctorsAt,
  operations,
  placeBy,
  placesFor,
  timesOf,
  wallClock,
  type SoapHandler,
} from '../other-systems/index.ts'
import { SUCCESS } from './codes.ts'

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** The session's id, which the other side makes. Throws SoapFault when it is no UUID. */
function sessionOf(request: SoapValue): string {
  const id = textOf(request, 'Session_ID').toLowerCase()
  if (!UUID.test(id)) throw new SoapFault('Client', 'Поле Session_ID не похоже на UUID.')
  return id
}

type Given = Record<string, string | undefined>
type PostList = { Post?: readonly { Post_Id: string }[] }

/** Every operation of the service. Times are those of the organisation's wall clock. */
export const ferHandlers = (ports: SchedulePorts): Readonly<Record<string, SoapHandler>> => ({
  GetPatientInfo: { operation: operations.identify, sessionOf, run: openSession },
  GetReferralInfo: { operation: operations.identify, sessionOf, run: findReferral },
  GetMOInfoExtended: {
    operation: operations.organizations,
    sessionOf,
    run: (work, request) => organizations(work, ports, request),
  },
  GetServicePostSpecsInfo: {
    operation: operations.specialties,
    sessionOf,
    run: (work, request) => positions(work, ports, request),
  },
  GetMOResourceInfo: {
    operation: operations.doctors,
    sessionOf,
    run: (work, request) => resources(work, ports, request),
  },
  GetScheduleInfo: { operation: operations.times, sessionOf, run: (work, request) => schedule(work, ports, request) },
  CreateAppointment: { operation: operations.book, sessionOf, run: create },
  CancelAppointment: { operation: operations.cancel, run: cancel },
})

async function openSession(work: Work, request: SoapValue): Promise<SoapValue> {
  const card = await identifyForSystem(work, personOf(request['Patient_Data'] as Given))
  await openSystemSession(work, sessionOf(request), card.id)
  return { Session_ID: request['Session_ID'], Patient_Id: card.id }
}

/** The referrals of the region are not kept here yet, so none has the number asked for. */
async function findReferral(work: Work, request: SoapValue): Promise<never> {
  await identifyForSystem(work, personOf(request['Patient_Data'] as Given))
  throw new Problem(NotFound, { detail: 'Направления с таким номером нет.' })
}

async function organizations(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const patientId = await patientOfSystemSession(work, sessionOf(request))
  const { Booking_Type: booking = 'APPOINTMENT', Post_Id: post } = request as Given
  if (booking !== 'APPOINTMENT') throw new Problem(NotFound, { detail: 'Такой записи здесь нет.' })
  const places = await placesFor(work, ports, patientId)
  const staff = post === undefined ? [] : await Promise.all(places.map((p) => staffOfOrganization(work, p.id)))
  const fitting = places.filter((_p, i) => post === undefined || staff[i]!.some((s) => s.positionCode === post))
  return { Session_ID: request['Session_ID'], MO_List: { MO: fitting.map(asMo) } }
}

async function positions(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const patientId = await patientOfSystemSession(work, sessionOf(request))
  const place = await placeBy(work, ({ id }) => id === request['MO_Id'])
  const doctors = await doctorsAt(work, ports, place.id, { patientId })
  const posts = new Map(doctors.map(({ member }) => [member.positionCode, member.position]))
  const Post = [...posts].map(([Post_Id, Post_Name]) => ({ Post_Id, Post_Name }))
  return { Session_ID: request['Session_ID'], Service_Posts: { Post } }
}

const asMo = (o: { id: string; oid: string; shortName: string; address: string; phone: string | null }) => ({
  MO_Id: o.id,
  MO_OID: o.oid,
  MO_Name: o.shortName,
  MO_Address: o.address,
  MO_Phone: o.phone,
})

function personOf(data: Given): NamedPerson {
  const sex = data['Sex']?.toUpperCase()
  return {
    lastName: data['Last_Name']!,
    firstName: data['First_Name']!,
    middleName: data['Middle_Name'] ?? null,
    birthDate: data['Birth_Date']!.slice(0, 10),
    sex: sex === 'M' ? 'male' : sex === 'F' ? 'female' : null,
    snils: data['SNILS'] ? digitsOf(data['SNILS']) : null,
    enp: data['OMS_Number'] ? digitsOf(data['OMS_Number']) : null,
  }
}

/** The posts asked for; none means any. Senders write Service_Posts and Service_Post alike. */
const postsOf = (request: SoapValue): string[] =>
  [request['Service_Posts'], request['Service_Post']].flatMap((list) =>
    ((list as PostList | undefined)?.Post ?? []).map((post) => post.Post_Id),
  )

/** The days asked for, as instants of the place: without a beginning from now, without an end all that is published. */
function boundsOf(request: SoapValue, zone: string, now: Date): { from: Date; until: Date } {
  const { Start_Date_Range: first, End_Date_Range: last } = request as Given
  return {
    from: first ? startOfLocalDay(zone, first.slice(0, 10)) : now,
    until: last ? startOfLocalDay(zone, addDays(last.slice(0, 10), 1)) : new Date(8.64e15),
  }
}

async function resources(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const patientId = await patientOfSystemSession(work, sessionOf(request))
  const posts = postsOf(request)
  const oids = [...new Set((request['MO_OID_List'] as { MO_OID: string[] }).MO_OID)].slice(0, 20)
  const available = []
  for (const oid of oids) {
    const place = await placeBy(work, (p) => p.oid === oid)
    const all = await doctorsAt(work, ports, place.id, { patientId })
    const doctors = all.filter(({ member }) => posts.length === 0 || posts.includes(member.positionCode))
    const times = await timesOf(work, ports, place.id, doctors, {
      ...boundsOf(request, place.timeZone, work.now),
      patientId,
    })
    const Resource = [...new Map(doctors.map((d) => [d.staffId, d.member])).values()].map((member) => {
      const days = times
        .filter((t) => t.staffId === member.id)
        .map((t) => localDay(new Date(t.startsAt), place.timeZone))
      const { lastName: Last_Name, firstName: First_Name, middleName: Middle_Name, snils: SNILS } = member
      return {
        Specialist: { Last_Name, First_Name, Middle_Name, SNILS },
        Available_Dates: { Available_Date: [...new Set(days)] },
      }
    })
    available.push({ MO: asMo(place), Resource_Available: { Resource } })
  }
  return { Session_ID: request['Session_ID'], MO_Resource_List: { MO_Available: available } }
}

async function schedule(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const patientId = await patientOfSystemSession(work, sessionOf(request))
  const {
    Specialist_SNILS,
    MO_OID,
    Start_Time_Range: from = '00:00:00',
    End_Time_Range: until = '23:59:59',
  } = request as Given
  if (!Specialist_SNILS) throw new SoapFault('Client', 'Укажите Specialist_SNILS: к кабинетам здесь не записывают.')
  const posts = postsOf(request)
  const place = await placeBy(work, (p) => p.oid === MO_OID)
  const doctors = (await doctorsAt(work, ports, place.id, { patientId })).filter(
    ({ member }) =>
      member.snils === digitsOf(Specialist_SNILS) && (posts.length === 0 || posts.includes(member.positionCode)),
  )
  const times = await timesOf(work, ports, place.id, doctors, {
    ...boundsOf(request, place.timeZone, work.now),
    patientId,
  })
  const Slots = times
    .map((t) => ({ Slot_Id: t.ref, VisitTime: wallClock(t.startsAt, place.timeZone), Room: t.room }))
    .filter(({ VisitTime }) => VisitTime.slice(11) >= from.slice(0, 8) && VisitTime.slice(11) <= until.slice(0, 8))
  return { Session_ID: request['Session_ID'], Schedule: { Slots } }
}

async function create(work: Work, request: SoapValue): Promise<SoapValue> {
  const sessionId = sessionOf(request)
  const patientId = await patientOfSystemSession(work, sessionId)
  const ref = textOf(request, 'Slot_Id')
  if (request['MO_OID']) {
    const place = await placeBy(work, (p) => p.oid === request['MO_OID'])
    if (!ref.startsWith(place.id)) throw new Problem(NotFound, { detail: 'Такого времени в этой организации нет.' })
  }
  const booked = await bookForSystem(work, { externalId: `${sessionId} ${ref}`, patientId, ref })
  if (booked.status === 'cancelled' || booked.status === 'moved') throw new Problem(AppointmentIsOver)
  return {
    Session_ID: request['Session_ID'],
    Status: { Status_Code: SUCCESS },
    Book_Id_Mis: booked.id,
    Slot_Id: ref,
    Visit_Time: wallClock(booked.startsAt, booked.timeZone),
    Room: booked.room,
  }
}

async function cancel(work: Work, request: SoapValue): Promise<SoapValue> {
  const appointmentId = textOf(request, 'Book_Id_Mis').toLowerCase()
  if (!UUID.test(appointmentId)) throw new Problem(AppointmentNotFound)
  const reason = textOf(request, 'Canceled_Reason').slice(0, 200) || null
  await cancelForSystem(work, { appointmentId, reason })
  return { Status: { Status_Code: SUCCESS }, Book_Id_Mis: appointmentId }
}
