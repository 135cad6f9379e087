import { AppointmentNotFound, type Appointment } from '../../../contracts/booking.ts'
import { digitsOf, isEnp } from '../../../contracts/formats.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import { NotFound } from '../../../contracts/problems.ts'
import type { FreeSlot } from '../../../contracts/schedules.ts'
import { bookForSystem, cancelForSystem, listForSystem } from '../../modules/booking/index.ts'
import { identifyForSystem, type NamedPerson } from '../../modules/patients/index.ts'
import type { SchedulePorts } from '../../modules/schedules/index.ts'
import { Problem } from '../../platform/problem.ts'
import { instantOf, localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { textOf, type SoapValue } from '../../standards/soap/index.ts'
import {
  doctorsAt,
  nothing,
  operations,
  placeBy,
  placesFor,
  specialtiesAt,
  timesOf,
  wallClock,
  type SoapHandler,
} from '../other-systems/index.ts'

/** The region is one district: organisations are not grouped by districts here. */
const DISTRICT = { DistrictName: 'Весь регион', IdDistrict: 1 }

type Given = Record<string, string | undefined>
type Result = (work: Work, request: SoapValue) => Promise<SoapValue>

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Wraps what a method answers into its Result element, with what every one has. */
const method =
  (name: string, result: Result): SoapHandler['run'] =>
  async (work, request) => ({
    [`${name}Result`]: { Success: true, ErrorList: [], ...idOf(request), ...(await result(work, request)) },
  })

/** The id of the caller's history goes back as it came. */
export const idOf = (request: SoapValue): SoapValue =>
  request['idHistory'] === undefined ? {} : { IdHistory: request['idHistory'] }

/** Nothing to choose from is told as a failure with a code of its own, as clients expect. */
const orNothing = (
  found: SoapValue,
  list: readonly unknown[],
  error: (typeof nothing)[keyof typeof nothing],
): SoapValue => (list.length > 0 ? found : { ...found, Success: false, ErrorList: [error] })

/** Every method of the service. Times are those of the organisation's wall clock. */
export function hubHandlers(ports: SchedulePorts, version: string): Readonly<Record<string, SoapHandler>> {
  const all: [string, SoapHandler['operation'], Result][] = [
    ['GetDistrictList', operations.organizations, async () => ({ Districts: [DISTRICT] })],
    ['GetLPUList', operations.organizations, (work, request) => lpus(work, ports, request)],
    [
      'CheckPatient',
      operations.identify,
      async (work, request) => ({ IdPat: (await identifyForSystem(work, personOf(request))).id }),
    ],
    ['SearchTop10Patient', operations.identify, search],
    ['GetSpesialityList', operations.specialties, (work, request) => specialties(work, ports, request)],
    ['GetDoctorList', operations.doctors, (work, request) => doctors(work, ports, request)],
    ['GetAvailableDates', operations.times, (work, request) => dates(work, ports, request)],
    ['GetAvaibleAppointments', operations.times, (work, request) => appointments(work, ports, request)],
    ['SetAppointment', operations.book, book],
    ['CreateClaimForRefusal', operations.cancel, cancel],
    ['GetPatientHistory', operations.visits, history],
    ['GetVersion', operations.about, async () => ({ DatabaseVersion: version, ServiceVersion: version })],
  ]
  return Object.fromEntries(all.map(([name, operation, result]) => [name, { operation, run: method(name, result) }]))
}

async function lpus(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const district = request['idDistrict'] ?? DISTRICT.IdDistrict
  const places = district === DISTRICT.IdDistrict ? await placesFor(work, ports) : []
  return {
    ListLPU: places.map((place) => ({
      Description: place.address,
      District: DISTRICT.IdDistrict,
      IdLPU: place.number,
      IsActive: true,
      LPUFullName: place.name,
      LPUShortName: place.shortName,
      LPUType: 0,
      Oid: place.oid,
    })),
  }
}

/** A person as the Concentrator's Patient names them: a policy with 16 digits is an ЕНП, older ones cannot be compared. */
function personOf(request: SoapValue): NamedPerson {
  const pat = request['pat'] as Given
  if (!pat['Surname'] || !pat['Name'] || !pat['Birthday']) throw new Problem(PatientNotFound)
  const enp = digitsOf(pat['Polis_N'] ?? '')
  return {
    lastName: pat['Surname'],
    firstName: pat['Name'],
    middleName: pat['SecondName'] ?? null,
    birthDate: pat['Birthday'].slice(0, 10),
    snils: pat['Snils'] ? digitsOf(pat['Snils']) : null,
    enp: isEnp(enp) ? enp : null,
  }
}

/** One person or nobody, and of them only what the caller said itself: it never lists people who look alike. */
async function search(work: Work, request: SoapValue): Promise<SoapValue> {
  const card = await identifyForSystem(work, personOf(request))
  const pat = request['pat'] as Given
  const { Surname, Name, SecondName, Birthday } = pat
  return { ListPatient: [{ IdPat: card.id, Surname, Name, SecondName, Birthday }] }
}

const lpuOf = (work: Work, request: SoapValue) => placeBy(work, (place) => place.number === request['idLpu'])

function patientOf(request: SoapValue): { patientId?: string } {
  const id = textOf(request, 'idPat').toLowerCase()
  if (id === '') return {}
  if (!UUID.test(id)) throw new Problem(PatientNotFound)
  return { patientId: id }
}

async function specialties(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const place = await lpuOf(work, request)
  const found = await specialtiesAt(work, ports, place.id, patientOf(request).patientId)
  const ListSpesiality = found.map(({ code, title, freeSlots, nearest }) => ({
    ...countsOf(freeSlots, nearest, place.timeZone),
    FerIdSpesiality: code,
    IdSpesiality: code,
    NameSpesiality: title,
  }))
  return orNothing({ ListSpesiality }, ListSpesiality, nothing.specialties)
}

const countsOf = (free: number, nearest: string | null, zone: string) => ({
  CountFreeParticipantIE: free,
  CountFreeTicket: free,
  NearestDate: nearest && wallClock(nearest, zone),
})

async function doctors(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const place = await lpuOf(work, request)
  const specialtyCode = textOf(request, 'idSpesiality')
  const found = await doctorsAt(work, ports, place.id, { specialtyCode, ...patientOf(request) })
  const Docs = found.map((doctor) => ({
    ...countsOf(doctor.freeSlots, doctor.nearest, place.timeZone),
    Comment: doctor.position,
    IdDoc: doctor.staffId,
    Name: doctor.name,
    Snils: doctor.member.snils,
  }))
  return orNothing({ Docs }, Docs, nothing.doctors)
}

/** The doctor's free times within the span asked for, which is that of the wall clock unless it names a zone. */
async function freeTimes(work: Work, ports: SchedulePorts, request: SoapValue) {
  const place = await lpuOf(work, request)
  const { patientId } = patientOf(request)
  const all = await doctorsAt(work, ports, place.id, { patientId })
  const chosen = all.filter(({ staffId }) => staffId === textOf(request, 'idDoc').toLowerCase())
  if (chosen.length === 0) throw new Problem(NotFound, { detail: 'Такого врача в этой организации нет.' })
  const from = momentOf(textOf(request, 'visitStart'), place.timeZone)
  const until = momentOf(textOf(request, 'visitEnd'), place.timeZone)
  return { place, times: await timesOf(work, ports, place.id, chosen, { from, until, patientId }) }
}

const momentOf = (text: string, zone: string): Date =>
  /(Z|[+-]\d{2}:\d{2})$/.test(text) ? new Date(text) : instantOf(zone, text.slice(0, 10), text.slice(11, 16))

async function dates(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const { place, times } = await freeTimes(work, ports, request)
  const days = [...new Set(times.map((t) => localDay(new Date(t.startsAt), place.timeZone)))]
  return orNothing({ AvailableDateList: days.map((day) => `${day}T00:00:00`) }, days, nothing.times)
}

async function appointments(work: Work, ports: SchedulePorts, request: SoapValue): Promise<SoapValue> {
  const { place, times } = await freeTimes(work, ports, request)
  const asAppointment = (time: FreeSlot) => ({
    Address: place.address,
    IdAppointment: time.ref,
    Room: time.room,
    VisitEnd: wallClock(time.endsAt, place.timeZone),
    VisitStart: wallClock(time.startsAt, place.timeZone),
  })
  return orNothing({ ListAppointments: times.map(asAppointment) }, times, nothing.times)
}

async function book(work: Work, request: SoapValue): Promise<SoapValue> {
  const { patientId } = patientOf(request)
  if (!patientId) throw new Problem(PatientNotFound)
  const ref = textOf(request, 'idAppointment')
  const place = await lpuOf(work, request)
  if (!ref.startsWith(place.id)) throw new Problem(NotFound, { detail: 'Такого времени в этой организации нет.' })
  // The id of the request is the time and the patient: the protocol has no other.
  await bookForSystem(work, { externalId: `${patientId} ${ref}`, patientId, ref, again: true })
  return { Type: 0 }
}

/** What the system booked for the patient at this organisation. */
async function visitsAt(work: Work, request: SoapValue) {
  const { patientId } = patientOf(request)
  if (!patientId) throw new Problem(PatientNotFound)
  const place = await lpuOf(work, request)
  const visits = await listForSystem(work, patientId)
  return { place, visits: visits.filter((visit) => visit.organizationId === place.id) }
}

async function cancel(work: Work, request: SoapValue): Promise<SoapValue> {
  const { visits } = await visitsAt(work, request)
  const visit = visits.find(({ slotRef }) => slotRef === request['idAppointment'])
  if (!visit) throw new Problem(AppointmentNotFound)
  await cancelForSystem(work, { appointmentId: visit.id, reason: null })
  return {}
}

async function history(work: Work, request: SoapValue): Promise<SoapValue> {
  const { place, visits } = await visitsAt(work, request)
  const asVisit = (visit: Appointment & { slotRef: string; createdAt: Date }) => ({
    DateCreatedAppointment: wallClock(visit.createdAt, place.timeZone),
    DoctorRendingConsultation: {
      IdDoc: visit.staffId,
      Name: visit.doctorName,
      CountFreeParticipantIE: 0,
      CountFreeTicket: 0,
    },
    IdAppointment: visit.slotRef,
    SpecialityRendingConsultation: {
      CountFreeParticipantIE: 0,
      CountFreeTicket: 0,
      FerIdSpesiality: visit.specialtyCode,
      IdSpesiality: visit.specialtyCode,
      NameSpesiality: visit.specialtyTitle,
    },
    UserCreatedAppointment: { UserName: work.actor.name },
    VisitStart: wallClock(visit.startsAt, place.timeZone),
  })
  const isRefused = ({ status }: Appointment) => status === 'cancelled' || status === 'moved'
  return {
    ListHistoryRefusal: visits.filter(isRefused).map(asVisit),
    ListHistoryVisit: visits.filter((visit) => !isRefused(visit)).map(asVisit),
  }
}
