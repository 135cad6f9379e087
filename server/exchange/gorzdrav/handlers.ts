import type { Appointment } from '../../../contracts/booking.ts'
import { AppointmentNotFound } from '../../../contracts/booking.ts'
import { isId, isPlainDate } from '../../../contracts/formats.ts'
import { NoSuchSystemSession } from '../../../contracts/other-systems.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import { NotFound } from '../../../contracts/problems.ts'
import type { FreeSlot } from '../../../contracts/schedules.ts'
import { openSystemSession, patientOfSystemSession } from '../../modules/access/index.ts'
import { bookForSystem, cancelForSystem, listForSystem } from '../../modules/booking/index.ts'
import { identifyForSystem } from '../../modules/patients/index.ts'
import { listReceivingDays, type ReceivingDay, type SchedulePorts } from '../../modules/schedules/index.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import {
  doctorsAt,
  noSuchDoctor,
  nothing,
  placeBy,
  placesFor,
  specialtiesAt,
  timesOf,
  wallClock,
  type ConcentratorError,
  type OfferedDoctor,
  type Place,
} from '../other-systems/index.ts'
import type { OperationName } from './service.ts'

/** What came with a request, checked by its shapes; `session` is the header «token», when there is one. */
export type RestRequest = {
  params: Record<string, string>
  query: Record<string, string>
  body: Record<string, string | number>
  session: string | undefined
}
/** What a request gives: a result (with a session to send along), or an error of the protocol that is no refusal. */
export type RestReply = { result: unknown; session?: string } | { error: ConcentratorError }
export type RestHandler = (work: Work, request: RestRequest) => Promise<RestReply>

/** The region is one district: organisations are not grouped by districts here. */
const DISTRICT = { id: 1, name: 'Весь регион' }

/** Every request of the portal. Times are those of the organisation's wall clock. */
export const gorzdravHandlers = (ports: SchedulePorts): Readonly<Record<OperationName, RestHandler>> => ({
  districts: async () => ({ result: [{ id: `${DISTRICT.id}`, name: DISTRICT.name, okato: null }] }),
  lpus: async (work) => ({ result: (await placesFor(work, ports)).map(asLpu) }),
  lpusOfDistrict: async (work, { params }) => ({
    result: Number(params['districtId']) === DISTRICT.id ? (await placesFor(work, ports)).map(asLpu) : [],
  }),
  lpu: async (work, { params }) => ({ result: asLpu(await lpuOf(work, params['lpuId'])) }),
  specialties: (work, { params }) => specialties(work, ports, params),
  doctors: (work, { params }) => doctors(work, ports, params),
  timetable: (work, { params }) => timetable(work, ports, params),
  appointments: (work, { params }) => appointments(work, ports, params),
  searchPatient,
  visits,
  book,
  cancel,
})

const lpuOf = (work: Work, number: string | number | undefined) =>
  placeBy(work, (place) => place.number === Number(number))

const kinds: Record<string, string> = { polyclinic: 'Поликлиника', hospital: 'Больница' }

const asLpu = (place: Omit<Place, 'freeSlots'>) => ({
  id: place.number,
  description: null,
  district: DISTRICT.id,
  districtId: DISTRICT.id,
  districtName: DISTRICT.name,
  isActive: true,
  lpuFullName: place.name,
  lpuShortName: place.shortName,
  lpuType: kinds[place.kind] ?? 'Медицинская организация',
  oid: place.oid,
  partOf: null,
  headOrganization: null,
  organization: place.id,
  address: place.address,
  phone: place.phone,
  email: null,
  longitude: place.longitude === null ? null : `${place.longitude}`,
  latitude: place.latitude === null ? null : `${place.latitude}`,
  covidVaccination: false,
  inDepthExamination: false,
})

