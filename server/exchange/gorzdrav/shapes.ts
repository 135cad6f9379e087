import * as T from 'typebox'
import { Nullable, Shape } from '../../../contracts/values.ts'

// What the portal's clients send and read. Replies list every field; requests may carry more than is named here.

const Text = T.String({ maxLength: 300 })
/** «2026-03-02T10:40:00»: the clock on the wall of the organisation. */
const WallClock = T.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' })

/** The number of an organisation; in bodies senders write it either way. */
const LpuId = T.Union([T.Integer({ minimum: 0, maximum: 2_147_483_647 }), T.String({ pattern: '^\\d{1,9}$' })])
const Ref = T.String({ minLength: 1, maxLength: 120 })

export const District = Shape({ id: T.String(), name: T.String(), okato: Nullable(T.Integer()) })

export const Lpu = Shape({
  id: T.Integer(),
  description: Nullable(T.String()),
  district: T.Integer(),
  districtId: T.Integer(),
  districtName: T.String(),
  isActive: T.Boolean(),
  lpuFullName: T.String(),
  lpuShortName: T.String(),
  lpuType: T.String(),
  oid: T.String(),
  partOf: T.Null(),
  headOrganization: Nullable(T.String()),
  organization: T.String(),
  address: T.String(),
  phone: Nullable(T.String()),
  email: Nullable(T.String()),
  longitude: Nullable(T.String()),
  latitude: Nullable(T.String()),
  covidVaccination: T.Boolean(),
  inDepthExamination: T.Boolean(),
})

export const Specialty = Shape({
  id: T.String(),
  ferId: T.String(),
  name: T.String(),
  countFreeParticipant: T.Integer(),
  countFreeTicket: T.Integer(),
  lastDate: Nullable(WallClock),
  nearestDate: Nullable(WallClock),
})

export const Doctor = Shape({
  ariaNumber: Nullable(T.String()),
  ariaType: Nullable(T.String()),
  comment: Nullable(T.String()),
  freeParticipantCount: T.Integer(),
  freeTicketCount: T.Integer(),
  id: T.String(),
  lastDate: Nullable(WallClock),
  name: T.String(),
  nearestDate: Nullable(WallClock),
  lastName: Nullable(T.String()),
  firstName: Nullable(T.String()),
  middleName: Nullable(T.String()),
})

export const Appointment = Shape({
  id: T.String(),
  visitStart: WallClock,
  visitEnd: WallClock,
  address: T.String(),
  number: Nullable(T.String()),
  room: T.String(),
})

export const TimetableDay = Shape({
  appointments: T.Array(Appointment),
  denyCause: Nullable(T.String()),
  recordableDay: T.Boolean(),
  visitStart: WallClock,
  visitEnd: WallClock,
})

export const Visit = Shape({
  appointmentId: T.String(),
  dateCreatedAppointment: WallClock,
  doctorBringReferal: T.Null(),
  doctorRendingConsultation: Doctor,
  isAppointmentByReferral: T.Boolean(),
  lpuAddress: T.String(),
  lpuFullName: T.String(),
  lpuId: T.String(),
  lpuPhone: Nullable(T.String()),
  lpuShortName: T.String(),
  patientId: T.String(),
  referralId: T.Null(),
  specialityBringReferal: T.Null(),
  specialityRendingConsultation: Specialty,
  visitStart: WallClock,
})

export const NamedPatient = T.Object({
  lpuId: T.String({ pattern: '^\\d{1,9}$' }),
  lastName: T.String({ minLength: 1, maxLength: 100 }),
  firstName: T.String({ minLength: 1, maxLength: 100 }),
  middleName: T.Optional(T.String({ maxLength: 100 })),
  birthdate: T.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\S{1,20})?$', description: 'ГГГГ-ММ-ДД, время не важно' }),
})

/** What books and cancels; the rest of what senders write (names, room, address …) repeats what is known by the ids. */
export const VisitWanted = T.Object({
  lpuId: LpuId,
  patientId: Ref,
  appointmentId: Ref,
})

export const PatientVisits = T.Object({ lpuId: T.String({ pattern: '^\\d{1,9}$' }), patientId: Ref })

export const LpuPath = T.Object({ lpuId: Text })
export const SpecialtyPath = T.Object({ lpuId: Text, specialtyId: Text })
export const DoctorPath = T.Object({ lpuId: Text, doctorId: Text })
export const DistrictPath = T.Object({ districtId: Text })