async function specialties(work: Work, ports: SchedulePorts, params: RestRequest['params']): Promise<RestReply> {
  const place = await lpuOf(work, params['lpuId'])
  const found = await specialtiesAt(work, ports, place.id)
  if (found.length === 0) return { error: nothing.specialties }
  return {
    result: found.map(({ code, title, freeSlots, nearest }) => ({
      ...asSpecialty(code, title),
      countFreeParticipant: freeSlots,
      countFreeTicket: freeSlots,
      nearestDate: nearest && wallClock(nearest, place.timeZone),
    })),
  }
}

const asSpecialty = (code: string, name: string) => ({
  id: code,
  ferId: code,
  name,
  countFreeParticipant: 0,
  countFreeTicket: 0,
  lastDate: null,
  nearestDate: null,
})

async function doctors(work: Work, ports: SchedulePorts, params: RestRequest['params']): Promise<RestReply> {
  const place = await lpuOf(work, params['lpuId'])
  const found = await doctorsAt(work, ports, place.id, { specialtyCode: params['specialtyId'] })
  if (found.length === 0) return { error: nothing.doctors }
  return { result: found.map((doctor) => asDoctor(doctor, place.timeZone)) }
}

const asDoctor = ({ staffId, name, position, freeSlots, nearest, member }: OfferedDoctor, zone: string) => ({
  ...namedDoctor(staffId, name),
  comment: position,
  freeParticipantCount: freeSlots,
  freeTicketCount: freeSlots,
  nearestDate: nearest && wallClock(nearest, zone),
  lastName: member.lastName,
  firstName: member.firstName,
  middleName: member.middleName,
})

const namedDoctor = (id: string, name: string) => ({
  ariaNumber: null,
  ariaType: null,
  comment: null,
  freeParticipantCount: 0,
  freeTicketCount: 0,
  id,
  lastDate: null,
  name,
  nearestDate: null,
  lastName: null,
  firstName: null,
  middleName: null,
})

/** The organisation, the doctor there, and the free times; undefined when there is no such doctor. */
async function freeTimes(work: Work, ports: SchedulePorts, params: RestRequest['params']) {
  const place = await lpuOf(work, params['lpuId'])
  const all = await doctorsAt(work, ports, place.id)
  const chosen = all.filter(({ staffId }) => staffId === params['doctorId']?.toLowerCase())
  if (chosen.length === 0) return undefined
  const times = await timesOf(work, ports, place.id, chosen, { from: work.now, until: new Date(8.64e15) })
  return { place, staffId: chosen[0]!.staffId, times }
}

const asAppointment = (place: { address: string; timeZone: string }) => (time: FreeSlot) => ({
  id: time.ref,
  visitStart: wallClock(time.startsAt, place.timeZone),
  visitEnd: wallClock(time.endsAt, place.timeZone),
  address: place.address,
  number: null,
  room: time.room,
})

async function appointments(work: Work, ports: SchedulePorts, params: RestRequest['params']): Promise<RestReply> {
  const found = await freeTimes(work, ports, params)
  if (!found) return { error: noSuchDoctor }
  if (found.times.length === 0) return { error: nothing.times }
  return { result: found.times.map(asAppointment(found.place)) }
}

async function timetable(work: Work, ports: SchedulePorts, params: RestRequest['params']): Promise<RestReply> {
  const found = await freeTimes(work, ports, params)
  if (!found) return { error: noSuchDoctor }
  const { place, staffId, times } = found
  const days = await listReceivingDays(work, { organizationId: place.id, staffId })
  const dayOf = (instant: string | Date) => localDay(new Date(instant), place.timeZone)
  return {
    result: days.map((day) => ({
      appointments: times.filter((time) => dayOf(time.startsAt) === dayOf(day.startsAt)).map(asAppointment(place)),
      denyCause: denyCause(day),
      recordableDay: day.isOpen,
      visitStart: wallClock(day.startsAt, place.timeZone),
      visitEnd: wallClock(day.endsAt, place.timeZone),
    })),
  }
}

function denyCause({ isOpen, closedFor }: ReceivingDay): string | null {
  if (isOpen) return null
  if (closedFor === 'absence') return 'Врач в этот день не принимает'
  return closedFor === 'calendar' ? 'Нерабочий день' : 'Приём закрыт'
}

/** The number of the card of the one person who is meant; a session about them goes along in the header. */
async function searchPatient(work: Work, { query }: RestRequest): Promise<RestReply> {
  await lpuOf(work, query['lpuId'])
  const card = await identifyForSystem(work, {
    lastName: query['lastName']!,
    firstName: query['firstName']!,
    middleName: query['middleName'] || null,
    birthDate: dayIn(query['birthdate']!),
  })
  const session = newId()
  await openSystemSession(work, session, card.id)
  return { result: card.id, session }
}

/** The day of a moment as it was written. Throws PatientNotFound when there is no such day: nobody was born on it. */
function dayIn(moment: string): string {
  const day = moment.slice(0, 10)
  if (!isPlainDate(day)) throw new Problem(PatientNotFound)
  return day
}

/** The patient of a request. A session, when one came along, must be about the same person and not be over. */
async function patientOf(work: Work, given: string | number | undefined, session: string | undefined) {
  const id = `${given ?? ''}`.toLowerCase()
  if (!isId(id)) throw new Problem(PatientNotFound)
  if (session === undefined) return id
  const known = isId(session.toLowerCase()) && (await patientOfSystemSession(work, session.toLowerCase()))
  if (known !== id) throw new Problem(NoSuchSystemSession)
  return id
}

async function book(work: Work, { body, session }: RestRequest): Promise<RestReply> {
  const patientId = await patientOf(work, body['patientId'], session)
  const ref = `${body['appointmentId']}`
  const place = await lpuOf(work, body['lpuId'])
  if (!ref.startsWith(`${place.id}~`)) throw new Problem(NotFound, { detail: 'Такого времени в этой организации нет.' })
  // The id of the request is the time and the patient: the protocol has no other.
  await bookForSystem(work, { externalId: `${patientId} ${ref}`, patientId, ref, again: true })
  return { result: true }
}

/** What the system booked for the patient at this organisation and is still to come. */
async function comingAt(work: Work, lpuId: string | number | undefined, patientId: string) {
  const place = await lpuOf(work, lpuId)
  const all = await listForSystem(work, patientId)
  const coming = all.filter(
    (visit) => visit.organizationId === place.id && visit.status === 'booked' && Date.parse(visit.startsAt) > +work.now,
  )
  return { place, coming, all }
}

async function cancel(work: Work, { body, session }: RestRequest): Promise<RestReply> {
  const patientId = await patientOf(work, body['patientId'], session)
  const { place, all } = await comingAt(work, body['lpuId'], patientId)
  const visit = all.find(
    ({ slotRef, organizationId }) => slotRef === body['appointmentId'] && organizationId === place.id,
  )
  if (!visit) throw new Problem(AppointmentNotFound)
  await cancelForSystem(work, { appointmentId: visit.id, reason: null })
  return { result: true }
}

async function visits(work: Work, { query, session }: RestRequest): Promise<RestReply> {
  const patientId = await patientOf(work, query['patientId'], session)
  const { place, coming } = await comingAt(work, query['lpuId'], patientId)
  return { result: coming.map((visit) => asVisit(visit, place, patientId)) }
}

const asVisit = (
  visit: Appointment & { slotRef: string; createdAt: Date },
  place: Omit<Place, 'freeSlots'>,
  patientId: string,
) => ({
  appointmentId: visit.slotRef,
  dateCreatedAppointment: wallClock(visit.createdAt, place.timeZone),
  doctorBringReferal: null,
  doctorRendingConsultation: namedDoctor(visit.staffId, visit.doctorName),
  isAppointmentByReferral: false,
  lpuAddress: place.address,
  lpuFullName: place.name,
  lpuId: `${place.number}`,
  lpuPhone: place.phone,
  lpuShortName: place.shortName,
  patientId,
  referralId: null,
  specialityBringReferal: null,
  specialityRendingConsultation: asSpecialty(visit.specialtyCode, visit.specialtyTitle),
  visitStart: wallClock(visit.startsAt, place.timeZone),
})
